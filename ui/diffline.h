// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>

#include "service/neighbours/neighbourfacts.h"

namespace keytender::ui {

// A line of a file that stays, goes or comes: told apart by its sign, its ground and its spoken name. Always from left
// to right, as the file is.
class DiffLine final : public QLabel {
    Q_OBJECT

public:
    DiffLine(const service::WritePreview::Line &line, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QFont face() const;
    [[nodiscard]] int indent() const;

    service::WritePreview::Line::Kind m_kind;
};

} // namespace keytender::ui
