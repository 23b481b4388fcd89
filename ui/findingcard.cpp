// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/findingcard.h"

#include <QBoxLayout>

#include "ui/button.h"
#include "ui/drawing.h"
#include "ui/glyphsign.h"
#include "ui/labels.h"
#include "ui/page.h"
#include "ui/problemline.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

using profile::Severity;

namespace {

QString inWords(Severity severity)
{
    return severity == Severity::ActNow ? FindingCard::tr("Needs you") : FindingCard::tr("Deserves a look");
}

} // namespace

Glyph glyphOf(Severity severity)
{
    switch (severity) {
    case Severity::ActNow:
        return Glyph::Triangle;
    case Severity::Due:
    case Severity::Busy:
        return Glyph::Question;
    case Severity::Well:
        break;
    }
    return Glyph::Tick;
}

FindingCard::FindingCard(const service::Finding &finding, QWidget *parent) : Card(parent), m_finding(finding)
{
    const int unit = Measures(font()).unit;
    setAccessibleName(finding.subject);
    auto *subject = new TextLabel(finding.subject, TextRole::Strong);
    // The sign says it to the eyes alone.
    subject->setAccessibleName(inWords(finding.severity) + QStringLiteral(": ") + finding.subject);
    body().addWidget(beside(new GlyphSign(glyphOf(finding.severity), finding.severity), subject));
    body().addSpacing(unit);
    auto *text = new TextLabel(finding.text, TextRole::Plain);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    body().addWidget(text);
    for (const QString &place : finding.places) {
        auto *path = new TextLabel(place, TextRole::Path);
        path->setTextInteractionFlags(Qt::TextSelectableByMouse);
        body().addSpacing(unit);
        body().addWidget(path);
    }
    addCure();
    m_problem = new ProblemLine;
    body().addWidget(m_problem);
}

void FindingCard::addCure()
{
    const int unit = Measures(font()).unit;
    if (!m_finding.cure.isEmpty()) {
        auto *cure = new TextLabel(m_finding.cure, TextRole::Muted);
        cure->setTextInteractionFlags(Qt::TextSelectableByMouse);
        body().addSpacing(2 * unit);
        body().addWidget(cure);
    }
    if (m_finding.safeCure.isEmpty())
        return;
    body().addSpacing(2 * unit);
    auto *flow = new WrapLayout(2 * unit, WrapLayout::Side::Start);
    m_cure = new Button(m_finding.safeCure, Button::Rank::Plain);
    // Several of them may bear the same words.
    m_cure->setAccessibleDescription(m_finding.subject + QStringLiteral(", ")
                                     + m_finding.places.join(QStringLiteral(", ")));
    connect(m_cure, &QPushButton::clicked, this, [this] { Q_EMIT cureRequested(m_finding.id); });
    flow->addWidget(m_cure);
    body().addLayout(flow);
}

QWidget *FindingCard::cureButton() const
{
    return m_cure;
}

void FindingCard::setProblem(const QString &text)
{
    m_problem->say(text);
}

} // namespace keytender::ui
