// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclawrescue.h"

#include <algorithm>

#include <QCoreApplication>

#include "tools/jsonrecord.h"
#include "tools/jsonrewrite.h"
#include "tools/openclawstore.h"

namespace keytender::tools {

namespace {

using State = OpenClawFence::State;

QString say(const char *text)
{
    return QCoreApplication::translate("Neighbours", text);
}

// Both markers of a profile; nothing where it has none.
struct Markers {
    std::optional<OpenClawFence> access;
    std::optional<OpenClawFence> refresh;

    [[nodiscard]] bool areNone() const { return !access && !refresh; }
    [[nodiscard]] bool are(State state) const
    {
        return access && refresh && access->state == state && refresh->state == state && access->claim == refresh->claim
               && access->kind == "access" && refresh->kind == "refresh";
    }
};

std::optional<OpenClawFence> markerIn(const base::JsonValue &member)
{
    const auto token = member.optionalSecret();
    return token && token->has_value() ? openClawFenceIn((*token)->expose()) : std::nullopt;
}

Markers markersIn(const base::JsonValue &profile)
{
    return {.access = markerIn(profile.member("access")), .refresh = markerIn(profile.member("refresh"))};
}

bool standFor(const Markers &markers, const base::JsonValue &profile, const QString &slot,
              const profile::TokenSet &vault)
{
    const auto provider = profile.member("provider").string();
    if (!provider || !markers.access || !markers.refresh || vault.refreshToken.isEmpty())
        return false;
    FencedToken token{.profileId = openClawProfileId(slot), .provider = *provider, .kind = "access"};
    const bool isAccess = openClawFenceDigest(token, vault.accessToken) == markers.access->digest;
    token.kind = "refresh";
    return isAccess && openClawFenceDigest(token, vault.refreshToken) == markers.refresh->digest;
}

bool covers(const OfflineSpan &span, const RescueEvidence &evidence)
{
    return evidence.heldAt <= evidence.failedAt && span.from <= evidence.heldAt && evidence.failedAt <= span.until;
}

QString whyNot(const Markers &markers, bool matches, bool isProved)
{
    if (markers.areNone())
        return say(QT_TRANSLATE_NOOP("Neighbours", "OpenClaw has put nothing away here."));
    if (markers.are(State::Pending))
        return say(QT_TRANSLATE_NOOP("Neighbours", "OpenClaw may still be waiting for the provider's answer."));
    if (!markers.are(State::Failed))
        return say(QT_TRANSLATE_NOOP("Neighbours", "OpenClaw has marked these tokens in a way that Keytender does not "
                                                   "know."));
    if (!matches)
        return say(QT_TRANSLATE_NOOP("Neighbours", "OpenClaw put away other tokens than those that Keytender keeps."));
    if (!isProved)
        return say(QT_TRANSLATE_NOOP("Neighbours", "The provider may have seen the refresh that failed: these tokens "
                                                   "may be spent. Sign in again with OpenClaw."));
    return {};
}

base::Result<base::JsonSpans> storeIn(const CopyPlace &place, const Fetched &fetched)
{
    if (!fetched.content)
        return base::unexpected(fetched.content.error());
    return parseObject(place.path, *fetched.content);
}

} // namespace

RescueVerdict judgeRescue(const CopyPlace &place, const QString &slot, const Fetched &fetched,
                          const profile::TokenSet &vault, const RescueEvidence &evidence)
{
    RescueVerdict verdict;
    const auto store = storeIn(place, fetched);
    const auto profile =
        store ? openClawProfile(*store, slot) : base::Result<base::JsonValue>(base::unexpected(store.error()));
    if (!profile) {
        verdict.whyNot = base::describe(profile.error());
        return verdict;
    }
    const Markers markers = markersIn(*profile);
    verdict.matches = standFor(markers, *profile, slot, vault);
    const bool wasOffline =
        std::ranges::any_of(evidence.offline, [&](const OfflineSpan &span) { return covers(span, evidence); });
    if (wasOffline)
        verdict.proof = say(QT_TRANSLATE_NOOP("Neighbours", "This computer reached nobody from before OpenClaw put the "
                                                            "tokens away until after its refresh had failed."));
    verdict.whyNot = whyNot(markers, verdict.matches, wasOffline);
    return verdict;
}

base::Result<base::Secret> restored(const CopyPlace &place, const QString &slot, const Fetched &fetched,
                                    const profile::TokenSet &vault)
{
    if (!fetched.content)
        return base::unexpected(fetched.content.error());
    auto rewrite = JsonRewrite::of(place.path, *fetched.content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const base::JsonValue profile = rewrite->root().member("profiles").member(openClawProfileId(slot).toStdString());
    const Markers markers = markersIn(profile);
    if (markers.are(State::Pending))
        return base::unexpected(
            profile.error(QStringLiteral("is put away while OpenClaw refreshes it"), base::ErrorKind::Locked));
    if (!markers.are(State::Failed) || !standFor(markers, profile, slot, vault))
        return base::unexpected(
            profile.error(QStringLiteral("was put away for other tokens than these"), base::ErrorKind::Overridden));
    const auto entry = openClawEntry(profile);
    if (!entry)
        return base::unexpected(entry.error());
    if (!vault.expiresAt)
        return base::unexpected(profile.error(QStringLiteral("would get a token whose end is not known")));
    rewrite->setText(profile, "access", vault.accessToken);
    rewrite->setText(profile, "refresh", vault.refreshToken);
    rewrite->setTime(profile, "expires", openClawExpiry(providerOfOpenClaw(entry->provider), *vault.expiresAt),
                     EpochUnit::Milliseconds);
    if (!vault.idToken.isEmpty()) // OpenClaw took it out
        rewrite->setText(profile, "idToken", vault.idToken);
    return rewrite->finish();
}

} // namespace keytender::tools
