// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/rowlist.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include "ui/scrollbar.h"
#include "ui/tones.h"

namespace keytender::ui {

RowList::RowList(const ProfileModel &model, const base::Clock &clock, QWidget *parent)
    : QListView(parent), m_model(model), m_delegate(new RowDelegate(model, clock, this))
{
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setVerticalScrollMode(ScrollPerPixel);
    ScrollBar::dress(*this);
    setMouseTracking(true);
    setAccessibleName(tr("Logins"));
    m_copied.setSingleShot(true);
    m_copied.setInterval(std::chrono::seconds(2));
    connect(&m_copied, &QTimer::timeout, this, [this] {
        RowDelegate::Pointer pointer = m_delegate->pointer();
        pointer.copied = QPersistentModelIndex();
        show(pointer);
    });
    m_measureSoon.setSingleShot(true);
    m_measureSoon.setInterval(0);
    connect(&m_measureSoon, &QTimer::timeout, this, &RowList::measureUnmeasured);
    // A view is not asked for its model in a const form, and this one never writes to it.
    setModel(const_cast<ProfileModel *>(&model)); // NOLINT(cppcoreguidelines-pro-type-const-cast)
    // While rows and their places still belong together.
    connect(&model, &QAbstractItemModel::rowsAboutToBeInserted, this, &RowList::measureUnmeasured);
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &RowList::measureUnmeasured);
    connect(&model, &QAbstractItemModel::rowsAboutToBeMoved, this, &RowList::measureUnmeasured);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex &, int first, int last) {
        if (m_isStale)
            return;
        const int gone = m_ends.at(static_cast<std::size_t>(last))
                         - (first == 0 ? 0 : m_ends.at(static_cast<std::size_t>(first) - 1));
        m_ends.erase(m_ends.begin() + first, m_ends.begin() + last + 1);
        std::for_each(m_ends.begin() + first, m_ends.end(), [gone](int &end) { end -= gone; });
        measure(first, first);
    });
    connect(&model, &QAbstractItemModel::rowsMoved, this,
            [this](const QModelIndex &, int first, int last, const QModelIndex &, int target) {
                measure(std::min(first, target), std::max(last, target) + 1);
            });
}

void RowList::refreshWords()
{
    const int top = verticalOffset();
    measure(rowAtHeight(top), rowAtHeight(top + viewport()->height()));
    viewport()->update();
}

int RowList::heightOf(int rows, int width) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = QRect(0, 0, width, 0);
    int height = 0;
    for (int row = 0; row < std::min(rows, m_model.rowCount()); ++row)
        height += m_delegate->sizeHint(option, m_model.index(row, 0)).height();
    return height;
}

QRect RowList::visualRect(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    if (!index.isValid() || row >= m_ends.size())
        return {};
    const int top = row == 0 ? 0 : m_ends.at(row - 1);
    return {0, top - verticalOffset(), viewport()->width(), m_ends.at(row) - top};
}

void RowList::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    measureAgain();
    const QRect rect = visualRect(index);
    if (rect.isNull())
        return;
    QScrollBar *bar = verticalScrollBar();
    const int below = rect.bottom() + 1 - viewport()->height();
    if (rect.top() < 0 || hint == PositionAtTop || rect.height() > viewport()->height())
        bar->setValue(bar->value() + rect.top());
    else if (below > 0 || hint == PositionAtBottom)
        bar->setValue(bar->value() + below);
}

QModelIndex RowList::indexAt(const QPoint &point) const
{
    if (m_ends.empty() || point.y() + verticalOffset() >= m_ends.back())
        return {};
    return m_model.index(rowAtHeight(point.y() + verticalOffset()), 0);
}

void RowList::doItemsLayout()
{
    measureAgain();
    QAbstractItemView::doItemsLayout();
}

void RowList::reset()
{
    m_isStale = true;
    QListView::reset();
}

void RowList::dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles)
{
    m_unmeasured = {std::min(m_unmeasured.first, first.row()), std::max(m_unmeasured.last, last.row() + 1)};
    m_measureSoon.start();
    // What is measured is painted. Beyond that the view would only tell assistive programs; there are no editors.
    if (QAccessible::isActive())
        QAbstractItemView::dataChanged(first, last, roles);
}

void RowList::rowsInserted(const QModelIndex &parent, int first, int last)
{
    if (!m_isStale) {
        const int top = first == 0 ? 0 : m_ends.at(static_cast<std::size_t>(first) - 1);
        m_ends.insert(m_ends.begin() + first, static_cast<std::size_t>(last - first + 1), top);
        measure(first, last + 1);
    }
    QAbstractItemView::rowsInserted(parent, first, last);
}

void RowList::measureAgain()
{
    if (!m_isStale || !isVisible())
        return;
    m_isStale = false;
    m_ends.assign(static_cast<std::size_t>(m_model.rowCount()), 0);
    measure(0, m_model.rowCount() - 1);
}

