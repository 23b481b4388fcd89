// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringEncoder>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include "fakes/jsontestcases.h"
#include "fetching.h"

using namespace keytender;
using profile::CopyState;

namespace {

enum class Format { Json, Yaml };

// A good record of each kind that the tools read. A new tool adds its line.
struct Record {
    const char *tool;
    const char *fixture;
    const char *path; // in the home
    Format format = Format::Json;
};

constexpr Record records[] = {
    {"claude-code", "claude-code/credentials.json", ".claude/.credentials.json"},
    {"claude-code", "claude-code/written-by-claude-2.1.330.json", ".claude/.credentials.json"},
    {"claude-code", "claude-code/claude-with-console-key.json", ".claude.json"},
    {"anthropic-sdk", "anthropic-sdk/credentials.json", ".config/anthropic/credentials/default.json"},
    {"codex", "codex/auth.json", ".codex/auth.json"},
    {"codex", "codex/auth-0.150.json", ".codex/auth.json"},
    {"codex", "codex/written-by-codex-0.169.0.json", ".codex/auth.json"},
    {"codex", "codex/auth-apikey.json", ".codex/auth.json"},
    {"codex", "codex/auth-agent.json", ".codex/auth.json"},
    {"opencode", "opencode/auth.json", ".local/share/opencode/auth.json"},
    {"gemini-cli", "gemini-cli/oauth_creds.json", ".gemini/oauth_creds.json"},
    {"qwen-code", "qwen-code/oauth_creds.json", ".qwen/oauth_creds.json"},
    {"kimi-code", "kimi/kimi-code.json", ".kimi-code/credentials/kimi-code.json"},
    {"kimi-cli", "kimi/kimi-cli.json", ".kimi/credentials/kimi-code.json"},
    {"minimax", "minimax/config.json", ".mmx/config.json"},
    {"hermes", "hermes/auth-2026-08.json", ".hermes/auth.json"},
    {"hermes", "hermes/auth-2026-09.json", ".hermes/auth.json"},
    {"hermes", "hermes/anthropic_oauth.json", ".hermes/.anthropic_oauth.json"},
    {"hermes", "hermes/nous_auth.json", ".hermes/shared/nous_auth.json"},
    {"gh", "gh/two-hosts-in-file.yml", ".config/gh/hosts.yml", Format::Yaml},
    {"google-adc", "google-adc/authorized-user.json", ".config/gcloud/application_default_credentials.json"},
    {"gcloud", "gcloud/credentials-rows.json", ".config/gcloud/credentials.db"}, // what its database was read as
    {"aws-sso", "aws-sso/token.json", ".aws/sso/cache/3ece1471f44f63177cbc35ba0b904e0c096b6783.json"},
    {"openclaw", "openclaw/auth-profiles.json", ".openclaw/agents/main/agent/auth-profiles.json"},
    {"openclaw", "openclaw/auth-profiles-2026.1.json", ".openclaw/agents/main/agent/auth-profiles.json"},
    {"coderclaw", "openclaw/auth-profiles.json", ".coderclaw/1a2b3c4d/agents/main/agent/auth-profiles.json"},
    {"claude-code-mcp", "claude-code/credentials-mcp.json", ".claude/.credentials.json"},
    {"codex-mcp", "codex/mcp-credentials.json", ".codex/.credentials.json"},
    {"google-adc", "google-adc/service-account.json", ".config/gcloud/application_default_credentials.json"},
};

const tools::Tool &toolNamed(const QString &id)
{
    static const auto all = tools::allTools();
    const auto found = std::ranges::find_if(all, [&](const auto &tool) { return tool->facts().id == id; });
    if (found == all.end())
        qFatal("no tool %s", qPrintable(id));
    return **found;
}

// A home that holds one good record, and the place where its tool looks for it.
class Bench final {
public:
    explicit Bench(const Record &record)
        : tool(toolNamed(QString::fromLatin1(record.tool))),
          good(fetching::fixture(QString::fromLatin1(record.fixture))),
          path(home.write(QString::fromLatin1(record.path), good))
    {
        const auto places = tool.locate(world()).places;
        const auto found = std::ranges::find(places, path, &tools::CopyPlace::path);
        if (found == places.end())
            qFatal("%s does not look at %s", record.tool, record.path);
        place = *found;
    }

