// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/consentpace.h"

#include <algorithm>

namespace keytender::service {

namespace {

// A program can make itself new names for ever.
constexpr std::size_t mostPrograms = 1024;
constexpr double millisecondsOfAMinute = 60'000;

} // namespace

double ConsentPace::levelAt(const Level &level, base::Milliseconds now) const
{
    const auto passed = static_cast<double>((now - level.at).count());
    return std::max(0.0, level.requests - passed * m_most / millisecondsOfAMinute);
}

bool ConsentPace::take(const QString &profileId, const QString &executable, base::Milliseconds now)
{
    const std::pair key(profileId, executable);
    if (m_levels.size() >= mostPrograms && !m_levels.contains(key)) {
        std::erase_if(m_levels, [&](const auto &entry) { return levelAt(entry.second, now) <= 0; });
        if (m_levels.size() >= mostPrograms)
            return false;
    }
    Level &level = m_levels[key];
    level = {.requests = levelAt(level, now), .at = now};
    if (level.requests + 1 > m_most)
        return false;
    level.requests += 1;
    return true;
}

} // namespace keytender::service
