// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/kimiwriter.h"

#include <algorithm>

#include <QCoreApplication>
#include <QFileInfo>

#include "tools/jsonrewrite.h"
#include "tools/kimiconfig.h"
#include "tools/refusingwriter.h"

namespace keytender::tools {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds stale = 5s;
// The holder of the lock has to be seen alive within 5 s; the clients look half as often.
constexpr base::Milliseconds heartbeat = 1500ms;

constexpr const char *lockIsOff = QT_TRANSLATE_NOOP(
    "Neighbours", "Kimi Code's lock is switched off by KIMI_DISABLE_OAUTH_LOCK, so nobody can wait for it.");
constexpr const char *otherHost = QT_TRANSLATE_NOOP(
    "Neighbours", "Kimi Code is set to another server by %1, and keeps that server's login under another name.");
constexpr const char *unknownKey = QT_TRANSLATE_NOOP(
    "Neighbours", "Kimi Code's configuration does not name this login, so it is not known which lock guards it.");
constexpr const char *ownRenewal =
    QT_TRANSLATE_NOOP("Neighbours", "Kimi Code cannot do without a refresh token of its own.");
constexpr const char *noSwitch =
    QT_TRANSLATE_NOOP("Neighbours", "What a running Kimi Code does when its account is exchanged is not known.");

// "kimi-code" of "<home>/credentials/kimi-code.json".
struct StoredKey {
    QString home;
    QString name;
};

StoredKey keyOf(const CopyPlace &place)
{
    const QFileInfo record(place.path);
    return {.home = QFileInfo(record.path()).path(), .name = record.completeBaseName()};
}

bool namesKey(const CopyPlace &place, const Fetched &fetched)
{
    return std::ranges::any_of(place.companions, [&](const QString &path) {
        const auto found = fetched.companions.find(path);
        if (found == fetched.companions.end() || !found->second)
            return false;
        const auto names = kimiCredentialNames(found->second->bytes, path);
        return names && names->contains(keyOf(place).name);
    });
}

QString objectionToSharing(const CopyPlace &place, const Fetched &fetched, const base::Environment &environment)
{
    if (!environment.nonEmptyOr(QStringLiteral("KIMI_DISABLE_OAUTH_LOCK"), {}).isEmpty())
        return neighbourText(lockIsOff);
    for (const QString &variable : {QStringLiteral("KIMI_CODE_OAUTH_HOST"), QStringLiteral("KIMI_OAUTH_HOST")})
        if (!environment.nonEmptyOr(variable, {}).isEmpty())
            return neighbourText(otherHost).arg(variable);
    return namesKey(place, fetched) ? QString() : neighbourText(unknownKey);
}

// The client reckons half of it, so it has to be the whole life and not what is left of it.
std::int64_t lifeInSeconds(const Successor &successor)
{
    const base::Timestamp issued = successor.tokens.issuedAt.value_or(successor.acquiredAt);
    return std::chrono::round<std::chrono::seconds>(*successor.tokens.expiresAt - issued).count();
}

} // namespace

QString KimiWriter::objection(Purpose purpose, const CopyPlace &place, const QString & /*slot*/, const Fetched &fetched,
                              const ToolWorld &world) const
{
    switch (purpose) {
    case Purpose::Share:
        return objectionToSharing(place, fetched, world.environment);
    case Purpose::Feed:
        return neighbourText(ownRenewal);
    case Purpose::Switch:
        return neighbourText(noSwitch);
    }
    return {};
}

base::Result<LockPlan> KimiWriter::lockPlan(const CopyPlace &place, const QString & /*slot*/,
                                            const ToolWorld & /*world*/) const
{
    const StoredKey key = keyOf(place);
    const QString sentinel = key.home + QStringLiteral("/oauth/") + key.name;
    LockPlan plan;
    plan.locks.push_back({.kind = LockSpec::Kind::Directory,
                          .span = LockSpec::Span::Refresh,
                          .path = sentinel + QStringLiteral(".lock"),
                          .stale = stale,
                          .heartbeat = heartbeat,
                          .longestHold = 0ms,
                          .sentinel = sentinel});
    plan.tolerance = 5s; // it would bear a minute; whoever waits for it is a person
    return plan;
}

base::Result<base::Secret> KimiWriter::rewritten(const CopyPlace &place, const QString & /*slot*/,
                                                 const Fetched &fetched, const Successor &successor) const
{
    const profile::TokenSet &tokens = successor.tokens;
    if (tokens.refreshToken.isEmpty() || successor.toolRecord != nullptr)
        return refusedWrite(place, neighbourText(successor.toolRecord != nullptr ? noSwitch : ownRenewal));
    if (!fetched.content)
        return base::unexpected(fetched.content.error());
    if (!tokens.expiresAt || lifeInSeconds(successor) <= 0)
        return base::unexpected({.kind = base::ErrorKind::Malformed,
                                 .subject = place.path,
                                 .place = QStringLiteral("expires_at"),
                                 .detail = QStringLiteral("the new token's life is not known")});
    auto rewrite = JsonRewrite::of(place.path, *fetched.content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const base::JsonValue record = rewrite->root();
    rewrite->setText(record, "access_token", tokens.accessToken);
    rewrite->setText(record, "refresh_token", tokens.refreshToken);
    rewrite->setTime(record, "expires_at", *tokens.expiresAt, EpochUnit::Seconds);
    rewrite->setInteger(record, "expires_in", lifeInSeconds(successor));
    if (!tokens.scopes.isEmpty())
        rewrite->setText(record, "scope", tokens.scopes.join(u' '));
    return rewrite->finish();
}

} // namespace keytender::tools
