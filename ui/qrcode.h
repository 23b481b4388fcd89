// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QWidget>

#include "base/secret.h"

namespace keytender::ui {

// A text as a QR code (ISO/IEC 18004), black on white in every scheme: cameras want it so.
class QrCode final : public QWidget {
    Q_OBJECT

public:
    explicit QrCode(QWidget *parent = nullptr);
    ~QrCode() override;

    // Shows nothing where the text is empty or too long for a QR code.
    void encode(const base::Secret &text);
    [[nodiscard]] bool isEmpty() const { return m_edge == 0; }

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void wipe();
    [[nodiscard]] int moduleSize() const;

    int m_edge = 0;              // in modules, without the quiet zone
    std::vector<char> m_isBlack; // row by row
};

} // namespace keytender::ui
