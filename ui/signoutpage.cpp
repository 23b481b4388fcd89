// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/signoutpage.h"

#include <QBoxLayout>

#include "ui/choice.h"
#include "ui/line.h"
#include "ui/linklabel.h"

namespace keytender::ui {

using service::SignOutPreview;
using service::SignOutScope;

namespace {

QString fateOf(const SignOutPreview::Login &login)
{
    switch (login.end) {
    case SignOutPreview::Login::End::Revoked:
        return SignOutPage::tr("ends here and at the provider");
    case SignOutPreview::Login::End::ByHand:
        return SignOutPage::tr("ends here; at the provider only you can end it:");
    case SignOutPreview::Login::End::Kept:
        return SignOutPage::tr("is removed here; it stays valid at the provider");
    }
    return {};
}

} // namespace

SignOutPage::SignOutPage(Act act, QWidget *parent) : Page({}, parent), m_act(act)
{
    const bool forgets = act == Act::Forget;
    addText(forgets ? tr("Keytender deletes what it keeps of them and tells nobody. They stay valid at the provider: "
                         "whoever holds a copy of their tokens can go on using it.")
                    : tr("What will stop working:"),
            forgets ? TextRole::Plain : TextRole::Muted);
    m_list = new QVBoxLayout;
    m_list->setSpacing(0);
    body().addLayout(m_list);
    m_keepsKeys = new Choice(Choice::Kind::Check, tr("Keep API keys and tokens"),
                             tr("those that were handed out by hand: Keytender could not get them back"));
    body().addSpacing(3 * unit());
    body().addWidget(m_keepsKeys);
    connect(m_keepsKeys, &QAbstractButton::clicked, this, [this](bool keeps) {
        m_scope.keepsKeys = keeps;
        Q_EMIT scopeChanged(m_scope);
    });
    addForgetting();
    body().addStretch(1);
    Button *leave = addButton(forgets ? tr("Back") : tr("Cancel"), Button::Rank::Plain);
    Button *confirm = addButton(forgets ? tr("Forget here") : tr("Sign out"), Button::Rank::Destructive);
    connect(leave, &QPushButton::clicked, this, &SignOutPage::left);
    connect(confirm, &QPushButton::clicked, this, [this] { Q_EMIT confirmed(m_scope); });
}

void SignOutPage::addForgetting()
{
    m_forgetting = new QWidget;
    auto *layout = new QVBoxLayout(m_forgetting);
    layout->setContentsMargins(0, 5 * unit(), 0, 0);
    layout->setSpacing(3 * unit());
    layout->addWidget(new Line);
    auto *forget = new Button(tr("Forget here without signing out…"), Button::Rank::Plain);
    layout->addWidget(forget, 0, Qt::AlignLeading);
    body().addWidget(m_forgetting);
    connect(forget, &QPushButton::clicked, this, [this] {
        SignOutScope scope = m_scope;
        scope.forgetsOnly = true;
        Q_EMIT forgetRequested(scope);
    });
}

QString SignOutPage::titleFor(const SignOutPreview &preview) const
{
    const bool forgets = m_act == Act::Forget;
    if (preview.logins.empty())
        return forgets ? tr("There is nothing to forget") : tr("There is nothing to sign out of");
    if (m_scope.what == SignOutScope::What::Everything)
        return forgets ? tr("Forget every login of Keytender?") : tr("Sign out everywhere?");
    const bool isOne = preview.logins.size() == 1;
    const QString name = isOne || m_providerName.isEmpty() ? preview.logins.front().label : m_providerName;
    return forgets ? tr("Forget %1?").arg(name) : tr("Sign out of %1?").arg(name);
}

void SignOutPage::show(const SignOutPreview &preview, const SignOutScope &scope, const QString &providerName)
{
    m_scope = scope;
    m_providerName = providerName;
    setTitle(titleFor(preview));
    while (QLayoutItem *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const SignOutPreview::Login &login : preview.logins)
        addLogin(login);
    addToolsOwn(preview.staysWithTools);
    m_keepsKeys->setVisible(scope.what != SignOutScope::What::Profile && m_act == Act::SignOut);
    m_keepsKeys->setChecked(scope.keepsKeys);
    m_forgetting->setVisible(m_act == Act::SignOut && !preview.logins.empty());
    primary()->setEnabled(!preview.logins.empty());
}

void SignOutPage::addLogin(const SignOutPreview::Login &login)
{
    m_list->addSpacing(3 * unit());
    m_list->addWidget(new TextLabel(login.label, TextRole::Strong));
    if (m_act == Act::Forget)
        return;
    const bool hasPage = login.revokeByHand.isValid() && login.end == SignOutPreview::Login::End::ByHand;
    QString fate = fateOf(login);
    if (!hasPage && fate.endsWith(u':'))
        fate.chop(1);
    m_list->addWidget(new TextLabel(fate, TextRole::Muted));
    if (hasPage) {
        auto *link = new LinkLabel;
        link->setTarget(login.revokeByHand);
        m_list->addWidget(link);
        connect(link, &LinkLabel::opened, this, &SignOutPage::openPageRequested);
    }
    if (!login.alsoEnds.isEmpty())
        m_list->addWidget(new TextLabel(tr("With it ends: %1").arg(login.alsoEnds), TextRole::Muted));
}

void SignOutPage::addToolsOwn(const QStringList &labels)
{
    if (labels.isEmpty() || m_act == Act::Forget)
        return;
    m_list->addSpacing(3 * unit());
    for (const QString &label : labels)
        m_list->addWidget(new TextLabel(tr("%1 keeps its own login: sign out there.").arg(label), TextRole::Muted));
}

} // namespace keytender::ui
