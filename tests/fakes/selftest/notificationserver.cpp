// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/notificationserver.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QSignalSpy>
#include <QTest>

#include "faketrayhost.h"

using namespace keytender::fakes;

namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");

// A client of its own connection, that waits with the event loop running.
class Client final : public QObject {
    Q_OBJECT

public:
    explicit Client(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, QStringLiteral("notification-client")))
    {
        m_bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this, SLOT(keepAction(uint, QString)));
        m_bus.connect(service, path, service, QStringLiteral("NotificationClosed"), this, SLOT(keepClosed(uint, uint)));
    }
    ~Client() override { QDBusConnection::disconnectFromBus(m_bus.name()); }

    [[nodiscard]] QDBusMessage call(const QString &method, const QVariantList &arguments, int timeout = 5000) const
    {
        QDBusMessage message = QDBusMessage::createMethodCall(service, path, service, method);
        message.setArguments(arguments);
        QDBusPendingCallWatcher watcher(m_bus.asyncCall(message, timeout));
        QSignalSpy finished(&watcher, &QDBusPendingCallWatcher::finished);
        if (!watcher.isFinished())
            finished.wait();
        return watcher.reply();
    }

    [[nodiscard]] uint notify(const QString &summary, uint replaces = 0, const QVariantMap &hints = {}) const
    {
        return call(QStringLiteral("Notify"),
                    {QStringLiteral("Keytender"), replaces, QStringLiteral("keytender"), summary,
                     QStringLiteral("Claude Code says no"),
                     QStringList{QStringLiteral("signin"), QStringLiteral("Sign in")}, hints, -1})
            .arguments()
            .value(0)
            .toUInt();
    }

    QList<QPair<uint, QString>> pressed;
    QList<QPair<uint, uint>> closed;

private Q_SLOTS:
    void keepAction(uint id, const QString &action) { pressed.append({id, action}); }
    void keepClosed(uint id, uint reason) { closed.append({id, reason}); }

private:
    QDBusConnection m_bus;
};

} // namespace

class TestNotificationServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_bus.isRunning()); }
    void notify_isRecordedAsItCame();
    void notify_thatReplaces_keepsItsPlace();
    void press_tellsTheClientAndCloses();
    void press_onAResidentOne_leavesItOpen();
    void closeNotification_isCountedAndAnswered();
    void capabilities_areWhatTheTestSays();
    void server_thatHangs_neverAnswers();
    void server_thatVanishes_isNotThere();

private:
    PrivateBus m_bus;
};

void TestNotificationServer::notify_isRecordedAsItCame()
{
    NotificationServer server(m_bus.address());
    QVERIFY(server.appear());
    const Client client(m_bus.address());
    const uint id =
        client.notify(QStringLiteral("Sign in again"), 0, {{QStringLiteral("urgency"), QVariant::fromValue(uchar(2))}});
    QCOMPARE(server.calls().size(), 1U);
    const ShownNotification &shown = server.calls().front();
    QCOMPARE(shown.id, id);
    QCOMPARE(shown.replacesId, 0U);
    QCOMPARE(shown.application, QStringLiteral("Keytender"));
    QCOMPARE(shown.icon, QStringLiteral("keytender"));
    QCOMPARE(shown.summary, QStringLiteral("Sign in again"));
    QCOMPARE(shown.body, QStringLiteral("Claude Code says no"));
    QCOMPARE(shown.actions, QStringList({QStringLiteral("signin"), QStringLiteral("Sign in")}));
    QCOMPARE(shown.hints.value(QStringLiteral("urgency")).toInt(), 2);
    QCOMPARE(shown.timeout, -1);
}

void TestNotificationServer::notify_thatReplaces_keepsItsPlace()
{
    NotificationServer server(m_bus.address());
    QVERIFY(server.appear());
    const Client client(m_bus.address());
    const uint first = client.notify(QStringLiteral("one"));
    const uint other = client.notify(QStringLiteral("other"));
    QCOMPARE(client.notify(QStringLiteral("two"), first), first);
    QVERIFY(other != first);
    QCOMPARE(server.calls().size(), 3U);
    QCOMPARE(server.open().size(), 2U);
    QCOMPARE(server.open().front().summary, QStringLiteral("two"));
    QCOMPARE(server.open().front().replacesId, first);
}

