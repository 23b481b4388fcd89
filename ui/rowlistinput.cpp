// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// How RowList answers hand and mouse.
#include "ui/rowlist.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>

namespace keytender::ui {

void RowList::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (current.isValid() && isEnter) {
        perform(current, RowAction::Details);
        return;
    }
    if (const auto action = current.isValid() ? actionFor(*event, m_model.at(current.row())) : std::nullopt) {
        perform(current, *action);
        return;
    }
    QListView::keyPressEvent(event);
}

void RowList::focusInEvent(QFocusEvent *event)
{
    m_showsFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
                   || event->reason() == Qt::ShortcutFocusReason;
    if (!currentIndex().isValid() && m_model.rowCount() > 0)
        selectionModel()->setCurrentIndex(m_model.index(0, 0), QItemSelectionModel::ClearAndSelect);
    QListView::focusInEvent(event);
}

void RowList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPersistentModelIndex index = isByKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, index);
    const QRect rect = visualRect(index);
    menu->popup(isByKey ? viewport()->mapToGlobal(rect.center()) : event->globalPos());
}

// The keys stand beside the entries; the list answers them.
void RowList::fillMenu(QMenu &menu, const QPersistentModelIndex &index)
{
    const service::Row &row = m_model.at(index.row());
    const auto add = [&](const QString &text, const QKeySequence &key, RowAction action) {
        QAction *entry = menu.addAction(text, this, [this, index, action] { perform(index, action); });
        entry->setShortcut(key);
        entry->setShortcutContext(Qt::WidgetShortcut);
    };
    add(title(RowAction::Details), QKeySequence(Qt::Key_Return), RowAction::Details);
    if (row.condition.reason == profile::Reason::KeychainLocked)
        add(tr("Unlock the keychain…"), {}, RowAction::Unlock);
    const service::Row::Actions &can = row.actions;
    if (offersRenewal(row) || can.signIn || can.keepFresh || can.rescue || !row.signInCommand.isEmpty())
        menu.addSeparator();
    if (can.rescue)
        add(title(RowAction::Rescue), {}, RowAction::Rescue);
    if (can.keepFresh)
        add(title(RowAction::KeepFresh), QKeySequence(keepFreshKey), RowAction::KeepFresh);
    if (offersRenewal(row))
        add(tr("Renew now"), QKeySequence(renewKey), RowAction::Renew);
    if (row.actions.signIn)
        add(tr("Sign in again…"), {}, RowAction::SignIn);
    if (!row.signInCommand.isEmpty())
        add(tr("Copy “%1”").arg(row.signInCommand), QKeySequence::Copy, RowAction::CopyCommand);
    if (row.actions.signOut) {
        menu.addSeparator();
        add(signOutTitle(row.profile), QKeySequence::Delete, RowAction::SignOut);
    }
}

void RowList::mouseMoveEvent(QMouseEvent *event)
{
    point(event->position().toPoint());
}

void RowList::mousePressEvent(QMouseEvent *event)
{
    m_showsFocus = false;
    if (event->button() != Qt::LeftButton)
        return;
    point(event->position().toPoint());
    RowDelegate::Pointer pointer = m_delegate->pointer();
    pointer.down = pointer.over;
    show(pointer);
    if (pointer.row.isValid())
        selectionModel()->setCurrentIndex(pointer.row, QItemSelectionModel::ClearAndSelect);
}

void RowList::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    point(event->position().toPoint());
    RowDelegate::Pointer pointer = m_delegate->pointer();
    const auto pressed = std::exchange(pointer.down, {});
    const QPersistentModelIndex row = pointer.row;
    const bool onButton = pointer.over.has_value();
    show(pointer);
    if (pressed && pressed == pointer.over)
        perform(pressed->index, pressed->action);
    else if (!pressed && !onButton && row.isValid() && row == currentIndex())
        perform(row, RowAction::Details);
}

void RowList::leaveEvent(QEvent *event)
{
    show({.row = {}, .over = {}, .down = {}, .copied = m_delegate->pointer().copied});
    QListView::leaveEvent(event);
}

void RowList::point(QPoint position)
{
    RowDelegate::Pointer pointer = m_delegate->pointer();
    const QModelIndex index = indexAt(position);
    pointer.row = index;
    pointer.over = index.isValid() ? m_delegate->buttonAt(optionOf(index), index, position) : std::nullopt;
    show(pointer);
}

void RowList::show(const RowDelegate::Pointer &pointer)
{
    if (pointer == m_delegate->pointer())
        return;
    m_delegate->setPointer(pointer);
    viewport()->setCursor(pointer.row.isValid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
}

void RowList::perform(const QModelIndex &index, RowAction action)
{
    if (!index.isValid())
        return;
    const QString id = index.data(ProfileModel::IdRole).toString();
    switch (action) {
    case RowAction::Details:
        Q_EMIT detailsRequested(id);
        return;
    case RowAction::Why:
        Q_EMIT reasonRequested(id);
        return;
    case RowAction::CopyCommand:
        copyCommand(index);
        return;
    case RowAction::Unlock:
        Q_EMIT unlockRequested();
        return;
    case RowAction::SignIn:
        Q_EMIT signInRequested(id);
        return;
    case RowAction::Renew:
        Q_EMIT refreshRequested(id);
        return;
    case RowAction::SignOut:
        Q_EMIT signOutRequested(id);
        return;
    case RowAction::KeepFresh:
        Q_EMIT careRequested(id);
        return;
    case RowAction::Rescue:
        Q_EMIT rescueRequested(id);
        return;
    }
}

void RowList::copyCommand(const QModelIndex &index)
{
    const QString command = m_model.at(index.row()).signInCommand;
    if (command.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(command);
    RowDelegate::Pointer pointer = m_delegate->pointer();
    pointer.copied = index;
    show(pointer);
    m_copied.start();
}

} // namespace keytender::ui
