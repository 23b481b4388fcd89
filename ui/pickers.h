// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QComboBox>
#include <QDateEdit>
#include <QSpinBox>

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

// One of some words; looks like a Field.
class WordPicker final : public QComboBox {
    Q_OBJECT

public:
    explicit WordPicker(QWidget *parent = nullptr);

    // Each with what it stands for; what was chosen stays, as long as it is there.
    struct Word {
        QString text;
        QVariant data;
    };
    void setWords(const std::vector<Word> &words);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
};

// A whole number, written or stepped through; looks like a Field. It is told once it is written, not with each digit.
class NumberPicker final : public QSpinBox {
    Q_OBJECT

public:
    NumberPicker(int least, int most, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
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
