// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/neighbourpart.h"

#include <algorithm>

#include <QBoxLayout>

#include "ui/accountssection.h"
#include "ui/caresection.h"
#include "ui/linkssection.h"

namespace keytender::ui {

using service::AccountGroup;

NeighbourPart::NeighbourPart(service::Neighbours &neighbours, const QString &profileId, base::Timestamp now,
                             const SectionWord &word)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    const auto wordAbout = [&word](SectionWord::About about) { return word.about == about ? word : SectionWord(); };
    auto *care = new CareSection(neighbours, profileId, now, wordAbout(SectionWord::About::Care));
    connect(care, &CareSection::changeRequested, this, &NeighbourPart::careRequested);
    connect(care, &CareSection::previewRequested, this, &NeighbourPart::previewRequested);
    connect(care, &CareSection::told, this, &NeighbourPart::told);
    add(tr("Who renews this login"), care);
    for (const AccountGroup &group : neighbours.accounts()) {
        const bool isIn =
            group.profileId == profileId
            || std::ranges::find(group.accounts, profileId, &AccountGroup::Account::profileId) != group.accounts.end();
        if (!isIn)
            continue;
        auto *accounts = new AccountsSection(neighbours, group, wordAbout(SectionWord::About::Accounts));
        connect(accounts, &AccountsSection::told, this, &NeighbourPart::told);
        add(tr("Accounts for %1").arg(group.toolName), accounts);
    }
    auto *links = new LinksSection(neighbours, profileId, now);
    connect(links, &LinksSection::changeRequested, this, &NeighbourPart::linksRequested);
    add(tr("Links"), links);
}

void NeighbourPart::add(const QString &heading, DetailsSection *section)
{
    if (section->isEmpty()) {
        delete section;
        return;
    }
    auto &column = static_cast<QVBoxLayout &>(*layout());
    addSectionHeading(column, heading);
    column.addWidget(section);
}

} // namespace keytender::ui
