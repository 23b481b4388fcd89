// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

#include "base/clock.h"
#include "ui/profilemodel.h"
#include "ui/rowgeometry.h"

namespace keytender::ui {

// Paints one login: who and how long, the life of its access token, its copies, and what to do about it.
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    // A button of a row.
    struct Place {
        QPersistentModelIndex index;
        RowAction action = RowAction::Why;
        bool operator==(const Place &) const = default;
    };
    // What the mouse does in the list just now.
    struct Pointer {
        QPersistentModelIndex row;
        std::optional<Place> over;
        std::optional<Place> down;
        QPersistentModelIndex copied; // whose command was just copied
        bool operator==(const Pointer &) const = default;
    };

    RowDelegate(const ProfileModel &model, const base::Clock &clock, QObject *parent = nullptr);

    void setPointer(const Pointer &pointer) { m_pointer = pointer; }
    [[nodiscard]] const Pointer &pointer() const { return m_pointer; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    // The button at `position`, which is relative to the view as option.rect is.
    [[nodiscard]] std::optional<Place> buttonAt(const QStyleOptionViewItem &option, const QModelIndex &index,
                                                QPoint position) const;

private:
    [[nodiscard]] RowContent contentOf(const QModelIndex &index) const;
    [[nodiscard]] RowGeometry geometryOf(const RowContent &content, const QStyleOptionViewItem &option) const;

    const ProfileModel &m_model;
    const base::Clock &m_clock;
    Pointer m_pointer;
};

} // namespace keytender::ui
