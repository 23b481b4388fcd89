// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>

namespace keytender::ui {

enum class TextRole {
    Title,
    Strong,
    Plain,
    Muted, // small and quiet
    Path,  // small, and breaks after its separators
};

// A paragraph of the panel in the panel's own fonts and colours; follows them when they change.
class TextLabel final : public QLabel {
    Q_OBJECT

public:
    TextLabel(const QString &text, TextRole role, QWidget *parent = nullptr);

    // The words as they were given.
    void say(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void dress();

    TextRole m_role;
    bool m_isDressing = false;
};

} // namespace keytender::ui
