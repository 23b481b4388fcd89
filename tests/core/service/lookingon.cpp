// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Two Keytenders on one vault: one keeps it, the other looks on, and goes on where the first has ended.

#include <algorithm>

#include <QTest>

#include "core/service/keptlogin.h"

using namespace keytender;
using namespace std::chrono_literals;
using profile::Health;
using service::Service;
using Access = vault::Vault::Access;

namespace {

const QString anthropic = QStringLiteral("anthropic");

fakes::KeptLogin lapsedLogin()
{
    fakes::KeptLogin login;
    login.left = -1h;
    return login;
}

// A program that was told whether somebody else has the service's name.
struct Program {
    Program(const fakes::TemporaryHome &home, fakes::RotatingIssuer &issuer, Service::Part part)
        : service({.clock = clock,
                   .random = random,
                   .keychain = keychain,
                   .masterKey = key,
                   .environment = home.environment(),
                   .outside = service::Outside{.tokens = issuer, .documents = issuer, .opener = opener}})
    {
        service.start(part);
        (void)QTest::qWaitFor([this] { return service.isSettled() && service.surroundings().lastScanAt; }, 10'000);
    }

    [[nodiscard]] bool saysSo() const
    {
        return std::ranges::any_of(service.surroundings().problems, [](const base::Error &problem) {
            return base::describe(problem).contains(QStringLiteral("Another Keytender tends these logins"));
        });
    }
    [[nodiscard]] bool isKeeper() const { return service.canSignIn() && service.tokens() && service.neighbours(); }
    [[nodiscard]] bool isOnlooker() const { return !service.canSignIn() && !service.tokens() && !service.neighbours(); }
    [[nodiscard]] Health health() const { return service.rows().at(anthropic).condition.health; }

    base::SystemClock clock;
    base::SystemRandom random;
    fakes::FakeKeychain keychain;
    fakes::FixedKey key;
    fakes::FakeUrlOpener opener;
    Service service;
};

} // namespace

class TestLookingOn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void onlooker_spendsNothing_andKeepsTheStoreOnceItMay();
    void storeThatAnotherKeeps_isTriedAgain();
    void toldBeforeTheStoreIsOpen_keepsItAtOnce();
    void whatTheKeeperRenews_isShown();

private:
    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
};

void TestLookingOn::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    m_issuer->issue(lapsedLogin().refreshToken);
    QVERIFY(fakes::keep(*m_home, lapsedLogin()));
}

// The store itself is free: who has the name may be about to open it.
void TestLookingOn::onlooker_spendsNothing_andKeepsTheStoreOnceItMay()
{
    Program program(*m_home, *m_issuer, Service::Part::LooksOn);
    QVERIFY(program.isOnlooker());
    QVERIFY(program.saysSo());
    QVERIFY(fakes::vaultIn(*m_home, Access::ReadWrite) != nullptr);
    program.service.noteClockChange();
    QCoreApplication::processEvents();
    QVERIFY(program.isOnlooker());
    QCOMPARE(m_issuer->posts, 0);

    program.service.keepStore();
    QTRY_VERIFY(program.isKeeper());
    QVERIFY(!program.saysSo());
    QVERIFY(fakes::vaultIn(*m_home, Access::ReadWrite) == nullptr);
    QTRY_COMPARE(program.health(), Health::Fresh);
    QCOMPARE(m_issuer->posts, 1);
}

void TestLookingOn::storeThatAnotherKeeps_isTriedAgain()
{
    auto other = fakes::vaultIn(*m_home, Access::ReadWrite);
    Program program(*m_home, *m_issuer, Service::Part::Keeps);
    for (int turn = 0; turn < 3; ++turn) {
        QVERIFY(program.isOnlooker());
        QVERIFY(program.saysSo());
        program.service.keepStore();
        program.service.noteClockChange();
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
    }
    QCOMPARE(m_issuer->posts, 0);
    other.reset();
    program.service.noteClockChange();
    QTRY_VERIFY(program.isKeeper());
    QTRY_COMPARE(m_issuer->posts, 1);
}

void TestLookingOn::toldBeforeTheStoreIsOpen_keepsItAtOnce()
{
    fakes::FakeUrlOpener opener;
    fakes::FakeKeychain keychain;
    fakes::FixedKey key;
    base::SystemClock clock;
    base::SystemRandom random;
    Service service({.clock = clock,
                     .random = random,
                     .keychain = keychain,
                     .masterKey = key,
                     .environment = m_home->environment(),
                     .outside = service::Outside{.tokens = *m_issuer, .documents = *m_issuer, .opener = opener}});
    service.start(Service::Part::LooksOn);
    service.keepStore();
    QTRY_VERIFY(service.canSignIn());
}

void TestLookingOn::whatTheKeeperRenews_isShown()
{
    const auto keeper = fakes::vaultIn(*m_home, Access::ReadWrite);
    Program program(*m_home, *m_issuer, Service::Part::LooksOn);
    QVERIFY(program.health() != Health::Fresh);
    fakes::KeptLogin renewed;
    renewed.refreshToken = "sk-ant-ort01-bob-2";
    QVERIFY(keeper->write(fakes::keptRecord(renewed)).has_value());
    program.service.noteClockChange(); // as every 30 seconds
    QCOMPARE(program.health(), Health::Fresh);
    QVERIFY(keeper->remove(anthropic).has_value());
    program.service.noteClockChange();
    QVERIFY(program.service.rows().empty());
}

QTEST_GUILESS_MAIN(TestLookingOn)
#include "lookingon.moc"
