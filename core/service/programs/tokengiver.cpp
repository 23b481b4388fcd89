// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/tokengiver.h"

#include <algorithm>
#include <utility>

#include <QCoreApplication>
#include <QTimer>

#include "profile/words.h"

namespace keytender::service {

using base::Fingerprint;
using Step = TokenVerdict::Step;
using Why = TokenRefusal::Why;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Tokens", text);
}

TokenRefusal refusalOf(const base::Error &error)
{
    using base::ErrorKind;
    const QString cure = base::cureFor(error.kind);
    TokenRefusal refusal{.why = Why::Failed, .text = base::describe(error)};
    if (error.kind == ErrorKind::Locked || error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::NotFound)
        refusal.why = Why::Unavailable;
    if (error.kind == ErrorKind::NotFound) // shown from its tool's copy alone
        refusal.text = say(QT_TRANSLATE_NOOP("Tokens", "Keytender's own store does not hold this login yet. Try again "
                                                       "in a moment."));
    else if (!cure.isEmpty() && !refusal.text.contains(cure))
        refusal.text += u' ' + cure;
    return refusal;
}

} // namespace

TokenGiver::TokenGiver(TokenGiverWorld world, QObject *parent) : Tokens(parent), m_world(std::move(world)) {}

TokenGiver::~TokenGiver() = default;

TokenGiver::Judged TokenGiver::judge(const TokenWish &wish, const Fingerprint &insteadOf) const
{
    Judged judged;
    const Row *row = m_world.rowOf(wish.profileId);
    if (row == nullptr) {
        judged.verdict.refusal = {
            .why = Why::NotFound,
            .text = say(QT_TRANSLATE_NOOP("Tokens", "There is no login “%1” any more.")).arg(wish.profileId)};
        return judged;
    }
    base::Result<vault::Record> record = m_world.vault.read(wish.profileId);
    if (!record) {
        judged.verdict.refusal = refusalOf(record.error());
        return judged;
    }
    const profile::CredentialFacts held = profile::factsOf(record->credential, m_world.vault.fingerprintKey());
    judged.verdict = judgeToken(*row, held, wish.minValidity, m_world.now());
    if (judged.verdict.step == Step::Give && !insteadOf.isNull() && held.accessToken == insteadOf)
        judged.verdict.step = Step::Renew;
    judged.record = *std::move(record);
    return judged;
}

TokenGiver::Answer TokenGiver::answerOf(Judged judged) const
{
    if (judged.verdict.step != Step::Give)
        return base::Unexpected<TokenRefusal>(judged.verdict.refusal);
    profile::Credential &credential = judged.record.credential;
    if (m_world.knownSecrets)
        m_world.knownSecrets->learn(credential.tokens.accessToken);
    return GivenToken{.profileId = judged.record.id,
                      .kind = credential.kind,
                      .accessToken = std::move(credential.tokens.accessToken),
                      .expiresAt = credential.tokens.expiresAt,
                      .account = judged.record.account};
}

// The one that is not to be given as it is, where there is somebody to renew it.
Fingerprint TokenGiver::refusedToken(const QString &profileId) const
{
    const auto refused = m_refused.find(profileId);
    const Row *row = m_world.rowOf(profileId);
    if (refused == m_refused.end() || row == nullptr || !canBeRenewed(row->profile, row->profile.credential))
        return {};
    return refused->second;
}

void TokenGiver::give(const TokenWish &wish, QObject *context, std::function<void(Answer)> done)
{
    const Fingerprint insteadOf = refusedToken(wish.profileId);
    Judged judged = judge(wish, insteadOf);
    if (judged.verdict.isFinal())
        return done(answerOf(std::move(judged)));
    wait({.wish = wish, .context = context, .done = std::move(done), .insteadOf = insteadOf});
}

void TokenGiver::renew(const QString &profileId, QObject *context,
                       std::function<void(std::optional<TokenRefusal>)> done)
{
    const TokenWish wish{.profileId = profileId, .minValidity = std::chrono::seconds(0)};
    Judged judged = judge(wish, {});
    if (judged.verdict.step == Step::Refuse)
        return done(judged.verdict.refusal);
    const Row *row = m_world.rowOf(profileId);
    const profile::CredentialFacts held = profile::factsOf(judged.record.credential, m_world.vault.fingerprintKey());
    if (!canBeRenewed(row->profile, held))
        return done(whyNotRenewed(*row, held, m_world.now()));
    wait({.wish = wish,
          .context = context,
          .done = [done = std::move(done)](
                      const Answer &answer) { done(answer ? std::nullopt : std::optional(answer.error())); },
          .insteadOf = held.accessToken,
          .insists = true});
}

