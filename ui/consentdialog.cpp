// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/consentdialog.h"

#include <algorithm>

#include <QApplication>
#include <QEvent>
#include <QScopedValueRollback>
#include <QWindow>

#include "ui/consentpage.h"
#include "ui/outcomepage.h"

namespace keytender::ui {

using service::ConsentAnswer;
using service::ConsentQuestion;

ConsentDialog::ConsentDialog(service::Consent &consent, std::chrono::milliseconds deaf, QWidget *parent)
    : Dialog(parent), m_consent(consent)
{
    setObjectName(QStringLiteral("consent"));
    setWindowTitle(tr("A program asks – Keytender"));
    setAttribute(Qt::WA_ShowWithoutActivating);
    m_question = new ConsentPage;
    m_unkept = new OutcomePage(Glyph::Triangle, profile::Severity::Due);
    addPage(*m_question);
    addPage(*m_unkept);
    connect(m_question, &ConsentPage::answered, this, &ConsentDialog::answer);
    connect(m_unkept->addButton(tr("Close"), Button::Rank::Primary), &QPushButton::clicked, this, &ConsentDialog::goOn);
    for (QTimer *timer : {&m_deaf, &m_deafToKeys}) {
        timer->setSingleShot(true);
        timer->setInterval(deaf);
    }
    connect(&m_deaf, &QTimer::timeout, m_question, [this] {
        m_question->setListening(true);
        if (focusWidget() == nullptr)
            m_question->firstFocus()->setFocus(Qt::OtherFocusReason);
    });
    connect(&consent, &service::Consent::questionsChanged, this, &ConsentDialog::follow);
    if (!consent.questions().empty())
        ask(consent.questions().front());
}

void ConsentDialog::appear()
{
    if (m_asked == 0)
        return;
    comeUp();
    QApplication::alert(this);
}

void ConsentDialog::follow()
{
    const bool isBeingRead = page() == m_unkept;
    if (m_isAnswering || isBeingRead)
        return;
    const std::vector<ConsentQuestion> &questions = m_consent.questions();
    if (std::ranges::find(questions, m_asked, &ConsentQuestion::id) != questions.end())
        return m_question->setWaiting(static_cast<int>(questions.size()) - 1);
    goOn();
}

void ConsentDialog::goOn()
{
    m_asked = 0;
    const std::vector<ConsentQuestion> &questions = m_consent.questions();
    if (questions.empty())
        return done(Rejected);
    ask(questions.front());
}

void ConsentDialog::ask(const ConsentQuestion &question)
{
    m_asked = question.id;
    m_question->show(question);
    m_question->setWaiting(static_cast<int>(m_consent.questions().size()) - 1);
    showPage(*m_question);
    listenSoon();
}

void ConsentDialog::listenSoon()
{
    m_question->setListening(m_deaf.intervalAsDuration().count() == 0);
    m_question->firstFocus()->setFocus(Qt::OtherFocusReason);
    m_deaf.start();
    m_deafToKeys.start();
}

void ConsentDialog::answer(ConsentAnswer answer)
{
    {
        const QScopedValueRollback answering(m_isAnswering, true);
        m_consent.answer(m_asked, answer);
    }
    const bool wasForGood = answer == ConsentAnswer::Always || answer == ConsentAnswer::Never;
    if (!wasForGood || m_consent.problem().isEmpty())
        return goOn();
    m_asked = 0;
    m_unkept->say(tr("Your answer was not remembered"),
                  {tr("It holds for this time. You are asked again the next time."), m_consent.problem()});
    showPage(*m_unkept);
}

void ConsentDialog::reject()
{
    if (page() == m_unkept)
        return goOn();
    if (m_deaf.isActive())
        return;
    if (m_asked == 0)
        return Dialog::reject();
    answer(ConsentAnswer::NotNow);
}

bool ConsentDialog::event(QEvent *event)
{
    if (event->type() == QEvent::WindowActivate)
        m_deafToKeys.start();
    return Dialog::event(event);
}

// Keys come by the window: here they are stopped before any button sees them. A click is meant for what it hits.
bool ConsentDialog::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease;
    if (isKey && m_deafToKeys.isActive() && watched == windowHandle())
        return true;
    return Dialog::eventFilter(watched, event);
}

void ConsentDialog::showEvent(QShowEvent *event)
{
    Dialog::showEvent(event);
    windowHandle()->installEventFilter(this);
    if (m_asked != 0)
        listenSoon();
}

} // namespace keytender::ui
