// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/tokenverdict.h"

#include <QCoreApplication>

#include "profile/words.h"

namespace keytender::service {

using base::Timestamp;
using profile::Care;
using profile::CredentialKind;
using profile::Health;
using profile::Reason;
using Step = TokenVerdict::Step;
using Why = TokenRefusal::Why;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Tokens", text);
}

TokenVerdict refused(Why why, const QString &text)
{
    return {.step = Step::Refuse, .refusal = {.why = why, .text = text}};
}

std::chrono::seconds leftOf(const profile::CredentialFacts &held, Timestamp now)
{
    return held.expiresAt ? std::chrono::floor<std::chrono::seconds>(*held.expiresAt - now)
                          : std::chrono::seconds::max();
}

// "Its access token ends in 4 min."
QString endOf(const profile::CredentialFacts &held, Timestamp now)
{
    const std::chrono::seconds left = leftOf(held, now);
    if (held.accessToken.isNull())
        return say(QT_TRANSLATE_NOOP("Tokens", "It has no access token."));
    if (!held.expiresAt)
        return {};
    return left.count() <= 0
               ? say(QT_TRANSLATE_NOOP("Tokens", "Its access token has ended."))
               : say(QT_TRANSLATE_NOOP("Tokens", "Its access token ends in %1.")).arg(profile::duration(left));
}

// The row's own sentence says what happened and what to do.
TokenVerdict refusedAsTheRowSays(Why why, const Row &row, Timestamp now)
{
    const QString explanation = explanationOf(row, now);
    if (!explanation.isEmpty())
        return refused(why, row.profile.label + QStringLiteral(": ") + explanation);
    return refused(why, say(QT_TRANSLATE_NOOP("Tokens", "“%1” cannot be used. Sign in again.")).arg(row.profile.label));
}

std::optional<TokenVerdict> judgeHealth(const Row &row, bool isAlive, Timestamp now)
{
    switch (row.condition.health) {
    case Health::NeedsSignIn:
        // That is what a clock says of the next renewal, not of this token.
        if (row.condition.reason == Reason::SignInEnded && isAlive)
            return std::nullopt;
        return refusedAsTheRowSays(Why::NeedsSignIn, row, now);
    case Health::Rejected:
    case Health::Conflict:
        return refusedAsTheRowSays(Why::Failed, row, now);
    case Health::Fresh:
    case Health::Due:
    case Health::Paused:
    case Health::Refreshing:
    case Health::Waiting:
    case Health::Unsure:
    case Health::Expired:
    case Health::NoExpiry:
    case Health::Unreadable:
        break;
    }
    return std::nullopt;
}

} // namespace

bool canBeRenewed(const profile::Profile &login, const profile::CredentialFacts &held)
{
    return held.kind == CredentialKind::OAuth && held.canBeRefreshed() && login.care != Care::Watched;
}

TokenRefusal whyNotRenewed(const Row &row, const profile::CredentialFacts &held, Timestamp now)
{
    const QString end = endOf(held, now);
    if (held.kind == CredentialKind::OAuth && held.canBeRefreshed())
        return {.why = Why::Unavailable,
                .text = say(QT_TRANSLATE_NOOP("Tokens", "%2 %1 has to renew it: use %1 once, or let Keytender keep it "
                                                        "fresh."))
                            .arg(row.profile.label, end)
                            .trimmed()};
    return {.why = leftOf(held, now).count() > 0 ? Why::Failed : Why::NeedsSignIn,
            .text = say(QT_TRANSLATE_NOOP("Tokens", "%2 Nothing can renew “%1”: replace it with a new one."))
                        .arg(row.profile.label, end)
                        .trimmed()};
}

TokenVerdict judgeToken(const Row &row, const profile::CredentialFacts &held, std::chrono::seconds minValidity,
                        Timestamp now)
{
    const std::chrono::seconds left = held.accessToken.isNull() ? std::chrono::seconds(0) : leftOf(held, now);
    if (const auto verdict = judgeHealth(row, left.count() > 0, now))
        return *verdict;
    if (left.count() > 0 && left >= minValidity)
        return {.step = Step::Give};
    if (!canBeRenewed(row.profile, held))
        return {.step = Step::Refuse, .refusal = whyNotRenewed(row, held, now)};
    // Another one would not live longer: asking for it would spend a refresh token with every request.
    if (left.count() > 0 && held.issuedAt && *held.expiresAt - *held.issuedAt < minValidity)
        return refused(
            Why::Failed,
            say(QT_TRANSLATE_NOOP("Tokens", "The access tokens of “%1” live for %2 only, and "
                                            "this one ends in %3: ask for less."))
                .arg(row.profile.label,
                     profile::duration(std::chrono::floor<std::chrono::seconds>(*held.expiresAt - *held.issuedAt)),
                     profile::duration(left)));
    return {.step = Step::Renew};
}

} // namespace keytender::service
