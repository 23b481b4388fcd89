// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/undo.h"

#include <QCoreApplication>

#include "tools/replacecopy.h"

namespace keytender::service {

namespace {

using Why = vault::CopyBackup::Why;

QString say(const char *text)
{
    return QCoreApplication::translate("Undo", text);
}

struct Written {
    sync::Synchronizer::Whereabouts where;
    vault::CopyBackup before;
};

std::optional<Written> lastOf(const QString &profileId, const WritingWorld &around)
{
    std::optional<Written> last;
    for (const auto &where : around.world.synchronizer.whereaboutsOf(profileId)) {
        auto backup = around.backups.of(where.place.path);
        if (backup && (!last || backup->at > last->before.at))
            last.emplace(Written{where, *std::move(backup)});
    }
    return last;
}

QString whatWas(Why why)
{
    switch (why) {
    case Why::Renewed:
        return say(QT_TRANSLATE_NOOP("Undo", "put the renewed tokens there"));
    case Why::Fed:
        return say(QT_TRANSLATE_NOOP("Undo", "handed an access token on to it"));
    case Why::OtherAccount:
        return say(QT_TRANSLATE_NOOP("Undo", "put another account's login there"));
    case Why::Rescued:
        return say(QT_TRANSLATE_NOOP("Undo", "put back what the tool had locked away"));
    }
    return {};
}

QString whyNot(Why why, const QString &tool)
{
    switch (why) {
    case Why::Fed:
        return {};
    case Why::OtherAccount:
        return say(
            QT_TRANSLATE_NOOP("Undo", "Use the other account again instead: it was put away and is kept fresh."));
    case Why::Renewed:
        return say(QT_TRANSLATE_NOOP("Undo",
                                     "The token that was there has been spent: putting it back would sign %1 out."))
            .arg(tool);
    case Why::Rescued:
        return say(QT_TRANSLATE_NOOP("Undo", "%1 cannot use what was there before.")).arg(tool);
    }
    return {};
}

} // namespace

std::optional<LastWrite> lastWriteOf(const QString &profileId, const WritingWorld &around)
{
    const auto last = lastOf(profileId, around);
    if (!last)
        return std::nullopt;
    const QString tool = last->where.tool->facts().name;
    const QString obstacle = whyNot(last->before.why, tool);
    return LastWrite{.toolName = tool,
                     .path = around.world.environment.shortened(last->where.place.path),
                     .at = last->before.at,
                     .what = whatWas(last->before.why),
                     .canBeUndone = obstacle.isEmpty(),
                     .whyNot = obstacle};
}

base::Result<void> undoLast(const QString &profileId, const WritingWorld &around)
{
    const NeighboursWorld &world = around.world;
    const auto last = lastOf(profileId, around);
    const QString obstacle = last ? whyNot(last->before.why, last->where.tool->facts().name)
                                  : say(QT_TRANSLATE_NOOP("Undo", "Keytender has not written there."));
    if (!obstacle.isEmpty())
        return base::unexpected(
            {.kind = base::ErrorKind::Refused, .subject = profileId, .place = {}, .detail = obstacle});
    const tools::CopyPlace &place = last->where.place;
    base::FileContent content{.bytes = last->before.bytes.clone(), .facts = {}};
    content.facts.path = place.path;
    const tools::Fetched fetched{.content = std::move(content), .companions = {}};
    auto readings = last->where.tool->read(place, fetched, last->before.at);
    for (tools::CopyReading &reading : readings) {
        if (reading.slot != last->where.slot || !reading.credential)
            continue;
        const tools::Replacement replacement{
            .tool = *last->where.tool,
            .place = place,
            .slot = last->where.slot,
            .successor = {.tokens = reading.credential->tokens, .account = reading.account, .acquiredAt = world.now()},
            // A login that can be renewed was never fed, and is not written over now.
            .mayReplace = [](const tools::CopyReading &there) {
                return there.credential && there.credential->tokens.refreshToken.isEmpty();
            }};
        const auto replaced = tools::replaceCopy(replacement, replacementWorld(world, *last->where.tool));
        if (!replaced)
            return base::unexpected(replaced.error());
        return around.backups.forget(place.path);
    }
    return base::unexpected(
        {.kind = base::ErrorKind::NotFound,
         .subject = place.path,
         .place = {},
         .detail = say(QT_TRANSLATE_NOOP("Undo", "there was no login before that could be put back"))});
}

} // namespace keytender::service
