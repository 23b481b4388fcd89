// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Property: however a tool's file is written, each writer changes the values of its login and no other byte (INV-7,
// F-86), and the tool's reader then finds the new tokens. The files are the fixtures, written anew with another order,
// indent, line end, escapes, and with members that nobody knows. KEYTENDER_LONG=1 writes 100,000 of them.

#include <algorithm>
#include <memory>
#include <random>
#include <string>

#include <QTest>

#include "base/jsonspans.h"
#include "core/tools/fetching.h"
#include "tools/copywriter.h"
#include "tools/fetchplace.h"

using namespace keytender;
using namespace std::chrono_literals;

namespace {

// QtTest ends a function after five minutes, whatever CTest would allow.
const bool hasTime = qputenv("QTEST_FUNCTION_TIMEOUT", "2400000");

const std::string byteOrderMark = "\xEF\xBB\xBF";
const QString stranger = QStringLiteral("stranger");

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

struct Peer {
    const char *name;
    const char *tool;
    const char *fixture;
    const char *path;
    const char *slot;
    QStringList closed; // objects whose members all mean something
    bool isFed = false; // gets the access token alone
};

// Writes a fixture as another program might.
class Scribe final {
public:
    Scribe(std::uint64_t seed, QStringList closed) : m_random(seed), m_closed(std::move(closed))
    {
        m_newline = chance(2) ? "\n" : "\r\n";
        m_indent = pick({"", " ", "  ", "    ", "\t"});
        m_isTight = chance(3);
        m_colon = m_isTight ? ":" : pick({": ", ":", " : ", ":\t"});
        hasMark = chance(10);
    }

    std::string written(const base::JsonSpans &document)
    {
        m_document = &document;
        value(document.root(), {}, 0);
        text += pick({"", "\n", "\r\n", "  \n\n"});
        return text;
    }

    bool hasMark = false;
    std::string text;

private:
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(m_random); }
    bool chance(std::size_t oneIn) { return below(oneIn) == 0; }
    std::string pick(const std::vector<std::string> &choices) { return choices[below(choices.size())]; }

    void line(int depth)
    {
        if (m_isTight)
            return;
        text += m_newline;
        for (; depth > 0; --depth)
            text += m_indent;
    }

    // Some characters as escapes, which say the same.
    void quoted(const std::string &plain)
    {
        static constexpr char digits[] = "0123456789abcdef";
        text += '"';
        for (const char letter : plain) {
            if (letter == '/' && chance(4)) {
                text += "\\/";
            } else if (letter > ' ' && letter < 0x7f && (letter == '"' || letter == '\\' || chance(30))) {
                text += "\\u00";
                text += digits[letter >> 4];
                text += digits[letter & 15];
            } else {
                text += letter;
            }
        }
        text += '"';
    }

    void strangeMember(int depth)
    {
        static const std::vector<std::string> values{"12345678901234567890123",
                                                     "-1.50E+300",
                                                     "0.10",
                                                     "\"\\ud83d\\ude00 \\u00e9\"",
                                                     "\"\xC3\xA9\xE2\x82\xAC\"",
                                                     "[ ]",
                                                     "{ }",
                                                     "[1,[2,{\"access_token\":\"x\"}]]",
                                                     "{\"a\":1,\"a\":2,\"refreshToken\":\"x\",\"expires\":1}",
                                                     "null",
                                                     "1790000000000"};
        line(depth);
        text += '"' + stranger.toStdString() + std::to_string(below(1000)) + '"' + m_colon + pick(values);
    }

    void value(const base::JsonValue &there, const QStringList &path, int depth)
    {
        if (there.isObject())
            return object(there, path, depth);
        if (there.type() == base::JsonType::Array)
            return list(there, path, depth);
        if (there.type() == base::JsonType::String)
            return quoted(there.string()->toStdString());
        text += m_document->bytes().substr(there.span().begin, there.span().end - there.span().begin);
    }

