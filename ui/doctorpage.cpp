// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/doctorpage.h"

#include <algorithm>
#include <chrono>

#include <QAccessible>
#include <QBoxLayout>
#include <QTimer>

#include "service/doctor/doctortext.h"
#include "ui/busysign.h"
#include "ui/findingcard.h"
#include "ui/foldbutton.h"
#include "ui/glyphsign.h"
#include "ui/labels.h"

namespace keytender::ui {

using profile::Severity;
using service::Finding;

namespace {

constexpr std::chrono::seconds copiedFor{2};

QWidget *lineOf(const Finding &finding, int unit)
{
    auto *words = new QWidget;
    auto *layout = new QVBoxLayout(words);
    layout->setContentsMargins({});
    layout->setSpacing(unit / 2);
    layout->addWidget(new TextLabel(finding.subject, TextRole::Plain));
    layout->addWidget(new TextLabel(finding.text, TextRole::Muted));
    for (const QString &place : finding.places)
        layout->addWidget(new TextLabel(place, TextRole::Path));
    return beside(new GlyphSign(Glyph::Tick, Severity::Well), words);
}

} // namespace

DoctorPage::DoctorPage(QWidget *parent) : Page(tr("Check-up of this machine"), parent)
{
    m_busy = new BusySign;
    m_summary = new TextLabel({}, TextRole::Plain);
    body().addWidget(beside(m_busy, m_summary));
    m_list = new QVBoxLayout;
    m_list->setSpacing(0);
    body().addLayout(m_list);
    addGap(4);
    m_fold = new FoldButton({});
    body().addWidget(m_fold, 0, Qt::AlignLeading);
    m_inOrder = new QWidget;
    m_inOrderList = new QVBoxLayout(m_inOrder);
    m_inOrderList->setContentsMargins({});
    m_inOrderList->setSpacing(0);
    body().addWidget(m_inOrder);
    body().addStretch(1);
    m_fold->setVisible(false);
    m_inOrder->setVisible(false);
    connect(m_fold, &FoldButton::toggled, m_inOrder, &QWidget::setVisible);
    m_copy = addButton(tr("Copy report"), Button::Rank::Plain);
    m_copy->setEnabled(false);
    connect(m_copy, &QPushButton::clicked, this, &DoctorPage::copyRequested);
    m_again = addButton(tr("Look again"), Button::Rank::Plain);
    connect(m_again, &QPushButton::clicked, this, &DoctorPage::lookAgainRequested);
    connect(addButton(tr("Close"), Button::Rank::Primary), &QPushButton::clicked, this, &DoctorPage::left);
}

void DoctorPage::setLooking(bool isLooking)
{
    m_busy->setVisible(isLooking);
    // A disabled button would lose the focus to its neighbour, which closes the window.
    if (isLooking && m_again->hasFocus())
        setFocus(Qt::OtherFocusReason);
    m_again->setEnabled(!isLooking);
    if (isLooking)
        m_summary->say(tr("Looking at logins, files, locks and settings…"));
}

void DoctorPage::show(const std::vector<Finding> &findings)
{
    setLooking(false);
    const QString summary = service::doctorHeadline(findings);
    m_summary->say(summary);
    QAccessibleEvent alert(m_summary, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    // The button that was pressed goes with its card.
    const QWidget *focused = window()->focusWidget();
    const bool isFocusLost = m_hasShown && (focused == nullptr || focused == this || isInCard(*focused));
    addCards(findings);
    addInOrder(findings);
    m_copy->setEnabled(true);
    orderTabs();
    settle();
    if (isFocusLost)
        m_again->setFocus(Qt::OtherFocusReason);
}

bool DoctorPage::isInCard(const QWidget &part) const
{
    return std::ranges::any_of(m_cards, [&](const FindingCard *card) { return card->isAncestorOf(&part); });
}

void DoctorPage::addCards(const std::vector<Finding> &findings)
{
    clear(*m_list);
    m_cards.clear();
    for (const Finding &finding : findings) {
        if (finding.severity == Severity::Well)
            continue;
        auto *card = new FindingCard(finding);
        connect(card, &FindingCard::cureRequested, this, &DoctorPage::cureRequested);
        m_list->addSpacing(3 * unit());
        m_list->addWidget(card);
        m_cards.push_back(card);
    }
}

void DoctorPage::addInOrder(const std::vector<Finding> &findings)
{
    clear(*m_inOrderList);
    int number = 0;
    for (const Finding &finding : findings) {
        if (finding.severity != Severity::Well)
            continue;
        m_inOrderList->addSpacing(3 * unit());
        m_inOrderList->addWidget(lineOf(finding, unit()));
        ++number;
    }
    m_fold->setText(number == 1 ? tr("1 is in order") : tr("%n are in order", nullptr, number));
    m_fold->updateGeometry();
    m_fold->setVisible(number > 0);
    // With nothing else to see it is what people came for.
    if (!m_hasShown)
        m_fold->setChecked(m_cards.empty());
    m_inOrder->setVisible(number > 0 && m_fold->isChecked());
    m_hasShown = true;
}

// The cards were made after what stands below them.
void DoctorPage::orderTabs()
{
    QWidget *last = nullptr;
    const auto append = [&last](QWidget *next) {
        if (next != nullptr && last != nullptr)
            setTabOrder(last, next);
        last = next != nullptr ? next : last;
    };
    for (const FindingCard *card : m_cards)
        append(card->cureButton());
    for (QWidget *below : {static_cast<QWidget *>(m_fold), static_cast<QWidget *>(m_copy),
                           static_cast<QWidget *>(m_again), static_cast<QWidget *>(primary())})
        append(below);
}

void DoctorPage::setProblem(const QString &findingId, const QString &text)
{
    for (FindingCard *card : m_cards) {
        if (card->finding().id != findingId)
            continue;
        card->setProblem(text);
        settle();
        reveal(*card);
    }
}

void DoctorPage::sayCopied()
{
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(copiedFor, this, [this] { m_copy->setText(tr("Copy report")); });
}

} // namespace keytender::ui
