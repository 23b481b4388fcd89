// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include "ui/page.h"
#include "ui/settingsaccess.h"

namespace keytender::ui {

class SettingsGroup;

// A page of the settings: each change is made at once, and said where it was made.
class SettingsPage : public Page {
    Q_OBJECT

public:
    SettingsPage(const QString &title, SettingsAccess access, QWidget *parent = nullptr);

    // Shows what holds now.
    void show(const SettingsSubject &subject);
    // For summary(), and to be shown later.
    void note(const SettingsSubject &subject) { m_subject = subject; }
    // In one line, for the list of pages.
    [[nodiscard]] virtual QString summary() const = 0;
    // What was said of earlier changes.
    void forget();
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void left();

protected:
    // Brings the parts up to date; nothing is asked for by what that does to them.
    virtual void fill() = 0;
    [[nodiscard]] bool isFilling() const { return m_isFilling; }
    [[nodiscard]] const service::Settings &settings() const { return m_access.current(); }
    [[nodiscard]] const SettingsSubject &subject() const { return m_subject; }
    SettingsGroup *addGroup(const QString &name, const QString &description = {});
    using Edit = std::function<void(service::Settings &)>;
    // True if it was kept; else the page shows again what holds.
    bool change(SettingsGroup &group, const Edit &edit);

private:
    void orderTabs();

    const SettingsAccess m_access;
    SettingsSubject m_subject;
    Button *m_back = nullptr;
    std::vector<SettingsGroup *> m_groups;
    bool m_isFilling = false;
};

} // namespace keytender::ui