    void object(const base::JsonValue &there, const QStringList &path, int depth)
    {
        auto members = there.members();
        std::shuffle(members.begin(), members.end(), m_random);
        const bool isOpen = !m_closed.contains(path.join(u'.'));
        text += '{';
        bool isFirst = true;
        const auto comma = [&] {
            text += isFirst ? "" : ",";
            isFirst = false;
        };
        for (const auto &[key, member] : members) {
            if (isOpen && chance(4)) {
                comma();
                strangeMember(depth + 1);
            }
            comma();
            line(depth + 1);
            quoted(key.toStdString());
            text += m_colon;
            value(member, path + QStringList(key), depth + 1);
        }
        if (!isFirst)
            line(depth);
        text += '}';
    }

    void list(const base::JsonValue &there, const QStringList &path, int depth)
    {
        text += '[';
        bool isFirst = true;
        for (const base::JsonValue &element : there.elements()) {
            text += isFirst ? "" : ",";
            isFirst = false;
            line(depth + 1);
            value(element, path + QStringList(QStringLiteral("[]")), depth + 1);
        }
        if (!isFirst)
            line(depth);
        text += ']';
    }

    std::mt19937_64 m_random;
    QStringList m_closed;
    const base::JsonSpans *m_document = nullptr;
    std::string m_newline;
    std::string m_indent;
    std::string m_colon;
    bool m_isTight = false;
};

struct Leaf {
    QString path;
    base::ByteSpan span;
};

// Scalars, and lists and objects without anything further inside that could be a value of its own.
void collect(const base::JsonValue &value, const QString &path, std::vector<Leaf> &leaves)
{
    const auto elements = value.elements();
    const bool isListOfTexts = std::ranges::all_of(
        elements, [](const base::JsonValue &element) { return element.type() == base::JsonType::String; });
    if (value.isObject() && !value.members().empty()) {
        for (const auto &[key, member] : value.members())
            collect(member, path + u'.' + key, leaves);
    } else if (value.type() == base::JsonType::Array && !isListOfTexts) {
        for (std::size_t i = 0; i < elements.size(); ++i)
            collect(elements[i], path + QStringLiteral("[%1]").arg(i), leaves);
    } else {
        leaves.push_back({path, value.span()});
    }
}

// A name that a writer may change or add, where the login is.
bool mayChange(const QString &path)
{
    static const QStringList names{QStringLiteral("access"),
                                   QStringLiteral("accessToken"),
                                   QStringLiteral("access_token"),
                                   QStringLiteral("refresh"),
                                   QStringLiteral("refreshToken"),
                                   QStringLiteral("refresh_token"),
                                   QStringLiteral("expires"),
                                   QStringLiteral("expiresAt"),
                                   QStringLiteral("expires_at"),
                                   QStringLiteral("expires_at_ms"),
                                   QStringLiteral("expiry_date"),
                                   QStringLiteral("expires_in"),
                                   QStringLiteral("scope"),
                                   QStringLiteral("scopes"),
                                   QStringLiteral("token_type"),
                                   QStringLiteral("last_refresh"),
                                   QStringLiteral("updated_at"),
                                   QStringLiteral("refreshTokenExpiresAt"),
                                   QStringLiteral("last_status"),
                                   QStringLiteral("last_status_at"),
                                   QStringLiteral("last_auth_error"),
                                   QStringLiteral("last_error_code"),
                                   QStringLiteral("last_error_reason"),
                                   QStringLiteral("last_error_message"),
                                   QStringLiteral("last_error_reset_at")};
    return !path.contains(stranger) && names.contains(path.section(u'.', -1));
}

