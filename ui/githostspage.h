// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/settingspage.h"

namespace keytender::ui {

class Field;
class RemovableList;
class WordPicker;

// Which login answers when git asks for a host.
class GitHostsPage final : public SettingsPage {
    Q_OBJECT

public:
    explicit GitHostsPage(SettingsAccess access, QWidget *parent = nullptr);

    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QWidget *firstFocus() override; // none that takes something away

private:
    void fill() override;
    void add();
    void remove(const QString &host);
    [[nodiscard]] QString labelOf(const QString &profileId) const;

    SettingsGroup *m_hosts = nullptr;
    RemovableList *m_list = nullptr;
    Field *m_host = nullptr;
    WordPicker *m_login = nullptr;
    Button *m_add = nullptr;
};

// What somebody wrote or pasted, as git names it: "https://dev@GitHub.com/x" is "github.com". May still be no host.
[[nodiscard]] QString gitHostFrom(const QString &text);

} // namespace keytender::ui
