// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/signinwaypage.h"

#include <QBoxLayout>
#include <QButtonGroup>

#include "ui/choice.h"

namespace keytender::ui {

using provider::SignInWay;

namespace {

struct Words {
    QString title;
    QString description;
};

Words wordsOf(SignInWay way)
{
    switch (way) {
    case SignInWay::Browser:
        return {SignInWayPage::tr("In the browser"),
                SignInWayPage::tr("Keytender opens it and gets the answer itself.")};
    case SignInWay::Paste:
        return {SignInWayPage::tr("In the browser, and paste the answer here"),
                SignInWayPage::tr("For a browser on another machine, or where the answer does not come by itself.")};
    case SignInWay::Device:
        return {SignInWayPage::tr("With a code, on any device"),
                SignInWayPage::tr("Keytender shows a short code; you enter it on the provider's page.")};
    }
    return {};
}

} // namespace

SignInWayPage::SignInWayPage(QWidget *parent) : Page({}, parent)
{
    m_questions = new QVBoxLayout;
    m_questions->setSpacing(0);
    body().addLayout(m_questions);
    body().addStretch(1);
    m_group = new QButtonGroup(this);
    m_back = addButton(tr("Other provider"), Button::Rank::Plain);
    Button *cancel = addButton(tr("Cancel"), Button::Rank::Plain);
    Button *signIn = addButton(tr("Sign in"), Button::Rank::Primary);
    connect(m_back, &QPushButton::clicked, this, &SignInWayPage::backRequested);
    connect(cancel, &QPushButton::clicked, this, &SignInWayPage::cancelled);
    connect(signIn, &QPushButton::clicked, this, &SignInWayPage::confirm);
}

void SignInWayPage::show(const service::SignInOffer &offer, const service::SignInWish &wish, const QString &label)
{
    while (QLayoutItem *item = m_questions->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_ways.clear();
    m_scopes.clear();
    m_wish = wish;
    m_wish.providerId = offer.providerId;
    const bool renews = !wish.profileId.isEmpty();
    setTitle(renews ? tr("Sign in to %1 again").arg(offer.providerName) : tr("Sign in to %1").arg(offer.providerName));
    if (renews && !label.isEmpty())
        say(tr("It takes the place of “%1”, once it is stored.").arg(label), TextRole::Muted);
    m_back->setVisible(!renews);
    addWays(offer);
    addScopes(offer);
}

void SignInWayPage::say(const QString &text, TextRole role)
{
    m_questions->addWidget(new TextLabel(text, role));
    m_questions->addSpacing(unit());
}

void SignInWayPage::addWays(const service::SignInOffer &offer)
{
    if (offer.ways.size() == 1) { // nothing to choose
        const Words words = wordsOf(offer.ways.front());
        m_wish.way = offer.ways.front();
        say(words.title, TextRole::Plain);
        say(words.description, TextRole::Muted);
        return;
    }
    for (const SignInWay way : offer.ways) {
        const Words words = wordsOf(way);
        auto *choice = new Choice(Choice::Kind::Radio, words.title, words.description);
        m_group->addButton(choice);
        m_ways[choice] = way;
        m_questions->addWidget(choice);
        if (way == m_wish.way || way == offer.ways.front())
            choice->setChecked(true);
    }
}

void SignInWayPage::addScopes(const service::SignInOffer &offer)
{
    m_questions->addSpacing(4 * unit());
    say(tr("What this login may do"), TextRole::Strong);
    if (offer.scopes.empty()) {
        say(tr("The server decides."), TextRole::Muted);
        return;
    }
    for (const service::SignInOffer::Scope &scope : offer.scopes) {
        const bool hasWords = !scope.words.isEmpty();
        auto *choice =
            new Choice(Choice::Kind::Check, hasWords ? scope.words : scope.name, hasWords ? scope.name : QString());
        choice->setChecked(scope.isLeast || m_wish.scopes.contains(scope.name));
        choice->setEnabled(!scope.isLeast);
        if (scope.isLeast)
            choice->setToolTip(tr("The login is of no use without it."));
        m_scopes.emplace_back(scope.name, choice);
        m_questions->addWidget(choice);
    }
}

QWidget *SignInWayPage::firstFocus()
{
    return primary();
}

void SignInWayPage::confirm()
{
    if (const auto found = m_ways.find(m_group->checkedButton()); found != m_ways.end())
        m_wish.way = found->second;
    m_wish.scopes.clear();
    for (const auto &[name, choice] : m_scopes) {
        if (choice->isChecked())
            m_wish.scopes += name;
    }
    Q_EMIT confirmed(m_wish);
}

} // namespace keytender::ui
