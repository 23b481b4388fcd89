// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktopcolours.h"

#include <QApplication>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QTest>

#include "fakes/busobject.h"
#include "faketrayhost.h"

using namespace keytender;

namespace {

// org.freedesktop.portal.Settings with one setting.
class FakePortal final : public QDBusVirtualObject {
public:
    explicit FakePortal(const fakes::PrivateBus &bus)
        : m_bus(QDBusConnection::connectToBus(bus.address(), QStringLiteral("portal")))
    {
        m_bus.registerVirtualObject(QStringLiteral("/org/freedesktop/portal/desktop"), this, QDBusConnection::SubPath);
        m_bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
    }
    ~FakePortal() override { fakes::leaveBus(m_bus, QStringLiteral("/org/freedesktop/portal/desktop"), this); }

    void change(uint value)
    {
        scheme = value;
        QDBusMessage signal = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/portal/desktop"),
                                                         QStringLiteral("org.freedesktop.portal.Settings"),
                                                         QStringLiteral("SettingChanged"));
        signal << QStringLiteral("org.freedesktop.appearance") << QStringLiteral("color-scheme")
               << QVariant::fromValue(QDBusVariant(value));
        m_bus.send(signal);
    }

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        if (message.member() != QStringLiteral("Read"))
            return false;
        const QVariant value = QVariant::fromValue(QDBusVariant(scheme));
        return connection.send(message.createReply(QVariant::fromValue(QDBusVariant(value))));
    }

    uint scheme = 0;

private:
    QDBusConnection m_bus;
};

// The bus answers one connection in order: what was asked before this is through.
bool everythingIsAnswered()
{
    QDBusPendingCallWatcher last(QDBusConnection(QStringLiteral("app"))
                                     .asyncCall(QDBusMessage::createMethodCall(
                                         QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"),
                                         QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetId"))));
    return QTest::qWaitFor([&] { return last.isFinished(); });
}

bool isDark()
{
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

} // namespace

class DesktopColoursTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { qApp->setPalette(m_before); }

    void aDarkDesktop_makesItDark_andALightOneLightAgain();
    void withoutAPortal_nothingChanges();
    void aPaletteThatIsDarkAlready_isLeftAlone();

private:
    const QPalette m_before = QApplication::palette();
};

void DesktopColoursTest::aDarkDesktop_makesItDark_andALightOneLightAgain()
{
    const fakes::PrivateBus bus;
    FakePortal portal(bus);
    portal.scheme = 1;
    ui::DesktopColours colours(*qApp, QDBusConnection::connectToBus(bus.address(), QStringLiteral("app")));
    colours.start();
    QTRY_VERIFY(isDark());
    portal.change(2);
    QTRY_VERIFY(!isDark());
    QCOMPARE(QApplication::palette(), m_before);
    QDBusConnection::disconnectFromBus(QStringLiteral("app"));
}

void DesktopColoursTest::withoutAPortal_nothingChanges()
{
    const fakes::PrivateBus bus;
    ui::DesktopColours colours(*qApp, QDBusConnection::connectToBus(bus.address(), QStringLiteral("app")));
    colours.start();
    QVERIFY(everythingIsAnswered());
    QCOMPARE(QApplication::palette(), m_before);
    QDBusConnection::disconnectFromBus(QStringLiteral("app"));
}

void DesktopColoursTest::aPaletteThatIsDarkAlready_isLeftAlone()
{
    const fakes::PrivateBus bus;
    FakePortal portal(bus);
    const QPalette theirs(QColor(Qt::darkGreen), QColor(Qt::black));
    qApp->setPalette(theirs);
    const QPalette before = QApplication::palette();
    ui::DesktopColours colours(*qApp, QDBusConnection::connectToBus(bus.address(), QStringLiteral("app")));
    colours.start();
    portal.change(2);
    QVERIFY(everythingIsAnswered());
    QCOMPARE(QApplication::palette(), before);
    QDBusConnection::disconnectFromBus(QStringLiteral("app"));
}

QTEST_MAIN(DesktopColoursTest)
#include "desktopcolours.moc"
