// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <string>

#include <QtGlobal>

#include "fakes/faultycalls.h"

namespace keytender::tests {

// A file is closed even if that fails, and the servers' steps are no calls.
inline bool mayFail(const std::string &call)
{
    static const std::set<std::string> spared{"close written", "arrival", "answer", "repeat", "refusal"};
    return !spared.contains(call);
}

// A disk whose Nth call fails, or all from the Nth on (G-5), until this goes.
class FailingDisk final {
public:
    struct Plan {
        int call = 1;
        int error = 0;
        bool isForGood = false;
    };
    explicit FailingDisk(const Plan &plan)
    {
        fakes::answerTo() = [this, plan](const std::string &call) {
            const bool isChosen = mayFail(call) && ++m_asked >= plan.call && (plan.isForGood || m_asked == plan.call);
            m_hasHit = m_hasHit || isChosen;
            return isChosen ? fakes::Answer{.isReal = false, .error = plan.error} : fakes::Answer();
        };
    }
    ~FailingDisk() { fakes::answerTo() = nullptr; }
    Q_DISABLE_COPY_MOVE(FailingDisk)
    [[nodiscard]] bool hasHit() const { return m_hasHit; }

private:
    int m_asked = 0;
    bool m_hasHit = false;
};

} // namespace keytender::tests
