// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/settingspage.h"

namespace keytender::ui {

class RemovableList;
class WordPicker;

// Where tools keep further logins.
class PlacesPage final : public SettingsPage {
    Q_OBJECT

public:
    explicit PlacesPage(SettingsAccess access, QWidget *parent = nullptr);

    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QWidget *firstFocus() override; // none that takes something away
    void addHome(const QString &toolId, const QString &path);

Q_SIGNALS:
    void directoryRequested(const QString &toolId);

private:
    void fill() override;
    void removeHome(const QString &key);
    [[nodiscard]] QString toolName(const QString &toolId) const;

    SettingsGroup *m_homes = nullptr;
    RemovableList *m_list = nullptr;
    WordPicker *m_tool = nullptr;
    Button *m_choose = nullptr;
};

} // namespace keytender::ui
