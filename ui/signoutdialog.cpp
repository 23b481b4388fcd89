// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/signoutdialog.h"

#include "ui/signoutpage.h"
#include "ui/signoutresults.h"

namespace keytender::ui {

SignOutDialog::SignOutDialog(QWidget *parent) : Dialog(parent)
{
    setObjectName(QStringLiteral("signOut"));
    setWindowTitle(tr("Sign out – Keytender"));
    m_before = new SignOutPage(SignOutPage::Act::SignOut);
    m_forget = new SignOutPage(SignOutPage::Act::Forget);
    m_working = new WorkingPage;
    m_after = new SignOutResultsPage;
    for (Page *page : std::initializer_list<Page *>{m_before, m_forget, m_working, m_after})
        addPage(*page);

    for (const SignOutPage *page : {m_before, m_forget}) {
        connect(page, &SignOutPage::confirmed, this, &SignOutDialog::confirm);
        connect(page, &SignOutPage::openPageRequested, this, &SignOutDialog::openPageRequested);
    }
    connect(m_before, &SignOutPage::scopeChanged, this, &SignOutDialog::previewRequested);
    connect(m_before, &SignOutPage::forgetRequested, this, &SignOutDialog::previewRequested);
    connect(m_before, &SignOutPage::left, this, &SignOutDialog::reject);
    connect(m_forget, &SignOutPage::left, this, [this] { showPage(*m_before); });
    connect(m_working, &WorkingPage::closed, this, &SignOutDialog::accept);
    connect(m_after, &SignOutResultsPage::closed, this, &SignOutDialog::accept);
    connect(m_after, &SignOutResultsPage::openPageRequested, this, &SignOutDialog::openPageRequested);
}

void SignOutDialog::setPreview(const service::SignOutPreview &preview, const service::SignOutScope &scope,
                               const QString &providerName)
{
    if (!providerName.isEmpty())
        m_providerName = providerName;
    SignOutPage &page = scope.forgetsOnly ? *m_forget : *m_before;
    page.show(preview, scope, m_providerName);
    showPage(page);
}

void SignOutDialog::setResults(const std::vector<service::SignOutResult> &results)
{
    m_after->show(results);
    showPage(*m_after);
}

void SignOutDialog::confirm(const service::SignOutScope &scope)
{
    showPage(*m_working);
    Q_EMIT confirmed(scope);
}

} // namespace keytender::ui
