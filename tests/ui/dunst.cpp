// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusReply>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include "base/secret.h"
#include "fakes/fakeclock.h"
#include "fakes/temporaryhome.h"
#include "faketrayhost.h"
#include "service/settings/settings.h"
#include "ui/notifier.h"

using namespace keytender;
using service::Incident;

namespace {

const QString daemonName = QStringLiteral("org.freedesktop.Notifications");
const QString daemonPath = QStringLiteral("/org/freedesktop/Notifications");
const QString control = QStringLiteral("org.dunstproject.cmd0");

Incident incident(const QString &profile, int stage = 0)
{
    return {.key = QStringLiteral("signInNeeded/") + profile,
            .kind = Incident::Kind::SignInNeeded,
            .profileId = profile,
            .title = profile + QStringLiteral(": sign in again"),
            .text = QStringLiteral("The provider has ended this <sign-in> & said so."),
            .actions = {Incident::Action::SignIn, Incident::Action::Why},
            .isUrgent = true,
            .stage = stage,
            .gist = profile};
}

} // namespace

// A notification daemon that people have, on a screen and a bus of its own.
class DunstTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void incidents_areShownReplacedAndWithdrawn();
    void click_isTheFirstAction();
    void closedByAPerson_isNotShownAgain();
    void restartedDaemon_showsThemAgain();

private:
    void startDaemon();
    static void end(QProcess &process);
    [[nodiscard]] int shown() const;
    void command(const QString &method, const QVariantList &arguments = {}) const;

    fakes::PrivateBus m_bus;
    fakes::TemporaryHome m_home;
    fakes::FakeClock m_clock;
    base::SystemRandom m_random;
    QProcess m_screen;
    QProcess m_daemon;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    std::unique_ptr<QDBusConnection> m_ours;
    std::unique_ptr<service::IncidentMemory> m_memory;
    std::unique_ptr<ui::Notifier> m_notifier;
    QStringList m_fallen;
};

void DunstTest::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    QVERIFY(m_bus.isRunning());
    for (const char *program : {"Xvfb", "dunst"})
        if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
            QSKIP(qPrintable(QLatin1String(program) + QStringLiteral(" is not installed")));

    m_screen.start(QStringLiteral("Xvfb"),
                   {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-nolisten"),
                    QStringLiteral("tcp"), QStringLiteral("-screen"), QStringLiteral("0"),
                    QStringLiteral("800x600x24")});
    QTRY_VERIFY_WITH_TIMEOUT(m_screen.canReadLine(), 20000);
    const QByteArray number = m_screen.readLine().trimmed();
    m_environment.insert(QStringLiteral("DISPLAY"), u':' + QString::fromLatin1(number));
    m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_bus.address());
    m_environment.insert(QStringLiteral("HOME"), m_home.path());
    m_environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    m_ours = std::make_unique<QDBusConnection>(QDBusConnection::connectToBus(m_bus.address(), QStringLiteral("ours")));
    startDaemon();

    m_memory = std::make_unique<service::IncidentMemory>(service::Places::in(m_home.environment()).notices,
                                                         m_home.environment(), m_random);
    m_notifier = std::make_unique<ui::Notifier>(
        ui::NotifierWorld{.bus = *m_ours,
                          .memory = *m_memory,
                          .clock = m_clock,
                          .fallback = [this](const QString &title, const QString &, bool) { m_fallen += title; }});
}

void DunstTest::cleanupTestCase()
{
    m_notifier.reset();
    end(m_daemon);
    end(m_screen);
}

void DunstTest::startDaemon()
{
    m_daemon.setProcessEnvironment(m_environment);
    m_daemon.setProcessChannelMode(QProcess::MergedChannels);
    m_daemon.start(QStringLiteral("dunst"),
                   {QStringLiteral("-config"), m_home.write(QStringLiteral("dunstrc"), "[global]\n")});
    QTRY_VERIFY_WITH_TIMEOUT(m_ours->interface()->isServiceRegistered(daemonName).value(), 20000);
}

