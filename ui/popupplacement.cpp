// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/popupplacement.h"

#include <algorithm>

namespace keytender::ui {

namespace {

// Between the panel and the icon that was clicked, and between the panel and the screen's edges.
constexpr int gap = 8;

int clamped(int value, int low, int high)
{
    return std::max(low, std::min(value, high));
}

} // namespace

QRect popupPlace(QPoint click, QSize size, const QRect &available)
{
    const bool isAbove = click.y() > available.center().y();
    const int wanted = isAbove ? click.y() - gap - size.height() : click.y() + gap;
    const int x = clamped(click.x() - size.width() / 2, available.left() + gap,
                          available.left() + available.width() - gap - size.width());
    const int y = clamped(wanted, available.top() + gap, available.top() + available.height() - gap - size.height());
    return {QPoint(std::max(x, available.left()), std::max(y, available.top())), size};
}

} // namespace keytender::ui
