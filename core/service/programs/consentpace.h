// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <utility>

#include <QString>

#include "base/timestamp.h"

namespace keytender::service {

// How often a program asks for a login: so many at once, and so many a minute after that (S-54).
class ConsentPace final {
public:
    explicit ConsentPace(int requestsAMinute) : m_most(requestsAMinute) {}

    // Counts one more at this boot time; false where it is one too many, which is then not counted.
    [[nodiscard]] bool take(const QString &profileId, const QString &executable, base::Milliseconds now);

private:
    struct Level {
        double requests = 0; // that are not forgotten yet
        base::Milliseconds at{};
    };
    [[nodiscard]] double levelAt(const Level &level, base::Milliseconds now) const;

    double m_most;
    std::map<std::pair<QString, QString>, Level> m_levels;
};

} // namespace keytender::service
