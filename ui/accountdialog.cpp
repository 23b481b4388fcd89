// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/accountdialog.h"

#include <algorithm>

#include "ui/outcomepage.h"

namespace keytender::ui {

using service::AccountGroup;

AccountDialog::AccountDialog(service::Neighbours &neighbours, QWidget *parent)
    : Dialog(parent), m_neighbours(neighbours)
{
    setObjectName(QStringLiteral("account"));
    setWindowTitle(tr("Accounts – Keytender"));
    m_done = new OutcomePage(Glyph::Tick, profile::Severity::Well);
    m_failed = new OutcomePage(Glyph::Triangle, profile::Severity::ActNow);
    for (OutcomePage *page : {m_done, m_failed}) {
        addPage(*page);
        connect(page->addButton(tr("Close"), Button::Rank::Primary), &QPushButton::clicked, this,
                &AccountDialog::accept);
    }
}

void AccountDialog::use(const QString &profileId, const QString &inPlaceOf)
{
    const std::vector<AccountGroup> groups = m_neighbours.accounts();
    const auto group = std::ranges::find(groups, inPlaceOf, &AccountGroup::profileId);
    if (group == groups.end())
        return;
    const auto account = std::ranges::find(group->accounts, profileId, &AccountGroup::Account::profileId);
    const QString label = account == group->accounts.end() ? profileId : account->label;
    const auto used = m_neighbours.useAccount(profileId, inPlaceOf);
    if (used)
        m_done->say(tr("%1 uses another account now").arg(group->toolName), {label, group->notice});
    else
        m_failed->say(tr("%1 keeps its account").arg(group->toolName), {base::describe(used.error()), label});
    showPage(used ? *m_done : *m_failed);
}

} // namespace keytender::ui