    [[nodiscard]] tools::ToolWorld world() const { return {.environment = home.environment(), .extraHomes = {}}; }
    [[nodiscard]] std::vector<tools::CopyReading> read(const QByteArray &bytes) const
    {
        return fetching::read(tool, place, fetching::contentOf(bytes), home.environment());
    }
    [[nodiscard]] std::vector<tools::CopyReading> readFile() const
    {
        return fetching::readFile(tool, place, home.environment());
    }

    fakes::TemporaryHome home;
    const tools::Tool &tool;
    QByteArray good;
    QString path;
    tools::CopyPlace place;
};

bool isNear(const std::optional<base::Timestamp> &time)
{
    // The fixtures' times lie around the fake clock; a wrong unit leads to 1970 or far beyond 9999.
    const auto distance = time ? *time - fetching::now : base::Milliseconds{0};
    return std::chrono::abs(distance) < std::chrono::years{2};
}

bool isWordOf(const base::Secret &secret, QByteArray text)
{
    text.replace("\\n", "\n"); // the only escape in the fixtures, in a service account's key
    return text.contains(QByteArray(secret.expose().data(), static_cast<qsizetype>(secret.size())));
}

// Long runs of token characters in the fixture, none of which may stand in an error.
QStringList tokensIn(const QByteArray &good)
{
    QStringList tokens;
    static const QRegularExpression token(QStringLiteral("[A-Za-z0-9_.-]*dummy[A-Za-z0-9_.-]*|eyJ[A-Za-z0-9_.-]+"));
    for (auto match = token.globalMatch(QString::fromUtf8(good)); match.hasNext();)
        tokens.append(match.next().captured());
    return tokens;
}

// Empty if the reading keeps every promise, else what it broke.
QString breach(const tools::CopyReading &reading, const Bench &bench, const QByteArray &text)
{
    if (reading.problem) {
        const QString words = base::describe(*reading.problem);
        if (reading.problem->subject.isEmpty() || !words.contains(reading.problem->subject))
            return QStringLiteral("an error that does not say where: ") + words;
        for (const QString &token : tokensIn(bench.good)) {
            if (words.contains(token))
                return QStringLiteral("an error that quotes a token");
        }
    }
    if (reading.state == CopyState::Unreadable) {
        if (!reading.problem)
            return QStringLiteral("unreadable without a reason");
        return reading.credential ? QStringLiteral("unreadable with a credential") : QString();
    }
    if (reading.state != CopyState::Held)
        return {};
    const profile::TokenSet &tokens = reading.credential->tokens;
    if (!isWordOf(tokens.accessToken, text) || !isWordOf(tokens.refreshToken, text))
        return QStringLiteral("a token that is not in the file");
    if (tokens.accessToken.isEmpty() && tokens.refreshToken.isEmpty())
        return QStringLiteral("held without any token");
    if (!isNear(tokens.expiresAt) || !isNear(tokens.issuedAt) || !isNear(tokens.refreshTokenExpiresAt))
        return QStringLiteral("an invented time");
    return {};
}

// The same for all readings of a text; `mayBeAbsent` for texts that are well-formed and hold no login.
enum class Absence { Forbidden, Allowed };
QString breach(const std::vector<tools::CopyReading> &readings, const Bench &bench, const QByteArray &text,
               Absence absence = Absence::Forbidden)
{
    if (readings.empty())
        return QStringLiteral("no reading");
    for (const tools::CopyReading &reading : readings) {
        if (reading.state == CopyState::Absent && absence == Absence::Forbidden)
            return QStringLiteral("absent");
        if (const QString broken = breach(reading, bench, text); !broken.isEmpty())
            return broken;
    }
    return {};
}

bool areAll(const std::vector<tools::CopyReading> &readings, CopyState state)
{
    return std::ranges::all_of(readings, [&](const auto &reading) { return reading.state == state; });
}

// Each way to put `replacement` in the place of one value, with the path of that value.
std::vector<std::pair<QString, QJsonValue>> variants(const QJsonValue &value, const QJsonValue &replacement)
{
    std::vector<std::pair<QString, QJsonValue>> all{{QString(), replacement}};
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            for (auto &[path, inner] : variants(member.value(), replacement)) {
                QJsonObject changed = object;
                changed.insert(member.key(), inner);
                all.emplace_back(u'.' + member.key() + path, changed);
            }
        }
    }
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            for (auto &[path, inner] : variants(array.at(i), replacement)) {
                QJsonArray changed = array;
                changed.replace(i, inner);
                all.emplace_back(QStringLiteral("[%1]").arg(i) + path, changed);
            }
        }
    }
    return all;
}

