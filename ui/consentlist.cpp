// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/consentlist.h"

namespace keytender::ui {

ConsentList::ConsentList(service::Consent &consent, const base::Clock &clock, ConsentListPage::LabelOf labelOf,
                         QWidget *parent)
    : Dialog(parent), m_consent(consent)
{
    setObjectName(QStringLiteral("consents"));
    setWindowTitle(tr("Programs – Keytender"));
    m_list = new ConsentListPage(clock, std::move(labelOf));
    addPage(*m_list);
    connect(m_list, &ConsentListPage::left, this, &ConsentList::reject);
    connect(m_list, &ConsentListPage::revokeRequested, this, &ConsentList::revoke);
    connect(&consent, &service::Consent::rulesChanged, this, &ConsentList::follow);
    follow();
    showPage(*m_list);
}

void ConsentList::follow()
{
    m_list->show(m_consent.rules());
    m_list->setProblem(m_consent.problem());
    m_list->settle();
}

void ConsentList::revoke(const service::ConsentRule &rule)
{
    const service::ConsentRule revoked = rule; // the list that holds it is made anew by this
    if (const auto done = m_consent.revoke(revoked); !done)
        m_list->setProblem(base::describe(done.error()));
}

} // namespace keytender::ui
