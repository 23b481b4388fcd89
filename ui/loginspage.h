// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/settingspage.h"

namespace keytender::ui {

// Who renews which login, and where its tokens go: leads to the dialogs that say more.
class LoginsPage final : public SettingsPage {
    Q_OBJECT

public:
    explicit LoginsPage(SettingsAccess access, QWidget *parent = nullptr);

    [[nodiscard]] QString summary() const override;

Q_SIGNALS:
    void careRequested(const QString &profileId);
    void linksRequested(const QString &profileId);

private:
    void fill() override;
    void addLogin(const SettingsSubject::Login &login);

    std::vector<SettingsSubject::Login> m_shown;
    QVBoxLayout *m_list = nullptr;
};

} // namespace keytender::ui