// Only these rows; the ones below move along.
void RowList::measure(int first, int last)
{
    const auto count = static_cast<int>(m_ends.size());
    last = std::min(last, count - 1);
    if (m_isStale || first > last)
        return;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = QRect(0, 0, viewport()->width(), 0);
    int moved = 0;
    bool hasChanged = false;
    for (int row = first; row < count; ++row) {
        int &end = m_ends.at(static_cast<std::size_t>(row));
        if (row > last) {
            if (moved == 0)
                break;
            end += moved;
            continue;
        }
        const int top = row == 0 ? 0 : m_ends.at(static_cast<std::size_t>(row) - 1);
        const int held = end;
        end = top + m_delegate->sizeHint(option, m_model.index(row, 0)).height();
        moved = end - held;
        hasChanged = hasChanged || moved != 0;
    }
    if (!hasChanged) {
        const int top = first == 0 ? 0 : m_ends.at(static_cast<std::size_t>(first) - 1);
        const int bottom = m_ends.at(static_cast<std::size_t>(last));
        viewport()->update(0, top - verticalOffset(), viewport()->width(), bottom - top);
        return;
    }
    viewport()->update();
    updateGeometries();
    Q_EMIT heightChanged();
}

void RowList::measureUnmeasured()
{
    m_measureSoon.stop();
    const Rows rows = std::exchange(m_unmeasured, {});
    if (rows.first <= rows.last)
        measure(rows.first, rows.last);
}

void RowList::updateGeometries()
{
    const int height = m_ends.empty() ? 0 : m_ends.back();
    verticalScrollBar()->setSingleStep(8 * Measures(font()).unit);
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    QAbstractItemView::updateGeometries();
}

void RowList::scrollContentsBy(int dx, int dy)
{
    scrollDirtyRegion(dx, dy);
    viewport()->scroll(dx, dy);
}

int RowList::verticalOffset() const
{
    return verticalScrollBar()->value();
}

int RowList::rowAtHeight(int y) const
{
    const auto end = std::upper_bound(m_ends.begin(), m_ends.end(), y);
    return std::min(static_cast<int>(end - m_ends.begin()), static_cast<int>(m_ends.size()) - 1);
}

QModelIndex RowList::moveCursor(CursorAction action, Qt::KeyboardModifiers /*modifiers*/)
{
    m_showsFocus = true;
    const int last = m_model.rowCount() - 1;
    const int current = currentIndex().row();
    const auto rowFrom = [&](int distance) {
        const QRect rect = visualRect(currentIndex());
        return rowAtHeight(std::max(0, rect.top() + verticalOffset() + distance));
    };
    int next = current;
    switch (action) {
    case MoveUp:
    case MovePrevious:
    case MoveLeft:
        next = current - 1;
        break;
    case MoveDown:
    case MoveNext:
    case MoveRight:
        next = current + 1;
        break;
    case MoveHome:
        next = 0;
        break;
    case MoveEnd:
        next = last;
        break;
    case MovePageUp:
        next = std::min(current - 1, rowFrom(-viewport()->height()));
        break;
    case MovePageDown:
        next = std::max(current + 1, rowFrom(viewport()->height()));
        break;
    }
    return last < 0 ? QModelIndex() : m_model.index(std::clamp(next, 0, last), 0);
}

void RowList::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags flags)
{
    const QModelIndex index = indexAt(rect.center());
    selectionModel()->select(QItemSelection(index, index), flags);
}

QRegion RowList::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection)
        region += visualRect(range.topLeft()).united(visualRect(range.bottomRight()));
    return region;
}

QStyleOptionViewItem RowList::optionOf(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    option.direction = layoutDirection();
    const bool showsFocus = m_showsFocus && hasFocus() && index == currentIndex();
    option.state.setFlag(QStyle::State_HasFocus, showsFocus);
    option.state.setFlag(QStyle::State_KeyboardFocusChange, showsFocus);
    return option;
}

void RowList::paintEvent(QPaintEvent *event)
{
    measureAgain();
    measureUnmeasured();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), tonesOf(palette()).surface);
    if (m_ends.empty())
        return;
    const int last = rowAtHeight(event->rect().bottom() + verticalOffset());
    for (int row = rowAtHeight(event->rect().top() + verticalOffset()); row <= last; ++row) {
        const QModelIndex index = m_model.index(row, 0);
        m_delegate->paint(&painter, optionOf(index), index);
    }
}

void RowList::resizeEvent(QResizeEvent *event)
{
    if (event->oldSize().width() != event->size().width()) {
        m_isStale = true;
        measureAgain();
    }
    QAbstractItemView::resizeEvent(event);
}

void RowList::showEvent(QShowEvent *event)
{
    QListView::showEvent(event);
    measureAgain();
}

void RowList::changeEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::StyleChange:
    case QEvent::LanguageChange:
    case QEvent::PaletteChange:
    case QEvent::LayoutDirectionChange:
        m_isStale = true;
        scheduleDelayedItemsLayout();
        break;
    default:
        break;
    }
    QListView::changeEvent(event);
}

} // namespace keytender::ui
