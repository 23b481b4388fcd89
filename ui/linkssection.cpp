// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/linkssection.h"

#include <algorithm>

#include <QBoxLayout>

#include "ui/carecard.h"
#include "ui/problemline.h"
#include "ui/rowtext.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

using service::Link;
using service::LinkWay;

QString titleOf(LinkWay way)
{
    switch (way) {
    case LinkWay::Off:
        return LinksSection::tr("Off");
    case LinkWay::OneWay:
        return LinksSection::tr("One-way");
    case LinkWay::Mirror:
        return LinksSection::tr("Mirror");
    }
    return {};
}

LinksSection::LinksSection(const service::Neighbours &neighbours, const QString &profileId, base::Timestamp now)
{
    const std::vector<Link> links = neighbours.links(profileId);
    if (links.empty() && !hasPreview(neighbours.careOffer(profileId)))
        return;
    const auto isOn = [](const Link &link) { return link.way != LinkWay::Off; };
    if (std::ranges::none_of(links, isOn))
        say(tr("Its access token is handed on to nobody."), TextRole::Muted);
    for (const Link &link : links) {
        if (isOn(link))
            addLink(link, now);
    }
    addGap(2);
    Button *change = addButton(*addButtons(), tr("Links…"), QStringLiteral("links.change"));
    connect(change, &QPushButton::clicked, this, [this, profileId] { Q_EMIT changeRequested(profileId); });
}

void LinksSection::addLink(const Link &link, base::Timestamp now)
{
    if (!body().isEmpty())
        addGap(2);
    say(link.label, TextRole::Plain);
    QString state = titleOf(link.way);
    if (link.writtenAt)
        state += QStringLiteral(" · ") + tr("written %1").arg(ago(*link.writtenAt, now));
    TextLabel *line = say(state, TextRole::Muted);
    if (link.writtenAt) {
        line->setToolTip(exactTime(*link.writtenAt));
        line->setAccessibleDescription(exactTime(*link.writtenAt));
    }
    if (!link.problem.isEmpty())
        body().addWidget(new ProblemLine(link.problem));
}

} // namespace keytender::ui
