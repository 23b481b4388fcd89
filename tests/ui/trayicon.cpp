// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <chrono>

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include "fakes/fakeclock.h"
#include "faketrayhost.h"
#include "samplerows.h"
#include "ui/trayicon.h"
#include "ui/traymenu.h"
#include "ui/traytypes.h"

using namespace keytender;
using Manner = fakes::FakeTrayHost::Manner;

// Hears the item's signals as a host does.
class Ear : public QObject {
    Q_OBJECT

public:
    QStringList heard;

public Q_SLOTS:
    void newStatus(const QString &status) { heard += QStringLiteral("status ") + status; }
    void newIcon() { heard += QStringLiteral("icon"); }
    void newToolTip() { heard += QStringLiteral("tooltip"); }
    void layoutUpdated(uint, int) { heard += QStringLiteral("layout"); }
    void itemsUpdated(const QDBusMessage &message)
    {
        for (const ui::MenuItem &item : qdbus_cast<ui::MenuItems>(message.arguments().value(0)))
            heard += item.properties.value(QStringLiteral("label")).toString();
    }
};

class TrayIconTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void presentWatcherWithHost_getsTheItem();
    void lateWatcher_getsTheItem();
    void watcherWithoutHost_isNoTray_untilAHostComes();
    void silentWatcher_neverBlocks_andIsNoTray();
    void noWatcher_isNoTray_saidOnce();
    void watcherThatGoesAndReturns_getsTheItemAgain();
    void item_publishesWhatTheInterfaceAsksFor();
    void trouble_needsAttention_andSaysSo();
    void toolTip_saysUpToFourLoginsInWords();
    void activate_isAClick();
    void menu_isServedAndItsClicksArrive();
    void menu_keepsItsEntriesWhileTheLoginsStay();
    void menu_announcesAChangedLayout();
    void busThatIsGone_isNoTray(); // the last: a process keeps to its first bus

private:
    // Calls the item as a host would, without ever blocking the thread that answers.
    QDBusMessage call(const QString &path, const QString &interface, const QString &method,
                      const QVariantList &arguments = {})
    {
        QDBusMessage message =
            QDBusMessage::createMethodCall(m_host->registered().constLast(), path, interface, method);
        message.setArguments(arguments);
        QDBusPendingCallWatcher watcher(m_host->bus().asyncCall(message));
        if (!QTest::qWaitFor([&watcher] { return watcher.isFinished(); }))
            return {};
        return watcher.reply();
    }
    QDBusMessage callMenu(const QString &method, const QVariantList &arguments)
    {
        return call(QStringLiteral("/MenuBar"), QStringLiteral("com.canonical.dbusmenu"), method, arguments);
    }
    QDBusMessage callItem(const QString &method, const QVariantList &arguments)
    {
        return call(QStringLiteral("/StatusNotifierItem"), QStringLiteral("org.kde.StatusNotifierItem"), method,
                    arguments);
    }
    QVariantMap properties()
    {
        const QDBusMessage reply =
            call(QStringLiteral("/StatusNotifierItem"), QStringLiteral("org.freedesktop.DBus.Properties"),
                 QStringLiteral("GetAll"), {QStringLiteral("org.kde.StatusNotifierItem")});
        return qdbus_cast<QVariantMap>(reply.arguments().value(0));
    }
    ui::MenuLayout layout()
    {
        const QDBusMessage reply = callMenu(QStringLiteral("GetLayout"), {0, -1, QStringList()});
        return qdbus_cast<ui::MenuLayout>(reply.arguments().value(1));
    }
    void show(const std::vector<service::Row> &rows)
    {
        for (const service::Row &row : rows)
            m_model->setRow(row);
        m_icon->setFace(ui::trayFaceOf(*m_model, {}, samples::now()));
    }
    void startWithHost()
    {
        m_host->appear(Manner::HasHost);
        m_icon->start();
        QTRY_COMPARE(m_host->registered().size(), 1);
    }

    std::unique_ptr<fakes::PrivateBus> m_bus;
    std::unique_ptr<fakes::FakeTrayHost> m_host;
    fakes::FakeClock m_clock;
    std::unique_ptr<ui::ProfileModel> m_model;
    std::unique_ptr<ui::TrayMenu> m_menu;
    std::unique_ptr<ui::TrayIcon> m_icon;
};

namespace {

const ui::MenuLayout *entry(const ui::MenuLayout &layout, const QString &label)
{
    for (const ui::MenuLayout &child : layout.children) {
        if (child.properties.value(QStringLiteral("label")).toString().contains(label))
            return &child;
    }
    return nullptr;
}

} // namespace

