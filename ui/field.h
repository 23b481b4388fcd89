// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLineEdit>

namespace keytender::ui {

// A line to write in that looks like the panel's buttons.
class Field : public QLineEdit {
    Q_OBJECT

public:
    explicit Field(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_isDressing = false;
};

// Makes what stands in an empty line legible: many schemes forget to.
void dressPlaceholder(QLineEdit &line);

} // namespace keytender::ui
