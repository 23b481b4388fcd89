// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include "service/programs/consentfacts.h"
#include "ui/page.h"

class QAbstractButton;
class QButtonGroup;

namespace keytender::ui {

class Choice;

// Which program asks for which login, and the answers: for how long, or not. No button has the Enter key for itself,
// and none can be pressed before it is told to listen: the page comes up while somebody types.
class ConsentPage final : public Page {
    Q_OBJECT

public:
    explicit ConsentPage(QWidget *parent = nullptr);

    void show(const service::ConsentQuestion &question);
    // So many other questions are open.
    void setWaiting(int others);
    void setListening(bool isListening);
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void answered(keytender::service::ConsentAnswer answer);

private:
    void addWho();
    void addAnswers();
    void addLength(service::ConsentAnswer answer, const QString &title, const QString &description);
    void showWho(const service::ConsentQuestion &question);
    void followLength();

    TextLabel *m_purpose = nullptr;
    TextLabel *m_program = nullptr;
    TextLabel *m_path = nullptr;
    TextLabel *m_parent = nullptr;
    TextLabel *m_parentPath = nullptr;
    TextLabel *m_note = nullptr;
    TextLabel *m_waiting = nullptr;
    QButtonGroup *m_group = nullptr;
    std::map<const QAbstractButton *, service::ConsentAnswer> m_lengths;
    Choice *m_once = nullptr;
    Button *m_never = nullptr;
    Button *m_notNow = nullptr;
    Button *m_allow = nullptr;
    bool m_canBeRemembered = true;
};

} // namespace keytender::ui
