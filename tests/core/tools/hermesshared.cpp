// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <optional>

#include <QTest>

#include "base/random.h"
#include "core/tools/fetching.h"
#include "fakes/fakeclock.h"
#include "fakes/fakekeychain.h"
#include "refresh/toolcopies.h"
#include "tools/hermes.h"

using namespace keytender;
using fetching::fixture;
using fetching::fixtureEnd;
using Published = refresh::PublishedCopy::State;

// A login that Hermes keeps in two files, renewed by us: both get it, under one lock.
class HermesSharedTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(base::initializeCrypto());
        m_key.emplace(base::FingerprintKey::random(m_random));
    }
    void init();
    void renewal_isWrittenToRowAndFile();
    void anotherToken_isLeftAlone();
    void rowThatIsLost_isNeverSpent();

private:
    [[nodiscard]] tools::ToolWorld world() const { return {.environment = m_home->environment(), .extraHomes = {}}; }
    [[nodiscard]] vault::Record recordOf(const char *access, const char *refresh) const
    {
        vault::Record record;
        record.id = QStringLiteral("hermes:anthropic");
        record.providerId = QStringLiteral("anthropic");
        record.toolId = QStringLiteral("hermes");
        record.credential.tokens.accessToken = base::Secret::copyOf(access);
        record.credential.tokens.refreshToken = base::Secret::copyOf(refresh);
        record.credential.tokens.issuedAt = fixtureEnd;
        record.credential.tokens.expiresAt = fixtureEnd + std::chrono::hours(8);
        return record;
    }
    [[nodiscard]] vault::Record known() const
    {
        vault::Record record =
            recordOf("sk-ant-oat01-dummy-hermes-pkce-access", "sk-ant-ort01-dummy-hermes-pkce-refresh");
        record.credential.tokens.expiresAt = fixtureEnd;
        return record;
    }
    [[nodiscard]] std::unique_ptr<refresh::ToolCopies> copies();
    [[nodiscard]] QList<Published> publish(const vault::Record &renewed);

    const tools::Hermes m_tool{};
    fakes::FakeClock m_clock;
    fakes::FakeKeychain m_keychain;
    base::SystemRandom m_random;
    std::optional<base::FingerprintKey> m_key;
    std::unique_ptr<fakes::TemporaryHome> m_home;
    const QString m_store = QStringLiteral(".hermes/auth.json");
    const QString m_file = QStringLiteral(".hermes/.anthropic_oauth.json");
};

void HermesSharedTest::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_home->write(m_store, fixture(QStringLiteral("hermes/auth-2026-09.json")));
    m_home->write(m_file, fixture(QStringLiteral("hermes/anthropic_oauth.json")));
}

std::unique_ptr<refresh::ToolCopies> HermesSharedTest::copies()
{
    std::vector<refresh::OwnedCopy> owned;
    for (const tools::CopyPlace &place : m_tool.locate(world()).places) {
        if (place.path == m_home->path(m_store) || place.path == m_home->path(m_file))
            owned.push_back({.tool = &m_tool, .place = place, .slot = QStringLiteral("anthropic")});
    }
    return std::make_unique<refresh::ToolCopies>(
        std::move(owned), refresh::ToolCopiesWorld{.clock = m_clock,
                                                   .random = m_random,
                                                   .keychain = m_keychain,
                                                   .fingerprintKey = *m_key,
                                                   .toolWorld = [this](const QString &) { return world(); },
                                                   .isAncestor = [](const base::Fingerprint &) { return false; }});
}

QList<Published> HermesSharedTest::publish(const vault::Record &renewed)
{
    const auto owners = copies();
    bool isLocked = false;
    owners->lock(std::chrono::seconds(5), this,
                 [&](const base::Result<void> &locked) { isLocked = locked.has_value(); });
    [&] { QTRY_VERIFY(isLocked); }();
    QList<Published> states;
    owners->publish(renewed, m_key->of(known().credential.tokens.refreshToken), this,
                    [&](const std::vector<refresh::PublishedCopy> &published) {
                        for (const auto &copy : published)
                            states.append(copy.state);
                    });
    [&] { QTRY_COMPARE(states.size(), 2); }();
    return states;
}

void HermesSharedTest::renewal_isWrittenToRowAndFile()
{
    QCOMPARE(publish(recordOf("new-access", "new-refresh")),
             (QList<Published>{Published::Replaced, Published::Replaced}));
    for (const QString &path : {m_store, m_file}) {
        QCOMPARE(m_home->read(path).count("\"new-refresh\""), 1);
        QVERIFY(m_home->read(path).contains("1795374000000"));
        QVERIFY(!m_home->read(path).contains("dummy-hermes-pkce"));
    }
    QVERIFY(m_home->read(m_store).contains("sk-ant-ort01-dummy-hermes-dashboard-refresh"));
}

// INV-5, for each of the two by itself.
void HermesSharedTest::anotherToken_isLeftAlone()
{
    QByteArray other = fixture(QStringLiteral("hermes/anthropic_oauth.json"));
    m_home->write(m_file, other.replace("dummy-hermes-pkce-refresh", "dummy-somebody-elses"));
    QCOMPARE(publish(recordOf("new-access", "new-refresh")),
             (QList<Published>{Published::Replaced, Published::ChangedMeanwhile}));
    QCOMPARE(m_home->read(m_file), other);
}

void HermesSharedTest::rowThatIsLost_isNeverSpent()
{
    QByteArray store = fixture(QStringLiteral("hermes/auth-2026-09.json"));
    store.replace("\"rate_limit\"", "\"credential_persist_failed\"");
    m_home->write(m_store, store);
    QVERIFY(QFile::remove(m_home->path(m_file)));
    const auto owners = copies();
    std::optional<refresh::CopiesReading> reading;
    owners->reread(known(), refresh::OwnerCopies::Patience::Glance, this,
                   [&](refresh::CopiesReading answer) { reading = std::move(answer); });
    QTRY_VERIFY(reading.has_value());
    QCOMPARE(reading->state, refresh::CopiesReading::State::Gone);
}

QTEST_GUILESS_MAIN(HermesSharedTest)
#include "hermesshared.moc"
