// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/copyfetch.h"

#include <algorithm>

#include "tools/databasecell.h"

namespace keytender::sync {

namespace {

using Content = base::Result<base::FileContent>;

std::map<QString, Content> companionsOf(const tools::CopyPlace &place, uid_t owner)
{
    std::map<QString, Content> companions;
    for (const QString &path : place.companions)
        companions.emplace(path, base::readFile(path, {.owner = owner}));
    return companions;
}

void append(Digest &digest, const Content &content, const base::FingerprintKey &key)
{
    if (!content) {
        const base::Error &error = content.error();
        digest += 'e' + QByteArray::number(static_cast<int>(error.kind)) + error.subject.toUtf8() + '\0'
                  + error.place.toUtf8() + '\0' + error.detail.toUtf8() + '\0';
        return;
    }
    const auto &bytes = key.of(content->bytes).bytes;
    digest += 'c';
    digest.append(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    digest += QByteArray::number(content->facts.mode) + '\0';
}

} // namespace

tools::Fetched fetchFile(const tools::CopyPlace &place, uid_t owner)
{
    if (!place.cell)
        return {.content = base::readFile(place.path, {.owner = owner}), .companions = companionsOf(place, owner)};
    tools::Fetched fetched = tools::fetchCell(place, owner);
    fetched.companions.merge(companionsOf(place, owner));
    return fetched;
}

tools::Fetched fetchedItem(const tools::CopyPlace &place, base::Result<base::Secret> item, uid_t owner)
{
    if (!item)
        return {.content = base::unexpected(item.error()), .companions = companionsOf(place, owner)};
    base::FileContent content{.bytes = std::move(item).value(), .facts = {}};
    content.facts.path = place.path;
    return {.content = std::move(content), .companions = companionsOf(place, owner)};
}

Digest digestOf(const tools::Fetched &fetched, const base::FingerprintKey &key)
{
    Digest digest;
    append(digest, fetched.content, key);
    for (const auto &[path, content] : fetched.companions) {
        digest += path.toUtf8() + '\0';
        append(digest, content, key);
    }
    return digest;
}

std::optional<base::Timestamp> writtenAt(const tools::Fetched &fetched)
{
    if (!fetched.content || fetched.content->facts.modified == base::Timestamp())
        return std::nullopt;
    return fetched.content->facts.modified;
}

bool isHalfWritten(const std::vector<tools::CopyReading> &readings)
{
    return std::ranges::any_of(readings, [](const tools::CopyReading &reading) {
        return reading.state == profile::CopyState::Unreadable && reading.problem
               && (reading.problem->kind == base::ErrorKind::Incomplete
                   || reading.problem->kind == base::ErrorKind::Malformed);
    });
}

std::optional<std::chrono::milliseconds> nextRetry(std::chrono::milliseconds sinceFirstLook)
{
    const auto next = std::ranges::upper_bound(retryTimes, sinceFirstLook);
    if (next == retryTimes.end())
        return std::nullopt;
    return *next - sinceFirstLook;
}

} // namespace keytender::sync
