// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractButton>

namespace keytender::ui {

// A quiet word with an arrow, behind which something more lies.
class FoldButton final : public QAbstractButton {
    Q_OBJECT

public:
    explicit FoldButton(const QString &text, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace keytender::ui
