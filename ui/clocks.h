// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include "service/facts.h"

namespace keytender::ui {

class TextLabel;
struct Tones;

// The colour of the gone part of an access token's life: it stands where the trouble is, not on a clock that runs well.
[[nodiscard]] QColor lifeColour(const profile::Condition &condition, const Tones &tones);

// The two clocks of a login: the access token's with the bar of its life, and the sign-in's; in words, with the exact
// times under them.
class Clocks final : public QWidget {
    Q_OBJECT

public:
    explicit Clocks(QWidget *parent = nullptr);

    void show(const service::Row &row, base::Timestamp now);

private:
    class Bar;
    TextLabel *m_headline = nullptr;
    Bar *m_bar = nullptr;
    TextLabel *m_exact = nullptr;
    TextLabel *m_signIn = nullptr;
    TextLabel *m_signInExact = nullptr;
};

} // namespace keytender::ui