QByteArray textOf(const QJsonValue &root)
{
    if (root.isObject())
        return QJsonDocument(root.toObject()).toJson();
    if (root.isArray())
        return QJsonDocument(root.toArray()).toJson();
    QByteArray wrapped = QJsonDocument(QJsonArray{root}).toJson(QJsonDocument::Compact);
    return wrapped.sliced(1, wrapped.size() - 2);
}

} // namespace

// What every tool owes its user however damaged a file is: no crash, an error instead of "absent", no invented value,
// a place in every error, no token in any.
class BadInputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void everyTool_hasARecordHere();
    void goodRecord_isHeld_data() { addRecords(); }
    void goodRecord_isHeld();
    void emptyText_isUnreadable_data() { addRecords(); }
    void emptyText_isUnreadable();
    void textCutAtEveryByte_isUnreadable_data() { addRecords(); }
    void textCutAtEveryByte_isUnreadable();
    void hugeText_isUnreadable_data() { addRecords(); }
    void hugeText_isUnreadable();
    void deepNesting_isUnreadable_data() { addRecords(); }
    void deepNesting_isUnreadable();
    void otherEncodings_areUnreadable_data() { addRecords(); }
    void otherEncodings_areUnreadable();
    void wrongTypes_areNamed_data() { addRecords(); }
    void wrongTypes_areNamed();
    void impossibleTimes_areUnreadable_data() { addRecords(); }
    void impossibleTimes_areUnreadable();
    void somethingElseInItsPlace_isUnreadable_data() { addRecords(); }
    void somethingElseInItsPlace_isUnreadable();
    void foreignOwner_isUnreadable_data() { addRecords(); }
    void foreignOwner_isUnreadable();
    void noPermission_isUnreadable_data() { addRecords(); }
    void noPermission_isUnreadable();
    void jsonTestSuite_keepsEveryPromise_data() { addRecords(); }
    void jsonTestSuite_keepsEveryPromise();

private:
    static void addRecords()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < std::size(records); ++i)
            QTest::newRow(records[i].fixture) << static_cast<int>(i);
    }
    [[nodiscard]] static const Record &record()
    {
        QFETCH(int, index);
        return records[index];
    }
};

void BadInputTest::everyTool_hasARecordHere()
{
    for (const auto &tool : tools::allTools()) {
        const QString id = tool->facts().id;
        const bool isHere = std::ranges::any_of(records, [&](const Record &r) { return id == QLatin1String(r.tool); });
        QVERIFY2(isHere, qPrintable(id));
    }
}

void BadInputTest::goodRecord_isHeld()
{
    Bench bench(record());
    const auto readings = bench.readFile();
    QVERIFY(!readings.empty());
    QVERIFY(areAll(readings, CopyState::Held));
    QCOMPARE(breach(readings, bench, bench.good), QString());
}

void BadInputTest::emptyText_isUnreadable()
{
    const Bench bench(record());
    QVERIFY(areAll(bench.read({}), CopyState::Unreadable));
    QCOMPARE(bench.read({}).front().problem->kind, base::ErrorKind::Incomplete);
}

void BadInputTest::textCutAtEveryByte_isUnreadable()
{
    const Bench bench(record());
    for (qsizetype size = 0; size < bench.good.trimmed().size(); ++size) {
        const QByteArray text = bench.good.first(size);
        const auto readings = bench.read(text);
        // A cut YAML text may be a whole one that says less.
        const bool isJson = record().format == Format::Json;
        const QString broken = breach(readings, bench, text, isJson ? Absence::Forbidden : Absence::Allowed);
        QVERIFY2(broken.isEmpty(), qPrintable(QString::number(size) + broken));
        if (isJson)
            QVERIFY2(areAll(readings, CopyState::Unreadable), qPrintable(QString::number(size)));
    }
}

