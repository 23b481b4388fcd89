// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace keytender::ui {

class TextLabel;

// What went wrong, beside its sign, in the place where it was asked for. Hidden while there is nothing to say.
class ProblemLine final : public QWidget {
    Q_OBJECT

public:
    explicit ProblemLine(const QString &text = {}, QWidget *parent = nullptr);

    // Once it stands in its place. Screen readers hear it at once.
    void say(const QString &text);

private:
    TextLabel *m_text = nullptr;
};

} // namespace keytender::ui
