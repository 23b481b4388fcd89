// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QApplication>
#include <QTest>

#include "ui/icons.h"
#include "ui/tones.h"

using namespace keytender;

class AppearanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tones_canBeReadOnEveryGround_data();
    void tones_canBeReadOnEveryGround();
    void trayIcons_differInShapeAtEverySize_data();
    void trayIcons_differInShapeAtEverySize();
    void trayIcons_standOutFromTheirPanel();
    void automaticShade_standsOutFromEitherPanel();
    void everyGlyph_isDrawn();
    void trayLook_followsTheLoudest_data();
    void trayLook_followsTheLoudest();
};

namespace {

QPalette palette(const char *base, const char *text, const char *highlight)
{
    QPalette made;
    made.setColor(QPalette::Base, QColor(QLatin1String(base)));
    made.setColor(QPalette::Text, QColor(QLatin1String(text)));
    made.setColor(QPalette::Highlight, QColor(QLatin1String(highlight)));
    return made;
}

// Where there is ink, whatever its colour.
QImage shapeOf(const QIcon &icon, int size)
{
    return icon.pixmap(QSize(size, size), 1).toImage().convertToFormat(QImage::Format_Alpha8);
}

} // namespace

void AppearanceTest::tones_canBeReadOnEveryGround_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("fusion light") << palette("#ffffff", "#000000", "#308cc6");
    QTest::newRow("soft dark") << palette("#202125", "#ecedef", "#5b8def");
    QTest::newRow("breeze dark") << palette("#1b1e20", "#fcfcfc", "#3daee9");
    QTest::newRow("solarized") << palette("#fdf6e3", "#073642", "#b58900");
    QTest::newRow("grey on black") << palette("#000000", "#b0b0b0", "#ffff00");
    QTest::newRow("no accent") << palette("#ffffff", "#101010", "#ffffff");
}

void AppearanceTest::tones_canBeReadOnEveryGround()
{
    QFETCH(const QPalette, palette);
    const ui::Tones tones = ui::tonesOf(palette);
    for (const QColor &ground : {tones.surface, tones.box, tones.hover}) {
        for (const QColor &ink : {tones.text, tones.muted, tones.well, tones.due, tones.actNow})
            QVERIFY2(ui::contrast(ink, ground) >= 4.5,
                     qPrintable(QStringLiteral("%1 on %2").arg(ink.name(), ground.name())));
    }
    QVERIFY(ui::contrast(tones.onAccent, tones.accent) >= 4.5);
}

void AppearanceTest::trayIcons_differInShapeAtEverySize_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {16, 22, 24, 32, 44, 48, 64})
        QTest::newRow(qPrintable(QString::number(size))) << size;
}

void AppearanceTest::trayIcons_differInShapeAtEverySize()
{
    QFETCH(const int, size);
    QList<QImage> shapes;
    for (const auto look :
         {ui::TrayLook::Well, ui::TrayLook::Due, ui::TrayLook::ActNow, ui::TrayLook::Busy, ui::TrayLook::Offline}) {
        const QIcon icon = ui::trayIcon(look, ui::PanelShade::Light);
        QVERIFY(icon.availableSizes().contains(QSize(size, size)));
        const QImage shape = shapeOf(icon, size);
        QCOMPARE(shape.size(), QSize(size, size));
        QVERIFY(!shapes.contains(shape));
        shapes += shape;
    }
}

void AppearanceTest::trayIcons_standOutFromTheirPanel()
{
    for (const auto shade : {ui::PanelShade::Light, ui::PanelShade::Dark}) {
        const QImage image = ui::trayIcon(ui::TrayLook::Well, shade).pixmap(QSize(64, 64), 1).toImage();
        const QColor ink = image.pixelColor(20, 50); // the key's shaft
        QVERIFY(ink.alpha() > 250);
        const QColor panel = shade == ui::PanelShade::Light ? QColor(0xee, 0xee, 0xee) : QColor(0x20, 0x20, 0x20);
        QVERIFY(ui::contrast(ink, panel) >= 4.5);
    }
}

