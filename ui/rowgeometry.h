// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include <QKeyCombination>
#include <QRect>

#include "ui/drawing.h"
#include "ui/rowtext.h"

class QKeyEvent;

namespace keytender::ui {

// What can be done about a row.
enum class RowAction { Details, Why, CopyCommand, Unlock, SignIn, Renew, SignOut, KeepFresh, Rescue };

// What stands beside its warning: why, and the one thing to do.
[[nodiscard]] std::vector<RowAction> actionsOf(const service::Row &row);
// It is what the person has to do, rather than may.
[[nodiscard]] bool isCure(RowAction action);
// On its button beside the warning.
[[nodiscard]] QString title(RowAction action);

inline constexpr QKeyCombination renewKey(Qt::CTRL, Qt::Key_R);
inline constexpr QKeyCombination keepFreshKey(Qt::CTRL, Qt::Key_K);
// What a key means for a login: F5 renews what can be renewed. Nothing where the row cannot do it.
[[nodiscard]] std::optional<RowAction> actionFor(const QKeyEvent &key, const service::Row &row);

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
