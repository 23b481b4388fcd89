// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/opencodewriter.h"

#include <QCoreApplication>
#include <QFileInfo>

#include "tools/jsonrewrite.h"
#include "tools/opencodedatabase.h"
#include "tools/refusingwriter.h"

namespace keytender::tools {

namespace {

constexpr const char *noLock =
    QT_TRANSLATE_NOOP("Neighbours", "opencode has no lock: two programs would spend one refresh token. A sign-in of "
                                    "its own for opencode keeps it safe.");
constexpr const char *noSwitch =
    QT_TRANSLATE_NOOP("Neighbours", "opencode has no lock under which its account could be exchanged safely.");
constexpr const char *isReplaced = QT_TRANSLATE_NOOP(
    "Neighbours", "opencode reads OPENCODE_AUTH_CONTENT in place of its file, and will write that over it.");
constexpr const char *isElsewhere =
    QT_TRANSLATE_NOOP("Neighbours", "This opencode keeps logins in a database that Keytender does not know yet.");
constexpr const char *noEntry =
    QT_TRANSLATE_NOOP("Neighbours", "opencode has no sign-in of this name that a token could be given to.");

// The slot is opencode's id of the provider.
base::JsonValue entryOf(const base::JsonValue &root, const QString &slot)
{
    return root.member(slot.toUtf8().toStdString());
}

bool isSignIn(const base::JsonValue &entry)
{
    const auto type = entry.member("type").optionalString();
    return type && *type == QStringLiteral("oauth");
}

QString objectionToFeeding(const CopyPlace &place, const QString &slot, const Fetched &fetched,
                           const base::Environment &environment)
{
    if (!environment.nonEmptyOr(QStringLiteral("OPENCODE_AUTH_CONTENT"), {}).isEmpty())
        return neighbourText(isReplaced);
    if (loginsInOpenCodeDatabase(QFileInfo(place.path).path() + QStringLiteral("/opencode.db"), environment))
        return neighbourText(isElsewhere);
    if (!fetched.content)
        return base::describe(fetched.content.error());
    const auto document = JsonRewrite::of(place.path, *fetched.content);
    if (!document)
        return base::describe(document.error());
    return isSignIn(entryOf(document->root(), slot)) ? QString() : neighbourText(noEntry);
}

} // namespace

QString OpenCodeWriter::objection(Purpose purpose, const CopyPlace &place, const QString &slot, const Fetched &fetched,
                                  const ToolWorld &world) const
{
    switch (purpose) {
    case Purpose::Share:
        return neighbourText(noLock);
    case Purpose::Feed:
        return objectionToFeeding(place, slot, fetched, world.environment);
    case Purpose::Switch:
        return neighbourText(noSwitch);
    }
    return {};
}

base::Result<LockPlan> OpenCodeWriter::lockPlan(const CopyPlace & /*place*/, const QString & /*slot*/,
                                                const ToolWorld & /*world*/) const
{
    return LockPlan{}; // what is left is to look again right before the rename (F-85)
}

base::Result<base::Secret> OpenCodeWriter::rewritten(const CopyPlace &place, const QString &slot,
                                                     const Fetched &fetched, const Successor &successor) const
{
    const profile::TokenSet &tokens = successor.tokens;
    if (!tokens.refreshToken.isEmpty())
        return refusedWrite(place, neighbourText(noLock));
    if (!fetched.content)
        return base::unexpected(fetched.content.error());
    if (!tokens.expiresAt) // 0 would mean "for ever"
        return base::unexpected({.kind = base::ErrorKind::Malformed,
                                 .subject = place.path,
                                 .place = slot + QStringLiteral(".expires"),
                                 .detail = QStringLiteral("the new token's end is not known")});
    auto rewrite = JsonRewrite::of(place.path, *fetched.content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const base::JsonValue entry = entryOf(rewrite->root(), slot);
    if (!isSignIn(entry))
        return refusedWrite(place, neighbourText(noEntry));
    rewrite->setText(entry, "access", tokens.accessToken);
    rewrite->setText(entry, "refresh", tokens.refreshToken); // empty, which its schema takes
    rewrite->setTime(entry, "expires", *tokens.expiresAt, EpochUnit::Milliseconds);
    if (!successor.account.organizationId.isEmpty() && !entry.member("accountId").isMissing())
        rewrite->setText(entry, "accountId", successor.account.organizationId);
    return rewrite->finish();
}

} // namespace keytender::tools
