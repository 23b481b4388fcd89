// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/caresection.h"

#include <algorithm>

#include <QBoxLayout>

#include "profile/words.h"
#include "ui/carecard.h"
#include "ui/rowtext.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

using service::CareChoice;
using service::CareOffer;

CareSection::CareSection(service::Neighbours &neighbours, const QString &profileId, base::Timestamp now,
                         const SectionWord &word)
    : m_neighbours(neighbours), m_id(profileId)
{
    const CareOffer offer = neighbours.careOffer(profileId);
    if (offer.choices.empty())
        return;
    addChoices(offer);
    if (const auto write = neighbours.lastWrite(profileId))
        addLastWrite(*write, now);
    sayWord(word);
}

void CareSection::addChoices(const CareOffer &offer)
{
    const CareChoice *now = choiceFor(offer, offer.care);
    say(now == nullptr ? profile::name(offer.care) : now->title, TextRole::Plain);
    if (now != nullptr)
        say(now->text, TextRole::Muted);
    for (const CareChoice &choice : offer.choices) {
        if (choice.isOffered || choice.whyNot.isEmpty())
            continue;
        addGap(1);
        say(tr("Not offered: %1. %2").arg(choice.title, choice.whyNot), TextRole::Muted);
    }
    if (std::ranges::count_if(offer.choices, &CareChoice::isOffered) < 2)
        return;
    addGap(2);
    WrapLayout *buttons = addButtons();
    const bool couldBeKept = offer.care == profile::Care::Watched && offer.recommended == profile::Care::Shared;
    Button *change =
        addButton(*buttons, couldBeKept ? tr("Keep fresh…") : tr("Change…"), QStringLiteral("care.change"));
    connect(change, &QPushButton::clicked, this, [this] { Q_EMIT changeRequested(m_id); });
    if (!hasPreview(offer))
        return;
    Button *preview = addButton(*buttons, tr("Preview…"), QStringLiteral("care.preview"));
    preview->setToolTip(tr("What Keytender would write, line by line"));
    connect(preview, &QPushButton::clicked, this, [this] { Q_EMIT previewRequested(m_id); });
}

void CareSection::addLastWrite(const service::LastWrite &write, base::Timestamp now)
{
    addGap(4);
    TextLabel *when = say(tr("Last write: %1").arg(ago(write.at, now)), TextRole::Plain);
    when->setToolTip(exactTime(write.at));
    when->setAccessibleDescription(exactTime(write.at));
    say(write.what, TextRole::Muted);
    say(write.path, TextRole::Path);
    if (!write.whyNot.isEmpty()) {
        addGap(1);
        say(tr("It cannot be undone: %1").arg(write.whyNot), TextRole::Muted);
    }
    if (!write.canBeUndone)
        return;
    addGap(2);
    Button *back = addButton(*addButtons(), tr("Undo"), QStringLiteral("care.undo"));
    back->setAccessibleDescription(when->text());
    connect(back, &QPushButton::clicked, this, &CareSection::undo);
}

void CareSection::undo()
{
    const auto undone = m_neighbours.undoLastWrite(m_id);
    Q_EMIT told({.about = SectionWord::About::Care,
                 .text = undone ? tr("Undone: the file is as it was.") : base::describe(undone.error()),
                 .isProblem = !undone});
}

} // namespace keytender::ui
