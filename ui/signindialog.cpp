// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/signindialog.h"

#include <algorithm>

#include "ui/outcomepage.h"
#include "ui/providerpage.h"
#include "ui/serverpage.h"
#include "ui/signinprogresspage.h"
#include "ui/signinwaypage.h"

namespace keytender::ui {

using service::SignInStage;

SignInDialog::SignInDialog(const base::Clock &clock, QWidget *parent) : Dialog(parent)
{
    setObjectName(QStringLiteral("signIn"));
    setWindowTitle(tr("Sign in – Keytender"));
    m_providers = new ProviderPage;
    m_server = new ServerPage;
    m_way = new SignInWayPage;
    m_progress = new SignInProgressPage(clock);
    makeEnds();
    for (Page *page : std::initializer_list<Page *>{m_providers, m_server, m_way, m_progress, m_done, m_failed})
        addPage(*page);

    connect(m_providers, &ProviderPage::chosen, this, &SignInDialog::choose);
    connect(m_providers, &ProviderPage::otherServerChosen, this, [this] { showPage(*m_server); });
    connect(m_providers, &ProviderPage::cancelled, this, &SignInDialog::reject);
    connect(m_server, &ServerPage::described, this, &SignInDialog::discoverRequested);
    connect(m_server, &ServerPage::backRequested, this, [this] { showPage(*m_providers); });
    connect(m_way, &SignInWayPage::confirmed, this, &SignInDialog::start);
    connect(m_way, &SignInWayPage::backRequested, this, [this] { showPage(*m_providers); });
    connect(m_way, &SignInWayPage::cancelled, this, &SignInDialog::reject);
    connect(m_progress, &SignInProgressPage::pasted, this, &SignInDialog::pasted);
    connect(m_progress, &SignInProgressPage::copyLinkRequested, this, &SignInDialog::copyLinkRequested);
    connect(m_progress, &SignInProgressPage::openVerificationRequested, this, &SignInDialog::openVerificationRequested);
    connect(m_progress, &SignInProgressPage::cancelled, this, &SignInDialog::reject);
}

void SignInDialog::makeEnds()
{
    m_done = new OutcomePage(Glyph::Tick, profile::Severity::Well);
    connect(m_done->addButton(tr("Close"), Button::Rank::Primary), &QPushButton::clicked, this, &SignInDialog::accept);
    m_failed = new OutcomePage(Glyph::Triangle, profile::Severity::ActNow);
    Button *change = m_failed->addButton(tr("Change…"), Button::Rank::Plain);
    change->setAccessibleName(tr("Choose another way or provider"));
    Button *close = m_failed->addButton(tr("Close"), Button::Rank::Plain);
    Button *again = m_failed->addButton(tr("Try again"), Button::Rank::Primary);
    connect(change, &QPushButton::clicked, this, [this] { choose(m_wish.providerId); });
    connect(close, &QPushButton::clicked, this, &SignInDialog::reject);
    connect(again, &QPushButton::clicked, this, [this] {
        if (m_canStoreAgain)
            Q_EMIT storeAgainRequested();
        else
            start(m_wish);
    });
}

void SignInDialog::setOffers(const std::vector<service::SignInOffer> &offers)
{
    m_offers = offers;
    m_providers->setOffers(offers);
}

void SignInDialog::preselect(const QString &providerId)
{
    m_wish = {};
    m_label.clear();
    choose(providerId);
}

void SignInDialog::describeServer()
{
    showPage(*m_server);
}

void SignInDialog::setWish(const service::SignInWish &wish, const QString &label)
{
    m_wish = wish;
    m_label = label;
    choose(wish.providerId);
}

void SignInDialog::choose(const QString &providerId)
{
    const auto offer = std::find_if(m_offers.begin(), m_offers.end(), [&providerId](const auto &candidate) {
        return candidate.providerId == providerId;
    });
    if (offer == m_offers.end() || offer->ways.empty()) {
        showPage(*m_providers);
        return;
    }
    if (providerId != m_wish.providerId)
        m_wish = {.providerId = providerId, .profileId = {}, .way = offer->ways.front(), .scopes = {}};
    m_way->show(*offer, m_wish, m_label);
    showPage(*m_way);
}

void SignInDialog::setDiscovered(const QString &providerId)
{
    m_server->setBusy(false);
    if (page() == m_server) // nobody went back meanwhile
        choose(providerId);
}

void SignInDialog::setDiscoveryProblem(const QString &text)
{
    m_server->setProblem(text);
}

void SignInDialog::start(const service::SignInWish &wish)
{
    m_wish = wish;
    m_isUnderWay = true;
    Q_EMIT startRequested(wish);
}

void SignInDialog::setFacts(const service::SignInFacts &facts)
{
    const bool hasEnded =
        facts.stage == SignInStage::Done || facts.stage == SignInStage::Failed || facts.stage == SignInStage::Cancelled;
    m_isUnderWay = !hasEnded;
    if (!hasEnded) {
        m_progress->setFacts(facts);
        showPage(*m_progress);
        return;
    }
    m_progress->wipe();
    if (facts.stage == SignInStage::Done)
        showDone(facts);
    else if (facts.stage == SignInStage::Failed)
        showFailure(facts);
    else
        close();
}

void SignInDialog::showDone(const service::SignInFacts &facts)
{
    m_done->say(tr("Signed in"), {facts.label, facts.text, tr("You can close this window.")});
    showPage(*m_done);
}

void SignInDialog::showFailure(const service::SignInFacts &facts)
{
    m_canStoreAgain = facts.canRetry;
    m_failed->primary()->setText(facts.canRetry ? tr("Store again") : tr("Try again"));
    const QString title = facts.canRetry ? tr("Signed in, but the login is not stored yet") : tr("The sign-in failed");
    m_failed->say(title, {facts.text, facts.cure});
    showPage(*m_failed);
}

void SignInDialog::setCodes(const base::Secret &userCode, const QUrl &verificationUri, const base::Secret &completeUri)
{
    m_progress->setCodes(userCode, verificationUri, completeUri);
}

void SignInDialog::setPasteProblem(const QString &text)
{
    m_progress->setPasteProblem(text);
}

void SignInDialog::reject()
{
    const bool wasUnderWay = m_isUnderWay;
    m_isUnderWay = false;
    m_progress->wipe();
    Dialog::reject();
    if (wasUnderWay)
        Q_EMIT cancelRequested();
}

} // namespace keytender::ui
