// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// neighbour TOOL   Our side of a login that a tool shares with us, step by step: an order a line, an answer in JSON a
// line. The tool's first login below $HOME that is held is the one. For tests only: the tokens are dummies.
//
//   lock MS       take the tool's own locks; gives up after MS
//   reread        what the copy says now, compared with what we know; a newer token becomes what we know
//   token         the refresh token that we know, to be spent by the test
//   publish ACCESS REFRESH EXPIRES-AT-MS SIGN-IN-ENDS-AT-MS
//   switch ACCESS REFRESH EXPIRES-AT-MS SIGN-IN-ENDS-AT-MS ACCOUNT-ID EMAIL ORGANIZATION-ID
//                 another account takes the place; the one that goes is put away and comes back whole
//   held          whether the locks are there and ours
//   unlock

#include <cstdio>
#include <map>
#include <unordered_set>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QTextStream>

#include <unistd.h>

#include "refresh/toolcopies.h"
#include "tools/fetchplace.h"
#include "tools/replacecopy.h"

using namespace keytender;

namespace {

void say(const QJsonObject &answer)
{
    QTextStream(stdout) << QJsonDocument(answer).toJson(QJsonDocument::Compact) << Qt::endl;
}

QJsonObject toldOf(const QString &event, const std::optional<base::Error> &error)
{
    QJsonObject answer{{QStringLiteral("event"), event}};
    if (error)
        answer.insert(QStringLiteral("error"), base::describe(*error));
    return answer;
}

QString textOf(const base::Secret &secret)
{
    return QString::fromUtf8(secret.expose().data(), static_cast<qsizetype>(secret.size()));
}

base::Secret secretOf(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    return base::Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

base::Timestamp timeOf(const QString &milliseconds)
{
    return base::Timestamp(base::Milliseconds(milliseconds.toLongLong()));
}

QString nameOf(refresh::CopiesReading::State state)
{
    static const QStringList names{QStringLiteral("unchanged"),     QStringLiteral("newer"),
                                   QStringLiteral("other account"), QStringLiteral("gone"),
                                   QStringLiteral("ambiguous"),     QStringLiteral("unreadable")};
    return names.value(static_cast<int>(state));
}

QString nameOf(refresh::PublishedCopy::State state)
{
    static const QStringList names{QStringLiteral("replaced"), QStringLiteral("changed meanwhile"),
                                   QStringLiteral("failed")};
    return names.value(static_cast<int>(state));
}

class Neighbour final : public QObject {
public:
    explicit Neighbour(const QString &toolId) : m_environment(base::Environment::ofThisProcess())
    {
        for (const auto &tool : m_tools) {
            if (tool->facts().id == toolId)
                find(*tool);
        }
    }

    // Says "ready" once all places were looked at.
    void greet() const
    {
        if (m_awaited > 0)
            return;
        if (!m_copies)
            qFatal("no login here");
        say(toldOf(QStringLiteral("ready"), {}));
    }

    void obey(const QStringList &order)
    {
        const QString verb = order.value(0);
        if (verb == QStringLiteral("lock")) {
            m_copies->lock(base::Milliseconds(order.value(1).toInt()), this, [](const base::Result<void> &locked) {
                say(locked ? toldOf(QStringLiteral("locked"), {})
                           : toldOf(QStringLiteral("not locked"), locked.error()));
            });
        } else if (verb == QStringLiteral("reread")) {
            m_copies->reread(m_known, refresh::OwnerCopies::Patience::Glance, this,
                             [this](refresh::CopiesReading reading) { adopt(std::move(reading)); });
        } else if (verb == QStringLiteral("token")) {
            say({{QStringLiteral("event"), QStringLiteral("token")},
                 {QStringLiteral("token"), textOf(m_known.credential.tokens.refreshToken)}});
        } else if (verb == QStringLiteral("publish")) {
            publish(order);
        } else if (verb == QStringLiteral("switch")) {
            const auto done = switchTo(order);
            say(done ? toldOf(QStringLiteral("switched"), {}) : toldOf(QStringLiteral("failed"), done.error()));
        } else if (verb == QStringLiteral("held")) {
            say(toldOf(m_copies->isLocked() ? QStringLiteral("held") : QStringLiteral("not held"), {}));
        } else if (verb == QStringLiteral("unlock")) {
            m_copies->unlock();
            say(toldOf(QStringLiteral("unlocked"), {}));
        } else {
            qFatal("no such order: %s", qPrintable(verb));
        }
    }

private:
    void find(const tools::Tool &tool)
    {
        const tools::ToolWorld world{.environment = m_environment, .extraHomes = {}};
        for (const tools::CopyPlace &place : tool.locate(world).places) {
            if (place.kind == tools::CopyPlace::Kind::File) {
                lookAt(tool, place, tools::fetchPlace(place));
                continue;
            }
            ++m_awaited;
            m_keychain.read(place.attributes, this, [this, &tool, place](base::Result<base::Secret> item) {
                --m_awaited;
                lookAt(tool, place, tools::fetchedItem(place, std::move(item)));
                greet();
            });
        }
    }

    void lookAt(const tools::Tool &tool, const tools::CopyPlace &place, const tools::Fetched &there)
    {
        for (tools::CopyReading &reading : tool.read(place, there, m_clock.wallTime())) {
            if (reading.state == profile::CopyState::Held && !m_copies)
                take(tool, place, std::move(reading));
        }
    }

    void take(const tools::Tool &tool, const tools::CopyPlace &place, tools::CopyReading reading)
    {
        m_owned = {.tool = &tool, .place = place, .slot = reading.slot};
        m_known.toolId = tool.facts().id;
        m_known.account = reading.account;
        m_known.credential = *std::move(reading.credential);
        std::vector<refresh::OwnedCopy> copies{m_owned};
        m_copies = std::make_unique<refresh::ToolCopies>(
            std::move(copies),
            refresh::ToolCopiesWorld{
                .clock = m_clock,
                .random = m_random,
                .keychain = m_keychain,
                .fingerprintKey = m_fingerprints,
                .toolWorld =
                    [this](const QString &) {
                        return tools::ToolWorld{.environment = m_environment, .extraHomes = {}};
                    },
                .isAncestor = [this](const base::Fingerprint &token) { return m_ancestors.contains(token); }});
    }

    void adopt(refresh::CopiesReading reading)
    {
        QJsonObject answer = toldOf(nameOf(reading.state), reading.error);
        if (reading.state == refresh::CopiesReading::State::Newer) {
            remember();
            m_known.credential = std::move(reading.newer);
        }
        say(answer);
    }

    void remember() { m_ancestors.insert(m_fingerprints.of(m_known.credential.tokens.refreshToken)); }

    void hold(const QStringList &order)
    {
        profile::TokenSet &tokens = m_known.credential.tokens;
        tokens.accessToken = secretOf(order.value(1));
        tokens.refreshToken = secretOf(order.value(2));
        tokens.expiresAt = timeOf(order.value(3));
        tokens.refreshTokenExpiresAt = timeOf(order.value(4));
    }

    base::Result<void> switchTo(const QStringList &order)
    {
        const tools::Fetched before = tools::fetchPlace(m_owned.place);
        auto record = m_owned.tool->writer()->recordOf(m_owned.place, m_owned.slot, before);
        if (!record)
            return base::unexpected(record.error());
        m_putAway.insert_or_assign(m_known.account.id, *std::move(record));
        hold(order);
        m_known.account = {.id = order.value(5),
                           .email = order.value(6),
                           .organizationId = order.value(7),
                           .organizationName = {},
                           .plan = {}};
        const tools::Replacement replacement{.tool = *m_owned.tool,
                                             .place = m_owned.place,
                                             .slot = m_owned.slot,
                                             .successor = {.tokens = m_known.credential.tokens,
                                                           .account = m_known.account,
                                                           .acquiredAt = m_clock.wallTime(),
                                                           .toolRecord = &m_putAway[m_known.account.id]},
                                             .mayReplace = [](const tools::CopyReading &) { return true; },
                                             .locks = tools::Replacement::Locks::All};
        const tools::ReplacementWorld world{
            .random = m_random, .clock = m_clock, .tool = {.environment = m_environment, .extraHomes = {}}};
        if (const auto replaced = tools::replaceCopy(replacement, world); !replaced)
            return base::unexpected(replaced.error());
        return tools::replaceCompanions(replacement, before, world);
    }

    void publish(const QStringList &order)
    {
        const base::Fingerprint spent = m_fingerprints.of(m_known.credential.tokens.refreshToken);
        remember();
        hold(order);
        m_copies->publish(m_known, spent, this, [](const std::vector<refresh::PublishedCopy> &copies) {
            for (const refresh::PublishedCopy &copy : copies)
                say(toldOf(nameOf(copy.state), copy.error));
        });
    }

    const base::Environment m_environment;
    const std::vector<std::unique_ptr<tools::Tool>> m_tools = tools::allTools();
    const base::SystemClock m_clock;
    base::SystemRandom m_random;
    tools::SecretServiceItems m_keychain;
    const base::FingerprintKey m_fingerprints = base::FingerprintKey::random(m_random);
    std::unordered_set<base::Fingerprint> m_ancestors;
    std::map<QString, base::Secret> m_putAway; // by account
    refresh::OwnedCopy m_owned;
    vault::Record m_known;
    std::unique_ptr<refresh::ToolCopies> m_copies;
    int m_awaited = 0; // items of the keychain
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc != 2 || !base::initializeCrypto())
        qFatal("usage: neighbour TOOL");
    Neighbour neighbour(QString::fromLocal8Bit(argv[1]));
    neighbour.greet();

    QSocketNotifier orders(STDIN_FILENO, QSocketNotifier::Read);
    QByteArray pending;
    QObject::connect(&orders, &QSocketNotifier::activated, &neighbour, [&] {
        char buffer[4096];
        const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (count <= 0)
            return QCoreApplication::quit();
        pending.append(buffer, static_cast<qsizetype>(count));
        for (qsizetype end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
            neighbour.obey(QString::fromUtf8(pending.first(end)).split(u' '));
            pending.remove(0, end + 1);
        }
    });
    return QCoreApplication::exec();
}
