// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/signin/signinfacts.h"
#include "ui/page.h"

namespace keytender::ui {

class Choice;

// What will stop working, login by login; or, as a separate act, what will only be forgotten here.
class SignOutPage final : public Page {
    Q_OBJECT

public:
    enum class Act { SignOut, Forget };

    explicit SignOutPage(Act act, QWidget *parent = nullptr);

    void show(const service::SignOutPreview &preview, const service::SignOutScope &scope, const QString &providerName);

Q_SIGNALS:
    void confirmed(const service::SignOutScope &scope);
    void scopeChanged(const service::SignOutScope &scope);
    void forgetRequested(const service::SignOutScope &scope);
    void openPageRequested(const QUrl &page);
    void left(); // cancelled, or back from "forget"

private:
    void addLogin(const service::SignOutPreview::Login &login);
    void addToolsOwn(const QStringList &labels);
    void addForgetting();
    [[nodiscard]] QString titleFor(const service::SignOutPreview &preview) const;

    Act m_act;
    service::SignOutScope m_scope;
    QString m_providerName;
    QVBoxLayout *m_list = nullptr;
    Choice *m_keepsKeys = nullptr;
    QWidget *m_forgetting = nullptr;
};

} // namespace keytender::ui
