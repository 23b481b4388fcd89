// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <limits>
#include <vector>

#include <QListView>
#include <QTimer>

#include "ui/profilemodel.h"
#include "ui/rowdelegate.h"

class QMenu;

namespace keytender::ui {

// The list of logins. Rows differ in height, and Qt's own list would lay all of them out again with every change; this
// one keeps where each begins, so that a change measures one row and its neighbour.
class RowList final : public QListView {
    Q_OBJECT

public:
    RowList(const ProfileModel &model, const base::Clock &clock, QWidget *parent = nullptr);

    // Measures and paints what is on the screen again: the words depend on the time.
    void refreshWords();
    // The height that the first `rows` rows would have at this width.
    [[nodiscard]] int heightOf(int rows, int width) const;

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;
    void doItemsLayout() override;
    void reset() override;

Q_SIGNALS:
    void detailsRequested(const QString &id);
    void reasonRequested(const QString &id); // "Why?"
    void unlockRequested();
    void refreshRequested(const QString &id);
    void signInRequested(const QString &id);
    void signOutRequested(const QString &id);
    void careRequested(const QString &id); // to be kept fresh
    void rescueRequested(const QString &id);
    void heightChanged();

protected:
    void dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) override;
    void rowsInserted(const QModelIndex &parent, int first, int last) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &) const override { return false; }
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags flags) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void measureAgain();
    void measure(int first, int last);
    void measureUnmeasured();
    [[nodiscard]] int rowAtHeight(int y) const;
    [[nodiscard]] QStyleOptionViewItem optionOf(const QModelIndex &index) const;
    void point(QPoint position);
    void show(const RowDelegate::Pointer &pointer);
    void perform(const QModelIndex &index, RowAction action);
    void fillMenu(QMenu &menu, const QPersistentModelIndex &index);
    void copyCommand(const QModelIndex &index);

    struct Rows {
        int first = std::numeric_limits<int>::max();
        int last = -1;
    };

    const ProfileModel &m_model;
    RowDelegate *m_delegate;
    std::vector<int> m_ends; // where each row ends: the next one's top
    bool m_isStale = true;   // measured when next shown
    Rows m_unmeasured;       // their words have changed
    QTimer m_measureSoon;    // many changes in one turn are measured once
    bool m_showsFocus = false;
    QTimer m_copied;
};

} // namespace keytender::ui
