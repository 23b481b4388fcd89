// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclawwriter.h"

#include <QCoreApplication>

#include "tools/databasecell.h"
#include "tools/jsonrecord.h"
#include "tools/jsonrewrite.h"
#include "tools/openclawfence.h"
#include "tools/openclawlocks.h"
#include "tools/openclawstore.h"

namespace keytender::tools {

namespace {

using namespace std::chrono_literals;
using Type = OpenClawEntry::Type;

QString say(const char *text)
{
    return QCoreApplication::translate("Neighbours", text);
}

// The store with one profile looked up in it.
struct Found {
    base::JsonSpans store;
    OpenClawEntry entry;
    bool isFenced = false;
    bool hasToken = false; // a bare token in plain text
};

bool isMarker(const base::JsonValue &member)
{
    const auto token = member.optionalSecret();
    return token && token->has_value() && openClawFenceIn((*token)->expose());
}

bool isFenced(const base::JsonValue &profile)
{
    return isMarker(profile.member("access")) || isMarker(profile.member("refresh"))
           || isMarker(profile.member("token"));
}

base::Result<Found> found(const CopyPlace &place, const QString &slot, const base::Result<base::FileContent> &content)
{
    if (!content)
        return base::unexpected(content.error());
    auto store = parseObject(place.path, *content);
    if (!store)
        return base::unexpected(store.error());
    const auto profile = openClawProfile(*store, slot);
    if (!profile)
        return base::unexpected(profile.error());
    auto entry = openClawEntry(*profile);
    if (!entry)
        return base::unexpected(entry.error());
    const bool fence = isFenced(*profile);
    const auto token = secretOrEmpty(profile->member("token"));
    const bool hasToken = token && !token->isEmpty() && !fence;
    return Found{.store = std::move(*store), .entry = std::move(*entry), .isFenced = fence, .hasToken = hasToken};
}

base::Error refusal(const base::JsonValue &where, const QString &detail)
{
    return where.error(detail, base::ErrorKind::Overridden);
}

QString objectionToPlace(Claw claw, const CopyPlace &place, const Fetched &fetched, const ToolWorld &world)
{
    if (place.cell && fetched.companions.contains(place.cell->file))
        return say(QT_TRANSLATE_NOOP("Neighbours", "This database is laid out by an OpenClaw that Keytender does not "
                                                   "know: it is read, never written."));
    const auto store = openClawStoreAt(claw, place, world);
    if (!store)
        return say(QT_TRANSLATE_NOOP("Neighbours", "OpenClaw does not name this place any more."));
    if (store->isImport)
        return say(QT_TRANSLATE_NOOP("Neighbours", "OpenClaw takes this file over when it first starts. Until then it "
                                                   "renews nothing in it, and neither does Keytender."));
    if (!store->leftover.isEmpty())
        return say(QT_TRANSLATE_NOOP("Neighbours", "An old auth-profiles.json lies beside OpenClaw's database: finish "
                                                   "its move with `openclaw doctor --fix` first, while online."));
    switch (openClawLocking(claw, place.cell.has_value(), openClawEvidence(*store, world))) {
    case OpenClawLocking::NotRead:
        return say(QT_TRANSLATE_NOOP("Neighbours", "The OpenClaw that is installed does not read this file any more."));
    case OpenClawLocking::Unknown:
        return say(QT_TRANSLATE_NOOP("Neighbours", "Which OpenClaw uses this file cannot be told, and its versions "
                                                   "lock it in ways that exclude each other."));
    default:
        return {};
    }
}

QString objectionToProfile(CopyWriter::Purpose purpose, const Found &found)
{
    if (found.isFenced)
        return say(QT_TRANSLATE_NOOP("Neighbours", "OpenClaw has put these tokens away for a refresh that has not "
                                                   "ended well, or not yet."));
    if (found.entry.isSavedOnly)
        return say(QT_TRANSLATE_NOOP("Neighbours", "OpenClaw saved this sign-in for later and does not use it."));
    if (found.entry.isManagedElsewhere)
        return say(QT_TRANSLATE_NOOP("Neighbours", "This is another program's login, of which OpenClaw keeps a copy."));
    if (purpose == CopyWriter::Purpose::Feed)
        return found.hasToken && found.entry.type == Type::Token
                   ? QString()
                   : say(QT_TRANSLATE_NOOP("Neighbours", "OpenClaw takes an access token alone only in a profile that "
                                                         "it made for one: `openclaw models auth paste-token`."));
    if (found.entry.type != Type::OAuth)
        return say(QT_TRANSLATE_NOOP("Neighbours", "There is nothing to renew here: it is no OAuth login."));
    const QString provider = providerOfOpenClaw(found.entry.provider);
    if (provider == QStringLiteral("google"))
        return say(QT_TRANSLATE_NOOP("Neighbours", "Google does not let other programs use this login."));
    if (provider != QStringLiteral("anthropic") && provider != QStringLiteral("openai"))
        return say(
            QT_TRANSLATE_NOOP("Neighbours", "How OpenClaw signs in to this provider is not known to Keytender."));
    return {};
}

base::Result<void> renew(JsonRewrite &rewrite, const base::JsonValue &profile, const Found &found,
                         const Successor &successor)
{
    const profile::TokenSet &tokens = successor.tokens;
    const QString provider = providerOfOpenClaw(found.entry.provider);
    if (tokens.refreshToken.isEmpty())
        return base::unexpected(refusal(profile, QStringLiteral("renews itself: an access token alone has no place")));
    if (!tokens.expiresAt) // without one OpenClaw takes the profile for invalid
        return base::unexpected(refusal(profile, QStringLiteral("would get a token whose end is not known")));
    rewrite.setText(profile, "access", tokens.accessToken);
    rewrite.setText(profile, "refresh", tokens.refreshToken);
    rewrite.setTime(profile, "expires", openClawExpiry(provider, *tokens.expiresAt), EpochUnit::Milliseconds);
    if (!tokens.idToken.isEmpty() && !profile.member("idToken").isMissing())
        rewrite.setText(profile, "idToken", tokens.idToken);
    const QString &workspace = successor.account.organizationId;
    if (provider == QStringLiteral("openai") && !workspace.isEmpty() && !profile.member("accountId").isMissing())
        rewrite.setText(profile, "accountId", workspace);
    return {};
}

base::Result<void> feed(JsonRewrite &rewrite, const base::JsonValue &profile, const Found &found,
                        const Successor &successor)
{
    if (!found.hasToken)
        return base::unexpected(refusal(profile, QStringLiteral("holds no token that could be replaced")));
    if (!successor.tokens.expiresAt) // OpenClaw would take it for one that never ends
        return base::unexpected(refusal(profile, QStringLiteral("would get a token whose end is not known")));
    rewrite.setText(profile, "token", successor.tokens.accessToken);
    rewrite.setTime(profile, "expires", *successor.tokens.expiresAt, EpochUnit::Milliseconds);
    return {};
}

} // namespace

QString OpenClawWriter::objection(Purpose purpose, const CopyPlace &place, const QString &slot, const Fetched &fetched,
                                  const ToolWorld &world) const
{
    if (purpose == Purpose::Switch)
        return say(QT_TRANSLATE_NOOP("Neighbours", "OpenClaw keeps several accounts side by side: choose among them "
                                                   "with `openclaw models auth order set`."));
    if (const QString problem = objectionToPlace(m_claw, place, fetched, world); !problem.isEmpty())
        return problem;
    const auto looked = found(place, slot, fetched.content);
    if (!looked)
        return base::describe(looked.error());
    return objectionToProfile(purpose, *looked);
}

base::Result<LockPlan> OpenClawWriter::lockPlan(const CopyPlace &place, const QString &slot,
                                                const ToolWorld &world) const
{
    const base::Error unknown{.kind = base::ErrorKind::Overridden,
                              .subject = place.path,
                              .place = {},
                              .detail = QStringLiteral("cannot be locked: which OpenClaw uses it cannot be told")};
    const auto store = openClawStoreAt(m_claw, place, world);
    if (!store)
        return base::unexpected(unknown);
    const OpenClawEvidence evidence = openClawEvidence(*store, world);
    const OpenClawLocking locking = openClawLocking(m_claw, place.cell.has_value(), evidence);
    if (locking == OpenClawLocking::Unknown || locking == OpenClawLocking::NotRead)
        return base::unexpected(unknown);
    // The provider is part of the lock's name, and stands in the store alone.
    const uid_t owner = world.environment.user;
    const auto looked =
        found(place, slot, place.cell ? fetchCell(place, owner).content : base::readFile(place.path, {.owner = owner}));
    if (!looked)
        return base::unexpected(looked.error());
    return openClawLockPlan(*store, locking, evidence,
                            {.provider = looked->entry.provider,
                             .profileId = openClawProfileId(slot),
                             .isRenewed = looked->entry.type == Type::OAuth});
}

base::Result<base::Secret> OpenClawWriter::rewritten(const CopyPlace &place, const QString &slot,
                                                     const Fetched &fetched, const Successor &successor) const
{
    const auto looked = found(place, slot, fetched.content);
    if (!looked)
        return base::unexpected(looked.error());
    auto rewrite = JsonRewrite::of(place.path, *fetched.content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const base::JsonValue profile = rewrite->root().member("profiles").member(openClawProfileId(slot).toStdString());
    if (looked->isFenced) // openclawrescue.h is for those that failed
        return base::unexpected(
            profile.error(QStringLiteral("was put away by OpenClaw for a refresh"), base::ErrorKind::Locked));
    const bool isOAuth = looked->entry.type == Type::OAuth;
    if (!isOAuth && looked->entry.type != Type::Token)
        return base::unexpected(refusal(profile, QStringLiteral("is a key, which nobody renews")));
    const auto done =
        isOAuth ? renew(*rewrite, profile, *looked, successor) : feed(*rewrite, profile, *looked, successor);
    if (!done)
        return base::unexpected(done.error());
    return rewrite->finish();
}

mode_t OpenClawWriter::modeAfter(mode_t before) const
{
    Q_UNUSED(before)
    return 0600;
}

} // namespace keytender::tools