void TrayIconTest::initTestCase()
{
    ui::registerTrayTypes();
    m_bus = std::make_unique<fakes::PrivateBus>();
    QVERIFY(m_bus->isRunning());
}

void TrayIconTest::init()
{
    m_host = std::make_unique<fakes::FakeTrayHost>(*m_bus);
    m_clock.wall = samples::now();
    m_model = std::make_unique<ui::ProfileModel>(m_clock);
    m_menu = std::make_unique<ui::TrayMenu>(*m_model, m_clock);
    m_icon = std::make_unique<ui::TrayIcon>(*m_menu);
}

void TrayIconTest::cleanup()
{
    m_icon.reset();
    m_menu.reset();
    m_model.reset();
    m_host.reset();
}

void TrayIconTest::presentWatcherWithHost_getsTheItem()
{
    const QSignalSpy presence(m_icon.get(), &ui::TrayIcon::trayPresenceChanged);
    startWithHost();
    QTRY_COMPARE(presence.count(), 1);
    QCOMPARE(presence.constFirst().constFirst().toBool(), true);
    QVERIFY(m_host->registered().constFirst().startsWith(u':'));
}

void TrayIconTest::lateWatcher_getsTheItem()
{
    QSignalSpy presence(m_icon.get(), &ui::TrayIcon::trayPresenceChanged);
    m_icon->start();
    QVERIFY(presence.wait(4000));
    QCOMPARE(presence.takeFirst().constFirst().toBool(), false);
    m_host->appear(Manner::HasHost);
    QVERIFY(presence.wait(4000));
    QCOMPARE(presence.takeFirst().constFirst().toBool(), true);
    QTRY_COMPARE(m_host->registered().size(), 1);
}

void TrayIconTest::watcherWithoutHost_isNoTray_untilAHostComes()
{
    QSignalSpy presence(m_icon.get(), &ui::TrayIcon::trayPresenceChanged);
    m_host->appear(Manner::HasNoHost);
    m_icon->start();
    QVERIFY(presence.wait(4000));
    QCOMPARE(presence.takeFirst().constFirst().toBool(), false);
    QCOMPARE(m_host->registered().size(), 0);
    m_host->hostComes();
    QVERIFY(presence.wait(4000));
    QCOMPARE(presence.takeFirst().constFirst().toBool(), true);
    QTRY_COMPARE(m_host->registered().size(), 1);
}

void TrayIconTest::silentWatcher_neverBlocks_andIsNoTray()
{
    QSignalSpy presence(m_icon.get(), &ui::TrayIcon::trayPresenceChanged);
    m_host->appear(Manner::Silent);
    QElapsedTimer timer;
    timer.start();
    m_icon->start();
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    QTRY_VERIFY(m_host->questions() > 0);
    QVERIFY(presence.wait(4000));
    QCOMPARE(presence.takeFirst().constFirst().toBool(), false);
    QVERIFY2(timer.elapsed() < 3500, qPrintable(QString::number(timer.elapsed())));
    // It finds its voice: the next question is answered.
    m_host->hostComes();
    QVERIFY(presence.wait(4000));
    QCOMPARE(presence.takeFirst().constFirst().toBool(), true);
}

void TrayIconTest::noWatcher_isNoTray_saidOnce()
{
    QSignalSpy presence(m_icon.get(), &ui::TrayIcon::trayPresenceChanged);
    m_icon->start();
    QCOMPARE(m_icon->presence(), ui::TrayIcon::Presence::Looking);
    QVERIFY(presence.wait(4000));
    QCOMPARE(m_icon->presence(), ui::TrayIcon::Presence::Absent);
    QCOMPARE(presence.count(), 1);
}

void TrayIconTest::watcherThatGoesAndReturns_getsTheItemAgain()
{
    QSignalSpy presence(m_icon.get(), &ui::TrayIcon::trayPresenceChanged);
    startWithHost();
    QTRY_COMPARE(presence.count(), 1);
    m_host->vanish();
    QTRY_COMPARE(presence.count(), 2);
    QCOMPARE(presence.constLast().constFirst().toBool(), false);
    m_host->appear(Manner::HasHost);
    QTRY_COMPARE(m_host->registered().size(), 2);
    QTRY_COMPARE(presence.count(), 3);
    QCOMPARE(presence.constLast().constFirst().toBool(), true);
    QCOMPARE(m_host->registered().constFirst(), m_host->registered().constLast());
}

