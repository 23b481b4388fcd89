// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace keytender::ui {

class ProblemLine;
class TextLabel;

// Some settings that belong together, under their name. What became of a change is said here: "Saved" beside the name
// for a moment, or what went wrong below.
class SettingsGroup final : public QWidget {
    Q_OBJECT

public:
    SettingsGroup(const QString &name, const QString &description, QWidget *parent = nullptr);

    [[nodiscard]] QVBoxLayout &body() { return *m_body; }
    // Parts beside one another, at the beginning of the line.
    [[nodiscard]] QHBoxLayout &addLine();
    void addGap(int units);

    void sayHow(const QString &problem); // empty = it was saved
    void forget();                       // what was said

private:
    int m_unit;
    QWidget *m_saved = nullptr;
    QVBoxLayout *m_body = nullptr;
    ProblemLine *m_problem = nullptr;
    QTimer m_fading;
};

} // namespace keytender::ui
