// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPushButton>

namespace keytender::ui {

// A button that looks like the ones the list paints.
class Button final : public QPushButton {
    Q_OBJECT

public:
    enum class Rank {
        Primary,
        Plain,
        Destructive, // ends something: plain, and its words in the colour of trouble
    };

    Button(const QString &text, Rank rank, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Rank m_rank;
};

} // namespace keytender::ui