void TrayIconTest::item_publishesWhatTheInterfaceAsksFor()
{
    startWithHost();
    show(samples::allWell());
    const QVariantMap all = properties();
    QCOMPARE(all.value(QStringLiteral("Category")).toString(), QStringLiteral("SystemServices"));
    QCOMPARE(all.value(QStringLiteral("Id")).toString(), QStringLiteral("keytender"));
    QCOMPARE(all.value(QStringLiteral("Status")).toString(), QStringLiteral("Active"));
    QCOMPARE(all.value(QStringLiteral("ItemIsMenu")).toBool(), false);
    QCOMPARE(all.value(QStringLiteral("Menu")).value<QDBusObjectPath>().path(), QStringLiteral("/MenuBar"));
    for (const char *name : {"Title", "WindowId", "IconThemePath", "IconName", "OverlayIconName", "OverlayIconPixmap",
                             "AttentionIconName", "AttentionIconPixmap", "AttentionMovieName", "ToolTip"})
        QVERIFY2(all.contains(QLatin1String(name)), name);
    const auto pixmaps = qdbus_cast<ui::TrayPixmaps>(all.value(QStringLiteral("IconPixmap")));
    QVERIFY(pixmaps.size() >= 5);
    for (const ui::TrayPixmap &pixmap : pixmaps)
        QCOMPARE(pixmap.bytes.size(), pixmap.width * pixmap.height * 4);
}

void TrayIconTest::trouble_needsAttention_andSaysSo()
{
    startWithHost();
    show(samples::allWell());
    Ear ear;
    const QString item = QStringLiteral("org.kde.StatusNotifierItem");
    const QString sender = m_host->registered().constFirst();
    const QString path = QStringLiteral("/StatusNotifierItem");
    m_host->bus().connect(sender, path, item, QStringLiteral("NewStatus"), &ear, SLOT(newStatus(QString)));
    m_host->bus().connect(sender, path, item, QStringLiteral("NewIcon"), &ear, SLOT(newIcon()));
    m_host->bus().connect(sender, path, item, QStringLiteral("NewToolTip"), &ear, SLOT(newToolTip()));
    QCOMPARE(properties().value(QStringLiteral("Status")).toString(), QStringLiteral("Active"));
    show({samples::gemini()});
    const QStringList expected = {QStringLiteral("icon"), QStringLiteral("tooltip"),
                                  QStringLiteral("status NeedsAttention")};
    QTRY_COMPARE(ear.heard, expected);
    QCOMPARE(properties().value(QStringLiteral("Status")).toString(), QStringLiteral("NeedsAttention"));
    m_model->removeRow(QStringLiteral("gemini-cli"));
    show({});
    QTRY_COMPARE(ear.heard.constLast(), QStringLiteral("status Active"));
}

void TrayIconTest::toolTip_saysUpToFourLoginsInWords()
{
    startWithHost();
    show(samples::trouble());
    const auto toolTip = qdbus_cast<ui::TrayToolTip>(properties().value(QStringLiteral("ToolTip")));
    QCOMPARE(toolTip.title, QStringLiteral("Keytender: 2 logins need you"));
    const QStringList lines = toolTip.text.split(u'\n');
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines.constFirst(), QStringLiteral("Gemini CLI: sign in again"));
}

void TrayIconTest::activate_isAClick()
{
    startWithHost();
    const QSignalSpy clicks(m_icon.get(), &ui::TrayIcon::activated);
    callItem(QStringLiteral("Activate"), {640, 12});
    QCOMPARE(clicks.count(), 1);
    QCOMPARE(clicks.constFirst().constFirst().toPoint(), QPoint(640, 12));
    callItem(QStringLiteral("SecondaryActivate"), {1, 2});
    QCOMPARE(clicks.count(), 2);
    QCOMPARE(callItem(QStringLiteral("Scroll"), {120, QStringLiteral("vertical")}).type(), QDBusMessage::ReplyMessage);
}

