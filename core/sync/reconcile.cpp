// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/reconcile.h"

#include <array>

#include "profile/tokenorder.h"

namespace keytender::sync {

namespace {

using profile::Accord;
using profile::Account;
using profile::Care;
using profile::CredentialFacts;
using profile::TokenOrder;

bool haveSameTokens(const CredentialFacts &left, const CredentialFacts &right)
{
    return left.accessToken == right.accessToken && left.refreshToken == right.refreshToken;
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
    const bool isItsTools = known.care == Care::Watched || known.care == Care::Delegated; // to renew
    return (isItsTools || known.isEnded) && !known.isHeldElsewhere;
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

    // Some tools keep the two apart: there may be no access token yet, or none any more. The sign-in is the same.
    const bool isSameSignIn = copyIsRenewable && there.refreshToken == known.credential.refreshToken;
    if (isSameSignIn && followsItsTool(known) && there.accessToken.isNull())
        return {.step = Step::KeepRicher, .accord = Accord::KeptNewer};
    if (isSameSignIn && followsItsTool(known) && known.credential.accessToken.isNull())
        return {.step = Step::AdoptNewer};

    switch (profile::orderOf(there, known.credential, now)) {
    case TokenOrder::Later:
        return {.step = Step::AdoptNewer};
    case TokenOrder::Earlier:
        return {.step = Step::KeepNewer, .accord = Accord::KeptNewer};
    case TokenOrder::Unknown:
        break;
    }
    if (known.isEnded && copyIsRenewable && followsItsTool(known)) // an outside sign-in, whenever it was
        return {.step = Step::AdoptNewer};
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
