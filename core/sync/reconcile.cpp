// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/reconcile.h"

#include <array>

namespace keytender::sync {

namespace {

using profile::Accord;
using profile::Account;
using profile::Care;
using profile::CredentialFacts;

// No provider gives tokens for longer: a date beyond is a damaged record, and believed it would win for ever.
constexpr auto longestLife = std::chrono::days{3653};
// How far another program's clock may run ahead of ours.
constexpr auto clockTolerance = std::chrono::days{1};

enum class Order { Later, Earlier, Unknown };

bool haveSameTokens(const CredentialFacts &left, const CredentialFacts &right)
{
    return left.accessToken == right.accessToken && left.refreshToken == right.refreshToken;
}

Order compare(std::optional<base::Timestamp> copy, std::optional<base::Timestamp> known, base::Timestamp latest)
{
    if (!copy || !known || *copy > latest || *known > latest || *copy == *known)
        return Order::Unknown;
    return *copy > *known ? Order::Later : Order::Earlier;
}

// Of the copy's token against the known one.
Order orderOf(const CredentialFacts &copy, const CredentialFacts &known, base::Timestamp now)
{
    const std::array orders{
        compare(copy.expiresAt, known.expiresAt, now + longestLife),
        compare(copy.issuedAt, known.issuedAt, now + clockTolerance),
        compare(copy.refreshTokenExpiresAt, known.refreshTokenExpiresAt, now + longestLife),
    };
    for (const Order order : orders) {
        if (order != Order::Unknown)
            return order;
    }
    return Order::Unknown;
}

// A refresh token past its own end renews nothing: it is no reason to keep it against what the tool holds now.
bool canBeRenewed(const CredentialFacts &credential, base::Timestamp now)
{
    return credential.canBeRefreshed()
           && (!credential.refreshTokenExpiresAt || *credential.refreshTokenExpiresAt > now);
}

std::array<QString, 5> fieldsOf(const Account &account)
{
    return {account.id, account.email, account.organizationId, account.organizationName, account.plan};
}

bool namesMore(const Known &known, const Account &copy)
{
    const auto now = fieldsOf(copy);
    const auto before = fieldsOf(known.account);
    for (std::size_t i = 0; i < now.size(); ++i) {
        // Two copies may word the same account differently; taking each one's word in turn would never end.
        if (!now[i].isEmpty() && now[i] != before[i] && (before[i].isEmpty() || !known.isHeldElsewhere))
            return true;
    }
    return false;
}

bool datesMore(const CredentialFacts &known, const CredentialFacts &copy)
{
    return (!known.expiresAt && copy.expiresAt) || (!known.issuedAt && copy.issuedAt)
           || (!known.refreshTokenExpiresAt && copy.refreshTokenExpiresAt)
           || (known.scopes.isEmpty() && !copy.scopes.isEmpty());
}

bool followsItsTool(const Known &known)
{
    return known.care == Care::Watched && !known.isHeldElsewhere;
}

Decision forSameTokens(const Known &known, const profile::Copy &copy)
{
    // A tool may name the next account before it stores that account's tokens.
    if (known.account.differsFrom(copy.account) && !followsItsTool(known)) {
        if (known.isHeldElsewhere)
            return {};
        return {.step = Step::KeepAccount, .accord = Accord::DifferentAccount};
    }
    return {.learnsFacts = namesMore(known, copy.account) || datesMore(known.credential, *copy.credential)};
}

Decision forOtherTokens(const Known &known, const profile::Copy &copy, base::Timestamp now)
{
    const CredentialFacts &there = *copy.credential;
    const bool copyIsRenewable = canBeRenewed(there, now);
    const bool knownIsRenewable = canBeRenewed(known.credential, now);
    if (copyIsRenewable && !known.credential.canBeRefreshed())
        return {.step = Step::UpgradeToOAuth};
    if (knownIsRenewable && !there.canBeRefreshed())
        return {.step = Step::KeepRicher, .accord = Accord::KeptNewer};

    switch (orderOf(there, known.credential, now)) {
    case Order::Later:
        return {.step = Step::AdoptNewer};
    case Order::Earlier:
        return {.step = Step::KeepNewer, .accord = Accord::KeptNewer};
    case Order::Unknown:
        break;
    }
    const bool areBare = !there.canBeRefreshed() && !known.credential.canBeRefreshed();
    if (areBare && followsItsTool(known) && copy.changedAt && *copy.changedAt > known.firstSeenAt)
        return {.step = Step::AdoptNewer};
    return {.step = Step::Ambiguous, .accord = Accord::Ambiguous};
}

} // namespace

Decision reconcile(const std::optional<Known> &known, const profile::Copy &copy, base::Timestamp now)
{
    switch (copy.state) {
    case profile::CopyState::Absent:
        return {.step = known ? Step::KeepThroughAbsence : Step::Nothing};
    case profile::CopyState::Blank:
    case profile::CopyState::Fenced:
        return {.step = Step::KeepThroughBlank};
    case profile::CopyState::Unreadable:
        return {.step = Step::KeepThroughError};
    case profile::CopyState::Held:
        break;
    }
    if (!copy.credential)
        return {};
    if (!known)
        return {.step = Step::Import};
    if (haveSameTokens(known->credential, *copy.credential))
        return forSameTokens(*known, copy);
    if (known->account.differsFrom(copy.account)) {
        if (followsItsTool(*known))
            return {.step = Step::ReplaceAccount};
        return {.step = Step::KeepAccount, .accord = Accord::DifferentAccount};
    }
    return forOtherTokens(*known, copy, now);
}

Account accountAfter(const Decision &decision, const std::optional<Known> &known, const Account &ofCopy)
{
    if (!known)
        return ofCopy;
    if (!decision.takesCopy() && !decision.learnsFacts)
        return known->account;
    if (known->account.differsFrom(ofCopy))
        return ofCopy;
    const Account &first = known->isHeldElsewhere ? known->account : ofCopy;
    const Account &second = known->isHeldElsewhere ? ofCopy : known->account;
    const auto either = [](const QString &one, const QString &other) { return one.isEmpty() ? other : one; };
    return {.id = either(first.id, second.id),
            .email = either(first.email, second.email),
            .organizationId = either(first.organizationId, second.organizationId),
            .organizationName = either(first.organizationName, second.organizationName),
            .plan = either(first.plan, second.plan)};
}

void completeFrom(const CredentialFacts &known, profile::TokenSet &tokens)
{
    if (!tokens.expiresAt)
        tokens.expiresAt = known.expiresAt;
    if (!tokens.issuedAt)
        tokens.issuedAt = known.issuedAt;
    if (!tokens.refreshTokenExpiresAt)
        tokens.refreshTokenExpiresAt = known.refreshTokenExpiresAt;
    if (tokens.scopes.isEmpty())
        tokens.scopes = known.scopes;
}

} // namespace keytender::sync
