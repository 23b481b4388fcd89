// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "base/secret.h"
#include "service/signin/signinfacts.h"
#include "ui/page.h"

namespace keytender::ui {

class DeviceCodes;
class SecretField;
class Steps;

// A sign-in under way: its steps in words, and what the person may do meanwhile.
class SignInProgressPage final : public Page {
    Q_OBJECT

public:
    explicit SignInProgressPage(const base::Clock &clock, QWidget *parent = nullptr);

    void setFacts(const service::SignInFacts &facts);
    void setCodes(const base::Secret &userCode, const QUrl &verificationUri, const base::Secret &completeUri);
    void setPasteProblem(const QString &text);
    // The attempt has ended: nothing secret stays behind.
    void wipe();
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void pasted(const base::Secret &text);
    void copyLinkRequested();
    void openVerificationRequested();
    void cancelled();

private:
    void addPasteField();
    void sayHint(const QString &hint);
    void paste();

    TextLabel *m_text = nullptr;
    QVBoxLayout *m_hints = nullptr; // holds one or none
    Steps *m_steps = nullptr;
    DeviceCodes *m_codes = nullptr;
    QWidget *m_pasting = nullptr;
    SecretField *m_field = nullptr;
    Button *m_paste = nullptr;
    QWidget *m_wrong = nullptr;
    TextLabel *m_problem = nullptr;
    Button *m_copyLink = nullptr;
    Button *m_cancel = nullptr;
    service::SignInFacts m_facts;
    bool m_hasCodes = false;
};

} // namespace keytender::ui