void AppearanceTest::automaticShade_standsOutFromEitherPanel()
{
    const QImage image = ui::trayIcon(ui::TrayLook::Well, ui::PanelShade::Automatic).pixmap(QSize(22, 22), 1).toImage();
    for (const QColor &panel : {QColor(0xee, 0xee, 0xee), QColor(0x20, 0x20, 0x20)}) {
        int seen = 0;
        for (int i = 0; i < 22 * 22; ++i) {
            const QColor pixel = image.pixelColor(i % 22, i / 22);
            seen += pixel.alpha() > 180 && ui::contrast(pixel, panel) >= 4.5 ? 1 : 0;
        }
        QVERIFY2(seen > 30, qPrintable(QString::number(seen)));
    }
}

void AppearanceTest::everyGlyph_isDrawn()
{
    for (int glyph = 0; glyph <= static_cast<int>(ui::Glyph::Offline); ++glyph) {
        const QImage image = ui::glyphPixmap(static_cast<ui::Glyph>(glyph), Qt::red, 16, 2).toImage();
        QCOMPARE(image.size(), QSize(32, 32));
        int inked = 0;
        for (int i = 0; i < 32 * 32; ++i)
            inked += image.pixelColor(i % 32, i / 32).alpha() > 128 ? 1 : 0;
        QVERIFY2(inked > 20, qPrintable(QString::number(glyph)));
    }
}

void AppearanceTest::trayLook_followsTheLoudest_data()
{
    QTest::addColumn<service::Summary>("summary");
    QTest::addColumn<service::KeychainState>("keychain");
    QTest::addColumn<bool>("isOffline");
    QTest::addColumn<ui::TrayLook>("expected");
    using profile::Severity;
    using service::KeychainState;
    const auto row = [](const char *name, service::Summary summary, KeychainState keychain, ui::TrayLook expected) {
        QTest::newRow(name) << summary << keychain << false << expected;
    };
    const auto offline = [](const char *name, service::Summary summary, ui::TrayLook expected) {
        QTest::newRow(name) << summary << KeychainState::Usable << true << expected;
    };
    offline("offline", {.well = 3}, ui::TrayLook::Offline);
    offline("offline, trying", {.busy = 1, .well = 2, .loudest = Severity::Busy}, ui::TrayLook::Offline);
    offline("offline, about to lapse", {.due = 1, .loudest = Severity::Due}, ui::TrayLook::Due);
    offline("offline, rejected", {.needYou = 1, .loudest = Severity::ActNow}, ui::TrayLook::ActNow);
    row("nothing", {}, KeychainState::Usable, ui::TrayLook::Well);
    row("well", {.well = 3}, KeychainState::Usable, ui::TrayLook::Well);
    row("busy", {.busy = 1, .well = 3, .loudest = Severity::Busy}, KeychainState::Usable, ui::TrayLook::Busy);
    row("due", {.due = 1, .busy = 1, .loudest = Severity::Due}, KeychainState::Usable, ui::TrayLook::Due);
    row("clash", {.needYou = 1, .loudest = Severity::Well}, KeychainState::Usable, ui::TrayLook::ActNow);
    row("locked", {.well = 3}, KeychainState::Locked, ui::TrayLook::Due);
    row("rejected and locked", {.needYou = 1, .loudest = Severity::ActNow}, KeychainState::Locked,
        ui::TrayLook::ActNow);
}

void AppearanceTest::trayLook_followsTheLoudest()
{
    QFETCH(const service::Summary, summary);
    QFETCH(const service::KeychainState, keychain);
    service::Surroundings surroundings;
    surroundings.keychain = keychain;
    QFETCH(const bool, isOffline);
    surroundings.isOffline = isOffline;
    QTEST(ui::trayLookOf(summary, surroundings), "expected");
}

Q_DECLARE_METATYPE(keytender::service::Summary)
Q_DECLARE_METATYPE(keytender::service::KeychainState)
Q_DECLARE_METATYPE(keytender::ui::TrayLook)

QTEST_MAIN(AppearanceTest)
#include "appearance.moc"
