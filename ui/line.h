// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace keytender::ui {

// A hairline across the panel.
class Line final : public QWidget {
    Q_OBJECT

public:
    explicit Line(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace keytender::ui