void TokenGiver::noteRefused(const QString &profileId)
{
    const auto record = m_world.vault.read(profileId);
    if (!record)
        return;
    const Fingerprint token = m_world.vault.fingerprintKey().of(record->credential.tokens.accessToken);
    const auto renewed = m_renewedAfterRefusal.find(profileId);
    if (renewed == m_renewedAfterRefusal.end() || renewed->second != token)
        m_refused.insert_or_assign(profileId, token);
}

void TokenGiver::wait(Waiter waiter)
{
    const QString profileId = waiter.wish.profileId;
    const quint64 number = ++m_lastNumber;
    waiter.number = number;
    m_waiters[profileId].push_back(std::move(waiter));
    QTimer::singleShot(m_world.patience, this, [this, profileId, number] { giveUp(profileId, number); });
    startRenewal(profileId);
}

void TokenGiver::startRenewal(const QString &profileId)
{
    if (m_renewing.insert(profileId).second)
        m_world.renew(profileId, this, [this, profileId](const QString &why) { endRenewal(profileId, why); });
}

void TokenGiver::endRenewal(const QString &profileId, const QString &why)
{
    m_renewing.erase(profileId);
    const auto refused = m_refused.extract(profileId);
    if (!refused.empty()) {
        if (const auto record = m_world.vault.read(profileId))
            m_renewedAfterRefusal.insert_or_assign(
                profileId, m_world.vault.fingerprintKey().of(record->credential.tokens.accessToken));
    }
    answerThose(profileId, why.isEmpty() && isTriedSoon(profileId) ? Renewal::UnderWay : Renewal::Over, why);
}

bool TokenGiver::isTriedSoon(const QString &profileId) const
{
    const Row *row = m_world.rowOf(profileId);
    return row != nullptr && row->condition.nextTry && *row->condition.nextTry - m_world.now() < m_world.patience;
}

void TokenGiver::noteChange(const QString &profileId)
{
    if (m_waiters.contains(profileId))
        answerThose(profileId, Renewal::UnderWay, {});
}

// Those whose answer is there. At the end of a renewal that is everybody but who may wait for the next one.
void TokenGiver::answerThose(const QString &profileId, Renewal renewal, const QString &why)
{
    const auto found = m_waiters.find(profileId);
    if (found == m_waiters.end())
        return;
    std::vector<Waiter> waiters = std::move(found->second);
    m_waiters.erase(found);
    std::vector<std::pair<Waiter, Answer>> answers; // whoever is answered may ask again at once
    for (Waiter &waiter : waiters) {
        if (!waiter.context)
            continue;
        // What a server refused is better than nothing: it may have been wrong, and the provider has not said so.
        const bool isLastWord = renewal == Renewal::Over && !waiter.insists;
        Judged judged = judge(waiter.wish, isLastWord ? Fingerprint() : waiter.insteadOf);
        if (!judged.verdict.isFinal() && renewal == Renewal::UnderWay) {
            m_waiters[profileId].push_back(std::move(waiter));
            continue;
        }
        if (!judged.verdict.isFinal())
            judged.verdict = {.step = Step::Refuse, .refusal = {.why = Why::Unavailable, .text = why}};
        if (judged.verdict.step == Step::Refuse && judged.verdict.refusal.text.isEmpty())
            judged.verdict.refusal = whyNotYet(profileId);
        answers.emplace_back(std::move(waiter), answerOf(std::move(judged)));
    }
    for (auto &[waiter, answer] : answers) {
        if (waiter.context)
            waiter.done(std::move(answer));
    }
}

TokenRefusal TokenGiver::whyNotYet(const QString &profileId) const
{
    TokenRefusal refusal{.why = Why::Unavailable,
                         .text = say(QT_TRANSLATE_NOOP("Tokens", "It was tried less than a minute ago, or the server "
                                                                 "wants to be left alone. Try again in a minute."))};
    const Row *row = m_world.rowOf(profileId);
    const QString explanation = row != nullptr ? explanationOf(*row, m_world.now()) : QString();
    if (row != nullptr && m_renewing.contains(profileId))
        refusal.text =
            say(QT_TRANSLATE_NOOP("Tokens", "The renewal of “%1” has not ended in time. It goes on: try again "
                                            "in a moment."))
                .arg(row->profile.label);
    else if (row != nullptr && row->condition.health == profile::Health::Waiting && !explanation.isEmpty())
        refusal.text = row->profile.label + QStringLiteral(": ") + explanation;
    return refusal;
}

void TokenGiver::giveUp(const QString &profileId, quint64 number)
{
    const auto waiters = m_waiters.find(profileId);
    if (waiters == m_waiters.end())
        return;
    const auto found = std::ranges::find(waiters->second, number, &Waiter::number);
    if (found == waiters->second.end())
        return;
    const Waiter waiter = std::move(*found);
    waiters->second.erase(found);
    if (waiters->second.empty())
        m_waiters.erase(waiters);
    if (waiter.context)
        waiter.done(base::Unexpected<TokenRefusal>(whyNotYet(profileId)));
}

} // namespace keytender::service
