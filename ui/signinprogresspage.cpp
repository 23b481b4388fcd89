// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/signinprogresspage.h"

#include <QBoxLayout>

#include "ui/devicecodes.h"
#include "ui/glyphsign.h"
#include "ui/notice.h"
#include "ui/secretfield.h"
#include "ui/steps.h"

namespace keytender::ui {

using provider::SignInWay;
using service::SignInStage;

namespace {

QString personsStep(SignInWay way)
{
    switch (way) {
    case SignInWay::Browser:
        return SignInProgressPage::tr("You sign in in the browser");
    case SignInWay::Paste:
        return SignInProgressPage::tr("You sign in in the browser and paste its answer");
    case SignInWay::Device:
        return SignInProgressPage::tr("You enter the code on the provider's page");
    }
    return {};
}

QStringList stepsOf(SignInWay way)
{
    return {SignInProgressPage::tr("Get ready"), personsStep(way), SignInProgressPage::tr("Fetch the tokens"),
            SignInProgressPage::tr("Ask whose account it is"), SignInProgressPage::tr("Store the login safely")};
}

int stepOf(SignInStage stage)
{
    switch (stage) {
    case SignInStage::Preparing:
        return 0;
    case SignInStage::WaitingForBrowser:
    case SignInStage::ShowingCodes:
        return 1;
    case SignInStage::Exchanging:
        return 2;
    case SignInStage::ReadingAccount:
        return 3;
    default:
        return 4;
    }
}

} // namespace

SignInProgressPage::SignInProgressPage(const base::Clock &clock, QWidget *parent) : Page({}, parent)
{
    m_text = addText({}, TextRole::Plain);
    addGap(3);
    m_codes = new DeviceCodes(clock);
    m_codes->setVisible(false);
    body().addWidget(m_codes);
    m_hints = new QVBoxLayout;
    body().addLayout(m_hints);
    m_steps = new Steps;
    body().addWidget(m_steps);
    addPasteField();
    body().addStretch(1);
    m_copyLink = addButton(tr("Copy link"), Button::Rank::Plain);
    m_copyLink->setToolTip(tr("To open it in another browser"));
    m_cancel = addButton(tr("Cancel"), Button::Rank::Plain);
    connect(m_copyLink, &QPushButton::clicked, this, &SignInProgressPage::copyLinkRequested);
    connect(m_cancel, &QPushButton::clicked, this, &SignInProgressPage::cancelled);
    connect(m_codes, &DeviceCodes::openRequested, this, &SignInProgressPage::openVerificationRequested);
}

void SignInProgressPage::addPasteField()
{
    m_pasting = new QWidget;
    auto *layout = new QVBoxLayout(m_pasting);
    layout->setContentsMargins(0, 4 * unit(), 0, 0);
    layout->setSpacing(unit());
    auto *label = new TextLabel(tr("Paste the address or the code"), TextRole::Muted);
    m_field = new SecretField;
    m_field->setAccessibleName(label->text());
    label->setBuddy(m_field);
    m_paste = new Button(tr("Use it"), Button::Rank::Plain);
    m_paste->setAccessibleDescription(label->text());
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * unit());
    row->addWidget(m_field, 1);
    row->addWidget(m_paste);
    m_problem = new TextLabel({}, TextRole::Plain);
    m_wrong = beside(new GlyphSign(Glyph::Triangle, profile::Severity::ActNow), m_problem);
    m_wrong->setVisible(false);
    layout->addWidget(label);
    layout->addLayout(row);
    layout->addWidget(m_wrong);
    body().addWidget(m_pasting);
    connect(m_paste, &QPushButton::clicked, this, &SignInProgressPage::paste);
    connect(m_field, &SecretField::changed, this, [this] {
        m_paste->setEnabled(!m_field->holdsNothing());
        setPrimary(m_field->holdsNothing() ? nullptr : m_paste);
    });
    m_paste->setEnabled(false);
}

// With the one thing to do about it.
void SignInProgressPage::sayHint(const QString &hint)
{
    if (hint == m_facts.hint)
        return;
    while (QLayoutItem *item = m_hints->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (hint.isEmpty())
        return;
    auto *notice = new Notice({Glyph::Clock}, hint, {tr("Copy link")});
    connect(notice, &Notice::triggered, this, &SignInProgressPage::copyLinkRequested);
    m_hints->addWidget(notice);
    m_hints->addSpacing(4 * unit());
}

void SignInProgressPage::setFacts(const service::SignInFacts &facts)
{
    const bool waits = facts.stage == SignInStage::WaitingForBrowser;
    const bool showsCodes = facts.stage == SignInStage::ShowingCodes;
    sayHint(facts.hint);
    m_facts = facts;
    setTitle(facts.renewedLabel.isEmpty() ? tr("Signing in to %1").arg(facts.providerName)
                                          : tr("Signing in to %1 again").arg(facts.providerName));
    m_text->say(facts.text);
    setAccessibleName(title());
    setAccessibleDescription(facts.text);
    m_steps->show(stepsOf(facts.way), stepOf(facts.stage));
    m_steps->setVisible(!showsCodes);
    m_pasting->setVisible(waits);
    m_copyLink->setVisible(facts.hasAddress && waits && facts.hint.isEmpty());
    m_codes->setEnd(facts.codesEndAt);
    m_codes->setVisible(showsCodes && m_hasCodes);
    if (!showsCodes && m_hasCodes) {
        m_codes->wipe();
        m_hasCodes = false;
    }
    if (!waits) {
        m_field->wipe();
        setPasteProblem({});
    }
}

void SignInProgressPage::setCodes(const base::Secret &userCode, const QUrl &verificationUri,
                                  const base::Secret &completeUri)
{
    m_hasCodes = true;
    m_codes->show(userCode, verificationUri, completeUri);
    m_codes->setVisible(m_facts.stage == SignInStage::ShowingCodes);
}

void SignInProgressPage::setPasteProblem(const QString &text)
{
    m_problem->say(text);
    m_wrong->setVisible(!text.isEmpty());
    m_field->setAccessibleDescription(text);
    if (text.isEmpty())
        return;
    m_field->setFocus(Qt::OtherFocusReason);
    reveal(*m_wrong);
}

void SignInProgressPage::wipe()
{
    m_field->wipe();
    m_codes->wipe();
    m_hasCodes = false;
}

// Not the Cancel button: whoever presses Enter twice at “Sign in” means to sign in.
QWidget *SignInProgressPage::firstFocus()
{
    return m_facts.way == SignInWay::Paste ? static_cast<QWidget *>(m_field) : this;
}

void SignInProgressPage::paste()
{
    setPasteProblem({});
    const base::Secret text = m_field->take();
    if (!text.isEmpty())
        Q_EMIT pasted(text);
}

} // namespace keytender::ui
