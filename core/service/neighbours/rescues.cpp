// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/rescues.h"

#include <algorithm>

#include <QCoreApplication>

#include "service/neighbours/sharing.h"
#include "tools/replacecopy.h"

namespace keytender::service {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Rescue", text);
}

bool isIn(const profile::Profile &login, profile::CopyState state)
{
    return std::ranges::any_of(login.copies, [state](const profile::Copy &copy) { return copy.state == state; });
}

} // namespace

struct Rescues::Fenced {
    sync::Synchronizer::Whereabouts where;
    tools::Fetched fetched;
    vault::Record known;
};

void Rescues::note(const profile::Profile &login)
{
    const base::Timestamp now = m_around.world.now();
    if (isIn(login, profile::CopyState::Fenced)) {
        Seen &seen = m_seen[login.id];
        if (!seen.failedAt)
            seen.failedAt = now;
    } else if (isIn(login, profile::CopyState::Held)) {
        m_seen.insert_or_assign(login.id, Seen{.heldAt = now, .failedAt = std::nullopt});
    }
}

void Rescues::note(const refresh::Outcome &outcome)
{
    const base::Timestamp now = m_around.world.now();
    if (outcome.deliveries > 0) {
        m_isOffline = false;
    } else if (outcome.ending == refresh::Ending::NotSent) {
        if (!std::exchange(m_isOffline, true))
            m_offline.push_back({.from = now, .until = now});
        m_offline.back().until = now;
    }
}

std::optional<Rescues::Fenced> Rescues::fencedCopyOf(const profile::Profile &login) const
{
    const NeighboursWorld &world = m_around.world;
    for (const auto &where : world.synchronizer.whereaboutsOf(login.id)) {
        const auto copy = std::ranges::find(login.copies, where.place.path, &profile::Copy::path);
        if (copy == login.copies.end() || copy->state != profile::CopyState::Fenced || where.tool->writer() == nullptr)
            continue;
        auto known = world.vault.read(login.id);
        if (known)
            return Fenced{where, fetchNow(where.place, world.environment.user), *std::move(known)};
    }
    return std::nullopt;
}

tools::RescueEvidence Rescues::evidenceOf(const QString &profileId) const
{
    tools::RescueEvidence evidence;
    if (const auto seen = m_seen.find(profileId); seen != m_seen.end()) {
        evidence.heldAt = seen->second.heldAt;
        evidence.failedAt = seen->second.failedAt.value_or(m_around.world.now());
    }
    evidence.offline = m_offline;
    return evidence;
}

std::optional<RescueOffer> Rescues::offerFor(const profile::Profile &login) const
{
    const auto fenced = fencedCopyOf(login);
    if (!fenced)
        return std::nullopt;
    const tools::RescueVerdict verdict = tools::judgeRescue(fenced->where.place, fenced->where.slot, fenced->fetched,
                                                            fenced->known.credential.tokens, evidenceOf(login.id));
    const QString tool = fenced->where.tool->facts().name;
    return RescueOffer{
        .profileId = login.id,
        .label = login.label,
        .path = m_around.world.environment.shortened(fenced->where.place.path),
        .text = say(QT_TRANSLATE_NOOP("Rescue",
                                      "%1 locked this login away for a renewal that failed. Keytender still has its "
                                      "tokens and can put them back."))
                    .arg(tool),
        .proof = verdict.proof,
        .isOffered = verdict.whyNot.isEmpty(),
        .whyNot = verdict.whyNot};
}

base::Result<void> Rescues::rescue(const profile::Profile &login)
{
    const auto offer = offerFor(login);
    const auto fenced = fencedCopyOf(login);
    if (!offer || !fenced || !offer->isOffered)
        return base::unexpected(
            {.kind = base::ErrorKind::Refused,
             .subject = login.label,
             .place = {},
             .detail = offer ? offer->whyNot : say(QT_TRANSLATE_NOOP("Rescue", "there is nothing to rescue"))});
    const NeighboursWorld &world = m_around.world;
    const profile::TokenSet &tokens = fenced->known.credential.tokens;
    const tools::CopyPlace &place = fenced->where.place;
    const QString &slot = fenced->where.slot;
    tools::Replacement replacement{
        .tool = *fenced->where.tool,
        .place = place,
        .slot = slot,
        .successor = {.tokens = tokens, .account = fenced->known.account, .acquiredAt = world.now()},
        .mayReplace = [](const tools::CopyReading &there) { return there.state == profile::CopyState::Fenced; },
        .keepBefore = keepingBefore(m_around, login.id, place.path, vault::CopyBackup::Why::Rescued),
        .locks = tools::Replacement::Locks::All,
        .content = [&](const tools::Fetched &there) { return tools::restored(place, slot, there, tokens); }};
    const auto replaced = tools::replaceCopy(replacement, replacementWorld(world, *fenced->where.tool));
    if (!replaced)
        return base::unexpected(replaced.error());
    if (*replaced == tools::ReplacementState::ChangedMeanwhile)
        return base::unexpected(
            {.kind = base::ErrorKind::Refused,
             .subject = place.path,
             .place = {},
             .detail = say(QT_TRANSLATE_NOOP("Rescue", "its tool has changed it meanwhile; nothing was written"))});
    return {};
}

} // namespace keytender::service
