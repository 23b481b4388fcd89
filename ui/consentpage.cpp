// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/consentpage.h"

#include <QBoxLayout>
#include <QButtonGroup>

#include "service/programs/consentrules.h"
#include "ui/card.h"
#include "ui/choice.h"
#include "ui/consentwords.h"

namespace keytender::ui {

using service::ConsentAnswer;
using service::ConsentQuestion;

ConsentPage::ConsentPage(QWidget *parent) : Page({}, parent)
{
    setSign(Glyph::Question, profile::Severity::Due);
    m_purpose = addText({}, TextRole::Plain);
    addGap(3);
    addWho();
    addGap(3);
    m_note = addText({}, TextRole::Muted);
    addGap(3);
    addAnswers();
    m_waiting = addText({}, TextRole::Muted);
    m_waiting->setContentsMargins(0, 3 * unit(), 0, 0);
    body().addStretch(1);
    m_never = addButton(tr("Never"), Button::Rank::Destructive);
    m_notNow = addButton(tr("Not now"), Button::Rank::Plain);
    m_allow = addButton({}, Button::Rank::Primary);
    setPrimary(nullptr);
    connect(m_never, &QPushButton::clicked, this, [this] { Q_EMIT answered(ConsentAnswer::Never); });
    connect(m_notNow, &QPushButton::clicked, this, [this] { Q_EMIT answered(ConsentAnswer::NotNow); });
    connect(m_allow, &QPushButton::clicked, this, [this] { Q_EMIT answered(m_lengths.at(m_group->checkedButton())); });
    followLength();
}

void ConsentPage::addWho()
{
    auto *card = new Card;
    m_program = new TextLabel({}, TextRole::Strong);
    m_path = new TextLabel({}, TextRole::Path);
    m_parent = new TextLabel({}, TextRole::Plain);
    m_parentPath = new TextLabel({}, TextRole::Path);
    for (TextLabel *label : {m_program, m_path})
        card->body().addWidget(label);
    card->body().addSpacing(2 * unit());
    for (TextLabel *label : {m_parent, m_parentPath})
        card->body().addWidget(label);
    body().addWidget(card);
}

void ConsentPage::addAnswers()
{
    m_group = new QButtonGroup(this);
    addLength(ConsentAnswer::ThisTime, tr("This time"), tr("The next time you are asked again."));
    addLength(ConsentAnswer::ForAWhile, tr("For an hour"), tr("As often as it likes until then."));
    addLength(ConsentAnswer::Always, tr("Always"),
              tr("Until you take it back, sign out, or sign in to another account."));
    m_once = qobject_cast<Choice *>(m_group->buttons().constFirst());
    m_once->setChecked(true);
    connect(m_group, &QButtonGroup::idToggled, this, &ConsentPage::followLength);
}

void ConsentPage::addLength(ConsentAnswer answer, const QString &title, const QString &description)
{
    auto *choice = new Choice(Choice::Kind::Radio, title, description);
    choice->setBrief(true);
    m_group->addButton(choice);
    m_lengths[choice] = answer;
    body().addWidget(choice);
}

void ConsentPage::show(const ConsentQuestion &question)
{
    const service::Consumer &consumer = question.consumer;
    m_canBeRemembered = service::isRememberable(consumer.program.executable);
    setTitle(tr("%1 wants a token of %2").arg(shortName(consumer.program.executable), shortened(question.label, 60)));
    m_purpose->say(shortened(question.purpose, 300));
    m_purpose->setVisible(!question.purpose.isEmpty());
    showWho(question);
    QString note =
        tr("Keytender sees who asks, but cannot prove it: any program of yours could pose as this one. Allow "
           "only what you have started yourself.");
    if (!m_canBeRemembered)
        note = tr("The system does not tell which program this is, so it can be allowed this time at most. Allow only "
                  "what you have started yourself.");
    else if (service::isInterpreter(consumer.program.executable))
        note += u' '
                + tr("%1 runs whatever it is given: what you allow for longer holds for every script.")
                      .arg(shortName(consumer.program.executable));
    m_note->say(note);
    m_once->setChecked(true);
    for (QAbstractButton *length : m_group->buttons())
        length->setVisible(m_canBeRemembered);
    m_never->setVisible(m_canBeRemembered);
}

void ConsentPage::showWho(const ConsentQuestion &question)
{
    const service::Consumer &consumer = question.consumer;
    const auto say = [](TextLabel *label, const QString &path) {
        label->say(shortPathOf(path));
        label->setToolTip(service::legible(path));
        label->setVisible(!path.isEmpty());
    };
    m_program->say(shortName(consumer.program.executable));
    say(m_path, consumer.program.executable);
    const QString parent = consumer.parent ? consumer.parent->executable : QString();
    m_parent->say(parent.isEmpty() ? tr("Who started it is not known.") : tr("started by %1").arg(shortName(parent)));
    say(m_parentPath, parent);
}

void ConsentPage::setWaiting(int others)
{
    m_waiting->say(others == 1 ? tr("One more program waits for an answer.")
                               : tr("%n more programs wait for an answer.", nullptr, others));
    m_waiting->setVisible(others > 0);
}

void ConsentPage::setListening(bool isListening)
{
    for (Button *button : {m_never, m_notNow, m_allow})
        button->setEnabled(isListening);
}

QWidget *ConsentPage::firstFocus()
{
    return m_canBeRemembered ? static_cast<QWidget *>(m_once) : m_notNow;
}

// The button says what it will do.
void ConsentPage::followLength()
{
    switch (m_lengths.at(m_group->checkedButton())) {
    case ConsentAnswer::ForAWhile:
        return m_allow->setText(tr("Allow for an hour"));
    case ConsentAnswer::Always:
        return m_allow->setText(tr("Allow always"));
    default:
        return m_allow->setText(tr("Allow this time"));
    }
}

} // namespace keytender::ui
