// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/rescuepage.h"

#include <QBoxLayout>

#include "ui/problemline.h"

namespace keytender::ui {

RescuePage::RescuePage(QWidget *parent) : Page({}, parent)
{
    setSign(Glyph::Lock, profile::Severity::Due);
    m_text = addText({}, TextRole::Plain);
    addHeading(tr("How Keytender knows"));
    m_proof = addText({}, TextRole::Plain);
    addHeading(tr("Where it is put back"));
    m_path = addText({}, TextRole::Path);
    m_problem = new ProblemLine;
    body().addWidget(m_problem);
    body().addStretch(1);
    m_leave = addButton(tr("Cancel"), Button::Rank::Plain);
    connect(m_leave, &QPushButton::clicked, this, &RescuePage::left);
    connect(addButton(tr("Put it back"), Button::Rank::Primary), &QPushButton::clicked, this, &RescuePage::confirmed);
}

void RescuePage::show(const service::RescueOffer &offer)
{
    setTitle(tr("Rescue the login of %1?").arg(offer.label));
    m_text->say(offer.text);
    m_proof->say(offer.proof);
    m_path->say(offer.path);
    primary()->setEnabled(offer.isOffered);
    m_problem->say(offer.isOffered ? QString() : offer.whyNot);
}

void RescuePage::setProblem(const QString &text)
{
    m_problem->say(text);
    reveal(*m_problem);
}

QWidget *RescuePage::firstFocus()
{
    return primary()->isEnabled() ? primary() : m_leave;
}

} // namespace keytender::ui
