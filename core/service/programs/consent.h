// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <vector>

#include <QObject>

#include "base/result.h"
#include "service/programs/consentfacts.h"

namespace keytender::service {

// Which program may have which login's token (S-54). Asks a person once; what they said stands in consents.json, and
// rules of the settings go before it. Where nobody can be asked, or the screen is locked, the answer is no.
class Consent : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    struct Request {
        QString profileId;
        QString label;
        Consumer consumer;
        QString purpose;
    };
    struct Verdict {
        bool isAllowed = false;
        QString text = {}; // of a no: one sentence with its cure
    };
    // `done` is called once, at once where a rule decides, and not at all once `context` is gone: a question whose
    // askers are all gone is withdrawn. Equal requests share one question.
    virtual void ask(const Request &request, QObject *context, std::function<void(Verdict)> done) = 0;

    // For the person's side. Questions are asked only while somebody can show them.
    virtual void setCanAsk(bool canAsk) = 0;
    [[nodiscard]] virtual const std::vector<ConsentQuestion> &questions() const = 0;
    virtual void answer(quint64 questionId, ConsentAnswer answer) = 0;
    [[nodiscard]] virtual std::vector<ConsentRule> rules() const = 0; // by login: the settings' first, in their order
    [[nodiscard]] virtual base::Result<void> revoke(
        const ConsentRule &rule) = 0; // at once, also what was given "for a while"
    // Why what a person says cannot be remembered, or was not; empty while all is well. Nothing is allowed by it.
    [[nodiscard]] virtual QString problem() const { return {}; }

Q_SIGNALS:
    void questionsChanged();
    void rulesChanged();
};

} // namespace keytender::service
