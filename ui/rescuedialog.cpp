// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/rescuedialog.h"

#include "ui/outcomepage.h"
#include "ui/rescuepage.h"

namespace keytender::ui {

using service::RescueOffer;

RescueDialog::RescueDialog(service::Neighbours &neighbours, QWidget *parent) : Dialog(parent), m_neighbours(neighbours)
{
    setObjectName(QStringLiteral("rescue"));
    setWindowTitle(tr("Rescue – Keytender"));
    m_before = new RescuePage;
    m_after = new OutcomePage(Glyph::Tick, profile::Severity::Well);
    addPage(*m_before);
    addPage(*m_after);
    connect(m_before, &RescuePage::left, this, &RescueDialog::reject);
    connect(m_before, &RescuePage::confirmed, this, &RescueDialog::rescue);
    connect(m_after->addButton(tr("Close"), Button::Rank::Primary), &QPushButton::clicked, this, &RescueDialog::accept);
}

void RescueDialog::open(const QString &profileId)
{
    m_profile = profileId;
    const std::optional<RescueOffer> offer = m_neighbours.rescueOffer(profileId);
    if (!offer) {
        m_after->say(tr("Nothing has to be rescued any more"), {tr("The login is in its place again.")});
        return showPage(*m_after);
    }
    m_label = offer->label;
    m_before->show(*offer);
    showPage(*m_before);
}

void RescueDialog::rescue()
{
    if (const auto done = m_neighbours.rescue(m_profile); !done)
        return m_before->setProblem(base::describe(done.error()));
    m_after->say(tr("%1 has its login back").arg(m_label), {tr("It goes on from here as if nothing had happened.")});
    showPage(*m_after);
}

} // namespace keytender::ui
