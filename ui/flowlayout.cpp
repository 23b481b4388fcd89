// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/flowlayout.h"

#include <algorithm>

#include <QStyle>
#include <QWidget>

namespace keytender::ui {

FlowLayout::FlowLayout(int gap)
{
    setContentsMargins({});
    setSpacing(gap);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items.at(static_cast<std::size_t>(index)).get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (itemAt(index) == nullptr)
        return nullptr;
    QLayoutItem *taken = m_items.at(static_cast<std::size_t>(index)).release();
    m_items.erase(m_items.begin() + index);
    return taken;
}

void FlowLayout::Places::centre(std::size_t first, int top)
{
    for (std::size_t i = first; i < rects.size(); ++i)
        rects.at(i).moveTop(top + (height - top - rects.at(i).height()) / 2);
}

FlowLayout::Places FlowLayout::placesIn(int width) const
{
    Places places;
    std::size_t first = 0; // of the line
    int x = 0;
    int y = 0;
    for (const auto &item : m_items) {
        const QSize size = item->sizeHint();
        if (x > 0 && x + size.width() > width) {
            places.centre(first, y);
            first = places.rects.size();
            x = 0;
            y = places.height + spacing();
        }
        places.rects.emplace_back(QPoint(x, y), size);
        x += size.width() + spacing();
        places.height = std::max(places.height, y + size.height());
    }
    places.centre(first, y);
    return places;
}

int FlowLayout::heightForWidth(int width) const
{
    return placesIn(width).height;
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const Qt::LayoutDirection direction =
        parentWidget() == nullptr ? Qt::LeftToRight : parentWidget()->layoutDirection();
    const Places places = placesIn(rect.width());
    for (std::size_t i = 0; i < m_items.size(); ++i)
        m_items.at(i)->setGeometry(QStyle::visualRect(direction, rect, places.rects.at(i).translated(rect.topLeft())));
}

QSize FlowLayout::sizeHint() const
{
    int width = 0;
    for (const auto &item : m_items)
        width += (width > 0 ? spacing() : 0) + item->sizeHint().width();
    return {width, minimumSize().height()};
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto &item : m_items)
        size = size.expandedTo(item->sizeHint());
    return size;
}

} // namespace keytender::ui
