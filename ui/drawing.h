// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFont>
#include <QFontMetrics>
#include <QMargins>
#include <QRect>
#include <QString>

#include "ui/tones.h"

class QPainter;

namespace keytender::ui {

// The fonts and distances of the panel, all made from the system's font: with a larger font everything grows.
struct Measures {
    QFont plain;
    QFont bold;
    QFont small;
    int unit = 4;   // the grid's step
    int glyph = 16; // edge of a sign

    explicit Measures(const QFont &font);
    [[nodiscard]] QFontMetrics plainMetrics() const { return QFontMetrics(plain); }
    [[nodiscard]] QFontMetrics boldMetrics() const { return QFontMetrics(bold); }
    [[nodiscard]] QFontMetrics smallMetrics() const { return QFontMetrics(small); }

    [[nodiscard]] int margin() const { return 5 * unit; }
    [[nodiscard]] QSize buttonSize(const QString &text) const;
    // 420 px with the usual font.
    [[nodiscard]] int panelWidth() const;
};

// The width of `text` with every digit as wide as the widest, so that a countdown never moves its neighbours.
[[nodiscard]] int steadyWidth(const QFontMetrics &metrics, const QString &text);

// Layouts mirror their contents and not their margins.
[[nodiscard]] QMargins mirrored(const QMargins &margins, Qt::LayoutDirection direction);

struct ButtonLook {
    bool isPrimary = false;
    bool isUnderPointer = false;
    bool isDown = false;
    bool hasFocus = false;
};

void paintButton(QPainter &painter, const QRect &rect, const QString &text, const Measures &measures,
                 const Tones &tones, ButtonLook look);

// The life of an access token: how much of it is gone, with a mark where a renewal is due.
struct LifeBar {
    double elapsed = 0;
    double renewalShare = 0; // where the mark stands
    QColor colour;
    bool isMirrored = false;
};

void paintLifeBar(QPainter &painter, const QRect &rect, const Tones &tones, const LifeBar &bar);

} // namespace keytender::ui