void BadInputTest::hugeText_isUnreadable()
{
    Bench bench(record());
    for (const QByteArray &text :
         {QByteArray(10 << 20, ' ') + bench.good, QByteArray(10 << 20, 'a'), QByteArray(10 << 20, '\0')}) {
        QVERIFY(areAll(bench.read(text), CopyState::Unreadable));
        bench.home.write(QString::fromLatin1(record().path), text);
        QVERIFY(areAll(bench.readFile(), CopyState::Unreadable));
        QCOMPARE(bench.readFile().front().problem->kind, base::ErrorKind::TooLarge);
    }
}

void BadInputTest::deepNesting_isUnreadable()
{
    const Bench bench(record());
    for (const char *unit : {"[", "{\"a\":", "{\"claudeAiOauth\":", "{\"tokens\":", "- ", "a: {"}) {
        const QByteArray text = QByteArray(unit).repeated(100'000);
        QVERIFY2(areAll(bench.read(text), CopyState::Unreadable), unit);
    }
}

void BadInputTest::otherEncodings_areUnreadable()
{
    const Bench bench(record());
    const QString good = QString::fromUtf8(bench.good);
    for (const auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE, QStringConverter::Utf32LE}) {
        for (const auto flag : {QStringConverter::Flag::Default, QStringConverter::Flag::WriteBom}) {
            QStringEncoder encoder(encoding, flag);
            const QByteArray text = encoder(good);
            const auto readings = bench.read(text);
            QCOMPARE(breach(readings, bench, text), QString());
            if (record().format == Format::Json)
                QVERIFY(areAll(readings, CopyState::Unreadable));
        }
    }
    const QByteArray marked = "\xef\xbb\xbf" + bench.good;
    QCOMPARE(breach(bench.read(marked), bench, marked), QString());
    const QByteArray latin1 = "\xe4" + bench.good;
    QCOMPARE(breach(bench.read(latin1), bench, latin1), QString());
}

void BadInputTest::wrongTypes_areNamed()
{
    if (record().format != Format::Json)
        QSKIP("the types of YAML are its parser's matter");
    const Bench bench(record());
    const QJsonValue good = QJsonDocument::fromJson(bench.good).object();
    const QList<QJsonValue> replacements{
        QJsonValue::Null, true, 42, -1.5, 1e300, QStringLiteral("x"), QJsonArray(), QJsonArray{1}, QStringLiteral("")};
    for (const QJsonValue &replacement : replacements) {
        for (const auto &[path, root] : variants(good, replacement)) {
            const QByteArray text = textOf(root);
            // Without its only key a record may say that there is no login; anything else is an error.
            const auto absence =
                replacement.isNull() || replacement == QJsonValue(QString()) ? Absence::Allowed : Absence::Forbidden;
            const QString broken = breach(bench.read(text), bench, text, path.isEmpty() ? Absence::Forbidden : absence);
            QVERIFY2(broken.isEmpty(),
                     qPrintable(path + QStringLiteral(": ") + broken + u' ' + QString::fromUtf8(textOf(replacement))));
        }
    }
}

void BadInputTest::impossibleTimes_areUnreadable()
{
    static const QRegularExpression number(QStringLiteral("\"(expiry_date|expires|expiresAt|expires_at|"
                                                          "refreshTokenExpiresAt)\": ?(\\d{10,13})\\b"));
    const Bench bench(record());
    const QString good = QString::fromUtf8(bench.good);
    for (auto match = number.globalMatch(good); match.hasNext();) {
        const auto found = match.next();
        const QString digits = found.captured(2);
        const bool inSeconds = digits.size() == 10;
        const QString otherUnit = inSeconds ? digits + QStringLiteral("000") : digits.chopped(3);
        for (const QString &wrong :
             {otherUnit, QStringLiteral("NaN"), QStringLiteral("Infinity"), QStringLiteral("-1"),
              QStringLiteral("1e400"), QStringLiteral("1e300"), QStringLiteral("99999999999999999999"),
              QStringLiteral("0x10"), QStringLiteral("\"\""), QStringLiteral("\"tomorrow\""), QStringLiteral("true"),
              QStringLiteral("{}")}) {
            const QByteArray text =
                (good.first(found.capturedStart(2)) + wrong + good.sliced(found.capturedEnd(2))).toUtf8();
            const auto readings = bench.read(text);
            QVERIFY2(breach(readings, bench, text).isEmpty(), qPrintable(wrong));
            // Siblings of other programs in the same file are none of our business.
            const bool isOurs = !good.first(found.capturedStart()).contains(QStringLiteral("mcpOAuth"));
            const bool isNoticed = std::ranges::any_of(
                readings, [](const auto &reading) { return reading.state == CopyState::Unreadable; });
            QVERIFY2(isNoticed || !isOurs, qPrintable(wrong));
        }
    }
}

