// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/envfile.h"

#include <QCoreApplication>

#include <unistd.h>

#include "base/clock.h"
#include "tools/pendingfile.h"
#include "tools/refusingwriter.h"

namespace keytender::tools {

namespace {

constexpr std::size_t sizeLimit = 1u << 20;
constexpr int mostLooks = 3;

constexpr const char *writableByOthers =
    QT_TRANSLATE_NOOP("Neighbours", "others may write to it, so it is no place for a token");
constexpr const char *readableByOthers =
    QT_TRANSLATE_NOOP("Neighbours", "others on this machine may read the token in it");

// What lies there, if anything does.
struct Found {
    base::Secret bytes;
    mode_t mode = 0600;
    bool exists = false;
};

base::Result<Found> look(const base::ResolvedPath &place)
{
    auto content = base::readFile(place, {.bytes = sizeLimit, .owner = geteuid()});
    if (!content && content.error().kind == base::ErrorKind::NotFound)
        return Found{};
    if (!content)
        return base::unexpected(content.error());
    if ((content->facts.mode & 022) != 0)
        return base::unexpected({.kind = base::ErrorKind::Unsafe,
                                 .subject = place.path,
                                 .place = {},
                                 .detail = neighbourText(writableByOthers)});
    return Found{.bytes = std::move(content->bytes), .mode = content->facts.mode & 0777, .exists = true};
}

// Replaced, or ChangedMeanwhile where it is not what was found any more.
base::Result<ReplacementState> swap(base::ResolvedPath place, const Found &found, const base::Secret &content,
                                    base::Random &random)
{
    const base::SystemClock clock; // for nothing but the age of what a killed write left behind
    const QString path = place.path;
    auto next = PendingFile::at(std::move(place), path, random, clock);
    if (!next)
        return base::unexpected(next.error());
    if (const auto written = next->write(content.expose(), found.mode); !written)
        return base::unexpected(written.error());
    const auto now = look(next->target());
    if (!now)
        return base::unexpected(now.error());
    if (now->exists != found.exists || now->mode != found.mode || !(now->bytes == found.bytes))
        return ReplacementState::ChangedMeanwhile;
    if (const auto moved = next->moveIntoPlace(); !moved)
        return base::unexpected(moved.error());
    return ReplacementState::Replaced;
}

std::optional<base::Error> remarkOn(const QString &file, mode_t mode)
{
    if ((mode & 077) == 0)
        return std::nullopt;
    return base::Error{
        .kind = base::ErrorKind::Unsafe, .subject = file, .place = {}, .detail = neighbourText(readableByOthers)};
}

} // namespace

base::Result<EnvironmentWrite> writeEnvironmentVariable(const EnvironmentVariable &variable, const base::Secret &value,
                                                        const MayReplaceValue &mayReplace, base::Random &random)
{
    for (int turn = 0; turn < mostLooks; ++turn) {
        auto place = base::resolvePath(variable.file, geteuid());
        if (!place)
            return base::unexpected(place.error());
        const auto found = look(*place);
        if (!found)
            return base::unexpected(found.error());
        const auto current = environmentValue(found->bytes, variable);
        if (!current && current.error().kind != base::ErrorKind::NotFound)
            return base::unexpected(current.error());
        const auto remark = remarkOn(variable.file, found->mode);
        if (current && *current == value)
            return EnvironmentWrite{.state = ReplacementState::AlreadyThere, .remark = remark};
        const auto content = rewrittenEnvironment(found->bytes, variable, value);
        if (!content)
            return base::unexpected(content.error());
        if (!mayReplace(current ? &*current : nullptr))
            return EnvironmentWrite{.state = ReplacementState::ChangedMeanwhile, .remark = remark};
        const auto swapped = swap(*std::move(place), *found, *content, random);
        if (!swapped)
            return base::unexpected(swapped.error());
        if (*swapped == ReplacementState::Replaced)
            return EnvironmentWrite{.state = *swapped, .remark = remark};
    }
    return EnvironmentWrite{.state = ReplacementState::ChangedMeanwhile};
}

} // namespace keytender::tools