void TrayIconTest::menu_isServedAndItsClicksArrive()
{
    startWithHost();
    show(samples::trouble());
    callMenu(QStringLiteral("AboutToShow"), {0});
    const ui::MenuLayout menu = layout();
    QVERIFY(entry(menu, QStringLiteral("2 logins need you")) != nullptr);
    const ui::MenuLayout *claude = entry(menu, QStringLiteral("Claude Code:"));
    QVERIFY(claude != nullptr);
    QCOMPARE(claude->properties.value(QStringLiteral("children-display")).toString(), QStringLiteral("submenu"));
    QCOMPARE(claude->children.size(), 2);
    const ui::MenuLayout *unlock = entry(menu, QStringLiteral("Unlock"));
    QCOMPARE(unlock->properties.value(QStringLiteral("visible")), QVariant(false));
    QVERIFY(std::any_of(menu.children.begin(), menu.children.end(), [](const ui::MenuLayout &child) {
        return child.properties.value(QStringLiteral("type")).toString() == QStringLiteral("separator");
    }));

    const QSignalSpy profile(m_menu.get(), &ui::TrayMenu::profileRequested);
    const QSignalSpy quit(m_menu.get(), &ui::TrayMenu::quitRequested);
    const auto click = [this](int id) {
        callMenu(QStringLiteral("Event"),
                 {id, QStringLiteral("clicked"), QVariant::fromValue(QDBusVariant(QString())), 0U});
    };
    click(claude->children.constFirst().id);
    QTRY_COMPARE(profile.count(), 1);
    QCOMPARE(profile.constFirst().constFirst().toString(), QStringLiteral("claude-cli"));
    click(entry(menu, QStringLiteral("Quit"))->id);
    QTRY_COMPARE(quit.count(), 1);
    click(987654); // nobody's
    QCOMPARE(quit.count(), 1);

    const ui::MenuEvent event{.id = entry(menu, QStringLiteral("Quit"))->id,
                              .name = QStringLiteral("clicked"),
                              .value = QDBusVariant(QString()),
                              .timestamp = 0};
    ui::MenuEvent unknown = event;
    unknown.id = 987654;
    const QDBusMessage reply =
        callMenu(QStringLiteral("EventGroup"), {QVariant::fromValue(ui::MenuEvents{event, unknown})});
    QCOMPARE(qdbus_cast<QList<int>>(reply.arguments().value(0)), QList<int>{987654});
    QTRY_COMPARE(quit.count(), 2);
}

void TrayIconTest::menu_keepsItsEntriesWhileTheLoginsStay()
{
    startWithHost();
    show(samples::allWell());
    callMenu(QStringLiteral("AboutToShow"), {0});
    const int before = entry(layout(), QStringLiteral("Claude Code:"))->id;
    Ear ear;
    m_host->bus().connect(m_host->registered().constFirst(), QStringLiteral("/MenuBar"),
                          QStringLiteral("com.canonical.dbusmenu"), QStringLiteral("ItemsPropertiesUpdated"), &ear,
                          SLOT(itemsUpdated(QDBusMessage)));
    m_clock.advance(std::chrono::minutes(30));
    callMenu(QStringLiteral("AboutToShow"), {0});
    QTRY_VERIFY(ear.heard.contains(QStringLiteral("Claude Code: renews in 4 h 37 min")));
    const ui::MenuLayout after = layout();
    const ui::MenuLayout *claude = entry(after, QStringLiteral("Claude Code:"));
    QCOMPARE(claude->id, before);
    const QString label = claude->properties.value(QStringLiteral("label")).toString();
    QVERIFY2(label.contains(QStringLiteral("4 h 37 min")), qPrintable(label));
}

void TrayIconTest::menu_announcesAChangedLayout()
{
    startWithHost();
    show(samples::allWell());
    callMenu(QStringLiteral("AboutToShow"), {0});
    layout();
    Ear ear;
    m_host->bus().connect(m_host->registered().constFirst(), QStringLiteral("/MenuBar"),
                          QStringLiteral("com.canonical.dbusmenu"), QStringLiteral("LayoutUpdated"), &ear,
                          SLOT(layoutUpdated(uint, int)));
    show({samples::gemini()});
    // Before it is asked to show: a host measures the menu that it knows.
    QTRY_COMPARE(ear.heard, QStringList(QStringLiteral("layout")));
    QVERIFY(entry(layout(), QStringLiteral("Gemini CLI")) != nullptr);
    const QDBusMessage reply = callMenu(QStringLiteral("AboutToShow"), {0});
    QCOMPARE(reply.arguments().constFirst().toBool(), false);
}

void TrayIconTest::busThatIsGone_isNoTray()
{
    m_host.reset();
    m_bus.reset();
    QSignalSpy presence(m_icon.get(), &ui::TrayIcon::trayPresenceChanged);
    m_icon->start();
    QVERIFY(presence.wait(4000));
    QCOMPARE(presence.takeFirst().constFirst().toBool(), false);
}

QTEST_MAIN(TrayIconTest)
#include "trayicon.moc"
