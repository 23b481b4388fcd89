// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/linksdialog.h"

#include <algorithm>

#include <QFileDialog>
#include <QScopedValueRollback>

#include "ui/linkspage.h"
#include "ui/variablepage.h"

namespace keytender::ui {

using service::Link;
using service::LinkWay;

LinksDialog::LinksDialog(service::Neighbours &neighbours, const base::Clock &clock, QWidget *parent)
    : Dialog(parent), m_neighbours(neighbours)
{
    setObjectName(QStringLiteral("links"));
    setWindowTitle(tr("Links – Keytender"));
    m_links = new LinksPage(clock);
    m_variable = new VariablePage;
    addPage(*m_links);
    addPage(*m_variable);
    connect(m_links, &LinksPage::left, this, &LinksDialog::reject);
    connect(m_links, &LinksPage::confirmed, this, &LinksDialog::apply);
    connect(m_links, &LinksPage::editRequested, this, &LinksDialog::edit);
    connect(m_links, &LinksPage::variableRequested, this, [this] { edit({}); });
    connect(m_variable, &VariablePage::left, this, [this] { showPage(*m_links); });
    connect(m_variable, &VariablePage::confirmed, this, &LinksDialog::keep);
    connect(m_variable, &VariablePage::fileRequested, this, &LinksDialog::chooseFile);
    connect(&neighbours, &service::Neighbours::changed, this, &LinksDialog::follow);
}

void LinksDialog::open(const QString &profileId)
{
    m_profile = profileId;
    m_links->show(m_neighbours.careOffer(profileId).label, m_neighbours.links(profileId), {});
    showPage(*m_links);
}

void LinksDialog::edit(const QString &linkId)
{
    const std::vector<Link> links = m_neighbours.links(m_profile);
    const auto known = std::ranges::find(links, linkId, &Link::id);
    m_edited = known == links.end() ? QString() : linkId;
    Link fresh;
    fresh.profileId = m_profile;
    m_variable->show(known == links.end() ? fresh : *known);
    showPage(*m_variable);
}

// What was refused stays, with its reason.
void LinksDialog::apply(const std::vector<Link> &links)
{
    std::map<QString, QString> problems;
    {
        const QScopedValueRollback applying(m_isApplying, true);
        for (const Link &link : links) {
            if (const auto set = m_neighbours.setLink(link); !set)
                problems[link.id] = base::describe(set.error());
        }
    }
    if (problems.empty())
        return accept();
    follow();
    for (const auto &[id, text] : problems)
        m_links->setProblem(id, text);
}

// Another file or variable is another link: the new one first, so that a refusal leaves the old one.
void LinksDialog::keep(const Link &link)
{
    const std::vector<Link> before = m_neighbours.links(m_profile);
    Link made = link;
    made.id = m_profile + QStringLiteral(">env:") + link.file + u':' + link.variable;
    auto kept = m_neighbours.setLink(made);
    const auto old = std::ranges::find(before, m_edited, &Link::id);
    if (kept && old != before.end() && made.id != m_edited) {
        Link gone = *old;
        gone.way = LinkWay::Off;
        kept = m_neighbours.setLink(gone);
    }
    if (!kept)
        return m_variable->setProblem(base::describe(kept.error()));
    showPage(*m_links);
}

void LinksDialog::chooseFile()
{
    auto *choice = new QFileDialog(this, tr("A file of environment variables"));
    choice->setAttribute(Qt::WA_DeleteOnClose);
    choice->setFileMode(QFileDialog::ExistingFile);
    choice->setFilter(choice->filter() | QDir::Hidden);
    connect(choice, &QFileDialog::fileSelected, m_variable, &VariablePage::setFile);
    choice->open();
}

void LinksDialog::follow()
{
    if (m_isApplying || m_profile.isEmpty())
        return;
    m_links->show(m_neighbours.careOffer(m_profile).label, m_neighbours.links(m_profile), m_links->ways());
    m_links->settle();
}

} // namespace keytender::ui
