// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QTest>

#include "../tools/openclawhome.h"
#include "fakes/fakeclock.h"
#include "fakes/fakekeychain.h"
#include "sync/synchronizer.h"

using namespace keytender;
using fakes::OpenClawDatabase;

namespace {

const QString id = QStringLiteral("openclaw:anthropic:default");

QByteArray storeWith(const QByteArray &token, qint64 expires)
{
    return fakes::openClawStore(R"("anthropic:default":{"type":"oauth","provider":"anthropic","access":"a-dummy-)"
                                + token + R"(","refresh":"r-dummy-)" + token + R"(","expires":)"
                                + QByteArray::number(expires) + '}');
}

} // namespace

// Logins in a database, through the pipe.
class CellsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void cell_isFollowedThroughItsLog();
    void loginThatAppears_isSeen();
    void fence_keepsWhatWasKnown();
    void brokenDatabase_keepsWhatWasKnown();
    void storeThatMovesIntoADatabase_keepsItsProfile();

private:
    void start();
    [[nodiscard]] const profile::Profile *profile() const
    {
        const auto found = m_sync->profiles().find(id);
        return found == m_sync->profiles().end() ? nullptr : &found->second;
    }
    [[nodiscard]] bool expiresAt(qint64 expected) const
    {
        return profile() != nullptr && profile()->credential.expiresAt
               && profile()->credential.expiresAt->time_since_epoch().count()
                      == expected + qint64{5} * 60 * 1000; // it counts less
    }
    [[nodiscard]] bool copyIs(profile::CopyState state) const
    {
        return profile() != nullptr && profile()->copies.front().state == state;
    }

    fakes::FakeClock m_clock;
    fakes::FakeKeychain m_keychain;
    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<sync::Synchronizer> m_sync;
    qint64 m_first = 0;
    qint64 m_second = 0;
};

void CellsTest::init()
{
    m_sync.reset();
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_first = (m_clock.wall + std::chrono::hours{1}).time_since_epoch().count();
    m_second = (m_clock.wall + std::chrono::hours{8}).time_since_epoch().count();
}

void CellsTest::start()
{
    m_sync = std::make_unique<sync::Synchronizer>(
        tools::allTools(),
        sync::SynchronizerWorld{
            .clock = m_clock, .keychain = m_keychain, .environment = m_home->environment(), .extraHomes = {}});
    m_sync->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_sync->isSettled(), 5000);
}

void CellsTest::cell_isFollowedThroughItsLog()
{
    OpenClawDatabase database(*m_home, OpenClawDatabase::Kind::Shared, 18);
    database.put(storeWith("1", m_first));
    database.holdOpen();
    start();
    QVERIFY(expiresAt(m_first));
    database.put(storeWith("2", m_second)); // into the log: the database itself stays as it is
    QTRY_VERIFY_WITH_TIMEOUT(expiresAt(m_second), 5000);
    QCOMPARE(profile()->copies.size(), std::size_t{1});
    QCOMPARE(profile()->copies.front().path, database.path() + QStringLiteral("#authProfiles.store"));
    QVERIFY(profile()->copies.front().changedAt == OpenClawDatabase::writtenAt);
}

void CellsTest::loginThatAppears_isSeen()
{
    OpenClawDatabase database(*m_home, OpenClawDatabase::Kind::Shared, 18);
    start();
    QVERIFY(profile() == nullptr);
    database.put(storeWith("1", m_first));
    QTRY_VERIFY_WITH_TIMEOUT(expiresAt(m_first), 5000);
}

void CellsTest::fence_keepsWhatWasKnown()
{
    OpenClawDatabase database(*m_home, OpenClawDatabase::Kind::Shared, 18);
    database.put(storeWith("1", m_first));
    start();
    QVERIFY(expiresAt(m_first));
    const QByteArray marker = "openclaw-oauth-refresh-fence:v1:" + QByteArray(32, 'a');
    database.put(fakes::openClawStore(R"("anthropic:default":{"type":"oauth","provider":"anthropic","access":")"
                                      + marker + ":access:" + QByteArray(64, 'b') + R"(","refresh":")" + marker
                                      + ":refresh:" + QByteArray(64, 'b') + R"(","expires":1})"));
    QTRY_VERIFY_WITH_TIMEOUT(copyIs(profile::CopyState::Fenced), 5000);
    QVERIFY(expiresAt(m_first));
}

void CellsTest::brokenDatabase_keepsWhatWasKnown()
{
    OpenClawDatabase database(*m_home, OpenClawDatabase::Kind::Shared, 18);
    database.put(storeWith("1", m_first));
    start();
    m_home->write(QStringLiteral(".openclaw/state/openclaw.sqlite"), "no database at all");
    QTRY_VERIFY_WITH_TIMEOUT(copyIs(profile::CopyState::Unreadable), 8000);
    QVERIFY(expiresAt(m_first));
}

// As `openclaw doctor --fix` moves it from 2026.6.1 to 2026.9.6.
void CellsTest::storeThatMovesIntoADatabase_keepsItsProfile()
{
    const QString file =
        m_home->write(QStringLiteral(".openclaw/agents/main/agent/auth-profiles.json"), storeWith("1", m_first));
    start();
    QVERIFY(expiresAt(m_first));
    OpenClawDatabase database(*m_home, OpenClawDatabase::Kind::Shared, 18);
    database.put(storeWith("1", m_first));
    QVERIFY(QFile::rename(file, file + QStringLiteral(".migrated-2026-11-22")));
    const auto isHeldThere = [&] {
        return profile() != nullptr && std::ranges::any_of(profile()->copies, [&](const profile::Copy &copy) {
                   return copy.path.startsWith(database.path()) && copy.state == profile::CopyState::Held;
               });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isHeldThere(), 5000);
    QCOMPARE(m_sync->profiles().size(), std::size_t{1});
    QVERIFY(expiresAt(m_first));
}

QTEST_GUILESS_MAIN(CellsTest)
#include "cells.moc"
