// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/settingspage.h"

namespace keytender::ui {

class Choice;
class NumberPicker;
class RemovableList;
class WordPicker;

// When tokens are renewed, and when a person is reminded of what Keytender cannot renew.
class RenewalPage final : public SettingsPage {
    Q_OBJECT

public:
    explicit RenewalPage(SettingsAccess access, QWidget *parent = nullptr);

    [[nodiscard]] QString summary() const override;

private:
    void fill() override;
    void makeReminders();
    void makeRotation();
    void showReminders();
    void addReminder();
    void removeReminder(const QString &rung);
    void setRotation();

    SettingsGroup *m_tokens = nullptr;
    NumberPicker *m_percent = nullptr;
    SettingsGroup *m_reminders = nullptr;
    RemovableList *m_rungs = nullptr;
    NumberPicker *m_number = nullptr;
    WordPicker *m_unit = nullptr;
    Button *m_add = nullptr;
    SettingsGroup *m_keys = nullptr;
    Choice *m_reminds = nullptr;
    NumberPicker *m_days = nullptr;
};

} // namespace keytender::ui
