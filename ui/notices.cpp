// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/notices.h"

#include <QBoxLayout>

#include "profile/words.h"
#include "service/status.h"
#include "ui/notice.h"

namespace keytender::ui {

using service::KeychainState;
using service::Surroundings;

namespace {

// More of a kind would push the list away.
constexpr std::size_t shownOfAKind = 2;

} // namespace

Notices::Notices(QWidget *parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    rebuild();
}

void Notices::setSurroundings(const Surroundings &surroundings)
{
    // Every read of all places is news; what it found wrong mostly is not.
    const bool areNew = surroundings.keychain != m_surroundings.keychain
                        || surroundings.watchUnreliability != m_surroundings.watchUnreliability
                        || surroundings.rereadInterval != m_surroundings.rereadInterval
                        || surroundings.problems != m_surroundings.problems
                        || surroundings.isOffline != m_surroundings.isOffline
                        || surroundings.leftovers != m_surroundings.leftovers;
    m_surroundings = surroundings;
    if (areNew)
        rebuild();
}

void Notices::setMargins(const QMargins &margins, int gap)
{
    m_layout->setContentsMargins(margins);
    m_layout->setSpacing(gap);
}

void Notices::rebuild()
{
    QString focused;
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (QWidget *notice = item->widget(); notice->isAncestorOf(focusWidget()))
            focused = notice->objectName();
        delete item->widget();
        delete item;
    }
    addKeychain();
    if (m_surroundings.isOffline)
        add(new Notice({Glyph::Offline, Notice::Weight::Calm}, service::describeOffline(), {}),
            QStringLiteral("offline"));
    addLeftovers();
    addWatching();
    addProblems();
    setVisible(m_layout->count() > 0);
    if (auto *again = focused.isEmpty() ? nullptr : findChild<Notice *>(focused))
        again->setFocus(Qt::OtherFocusReason);
}

void Notices::addKeychain()
{
    if (m_surroundings.keychain == KeychainState::Usable)
        return;
    const bool isLocked = m_surroundings.keychain == KeychainState::Locked;
    auto *notice = new Notice({isLocked ? Glyph::Lock : Glyph::Question, Notice::Weight::Warning},
                              service::describe(m_surroundings.keychain), {isLocked ? tr("Unlock…") : QString()});
    connect(notice, &Notice::triggered, this, &Notices::unlockRequested);
    add(notice, QStringLiteral("keychain"));
}

// Keytender tries by itself what it can, and the person may ask for it sooner; the page is for the person.
Notice *Notices::leftoverNotice(const Surroundings::Leftover &leftover)
{
    const Notice::Sign sign{Glyph::Clock, Notice::Weight::Warning};
    const Notice::Action tryNow{tr("Try now"), Button::Rank::Plain};
    const QUrl page = leftover.revokeByHand;
    const auto openPage = [this, page] { Q_EMIT openPageRequested(page); };
    if (page.isEmpty()) {
        auto *notice = new Notice(sign, leftover.text, leftover.nextTry ? tryNow : Notice::Action());
        connect(notice, &Notice::triggered, this, &Notices::retryRevocationsRequested);
        return notice;
    }
    const auto rank = leftover.nextTry ? Button::Rank::Plain : Button::Rank::Primary;
    auto *notice = new Notice(sign, leftover.text, {tr("Open page"), rank});
    connect(notice, &Notice::triggered, this, openPage);
    if (leftover.nextTry)
        notice->offerToo(tryNow);
    connect(notice, &Notice::alternativeTriggered, this, &Notices::retryRevocationsRequested);
    return notice;
}

void Notices::addLeftovers()
{
    const auto &leftovers = m_surroundings.leftovers;
    for (std::size_t i = 0; i < std::min(leftovers.size(), shownOfAKind); ++i) {
        const Surroundings::Leftover &leftover = leftovers.at(i);
        auto *notice = leftoverNotice(leftover);
        add(notice, QStringLiteral("leftover-") + leftover.label);
    }
    if (leftovers.size() <= shownOfAKind)
        return;
    const auto more = static_cast<int>(leftovers.size() - shownOfAKind);
    add(new Notice({Glyph::Clock, Notice::Weight::Warning},
                   more == 1 ? tr("1 more sign-out is not confirmed yet.")
                             : tr("%n more sign-outs are not confirmed yet.", nullptr, more),
                   {}),
        QStringLiteral("more leftovers"));
}

void Notices::addWatching()
{
    if (m_surroundings.watchUnreliability.isEmpty())
        return;
    QString text = tr("Watching is unreliable: %1.").arg(m_surroundings.watchUnreliability);
    if (m_surroundings.rereadInterval)
        text += u' ' + tr("Reading every %1 instead.").arg(profile::duration(*m_surroundings.rereadInterval));
    add(new Notice({Glyph::Rescan, Notice::Weight::Warning}, text, {}), QStringLiteral("watching"));
}

void Notices::addProblems()
{
    const auto &problems = m_surroundings.problems;
    const Notice::Sign sign{Glyph::Question, Notice::Weight::Warning};
    for (std::size_t i = 0; i < std::min(problems.size(), shownOfAKind); ++i)
        add(new Notice(sign, describe(problems.at(i)), {}), QStringLiteral("problem"));
    if (problems.size() <= shownOfAKind)
        return;
    const auto more = static_cast<int>(problems.size() - shownOfAKind);
    add(new Notice(sign, more == 1 ? tr("1 more problem") : tr("%n more problems", nullptr, more), {}),
        QStringLiteral("more problems"));
}

void Notices::add(Notice *notice, const QString &name)
{
    notice->setObjectName(name);
    m_layout->addWidget(notice);
}

} // namespace keytender::ui
