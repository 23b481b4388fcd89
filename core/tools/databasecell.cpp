// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/databasecell.h"

#include "tools/celldatabase.h"
#include "tools/copyswap.h"
#include "tools/fetchplace.h"
#include "tools/gcloudstore.h"

namespace keytender::tools {

namespace {

constexpr int looks = 3; // until nobody wrote meanwhile

struct Look {
    CellRow row;
    base::FileFacts facts;
    bool isKnown = false;
};

base::Result<Look> lookAt(const DatabaseCell &cell, uid_t owner, bool &isTorn)
{
    auto facts = base::inspectFile(cell.file, owner);
    if (!facts)
        return base::unexpected(facts.error());
    const auto database = CellDatabase::openForReading(cell, *facts);
    if (!database) {
        isTorn = database.error().kind == base::ErrorKind::Malformed;
        return base::unexpected(database.error());
    }
    // One transaction, so that version and row belong together.
    const auto begun = database->run("BEGIN");
    const auto isKnown = begun ? database->isKnown() : base::Result<bool>(base::unexpected(begun.error()));
    auto row = isKnown ? database->row() : base::Result<CellRow>(base::unexpected(isKnown.error()));
    isTorn = database->isTorn();
    if (!row)
        return base::unexpected(row.error());
    return Look{.row = std::move(*row), .facts = std::move(*facts), .isKnown = *isKnown};
}

base::Error unknownVersion(const DatabaseCell &cell)
{
    return {.kind = base::ErrorKind::UnknownVersion,
            .subject = cell.file,
            .place = {},
            .detail =
                QStringLiteral("is laid out by a version that Keytender does not know: it is read, never written")};
}

base::FileContent contentOf(CellRow row, base::FileFacts facts)
{
    if (row.writtenAt)
        facts.modified = *row.writtenAt;
    return {.bytes = std::move(row.text), .facts = std::move(facts)};
}

// Between BEGIN IMMEDIATE and COMMIT: nobody else can write.
base::Result<ReplacementState> exchange(const CellDatabase &database, const Replacement &replacement,
                                        const ReplacementWorld &world, Fetched fetched, base::Secret &written)
{
    const DatabaseCell &cell = *replacement.place.cell;
    const auto isKnown = database.isKnown();
    if (!isKnown)
        return base::unexpected(isKnown.error());
    if (!*isKnown)
        return base::unexpected(unknownVersion(cell));
    auto row = database.row();
    if (!row)
        return base::unexpected(row.error());
    base::FileFacts facts = fetched.content ? fetched.content->facts : base::FileFacts();
    fetched.content = contentOf(std::move(*row), std::move(facts));
    const base::Timestamp now = world.clock.wallTime();
    const CopyReading there = readingOf(replacement.tool, replacement.place, replacement.slot, fetched, now);
    if (holdsSuccessor(there, replacement.successor))
        return ReplacementState::AlreadyThere;
    if (!replacement.mayReplace(there))
        return ReplacementState::ChangedMeanwhile;
    auto text = provenText(replacement, fetched, now);
    if (!text)
        return base::unexpected(text.error());
    if (replacement.keepBefore) {
        if (const auto kept = replacement.keepBefore(fetched.content->bytes); !kept)
            return base::unexpected(kept.error());
    }
    if (const auto updated = database.update(*text, now); !updated)
        return base::unexpected(updated.error());
    written = std::move(*text);
    return ReplacementState::Replaced;
}

} // namespace

Fetched fetchCell(const CopyPlace &place, uid_t owner)
{
    const DatabaseCell &cell = *place.cell;
    if (cell.kind == gcloudKind)
        return fetchGcloudStore(place, owner);
    bool isTorn = false;
    auto look = lookAt(cell, owner, isTorn);
    for (int more = 1; isTorn && more < looks; ++more)
        look = lookAt(cell, owner, isTorn);
    if (isTorn && look)
        return {.content = base::unexpected({.kind = base::ErrorKind::Incomplete,
                                             .subject = cell.file,
                                             .place = {},
                                             .detail = QStringLiteral("is being written just now")}),
                .companions = {}};
    if (!look)
        return {.content = base::unexpected(look.error()), .companions = {}};
    Fetched fetched{.content = contentOf(std::move(look->row), std::move(look->facts)), .companions = {}};
    if (!look->isKnown)
        fetched.companions.emplace(cell.file, base::unexpected(unknownVersion(cell)));
    return fetched;
}

QStringList filesOf(const DatabaseCell &cell)
{
    QStringList files{cell.file, cell.file + QStringLiteral("-wal")};
    if (cell.kind == gcloudKind)
        files += filesOf(gcloudTokens(cell));
    return files;
}

base::Result<ReplacementState> replaceCell(const Replacement &replacement, const ReplacementWorld &world)
{
    const CopyPlace &place = replacement.place;
    const uid_t owner = world.tool.environment.user;
    auto facts = base::inspectFile(place.cell->file, owner);
    if (!facts)
        return base::unexpected(facts.error());
    Fetched fetched{.content = base::FileContent{.bytes = {}, .facts = *facts}, .companions = {}};
    for (const QString &path : place.companions) // before the transaction: it is to be short
        fetched.companions.emplace(path, base::readFile(path, {.owner = owner}));

    const auto database = CellDatabase::openForWriting(*place.cell, *facts);
    if (!database)
        return base::unexpected(database.error());
    if (const auto begun = database->run("BEGIN IMMEDIATE"); !begun) {
        base::Error error = begun.error();
        if (error.kind == base::ErrorKind::Incomplete) // somebody writes: those who know when try again
            error.kind = base::ErrorKind::Locked;
        return base::unexpected(std::move(error));
    }
    base::Secret written;
    auto state = exchange(*database, replacement, world, std::move(fetched), written);
    if (!state || *state != ReplacementState::Replaced) {
        (void)database->run("ROLLBACK");
        return state;
    }
    if (const auto committed = database->run("COMMIT"); !committed) {
        (void)database->run("ROLLBACK");
        return base::unexpected(committed.error());
    }
    const auto readBack = database->row();
    if (!readBack)
        return base::unexpected(readBack.error());
    if (readBack->text == written)
        return state;
    return ReplacementState::ChangedMeanwhile; // between COMMIT and this look
}

} // namespace keytender::tools