// What is wrong with `after` as a rewriting of `before`; empty = nothing.
QString faultIn(const std::string &before, const std::string &after)
{
    const auto old = base::JsonSpans::parse(base::Secret::copyOf(before), {});
    const auto changed = base::JsonSpans::parse(base::Secret::copyOf(after), {});
    if (!old || !changed)
        return QStringLiteral("is no JSON");
    std::vector<Leaf> oldLeaves;
    std::vector<Leaf> newLeaves;
    collect(old->root(), {}, oldLeaves);
    collect(changed->root(), {}, newLeaves);

    std::string expected; // the old text with the new values
    std::string found;    // the new text without what was added
    std::size_t copied = 0;
    std::size_t kept = 0;
    auto leaf = oldLeaves.cbegin();
    for (const Leaf &now : newLeaves) {
        const std::string text = after.substr(now.span.begin, now.span.end - now.span.begin);
        if (leaf != oldLeaves.cend() && leaf->path == now.path) {
            if (before.substr(leaf->span.begin, leaf->span.end - leaf->span.begin) != text && !mayChange(now.path))
                return now.path + QStringLiteral(" was changed");
            expected += before.substr(copied, leaf->span.begin - copied) + text;
            copied = leaf->span.end;
            ++leaf;
            continue;
        }
        if (!mayChange(now.path))
            return now.path + QStringLiteral(" was added");
        const std::size_t comma = after.rfind(',', now.span.begin);
        found += after.substr(kept, comma - kept);
        kept = now.span.end;
    }
    expected += before.substr(copied);
    found += after.substr(kept);
    return leaf == oldLeaves.cend() && expected == found ? QString() : QStringLiteral("other bytes were changed");
}

} // namespace

class PeerFilesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(hasTime && base::initializeCrypto()); }
    void checker_findsWhatItIsFor_data();
    void checker_findsWhatItIsFor();
    void writer_changesItsValuesAlone_data();
    void writer_changesItsValuesAlone();
};

void PeerFilesTest::checker_findsWhatItIsFor_data()
{
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<bool>("isRight");
    QTest::newRow("the same") << QByteArray(R"({"access":"a", "n":1.0})") << true;
    QTest::newRow("a value") << QByteArray(R"({"access":"bb", "n":1.0})") << true;
    QTest::newRow("an added one") << QByteArray(R"({"access":"bb", "n":1.0, "expires":1})") << true;
    QTest::newRow("another's value") << QByteArray(R"({"access":"bb", "n":1})") << false;
    QTest::newRow("a space") << QByteArray(R"({"access":"bb","n":1.0})") << false;
    QTest::newRow("a line at the end") << QByteArray("{\"access\":\"bb\", \"n\":1.0}\n") << false;
    QTest::newRow("an unknown member") << QByteArray(R"({"access":"bb", "n":1.0, "x":1})") << false;
    QTest::newRow("one less") << QByteArray(R"({"access":"bb"})") << false;
    QTest::newRow("another order") << QByteArray(R"({"n":1.0, "access":"bb"})") << false;
}

void PeerFilesTest::checker_findsWhatItIsFor()
{
    QFETCH(const QByteArray, after);
    QFETCH(const bool, isRight);
    QCOMPARE(faultIn(R"({"access":"a", "n":1.0})", after.toStdString()).isEmpty(), isRight);
}

void PeerFilesTest::writer_changesItsValuesAlone_data()
{
    QTest::addColumn<const Peer *>("peer");
    static const std::vector<Peer> peers{
        {"Claude Code", "claude-code", "claude-code/credentials.json", "/home/u/.claude/.credentials.json", "", {}},
        {"Claude Code 2.0",
         "claude-code",
         "claude-code/credentials-2.0.json",
         "/home/u/.claude/.credentials.json",
         "",
         {}},
        {"Codex", "codex", "codex/auth.json", "/home/u/.codex/auth.json", "", {}},
        {"Kimi", "kimi-code", "kimi/kimi-code.json", "/home/u/.kimi-code/credentials/kimi-code.json", "", {}},
        {"Qwen Code", "qwen-code", "qwen-code/oauth_creds.json", "/home/u/.qwen/oauth_creds.json", "", {}},
        {"opencode",
         "opencode",
         "opencode/auth.json",
         "/home/u/.local/share/opencode/auth.json",
         "",
         {QString()},
         true},
        {"Hermes, August",
         "hermes",
         "hermes/auth-2026-08.json",
         "/home/u/.hermes/auth.json",
         "openai-codex",
         {QStringLiteral("providers"), QStringLiteral("credential_pool")}},
        {"Hermes, September",
         "hermes",
         "hermes/auth-2026-09.json",
         "/home/u/.hermes/auth.json",
         "openai-codex",
         {QStringLiteral("providers"), QStringLiteral("credential_pool")}},
        {"OpenClaw",
         "openclaw",
         "openclaw/auth-profiles.json",
         "/home/u/.openclaw/agents/main/agent/auth-profiles.json",
         "",
         {QStringLiteral("profiles")}},
    };
    for (const Peer &peer : peers)
        QTest::newRow(peer.name) << &peer;
}

