// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include "ui/settingspage.h"

class QButtonGroup;

namespace keytender::ui {

class Choice;
class ProblemLine;

// Whether the tray app starts by itself, and what it speaks.
class GeneralPage final : public SettingsPage {
    Q_OBJECT

public:
    explicit GeneralPage(SettingsAccess access, QWidget *parent = nullptr);

    [[nodiscard]] QString summary() const override;

Q_SIGNALS:
    // Although the desktop's own settings have switched it off.
    void startInsisted();

private:
    void fill() override;
    void showStart(const SettingsSubject::Start &start);
    void showLanguages(const QStringList &languages);
    void addLanguage(const QString &code);

    SettingsGroup *m_startGroup = nullptr;
    Choice *m_start = nullptr;
    TextLabel *m_startNote = nullptr;
    ProblemLine *m_startProblem = nullptr;
    Button *m_insist = nullptr;
    SettingsGroup *m_languageGroup = nullptr;
    QButtonGroup *m_languages = nullptr;
    QVBoxLayout *m_choices = nullptr;
    QStringList m_shownLanguages;
    std::map<QAbstractButton *, QString> m_codes;
};

// As its speakers call it: "Deutsch".
[[nodiscard]] QString languageName(const QString &code);

} // namespace keytender::ui
