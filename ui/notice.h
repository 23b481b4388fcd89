// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include "ui/icons.h"

namespace keytender::ui {

class TextLabel;

// A box with a sign, a sentence, and perhaps one thing to do: for what concerns all logins.
class Notice final : public QWidget {
    Q_OBJECT

public:
    Notice(Glyph glyph, const QString &text, const QString &action, QWidget *parent = nullptr);

Q_SIGNALS:
    void triggered();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph;
    TextLabel *m_text = nullptr;
};

} // namespace keytender::ui
