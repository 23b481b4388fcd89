// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QColor>
#include <QPalette>

#include "profile/health.h"

namespace keytender::ui {

// The panel's colours, all made from the system's palette. Colour is for trouble: what is well is nearly the text's
// own.
struct Tones {
    QColor surface;
    QColor text;
    QColor muted;
    QColor line;  // hairlines and the empty part of bars
    QColor box;   // the ground of a warning
    QColor hover; // the ground of the row under the pointer
    QColor accent;
    QColor onAccent;
    QColor well;
    QColor due;
    QColor actNow;

    [[nodiscard]] QColor of(profile::Severity severity) const;
};

[[nodiscard]] Tones tonesOf(const QPalette &palette);
// Those of an enabled part of an active window, for what looks disabled in a way of its own and has to stay legible.
[[nodiscard]] Tones activeTones(QPalette palette);

// WCAG 2.1: 1 to 21.
[[nodiscard]] double contrast(const QColor &one, const QColor &other);
[[nodiscard]] bool isDark(const QPalette &palette);

} // namespace keytender::ui
