// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/icons.h"

#include <algorithm>
#include <array>

#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

#include "ui/tones.h"

namespace keytender::ui {

namespace {

// The drawings' own inks, replaced by what the ground calls for.
constexpr auto keyInk = "#26292e";
constexpr auto markInk = "#b3261e";

QByteArray drawing(const QString &name)
{
    QFile file(QStringLiteral(":/keytender/icons/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray inked(QByteArray svg, const QColor &key, const QColor &mark)
{
    // The mark first: the key's new ink may be the mark's old one.
    svg.replace(markInk, mark.name().toLatin1());
    svg.replace(keyInk, key.name().toLatin1());
    return svg;
}

// Draws `svg` at `drawn` pixels in the middle of a square of `size`.
QPixmap rendered(const QByteArray &svg, int size, int drawn)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const int margin = (size - drawn) / 2;
    renderer.render(&painter, QRectF(margin, margin, drawn, drawn));
    return pixmap;
}

// `drawn` with a thin rim, so that it stands out from a ground of its own colour.
QPixmap rimmed(const QPixmap &drawn, QColor rim)
{
    QPixmap silhouette = drawn;
    QPainter tint(&silhouette);
    tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
    tint.fillRect(silhouette.rect(), rim);
    tint.end();
    QPixmap result(drawn.size());
    result.fill(Qt::transparent);
    QPainter painter(&result);
    const int width = std::max(1, drawn.width() / 22);
    for (int y = -width; y <= width; ++y) {
        for (int x = -width; x <= width; ++x) {
            if (x * x + y * y <= width * width)
                painter.drawPixmap(x, y, silhouette);
        }
    }
    // One even veil, however often the silhouettes overlap.
    painter.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    painter.fillRect(result.rect(), QColor(0, 0, 0, 215));
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.drawPixmap(0, 0, drawn);
    return result;
}

QString fileOf(TrayLook look)
{
    switch (look) {
    case TrayLook::Well:
        return QStringLiteral("well.svg");
    case TrayLook::Due:
        return QStringLiteral("due.svg");
    case TrayLook::ActNow:
        return QStringLiteral("actnow.svg");
    case TrayLook::Busy:
        return QStringLiteral("busy.svg");
    case TrayLook::Offline:
        return QStringLiteral("offline.svg");
    }
    return {};
}

QString fileOf(Glyph glyph)
{
    static constexpr std::array names = {"tick", "clock", "triangle", "pause",   "question", "arrows",  "clash", "lock",
                                         "menu", "back",  "rescan",   "forward", "down",     "offline", "up"};
    return QStringLiteral("glyphs/%1.svg").arg(QLatin1String(names.at(static_cast<std::size_t>(glyph))));
}

// Sizes in pixels, each with the grid that fits it without a fraction; 24 is the 22 grid with a margin.
struct Fit {
    int size;
    int grid;
    int drawn;
};
constexpr std::array fits = {Fit{16, 16, 16}, Fit{22, 22, 22}, Fit{24, 22, 22}, Fit{32, 16, 32},
                             Fit{44, 22, 44}, Fit{48, 16, 48}, Fit{64, 16, 64}};

} // namespace

TrayLook trayLookOf(const service::Summary &summary, const service::Surroundings &surroundings)
{
    if (summary.needYou > 0 || summary.loudest == profile::Severity::ActNow)
        return TrayLook::ActNow;
    const bool wantsUnlocking = surroundings.keychain == service::KeychainState::Locked;
    if (summary.due > 0 || wantsUnlocking)
        return TrayLook::Due;
    // Before the work in progress: each try while offline is one, and the icon stands still meanwhile.
    if (surroundings.isOffline)
        return TrayLook::Offline;
    return summary.busy > 0 ? TrayLook::Busy : TrayLook::Well;
}

PanelShade resolved(PanelShade shade)
{
    if (shade != PanelShade::Automatic)
        return shade;
    return isDark(QGuiApplication::palette()) ? PanelShade::Dark : PanelShade::Light;
}

QIcon trayIcon(TrayLook look, PanelShade shade)
{
    const bool dark = resolved(shade) == PanelShade::Dark;
    const QColor onDark(0xf2, 0xf3, 0xf5);
    const QColor onLight(0x26, 0x29, 0x2e);
    const QColor key = dark ? onDark : onLight;
    const QColor due = dark ? QColor(0xf5, 0xbd, 0x4f) : QColor(0x9a, 0x62, 0x00);
    const QColor actNow = dark ? QColor(0xff, 0x7d, 0x73) : QColor(0xc0, 0x25, 0x1c);
    const QColor mark = look == TrayLook::Due ? due : actNow;
    QIcon icon;
    for (const Fit &fit : fits) {
        const QByteArray svg = drawing(QStringLiteral("tray/%1/%2").arg(fit.grid).arg(fileOf(look)));
        const QPixmap drawn = rendered(inked(svg, key, mark), fit.size, fit.drawn);
        icon.addPixmap(shade == PanelShade::Automatic ? rimmed(drawn, dark ? onLight : onDark) : drawn);
    }
    return icon;
}

QIcon applicationIcon()
{
    const QByteArray svg = drawing(QStringLiteral("app/keytender.svg"));
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256})
        icon.addPixmap(rendered(svg, size, size));
    return icon;
}

Glyph glyphOf(const profile::Condition &condition)
{
    using profile::Health;
    if (condition.hasClash)
        return Glyph::Clash;
    if (condition.severity == profile::Severity::ActNow)
        return condition.reason == profile::Reason::KeychainLocked ? Glyph::Lock : Glyph::Triangle;
    if (condition.severity == profile::Severity::Due)
        return condition.reason == profile::Reason::KeychainLocked ? Glyph::Lock : Glyph::Clock;
    switch (condition.health) {
    case Health::Paused:
        return Glyph::Pause;
    case Health::Waiting:
        return condition.reason == profile::Reason::Offline ? Glyph::Offline : Glyph::Arrows;
    case Health::Refreshing:
        return Glyph::Arrows;
    case Health::Unsure:
    case Health::Unreadable:
        return Glyph::Question;
    default:
        return Glyph::Tick;
    }
}

QPixmap glyphPixmap(Glyph glyph, const QColor &colour, int size, qreal devicePixelRatio)
{
    const int pixels = qRound(size * devicePixelRatio);
    QPixmap pixmap = rendered(inked(drawing(fileOf(glyph)), colour, colour), pixels, pixels);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QIcon glyphIcon(Glyph glyph, const QColor &colour)
{
    QIcon icon;
    for (const int size : {16, 20, 24, 32, 48})
        icon.addPixmap(glyphPixmap(glyph, colour, size, 1));
    return icon;
}

} // namespace keytender::ui
