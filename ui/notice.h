// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include "ui/button.h"
#include "ui/icons.h"

class QBoxLayout;

namespace keytender::ui {

class TextLabel;

// A box with a sign, a sentence, and perhaps one thing to do: for what concerns all logins.
class Notice final : public QWidget {
    Q_OBJECT

public:
    // Calm: it is told, and nothing is to be done.
    enum class Weight { Warning, Calm };
    struct Sign {
        Glyph glyph = Glyph::Question;
        Weight weight = Weight::Warning;
    };

    struct Action {
        QString title; // empty = there is none
        Button::Rank rank = Button::Rank::Primary;
    };

    Notice(Sign sign, const QString &text, const Action &action, QWidget *parent = nullptr);

    // One more thing that may be done instead, below the first.
    void offerToo(const Action &alternative);

Q_SIGNALS:
    void triggered();
    void alternativeTriggered();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Button *addButton(const Action &action);

    Sign m_sign;
    QBoxLayout *m_buttons = nullptr;
    TextLabel *m_text = nullptr;
};

} // namespace keytender::ui