void BadInputTest::somethingElseInItsPlace_isUnreadable()
{
    Bench bench(record());
    const QByteArray path = QFile::encodeName(bench.path);
    const auto isRefused = [&] {
        const auto readings = bench.readFile();
        return areAll(readings, CopyState::Unreadable) && breach(readings, bench, {}).isEmpty();
    };
    QVERIFY(QFile::remove(bench.path));
    QVERIFY(QDir().mkdir(bench.path));
    QVERIFY(isRefused());
    QVERIFY(QDir().rmdir(bench.path));

    QCOMPARE(::mkfifo(path.constData(), 0600), 0);
    QVERIFY(isRefused());
    QVERIFY(QFile::remove(bench.path));

    QCOMPARE(::symlink(path.constData(), path.constData()), 0);
    QVERIFY(isRefused());
    QVERIFY(QFile::remove(bench.path));

    QCOMPARE(::symlink("/dev/zero", path.constData()), 0);
    QVERIFY(isRefused());
    QVERIFY(QFile::remove(bench.path));

    QVERIFY(areAll(bench.readFile(), CopyState::Absent)); // and only now
}

void BadInputTest::foreignOwner_isUnreadable()
{
    if (geteuid() != 0)
        QSKIP("only root can give a file away");
    Bench bench(record());
    QCOMPARE(::chown(QFile::encodeName(bench.path).constData(), 65534, 65534), 0);
    const auto readings = bench.readFile();
    QVERIFY(areAll(readings, CopyState::Unreadable));
    QCOMPARE(readings.front().problem->kind, base::ErrorKind::ForeignOwner);
    QCOMPARE(breach(readings, bench, {}), QString());
}

void BadInputTest::noPermission_isUnreadable()
{
    Bench bench(record());
    const QByteArray path = QFile::encodeName(bench.path);
    const uid_t user = geteuid();
    if (user == 0) { // root may read everything: become somebody who may not
        bench.home.environment().user = 65534;
        for (QString part = bench.path; part != QDir::tempPath(); part = QFileInfo(part).path())
            QCOMPARE(::chown(QFile::encodeName(part).constData(), 65534, 65534), 0);
        QCOMPARE(::seteuid(65534), 0);
    }
    QCOMPARE(::chmod(path.constData(), 0), 0);
    const auto readings = bench.readFile();
    QCOMPARE(::seteuid(user), 0);
    QVERIFY(areAll(readings, CopyState::Unreadable));
    QCOMPARE(readings.front().problem->kind, base::ErrorKind::PermissionDenied);
    QCOMPARE(breach(readings, bench, {}), QString());
}

// 340 texts that are valid (y_), invalid (n_) or left to the parser.
void BadInputTest::jsonTestSuite_keepsEveryPromise()
{
    const auto cases = fakes::JsonTestCases::load();
    if (cases.isEmpty())
        QSKIP("KEYTENDER_JSON_TEST_SUITE is not set: the cases were not run (tests/fetch-json-test-suite gets them)");
    if (record().format != Format::Json)
        QSKIP("not JSON");
    QCOMPARE(cases.parsing.size() + cases.transform.size(), qsizetype{340});
    const Bench bench(record());
    for (const auto &group : {cases.parsing, cases.transform}) {
        for (auto each = group.begin(); each != group.end(); ++each) {
            const bool isInvalid = each.key().startsWith(QStringLiteral("n_"));
            const auto readings = bench.read(each.value());
            const QString broken =
                breach(readings, bench, each.value(), isInvalid ? Absence::Forbidden : Absence::Allowed);
            QVERIFY2(broken.isEmpty(), qPrintable(each.key() + QStringLiteral(": ") + broken));
            QVERIFY2(!isInvalid || areAll(readings, CopyState::Unreadable), qPrintable(each.key()));
        }
    }
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "badinput.moc"