void TestNotificationServer::press_tellsTheClientAndCloses()
{
    NotificationServer server(m_bus.address());
    QVERIFY(server.appear());
    const Client client(m_bus.address());
    const uint id = client.notify(QStringLiteral("Sign in again"));
    server.press(id, QStringLiteral("signin"));
    QTRY_COMPARE(client.closed, (QList<QPair<uint, uint>>{{id, 2}}));
    QCOMPARE(client.pressed, (QList<QPair<uint, QString>>{{id, QStringLiteral("signin")}}));
    QVERIFY(server.open().empty());
}

void TestNotificationServer::press_onAResidentOne_leavesItOpen()
{
    NotificationServer server(m_bus.address());
    QVERIFY(server.appear());
    const Client client(m_bus.address());
    const uint id = client.notify(QStringLiteral("Sign in again"), 0, {{QStringLiteral("resident"), true}});
    server.press(id, QStringLiteral("signin"));
    QTRY_COMPARE(client.pressed.size(), 1);
    QCOMPARE(server.open().size(), 1U);
    server.close(id, ClosedBecause::Expired);
    QTRY_COMPARE(client.closed, (QList<QPair<uint, uint>>{{id, 1}}));
}

void TestNotificationServer::closeNotification_isCountedAndAnswered()
{
    NotificationServer server(m_bus.address());
    QVERIFY(server.appear());
    const Client client(m_bus.address());
    const uint id = client.notify(QStringLiteral("Sign in again"));
    QCOMPARE(client.call(QStringLiteral("CloseNotification"), {id}).type(), QDBusMessage::ReplyMessage);
    QCOMPARE(server.withdrawn(), std::vector<std::uint32_t>{id});
    QVERIFY(server.open().empty());
    QTRY_COMPARE(client.closed, (QList<QPair<uint, uint>>{{id, 3}}));
}

void TestNotificationServer::capabilities_areWhatTheTestSays()
{
    NotificationServer server(m_bus.address());
    QVERIFY(server.appear());
    const Client client(m_bus.address());
    QVERIFY(client.call(QStringLiteral("GetCapabilities"), {})
                .arguments()
                .constFirst()
                .toStringList()
                .contains(QStringLiteral("actions")));
    server.setCapabilities({QStringLiteral("body")});
    QCOMPARE(client.call(QStringLiteral("GetCapabilities"), {}).arguments().constFirst().toStringList(),
             QStringList{QStringLiteral("body")});
    QCOMPARE(client.call(QStringLiteral("GetServerInformation"), {}).arguments().size(), 4);
}

void TestNotificationServer::server_thatHangs_neverAnswers()
{
    NotificationServer server(m_bus.address());
    QVERIFY(server.appear());
    server.hang();
    const Client client(m_bus.address());
    QCOMPARE(client.call(QStringLiteral("GetCapabilities"), {}, 200).errorName(),
             QStringLiteral("org.freedesktop.DBus.Error.NoReply"));
}

void TestNotificationServer::server_thatVanishes_isNotThere()
{
    NotificationServer server(m_bus.address());
    QVERIFY(server.appear());
    NotificationServer second(m_bus.address());
    QVERIFY(!second.appear());
    server.vanish();
    const Client client(m_bus.address());
    QCOMPARE(client.call(QStringLiteral("GetCapabilities"), {}).type(), QDBusMessage::ErrorMessage);
    QVERIFY(second.appear());
    QCOMPARE(client.call(QStringLiteral("GetCapabilities"), {}).type(), QDBusMessage::ReplyMessage);
}

QTEST_GUILESS_MAIN(TestNotificationServer)
#include "notificationserver.moc"
