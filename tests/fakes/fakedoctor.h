// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <utility>
#include <vector>

#include <QPointer>
#include <QStringList>

#include "service/doctor/doctor.h"

namespace keytender::fakes {

// Finds what it is told to, at once or when answer() is called.
class FakeDoctor final : public service::Doctor {
public:
    void examine(QObject *context, std::function<void(std::vector<service::Finding>)> done) override
    {
        ++examinations;
        m_context = context;
        m_done = std::move(done);
        if (answersAtOnce)
            answer();
    }
    [[nodiscard]] base::Result<void> cure(const QString &findingId) override
    {
        cures.append(findingId);
        if (refusal)
            return base::unexpected(*refusal);
        std::erase_if(findings, [&](const service::Finding &finding) { return finding.id == findingId; });
        return {};
    }
    void answer()
    {
        const auto done = std::exchange(m_done, {});
        if (m_context && done)
            done(findings);
    }

    std::vector<service::Finding> findings;
    bool answersAtOnce = true;
    std::optional<base::Error> refusal;
    int examinations = 0;
    QStringList cures;

private:
    QPointer<QObject> m_context;
    std::function<void(std::vector<service::Finding>)> m_done;
};

} // namespace keytender::fakes
