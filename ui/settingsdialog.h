// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "ui/dialog.h"
#include "ui/settingsaccess.h"

namespace keytender::ui {

class PlacesPage;
class SectionRow;
class SettingsIndex;
class SettingsPage;

// Everything that can be set, a page for each matter. Each change is made at once and said where it was made; there is
// nothing to confirm.
class SettingsDialog final : public Dialog {
    Q_OBJECT

public:
    explicit SettingsDialog(const SettingsAccess &access, QWidget *parent = nullptr);

    enum class Section { Index, General, Renewal, Places, Logins, GitHosts };
    void open(Section section);

    void setSubject(const SettingsSubject &subject);
    // The settings are others now.
    void follow();
    // What is wrong with the file; empty = nothing.
    void setFileProblem(const QString &text);
    // A line that leads to the window in which that is seen: programsRequested().
    void addPrograms();
    // One more page, which knows by itself what it shows. The dialog takes it.
    void addPage(const QString &title, const QString &summary, QWidget *content);

Q_SIGNALS:
    void careRequested(const QString &profileId);
    void linksRequested(const QString &profileId);
    void programsRequested();
    void startInsisted();

private:
    using Dialog::addPage;
    void addSection(SettingsPage &page);
    void goTo(SettingsPage &page, SectionRow &row);
    void chooseHome(const QString &toolId);

    struct Entry {
        SettingsPage *page = nullptr;
        SectionRow *row = nullptr;
    };
    const SettingsAccess m_access;
    SettingsSubject m_subject;
    SettingsIndex *m_index = nullptr;
    PlacesPage *m_places = nullptr;
    std::vector<Entry> m_sections; // in the order of Section
};

} // namespace keytender::ui
