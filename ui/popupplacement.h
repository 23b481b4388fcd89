// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPoint>
#include <QRect>
#include <QSize>

namespace keytender::ui {

// Where a popup of `size` stands so that it belongs to a click in the tray and lies wholly on the screen: under a click
// in the upper half, above one in the lower, centred on it as far as the edges allow. Larger than the screen: its
// upper left corner stays visible.
[[nodiscard]] QRect popupPlace(QPoint click, QSize size, const QRect &available);

} // namespace keytender::ui
