// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Draws every screen with made-up logins into the directory given: `gallery DIRECTORY`; `gallery --tray` shows them
// live. QT_SCALE_FACTOR=2 draws them twice as large.
#include <cstdio>
#include <functional>

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDir>
#include <QPainter>
#include <QStyle>
#include <QStyleFactory>

#include "fakes/fakeclock.h"
#include "sampleneighbours.h"
#include "samplerows.h"
#include "schemes.h"
#include "translations/language.h"
#include "ui/icons.h"
#include "ui/panel.h"
#include "ui/profilemodel.h"
#include "ui/rowlist.h"
#include "ui/trayicon.h"
#include "ui/traymenu.h"

using namespace keytender;

namespace {

struct Screen {
    const char *name;
    std::vector<service::Row> rows;
    std::function<void(ui::Panel &)> prepare;
    void (*fillIn)(fakes::FakeNeighbours &) = nullptr; // what is said of other tools
};

std::vector<service::Row> many()
{
    std::vector<service::Row> rows = samples::trouble();
    for (int i = 1; i <= 9; ++i)
        rows.push_back(samples::well(QStringLiteral("n%1").arg(i), QStringLiteral("Claude Code %1").arg(i)));
    return rows;
}

std::vector<Screen> screens()
{
    const auto nothing = [](ui::Panel &) {};
    const auto locked = [](ui::Panel &panel) {
        service::Surroundings around = samples::surroundings();
        around.keychain = service::KeychainState::Locked;
        around.watchUnreliability = QStringLiteral("the system's limit of watches is used up");
        around.rereadInterval = std::chrono::seconds(120);
        panel.setSurroundings(around);
    };
    const auto details = [](const QString &id) {
        return [id](ui::Panel &panel) {
            panel.presentProfile(id);
            panel.setActivity(id, samples::activity(id));
            panel.resize(panel.width(), 680);
        };
    };
    const auto canSignIn = [](ui::Panel &panel) { panel.setCanSignIn(true); };
    const auto leftovers = [](ui::Panel &panel) {
        panel.setCanSignIn(true);
        service::Surroundings around = samples::afterSignOuts();
        around.leftovers.front().revokeByHand = around.leftovers.back().revokeByHand;
        panel.setSurroundings(around);
    };
    const auto ownDetails = [](const QString &id) {
        return [id](ui::Panel &panel) {
            panel.presentProfile(id);
            panel.setActivity(id, samples::ownActivity(id));
            panel.resize(panel.width(), 760);
        };
    };
    const auto reason = [](const QString &id) {
        return [id](ui::Panel &panel) {
            panel.resize(panel.width(), 680);
            panel.presentReason(id);
            panel.setActivity(id, samples::ownActivity(id));
            panel.resize(panel.width(), 680);
        };
    };
    const auto neighbours = [](const QString &id, int height) {
        return [id, height](ui::Panel &panel) {
            panel.presentProfile(id);
            panel.setActivity(id, samples::activity(id));
            panel.resize(panel.width(), height);
        };
    };
    return {{"trouble", samples::trouble(), nothing},
            {"well", samples::allWell(), nothing},
            {"empty", {}, canSignIn},
            {"locked", {samples::keychainLocked(), samples::claude(), samples::unreadable()}, locked},
            {"details", samples::trouble(), details(QStringLiteral("claude-cli"))},
            {"clash", samples::trouble(), details(QStringLiteral("opencode:openai"))},
            {"long", {samples::longNames(), samples::claude()}, nothing},
            {"many", many(), nothing},
            {"own", samples::ownLogins(), canSignIn},
            {"own-quiet",
             {samples::ownFresh(), samples::ownRenewing(), samples::ownOffline(), samples::ownToken()},
             canSignIn},
            {"own-refused", samples::ownLogins(), reason(QStringLiteral("own:github"))},
            {"own-details", samples::ownLogins(), ownDetails(QStringLiteral("own:anthropic"))},
            {"own-waiting", samples::ownLogins(), ownDetails(QStringLiteral("own:xai"))},
            {"leftovers", {samples::ownOffline(), samples::claude()}, leftovers},
            {"neighbours-watched", {samples::claude()}, neighbours(QStringLiteral("claude-cli"), 1430), samples::fill},
            {"neighbours-kept", {samples::kept()}, neighbours(QStringLiteral("claude-cli"), 1480), samples::fillKept},
            {"neighbours-gemini", {samples::gemini()}, neighbours(QStringLiteral("gemini-cli"), 700), samples::fill},
            {"fenced", {samples::fenced(), samples::kept()}, nothing},
            {"fenced-details", {samples::fenced()}, neighbours(QStringLiteral("openclaw:anthropic"), 640)}};
}

void draw(const Screen &screen, const QString &file)
{
    fakes::FakeClock clock;
    clock.wall = samples::now();
    ui::ProfileModel model(clock);
    for (const service::Row &row : screen.rows)
        model.setRow(row);
    fakes::FakeNeighbours neighbours;
    ui::Panel panel(model, clock);
    panel.setShape(ui::Panel::Shape::Popup);
    panel.setSurroundings(samples::surroundings());
    if (screen.fillIn != nullptr) {
        screen.fillIn(neighbours);
        panel.setNeighbours(&neighbours);
    }
    QCoreApplication::processEvents();
    panel.toggle(QPoint(400, 0));
    screen.prepare(panel);
    for (int i = 0; i < 4; ++i)
        QCoreApplication::processEvents();
    if (!panel.grab().save(file))
        std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
}

// Every tray icon at every size, and every sign.
void drawIcons(const QString &file)
{
    QPixmap sheet(720, 420);
    sheet.fill(QColor(0x80, 0x80, 0x80));
    QPainter painter(&sheet);
    for (const bool isDark : {false, true}) {
        const int top = isDark ? 170 : 10;
        painter.fillRect(0, top - 10, 720, 160, isDark ? QColor(0x1e, 0x20, 0x24) : QColor(0xee, 0xef, 0xf2));
        for (int look = 0; look <= static_cast<int>(ui::TrayLook::Offline); ++look) {
            const QIcon icon =
                ui::trayIcon(static_cast<ui::TrayLook>(look), isDark ? ui::PanelShade::Dark : ui::PanelShade::Light);
            int x = 10 + look * 142;
            for (const int size : {16, 22, 24, 32}) {
                painter.drawPixmap(x, top, icon.pixmap(QSize(size, size), 1));
                x += size + 6;
            }
            painter.drawPixmap(10 + look * 142, top + 40, icon.pixmap(QSize(64, 64), 1));
            painter.drawPixmap(
                80 + look * 142, top + 40,
                icon.pixmap(QSize(16, 16), 1).scaled(64, 64, Qt::KeepAspectRatio, Qt::FastTransformation));
        }
    }
    painter.fillRect(0, 320, 720, 100, Qt::white);
    for (int glyph = 0; glyph <= static_cast<int>(ui::Glyph::Up); ++glyph) {
        painter.drawPixmap(10 + glyph * 44, 330,
                           ui::glyphPixmap(static_cast<ui::Glyph>(glyph), QColor(0x33, 0x33, 0x33), 16, 1));
        painter.drawPixmap(10 + glyph * 44, 360,
                           ui::glyphPixmap(static_cast<ui::Glyph>(glyph), QColor(0x33, 0x33, 0x33), 32, 1));
    }
    painter.drawPixmap(620, 325, ui::applicationIcon().pixmap(QSize(64, 64), 1));
    painter.end();
    sheet.save(file);
}

// The menus of the tray, of the header and of a row, each as it opens.
void drawMenus(const QString &file)
{
    fakes::FakeClock clock;
    clock.wall = samples::now();
    ui::ProfileModel model(clock);
    for (const service::Row &row : samples::ownLogins())
        model.setRow(row);
    model.setRow(samples::claude());
    ui::TrayMenu tray(model, clock);
    tray.setOffers(samples::offers());
    tray.setCanSignIn(true);
    tray.setAccounts({samples::claudeAccounts()});
    tray.setHasNeighbours(true);
    ui::Panel panel(model, clock);
    panel.setCanSignIn(true);
    panel.present();
    QCoreApplication::processEvents();
    auto *list = panel.findChild<ui::RowList *>();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    list->setCurrentIndex(model.index(4, 0));
    QCoreApplication::sendEvent(list, &event);
    QList<QMenu *> menus = tray.findChildren<QMenu *>();
    menus.prepend(&tray);
    menus += panel.findChildren<QMenu *>();
    QPixmap sheet(1500, 760);
    sheet.fill(QColor(0x80, 0x80, 0x80));
    QPainter painter(&sheet);
    int x = 10;
    int y = 10;
    for (QMenu *menu : menus) {
        Q_EMIT menu->aboutToShow();
        menu->adjustSize();
        const QPixmap drawn = menu->grab();
        if (y + drawn.height() > 750) {
            y = 10;
            x += 300;
        }
        painter.drawPixmap(x, y, drawn);
        y += drawn.height() + 10;
    }
    painter.end();
    sheet.save(file);
}

void drawAll(const QDir &directory, const QString &suffix)
{
    for (const bool isDark : {false, true}) {
        QApplication::setPalette(samples::scheme(isDark));
        for (const Screen &screen : screens())
            draw(screen,
                 directory.filePath(QStringLiteral("%1-%2%3.png")
                                        .arg(QLatin1String(screen.name),
                                             isDark ? QStringLiteral("dark") : QStringLiteral("light"), suffix)));
    }
}

// The tray icon, its menu and the panel, until Quit: to be looked at on a real desktop.
int runTray(QApplication &application)
{
    QApplication::setQuitOnLastWindowClosed(false);
    fakes::FakeClock clock;
    clock.wall = samples::now();
    ui::ProfileModel model(clock);
    for (const service::Row &row : samples::trouble())
        model.setRow(row);
    ui::Panel panel(model, clock);
    panel.setSurroundings(samples::surroundings());
    ui::TrayMenu menu(model, clock);
    ui::TrayIcon icon(menu);
    icon.setFace(ui::trayFaceOf(model, samples::surroundings(), samples::now()));
    QObject::connect(&icon, &ui::TrayIcon::activated, &panel, &ui::Panel::toggle);
    QObject::connect(&icon, &ui::TrayIcon::trayPresenceChanged, &panel, [&panel](bool isPresent) {
        std::fprintf(stderr, "tray: %s\n", isPresent ? "present" : "absent");
        panel.setShape(ui::panelShape(isPresent));
        if (!isPresent)
            panel.present();
    });
    QObject::connect(&menu, &ui::TrayMenu::panelRequested, &panel, &ui::Panel::present);
    QObject::connect(&menu, &ui::TrayMenu::profileRequested, &panel, &ui::Panel::presentProfile);
    QObject::connect(&menu, &ui::TrayMenu::quitRequested, &application, &QApplication::quit);
    QObject::connect(&panel, &ui::Panel::quitRequested, &application, &QApplication::quit);
    icon.start();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    if (argc != 2) {
        std::fputs("usage: gallery DIRECTORY | --tray\n", stderr);
        return 2;
    }
    if (qstrcmp(argv[1], "--tray") == 0)
        return runTray(application);
    const QDir directory(QString::fromLocal8Bit(argv[1]));
    directory.mkpath(QStringLiteral("."));
    const QString scale = qRound(application.devicePixelRatio()) > 1 ? QStringLiteral("@2x") : QString();
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    drawIcons(directory.filePath(QStringLiteral("icons%1.png").arg(scale)));
    drawAll(directory, scale);
    drawMenus(directory.filePath(QStringLiteral("menus%1.png").arg(scale)));
    translations::installTranslations(application, QLocale(QLocale::German));
    QLocale::setDefault(QLocale(QLocale::German));
    drawAll(directory, QStringLiteral("-de") + scale);
    QApplication::setLayoutDirection(Qt::RightToLeft);
    drawAll(directory, QStringLiteral("-rtl") + scale);
    return 0;
}
