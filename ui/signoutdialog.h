// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QUrl>

#include "service/signin/signinfacts.h"
#include "ui/dialog.h"

namespace keytender::ui {

class SignOutPage;
class SignOutResultsPage;
class WorkingPage;

// Before a sign-out: what will stop working. After it: what the provider said. "Forget here" is an act of its own.
// Closing the window while a sign-out runs does not stop it.
class SignOutDialog final : public Dialog {
    Q_OBJECT

public:
    explicit SignOutDialog(QWidget *parent = nullptr);

    // Also the answer to previewRequested(). `providerName` is for a scope that is one provider.
    void setPreview(const service::SignOutPreview &preview, const service::SignOutScope &scope,
                    const QString &providerName = {});
    void setResults(const std::vector<service::SignOutResult> &results);

Q_SIGNALS:
    void previewRequested(const service::SignOutScope &scope); // another scope was chosen
    void confirmed(const service::SignOutScope &scope);        // answered by setResults()
    void openPageRequested(const QUrl &page);                  // where a person can revoke it

private:
    void confirm(const service::SignOutScope &scope);

    QString m_providerName;
    SignOutPage *m_before = nullptr;
    SignOutPage *m_forget = nullptr;
    WorkingPage *m_working = nullptr;
    SignOutResultsPage *m_after = nullptr;
};

} // namespace keytender::ui
