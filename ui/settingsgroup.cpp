// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/settingsgroup.h"

#include <chrono>

#include <QAccessible>
#include <QBoxLayout>

#include "ui/drawing.h"
#include "ui/glyphsign.h"
#include "ui/labels.h"
#include "ui/problemline.h"

namespace keytender::ui {

namespace {

constexpr std::chrono::seconds saidFor{3};

// Its room is kept while it is not shown: nothing moves when it comes.
QWidget *makeSaved()
{
    auto *saved = new QWidget;
    auto *layout = new QHBoxLayout(saved);
    layout->setContentsMargins({});
    layout->setSpacing(Measures(saved->font()).unit);
    auto *word = new TextLabel(SettingsGroup::tr("Saved"), TextRole::Muted);
    word->setWordWrap(false);
    layout->addWidget(new GlyphSign(Glyph::Tick, profile::Severity::Well));
    layout->addWidget(word);
    QSizePolicy policy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    policy.setRetainSizeWhenHidden(true);
    saved->setSizePolicy(policy);
    saved->hide();
    return saved;
}

} // namespace

SettingsGroup::SettingsGroup(const QString &name, const QString &description, QWidget *parent)
    : QWidget(parent), m_unit(Measures(font()).unit)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *header = new QHBoxLayout;
    header->setSpacing(2 * m_unit);
    m_saved = makeSaved();
    header->addWidget(new TextLabel(name, TextRole::Strong), 1);
    header->addWidget(m_saved, 0, Qt::AlignTop);
    layout->addLayout(header);
    if (!description.isEmpty()) {
        layout->addSpacing(m_unit / 2);
        layout->addWidget(new TextLabel(description, TextRole::Muted));
    }
    layout->addSpacing(m_unit);
    m_body = new QVBoxLayout;
    m_body->setSpacing(0);
    layout->addLayout(m_body);
    m_problem = new ProblemLine;
    layout->addWidget(m_problem);
    m_fading.setSingleShot(true);
    m_fading.setInterval(saidFor);
    connect(&m_fading, &QTimer::timeout, m_saved, &QWidget::hide);
}

QHBoxLayout &SettingsGroup::addLine()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(2 * m_unit);
    m_body->addLayout(line);
    return *line;
}

void SettingsGroup::addGap(int units)
{
    m_body->addSpacing(units * m_unit);
}

void SettingsGroup::sayHow(const QString &problem)
{
    m_problem->say(problem);
    m_saved->setVisible(problem.isEmpty());
    m_fading.start();
    if (!problem.isEmpty())
        return;
    QAccessibleEvent told(m_saved, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

void SettingsGroup::forget()
{
    m_problem->say({});
    m_saved->hide();
}

} // namespace keytender::ui