void PeerFilesTest::writer_changesItsValuesAlone()
{
    QFETCH(const Peer *, peer);
    const auto all = tools::allTools();
    const auto tool =
        std::ranges::find(all, QString::fromLatin1(peer->tool), [](const auto &one) { return one->facts().id; });
    QVERIFY(tool != all.end() && (*tool)->writer() != nullptr);
    const auto fixture =
        base::JsonSpans::parse(base::Secret::copyOf(viewOf(fetching::fixture(QString::fromLatin1(peer->fixture)))), {});
    QVERIFY(fixture);
    tools::CopyPlace place;
    place.path = QString::fromLatin1(peer->path);

    const int files = qEnvironmentVariableIntValue("KEYTENDER_LONG") == 1 ? 11'200 : 225;
    int written = 0;
    for (int seed = 0; seed < files; ++seed) {
        Scribe scribe(std::uint64_t(seed), peer->closed);
        const std::string before = scribe.written(*fixture);
        tools::Fetched fetched{.content = base::FileContent{base::Secret::copyOf(before), {}}, .companions = {}};
        auto readings = (*tool)->read(place, fetched, fetching::now);
        const auto login = std::ranges::find_if(readings, [&](const tools::CopyReading &reading) {
            return reading.state == profile::CopyState::Held && reading.credential
                   && !reading.credential->tokens.refreshToken.isEmpty()
                   && (peer->slot[0] == '\0' || reading.slot == QLatin1String(peer->slot));
        });
        QVERIFY2(login != readings.end(), before.c_str());

        profile::TokenSet tokens = login->credential->tokens.clone();
        const std::string suffix = "New" + std::to_string(seed);
        tokens.accessToken = base::Secret::copyOf(std::string(tokens.accessToken.expose()) + suffix);
        tokens.refreshToken =
            peer->isFed ? base::Secret() : base::Secret::copyOf(std::string(tokens.refreshToken.expose()) + suffix);
        tokens.idToken = {};
        tokens.issuedAt = fetching::now;
        tokens.expiresAt = fetching::now + 8h;
        const tools::Successor successor{.tokens = tokens, .account = login->account, .acquiredAt = fetching::now};
        if (scribe.hasMark)
            fetched.content = base::FileContent{base::Secret::copyOf(byteOrderMark + before), {}};
        const auto text = (*tool)->writer()->rewritten(place, login->slot, fetched, successor);
        if (scribe.hasMark && !text)
            continue; // its own reader does not take it either
        QVERIFY2(text, text ? "" : qPrintable(base::describe(text.error()) + QString::fromStdString(before)));
        std::string after(text->expose());
        QCOMPARE(after.starts_with(byteOrderMark), scribe.hasMark);
        after.erase(0, scribe.hasMark ? byteOrderMark.size() : 0);
        const QString fault = faultIn(before, after);
        QVERIFY2(fault.isEmpty(), qPrintable(fault + u'\n' + QString::fromStdString(before + "\n" + after)));

        const tools::Fetched now{.content = base::FileContent{base::Secret::copyOf(after), {}}, .companions = {}};
        const tools::CopyReading reading = tools::readingOf(**tool, place, login->slot, now, fetching::now);
        QVERIFY2(reading.credential, after.c_str());
        QVERIFY(reading.credential->tokens.accessToken == tokens.accessToken);
        QVERIFY(reading.credential->tokens.refreshToken == tokens.refreshToken);
        ++written;
    }
    QVERIFY(written > files * 3 / 4);
}

Q_DECLARE_METATYPE(const Peer *)

QTEST_GUILESS_MAIN(PeerFilesTest)
#include "peerfiles.moc"
