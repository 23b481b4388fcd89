// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/copyjudgement.h"

#include <algorithm>
#include <array>

#include "profile/tokenorder.h"

namespace keytender::refresh {

namespace {

using State = CopiesReading::State;

// Of a lineage that is renewed; without an error of its own the caller says what is the matter.
State stateOf(const tools::CopyReading &reading, const KnownLineage &known)
{
    if (reading.state == profile::CopyState::Unreadable)
        return State::Unreadable;
    if (reading.state != profile::CopyState::Held || !reading.credential)
        return State::Gone;
    if (known.record.account.differsFrom(reading.account)) // F-15
        return State::OtherAccount;
    const profile::CredentialFacts there = profile::factsOf(*reading.credential, known.key);
    const profile::CredentialFacts ours = profile::factsOf(known.record.credential, known.key);
    if (there.accessToken == ours.accessToken && there.refreshToken == ours.refreshToken)
        return State::Unchanged;
    if (there.refreshToken != ours.refreshToken && known.isAncestor && known.isAncestor(there.refreshToken))
        return State::Unchanged;
    if (!there.canBeRefreshed() && ours.canBeRefreshed())
        return State::Unchanged;
    switch (profile::orderOf(there, ours, known.now)) {
    case profile::TokenOrder::Later:
        return State::Newer;
    case profile::TokenOrder::Earlier:
    case profile::TokenOrder::Unknown:
        break;
    }
    // The same refresh token: nothing can be lost by spending it, whoever has the better access token. Another one that
    // was never ours is no ancestor for being dated earlier: its tool may only count differently.
    return there.refreshToken == ours.refreshToken ? State::Unchanged : State::Ambiguous;
}

// The latest of those that are later than ours; nothing where that cannot be told.
const tools::CopyReading *latestOf(const std::vector<const tools::CopyReading *> &newer, const KnownLineage &known)
{
    const tools::CopyReading *latest = newer.front();
    for (const tools::CopyReading *other : newer) {
        const auto best = profile::factsOf(*latest->credential, known.key);
        const auto there = profile::factsOf(*other->credential, known.key);
        const profile::TokenOrder order = profile::orderOf(there, best, known.now);
        if (order == profile::TokenOrder::Later)
            latest = other;
        else if (order == profile::TokenOrder::Unknown && there.lineage() != best.lineage())
            return nullptr;
    }
    return latest;
}

} // namespace

CopiesReading judge(const std::vector<tools::CopyReading> &readings, const KnownLineage &known)
{
    std::vector<State> states;
    std::vector<const tools::CopyReading *> newer;
    for (const tools::CopyReading &reading : readings) {
        states.push_back(stateOf(reading, known));
        if (states.back() == State::Newer)
            newer.push_back(&reading);
    }
    CopiesReading together;
    if (!newer.empty()) {
        const tools::CopyReading *latest = latestOf(newer, known);
        together.state = latest == nullptr ? State::Ambiguous : State::Newer;
        if (latest != nullptr) {
            together.newer = latest->credential->clone();
            together.account = latest->account;
        }
        return together;
    }
    for (const State state :
         {State::Unreadable, State::Ambiguous, State::Unchanged, State::OtherAccount, State::Gone}) {
        const auto found = std::ranges::find(states, state);
        if (found == states.end())
            continue;
        together.state = state;
        if (state != State::Unchanged)
            together.error = readings[static_cast<std::size_t>(found - states.begin())].problem;
        return together;
    }
    return together; // nobody holds a copy
}

bool mayGetSuccessor(const tools::CopyReading &reading, const base::Fingerprint &spent, const KnownLineage &known)
{
    if (reading.state != profile::CopyState::Held || !reading.credential)
        return false;
    if (known.record.account.differsFrom(reading.account))
        return false;
    const base::Fingerprint there = profile::factsOf(*reading.credential, known.key).refreshToken;
    return !there.isNull() && (there == spent || (known.isAncestor && known.isAncestor(there)));
}

} // namespace keytender::refresh
