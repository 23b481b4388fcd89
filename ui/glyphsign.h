// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include "ui/icons.h"

namespace keytender::ui {

// A small sign beside words that say the same; screen readers hear the words alone.
class GlyphSign final : public QWidget {
    Q_OBJECT

public:
    GlyphSign(Glyph glyph, profile::Severity severity, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph;
    profile::Severity m_severity;
};

} // namespace keytender::ui