void DunstTest::end(QProcess &process)
{
    process.terminate();
    if (!process.waitForFinished(3000))
        process.kill(); // now and then dunst does not hear it
    process.waitForFinished();
}

int DunstTest::shown() const
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        daemonName, daemonPath, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    message << control << QStringLiteral("displayedLength");
    const QDBusReply<QDBusVariant> reply = m_ours->call(message);
    return reply.isValid() ? reply.value().variant().toInt() : -1;
}

void DunstTest::command(const QString &method, const QVariantList &arguments) const
{
    QDBusMessage message = QDBusMessage::createMethodCall(daemonName, daemonPath, control, method);
    message.setArguments(arguments);
    QCOMPARE(m_ours->call(message).type(), QDBusMessage::ReplyMessage);
}

void DunstTest::incidents_areShownReplacedAndWithdrawn()
{
    m_notifier->setIncidents({.incidents = {incident(QStringLiteral("a")), incident(QStringLiteral("b"))}});
    QTRY_COMPARE(shown(), 2);
    m_notifier->setIncidents({.incidents = {incident(QStringLiteral("a"), 1), incident(QStringLiteral("b"))}});
    m_notifier->setIncidents({.incidents = {incident(QStringLiteral("a"), 1)}});
    QTRY_COMPARE(shown(), 1);
    m_notifier->setIncidents({});
    QTRY_COMPARE(shown(), 0);
    QVERIFY(m_fallen.isEmpty());
}

void DunstTest::click_isTheFirstAction()
{
    QSignalSpy invoked(m_notifier.get(), &ui::Notifier::actionInvoked);
    m_notifier->setIncidents({.incidents = {incident(QStringLiteral("c"))}});
    QTRY_COMPARE(shown(), 1);
    // Nobody clicks before the daemon has answered.
    QTRY_VERIFY(m_memory->find(QStringLiteral("signInNeeded/c")) != nullptr);
    command(QStringLiteral("NotificationAction"), {0U});
    QTRY_COMPARE(invoked.size(), 1);
    QCOMPARE(invoked.front().at(0).toString(), QStringLiteral("c"));
    QCOMPARE(invoked.front().at(1).value<Incident::Action>(), Incident::Action::SignIn);
    QTRY_COMPARE(shown(), 0);
    m_notifier->setIncidents({});
}

void DunstTest::closedByAPerson_isNotShownAgain()
{
    m_clock.advance(std::chrono::hours{1});
    m_notifier->setIncidents({.incidents = {incident(QStringLiteral("d"))}});
    QTRY_COMPARE(shown(), 1);
    QTRY_VERIFY(m_memory->find(QStringLiteral("signInNeeded/d")) != nullptr);
    command(QStringLiteral("NotificationCloseLast"));
    QTRY_COMPARE(shown(), 0);
    const auto isPutAway = [this] {
        const auto *told = m_memory->find(QStringLiteral("signInNeeded/d"));
        return told != nullptr && told->isPutAway;
    };
    QTRY_VERIFY(isPutAway());
    m_notifier->setIncidents({.incidents = {incident(QStringLiteral("d"), 1)}});
    QTRY_COMPARE(shown(), 1);
    m_notifier->setIncidents({});
    QTRY_COMPARE(shown(), 0);
}

void DunstTest::restartedDaemon_showsThemAgain()
{
    m_clock.advance(std::chrono::hours{1});
    m_notifier->setIncidents({.incidents = {incident(QStringLiteral("e"))}});
    QTRY_COMPARE(shown(), 1);
    QTRY_VERIFY(m_memory->find(QStringLiteral("signInNeeded/e")) != nullptr);
    end(m_daemon);
    startDaemon();
    QTRY_COMPARE(shown(), 1);
    QVERIFY(m_fallen.isEmpty());
}

QTEST_GUILESS_MAIN(DunstTest)
#include "dunst.moc"
