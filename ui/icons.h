// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

#include "profile/health.h"
#include "service/facts.h"

namespace keytender::ui {

// The states of the tray icon, told apart by shape before colour: leaf, clock, triangle, arrows, broken line.
enum class TrayLook { Well, Due, ActNow, Busy, Offline };

[[nodiscard]] TrayLook trayLookOf(const service::Summary &summary, const service::Surroundings &surroundings);

// What the icon stands on. Nobody can ask a panel for its colour, and a dark panel in a light scheme is common:
// Automatic takes the ink from the scheme and gives it a rim that shows it on the other ground too.
enum class PanelShade { Automatic, Light, Dark };

[[nodiscard]] PanelShade resolved(PanelShade shade);

// With pixmaps of 16 to 64 px, each drawn from the grid (16 or 22) that it is a multiple of.
[[nodiscard]] QIcon trayIcon(TrayLook look, PanelShade shade);
[[nodiscard]] QIcon applicationIcon();

// The small signs inside the panel.
enum class Glyph {
    Tick,
    Clock,
    Triangle,
    Pause,
    Question,
    Arrows,
    Clash,
    Lock,
    Menu,
    Back,
    Rescan,
    Forward,
    Down,
    Offline,
    Up
};

[[nodiscard]] Glyph glyphOf(const profile::Condition &condition);
// `size` in device-independent pixels.
[[nodiscard]] QPixmap glyphPixmap(Glyph glyph, const QColor &colour, int size, qreal devicePixelRatio);
[[nodiscard]] QIcon glyphIcon(Glyph glyph, const QColor &colour);

} // namespace keytender::ui
