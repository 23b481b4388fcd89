// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTimer>
#include <QWidget>

namespace keytender::ui {

// A quiet arc that turns while something is under way; it stands still where the desktop wants no motion.
class BusySign final : public QWidget {
    Q_OBJECT

public:
    explicit BusySign(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QTimer m_turn; // runs only while it is visible
    int m_angle = 90;
};

} // namespace keytender::ui
