// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QComboBox>
#include <QDateEdit>

namespace keytender::ui {

// A line to choose from a list or to write in; looks like a Field.
class ListPicker final : public QComboBox {
    Q_OBJECT

public:
    explicit ListPicker(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
};

// A day, written or chosen in a calendar; looks like a Field.
class DayPicker final : public QDateEdit {
    Q_OBJECT

public:
    explicit DayPicker(const QDate &day, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace keytender::ui
