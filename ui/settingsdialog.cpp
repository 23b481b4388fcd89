// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/settingsdialog.h"

#include <QBoxLayout>
#include <QFileDialog>

#include "ui/generalpage.h"
#include "ui/githostspage.h"
#include "ui/loginspage.h"
#include "ui/placespage.h"
#include "ui/renewalpage.h"
#include "ui/sectionrow.h"
#include "ui/settingsindex.h"

namespace keytender::ui {

namespace {

// A page that somebody else made.
class GuestPage final : public SettingsPage {
public:
    GuestPage(const QString &title, QString summary, QWidget *content, SettingsAccess access)
        : SettingsPage(title, std::move(access)), m_summary(std::move(summary))
    {
        body().addWidget(content, 1);
    }

    [[nodiscard]] QString summary() const override { return m_summary; }

private:
    void fill() override {}

    QString m_summary;
};

} // namespace

SettingsDialog::SettingsDialog(const SettingsAccess &access, QWidget *parent) : Dialog(parent), m_access(access)
{
    setObjectName(QStringLiteral("settings"));
    setWindowTitle(tr("Settings – Keytender"));
    m_index = new SettingsIndex;
    addPage(*m_index);
    connect(m_index, &SettingsIndex::left, this, &SettingsDialog::reject);
    auto *general = new GeneralPage(access);
    connect(general, &GeneralPage::startInsisted, this, &SettingsDialog::startInsisted);
    addSection(*general);
    addSection(*new RenewalPage(access));
    m_places = new PlacesPage(access);
    connect(m_places, &PlacesPage::directoryRequested, this, &SettingsDialog::chooseHome);
    addSection(*m_places);
    auto *logins = new LoginsPage(access);
    connect(logins, &LoginsPage::careRequested, this, &SettingsDialog::careRequested);
    connect(logins, &LoginsPage::linksRequested, this, &SettingsDialog::linksRequested);
    addSection(*logins);
    addSection(*new GitHostsPage(access));
    follow();
    showPage(*m_index);
}

void SettingsDialog::addSection(SettingsPage &page)
{
    addPage(page);
    SectionRow *row = m_index->addRow(page.title());
    m_sections.push_back({.page = &page, .row = row});
    connect(row, &QAbstractButton::clicked, this, [this, &page, row] { goTo(page, *row); });
    connect(&page, &SettingsPage::left, this, [this] { showPage(*m_index); });
}

void SettingsDialog::addPrograms()
{
    SectionRow *row = m_index->addRow(tr("Programs"));
    row->setSummary(tr("Which program may have which login's token"));
    connect(row, &QAbstractButton::clicked, this, [this, row] {
        m_index->noteLeft(row);
        Q_EMIT programsRequested();
    });
    m_index->settle();
}

void SettingsDialog::addPage(const QString &title, const QString &summary, QWidget *content)
{
    auto *page = new GuestPage(title, summary, content, m_access);
    addSection(*page);
    m_sections.back().row->setSummary(summary);
    m_index->settle();
}

void SettingsDialog::goTo(SettingsPage &page, SectionRow &row)
{
    m_index->noteLeft(&row);
    page.forget();
    page.show(m_subject);
    showPage(page);
}

void SettingsDialog::open(Section section)
{
    if (section == Section::Index)
        return showPage(*m_index);
    const Entry &entry = m_sections.at(static_cast<std::size_t>(section) - 1);
    goTo(*entry.page, *entry.row);
}

void SettingsDialog::setSubject(const SettingsSubject &subject)
{
    if (subject == m_subject)
        return;
    m_subject = subject;
    follow();
}

void SettingsDialog::follow()
{
    for (const Entry &entry : m_sections) {
        if (entry.page == page())
            entry.page->show(m_subject);
        else
            entry.page->note(m_subject);
        entry.row->setSummary(entry.page->summary());
    }
}

void SettingsDialog::setFileProblem(const QString &text)
{
    m_index->setFileProblem(text);
}

void SettingsDialog::chooseHome(const QString &toolId)
{
    auto *choice = new QFileDialog(this, tr("A further home"));
    choice->setAttribute(Qt::WA_DeleteOnClose);
    choice->setFileMode(QFileDialog::Directory);
    choice->setOption(QFileDialog::ShowDirsOnly);
    choice->setFilter(choice->filter() | QDir::Hidden);
    connect(choice, &QFileDialog::fileSelected, m_places,
            [places = m_places, toolId](const QString &path) { places->addHome(toolId, path); });
    choice->open();
}

} // namespace keytender::ui
