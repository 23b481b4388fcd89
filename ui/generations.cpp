// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/generations.h"

#include <QBoxLayout>

#include "ui/labels.h"
#include "ui/rowtext.h"

namespace keytender::ui {

using service::Generation;

namespace {

// A lineage is read from its newest; the report holds all of it.
constexpr std::size_t generationsShown = 12;

TextLabel *timed(const QString &text, base::Timestamp at)
{
    auto *label = new TextLabel(text, TextRole::Muted);
    label->setToolTip(exactTime(at));
    label->setAccessibleDescription(exactTime(at));
    return label;
}

} // namespace

Generations::Generations(const std::vector<Generation> &newestFirst, base::Timestamp now, QWidget *parent)
    : TimeThread(parent)
{
    setAccessibleName(tr("Generations"));
    const std::size_t shown = std::min(newestFirst.size(), generationsShown);
    for (std::size_t i = 0; i < shown; ++i)
        addGeneration(newestFirst.at(i), now, i == 0);
    if (const auto older = static_cast<int>(newestFirst.size() - shown); older > 0)
        layout()->addWidget(new TextLabel(older == 1 ? tr("1 older one stands in the report.")
                                                     : tr("%n older ones stand in the report.", nullptr, older),
                                          TextRole::Muted));
}

// Trouble is what ended the newest; what ended before it was got over.
void Generations::addGeneration(const Generation &generation, base::Timestamp now, bool isNewest)
{
    const bool isTrouble = isNewest && !generation.end.isEmpty();
    QVBoxLayout &lines = addEntry(isTrouble ? profile::Severity::Due : profile::Severity::Well);
    lines.addWidget(new TextLabel(generation.fingerprint + QStringLiteral(" · ") + generation.writer, TextRole::Plain));
    QStringList first = {ago(generation.seenAt, now), generation.evidence};
    first.removeAll(QString());
    lines.addWidget(timed(first.join(QStringLiteral(" · ")), generation.seenAt));
    if (!generation.end.isEmpty())
        lines.addWidget(new TextLabel(generation.end, isTrouble ? TextRole::Plain : TextRole::Muted));
    if (!generation.spentAt)
        return;
    const QString when = ago(*generation.spentAt, now);
    lines.addWidget(timed(generation.spentBy.isEmpty() ? tr("spent %1").arg(when)
                                                       : tr("spent by %1, %2").arg(generation.spentBy, when),
                          *generation.spentAt));
}

} // namespace keytender::ui
