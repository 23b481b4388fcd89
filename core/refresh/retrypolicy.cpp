// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/retrypolicy.h"

#include <algorithm>

namespace keytender::refresh {

using base::Milliseconds;
using namespace std::chrono_literals;

namespace {

constexpr double jitterShare = 0.2;
constexpr int mostDoublings = 12;

struct Pauses {
    Milliseconds first{0};
    Milliseconds longest{0};
};

Pauses pausesOf(Ending ending, bool hasLapsed)
{
    switch (ending) {
    case Ending::NotSent: // the network may come back at any moment, and nobody is bothered
        return {5s, 40s};
    case Ending::Busy:
        return {2s, 30s};
    case Ending::KeptInJournal:
        return {5s, 30s};
    case Ending::StorageFault:
        return {10s, 5min};
    case Ending::TryLater:
    case Ending::Unsure:
    case Ending::Unusable:
        return {1min, hasLapsed ? Milliseconds(1min) : Milliseconds(5min)};
    case Ending::OtherAccount: // nothing is sent while it is so, and whoever reconciles may set it right
    case Ending::CopiesDisagree:
    case Ending::Gone:
        return {1min, 1h};
    case Ending::Misconfigured:
        return {1h, 24h};
    case Ending::Renewed:
    case Ending::Adopted:
    case Ending::NothingOpen:
    case Ending::NotNow:
    case Ending::Cancelled:
    case Ending::Rejected:
    case Ending::AnswerLost:
        break;
    }
    return {};
}

} // namespace

Retry retryAfter(const Outcome &outcome, const Failing &failing, double jitter)
{
    if (needsSignIn(outcome.ending))
        return {.after = 0ms, .isEnded = true};
    const Pauses pauses = pausesOf(outcome.ending, failing.hasLapsed);
    const int doublings = std::clamp(failing.failures - 1, 0, mostDoublings);
    const Milliseconds pause = std::min<Milliseconds>(pauses.first * (1LL << doublings), pauses.longest);
    const auto shaken = std::chrono::duration_cast<Milliseconds>(pause * (1 + jitterShare * jitter));
    return {.after = std::max(shaken, Milliseconds(outcome.retryAfter.value_or(0s))), .isEnded = false};
}

} // namespace keytender::refresh
