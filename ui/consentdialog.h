// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

#include <QTimer>

#include "service/programs/consent.h"
#include "ui/dialog.h"

namespace keytender::ui {

class ConsentPage;
class OutcomePage;

// Asks which program may have which login's token, one question after another, and goes when there is none. It comes up
// unasked, so it takes no focus, and answers nothing of what was meant for another window: no button can be pressed and
// no key counts in its first moment, nor in the first moment with another question or with the focus.
class ConsentDialog final : public Dialog {
    Q_OBJECT

public:
    // `consent` outlives it.
    explicit ConsentDialog(service::Consent &consent, std::chrono::milliseconds deaf = std::chrono::milliseconds{700},
                           QWidget *parent = nullptr);

    // In front of everything, and without the focus; nothing where there is no question.
    void appear();

    void reject() override; // not now

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void follow();
    void ask(const service::ConsentQuestion &question);
    void answer(service::ConsentAnswer answer);
    void goOn(); // with the next question, or not at all
    void listenSoon();

    service::Consent &m_consent;
    ConsentPage *m_question = nullptr;
    OutcomePage *m_unkept = nullptr; // a word that could not be remembered
    quint64 m_asked = 0;             // the question on the page
    bool m_isAnswering = false;
    QTimer m_deaf; // to everything
    QTimer m_deafToKeys;
};

} // namespace keytender::ui
