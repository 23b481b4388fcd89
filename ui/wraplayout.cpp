// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/wraplayout.h"

#include <QStyle>
#include <QWidget>

namespace keytender::ui {

namespace {

int heightOf(const std::vector<QLayoutItem *> &line)
{
    int height = 0;
    for (const QLayoutItem *item : line)
        height = std::max(height, item->sizeHint().height());
    return height;
}

} // namespace

WrapLayout::WrapLayout(int gap, Side side) : m_gap(gap), m_side(side) {}

WrapLayout::~WrapLayout() = default;

void WrapLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

QLayoutItem *WrapLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[std::size_t(index)].get() : nullptr;
}

QLayoutItem *WrapLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *item = m_items[std::size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

int WrapLayout::widthOf(const Line &line) const
{
    int width = 0;
    for (const QLayoutItem *item : line)
        width += item->sizeHint().width();
    return line.empty() ? 0 : width + m_gap * int(line.size() - 1);
}

std::vector<WrapLayout::Line> WrapLayout::linesFor(int width) const
{
    std::vector<Line> lines;
    for (const auto &item : m_items) {
        if (item->isEmpty())
            continue;
        if (lines.empty() || widthOf(lines.back()) + m_gap + item->sizeHint().width() > width)
            lines.emplace_back();
        lines.back().push_back(item.get());
    }
    return lines;
}

int WrapLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    int height = margins.top() + margins.bottom();
    const std::vector<Line> lines = linesFor(width - margins.left() - margins.right());
    for (const Line &line : lines)
        height += heightOf(line);
    return lines.empty() ? height : height + m_gap * int(lines.size() - 1);
}

QSize WrapLayout::sizeHint() const
{
    Line all;
    for (const auto &item : m_items) {
        if (!item->isEmpty())
            all.push_back(item.get());
    }
    return QSize(widthOf(all), heightOf(all)).grownBy(contentsMargins());
}

QSize WrapLayout::minimumSize() const
{
    QSize smallest;
    for (const auto &item : m_items) {
        if (!item->isEmpty())
            smallest = smallest.expandedTo(item->sizeHint());
    }
    return smallest.grownBy(contentsMargins());
}

void WrapLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QRect room = rect.marginsRemoved(contentsMargins());
    const Qt::LayoutDirection direction = parentWidget()->layoutDirection();
    int y = room.y();
    for (const Line &line : linesFor(room.width())) {
        int x = room.x() + (m_side == Side::End ? room.width() - widthOf(line) : 0);
        for (QLayoutItem *item : line) {
            const QSize size = item->sizeHint();
            const QRect place(QPoint(x, y + (heightOf(line) - size.height()) / 2), size);
            item->setGeometry(QStyle::visualRect(direction, room, place));
            x += place.width() + m_gap;
        }
        y += heightOf(line) + m_gap;
    }
}

} // namespace keytender::ui
