// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "service/programs/consent.h"

namespace keytender::fakes {

// Asks nobody: holds the questions and rules that the test puts in, and keeps what a person answers.
class FakeConsent final : public service::Consent {
public:
    void ask(const Request & /*request*/, QObject * /*context*/, std::function<void(Verdict)> done) override
    {
        done(verdict);
    }
    void setCanAsk(bool can) override { canAsk = can; }
    [[nodiscard]] const std::vector<service::ConsentQuestion> &questions() const override { return open; }
    void answer(quint64 questionId, service::ConsentAnswer answer) override
    {
        answers.emplace_back(questionId, answer);
        problemNow = problemAfterAnswer;
        withdraw(questionId);
    }
    [[nodiscard]] std::vector<service::ConsentRule> rules() const override { return known; }
    [[nodiscard]] base::Result<void> revoke(const service::ConsentRule &rule) override
    {
        revoked.push_back(rule);
        if (refusal)
            return base::unexpected(*refusal);
        std::erase(known, rule);
        Q_EMIT rulesChanged();
        return {};
    }
    [[nodiscard]] QString problem() const override { return problemNow; }

    void put(const service::ConsentQuestion &question)
    {
        open.push_back(question);
        Q_EMIT questionsChanged();
    }
    void withdraw(quint64 questionId)
    {
        std::erase_if(open, [questionId](const auto &question) { return question.id == questionId; });
        Q_EMIT questionsChanged();
    }

    Verdict verdict;
    bool canAsk = false;
    std::vector<service::ConsentQuestion> open;
    std::vector<std::pair<quint64, service::ConsentAnswer>> answers;
    std::vector<service::ConsentRule> known;
    std::vector<service::ConsentRule> revoked;
    std::optional<base::Error> refusal;
    QString problemNow;
    QString problemAfterAnswer;
};

} // namespace keytender::fakes
