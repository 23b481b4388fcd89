// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QRect>

#include "ui/drawing.h"
#include "ui/rowtext.h"

namespace keytender::ui {

// What a row offers to do beside its warning.
enum class RowAction { Why, CopyCommand, Unlock };

[[nodiscard]] std::vector<RowAction> actionsOf(const service::Row &row);
[[nodiscard]] QString title(RowAction action);

// What decides the shape of a row.
struct RowContent {
    RowText text;
    QString heading; // of the section that it opens; empty within one
    bool isFirst = false;
    bool hasBar = false;
    std::vector<RowAction> actions;
};

// Where each part of a row lies, for the painter and for the mouse. From left to right; the caller mirrors it.
struct RowGeometry {
    QRect heading;
    QRect card; // without the heading
    QRect glyph;
    QRect who;
    QRect account;
    QRect headline;
    QRect bar;
    QRect copies;
    QRect secondClock;
    QRect box;
    QRect sentence;
    std::vector<QRect> buttons;
    int height = 0;
};

// For a row of `width` whose corner is at 0,0. Long words get lines of their own rather than being cut.
[[nodiscard]] RowGeometry layOut(const RowContent &content, const Measures &measures, int width);

} // namespace keytender::ui
