// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QScrollBar>

class QAbstractScrollArea;

namespace keytender::ui {

// A thumb and nothing else, so that the list keeps the eye.
class ScrollBar final : public QScrollBar {
    Q_OBJECT

public:
    // Gives `area` one in place of its vertical bar, and takes the horizontal one away.
    static void dress(QAbstractScrollArea &area);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    explicit ScrollBar(QWidget *parent);
};

} // namespace keytender::ui
