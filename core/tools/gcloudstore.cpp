// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/gcloudstore.h"

#include <algorithm>

#include <QFileInfo>

#include "tools/celldatabase.h"

namespace keytender::tools {

namespace {

constexpr int looks = 3; // until nobody wrote meanwhile

using Content = base::Result<base::FileContent>;

// In brackets, because SQLite takes an unknown name in double quotes for a text. A value is a BLOB by its column and a
// text by what gcloud puts in. The order is the one in which gcloud itself reads.
constexpr const char *credentialRows =
    "SELECT json_group_object(CAST([account_id] AS TEXT), CAST([value] AS TEXT)) "
    "FROM (SELECT [account_id], [value] FROM [credentials] WHERE [account_id] IS NOT NULL ORDER BY rowid)";
constexpr const char *tokenRows =
    "SELECT json_group_object(CAST([account_id] AS TEXT), json_object('access_token', CAST([access_token] AS TEXT), "
    "'token_expiry', CAST([token_expiry] AS TEXT))) FROM [access_tokens] WHERE [account_id] IS NOT NULL";

Content lookAt(const DatabaseCell &cell, const char *query, uid_t owner, bool &isTorn)
{
    isTorn = false;
    auto facts = base::inspectFile(cell.file, owner);
    if (!facts)
        return base::unexpected(facts.error());
    const auto database = CellDatabase::openForReading(cell, *facts);
    if (!database) {
        isTorn = database.error().kind == base::ErrorKind::Malformed;
        return base::unexpected(database.error());
    }
    const auto begun = database->run("BEGIN"); // so that table and rows belong together
    auto text = begun ? database->text(query) : base::Result<base::Secret>(base::unexpected(begun.error()));
    isTorn = database->isTorn();
    if (!text)
        return base::unexpected(text.error());
    return base::FileContent{.bytes = std::move(*text), .facts = std::move(*facts)};
}

Content rowsOf(const DatabaseCell &cell, const char *query, uid_t owner)
{
    bool isTorn = false;
    auto content = lookAt(cell, query, owner, isTorn);
    for (int more = 1; isTorn && more < looks; ++more)
        content = lookAt(cell, query, owner, isTorn);
    if (!isTorn || !content)
        return content;
    return base::unexpected({.kind = base::ErrorKind::Incomplete,
                             .subject = cell.file,
                             .place = {},
                             .detail = QStringLiteral("is being written just now")});
}

} // namespace

DatabaseCell gcloudCredentials(const QString &home)
{
    return {.file = home + QStringLiteral("/credentials.db"),
            .table = QStringLiteral("credentials"),
            .keyColumn = QStringLiteral("account_id"),
            .key = {}, // of all accounts
            .valueColumn = QStringLiteral("value"),
            .timeColumn = {},
            .kind = gcloudKind};
}

DatabaseCell gcloudTokens(const DatabaseCell &credentials)
{
    return {.file = QFileInfo(credentials.file).path() + QStringLiteral("/access_tokens.db"),
            .table = QStringLiteral("access_tokens"),
            .keyColumn = QStringLiteral("account_id"),
            .key = {},
            .valueColumn = QStringLiteral("access_token"),
            .timeColumn = {},
            .kind = {}};
}

Fetched fetchGcloudStore(const CopyPlace &place, uid_t owner)
{
    const DatabaseCell tokens = gcloudTokens(*place.cell);
    Fetched fetched{.content = rowsOf(*place.cell, credentialRows, owner), .companions = {}};
    Content ofTokens = rowsOf(tokens, tokenRows, owner);
    if (fetched.content && ofTokens) { // either tells of a change
        base::Timestamp &modified = fetched.content->facts.modified;
        modified = std::max(modified, ofTokens->facts.modified);
    }
    fetched.companions.emplace(tokens.file, std::move(ofTokens));
    return fetched;
}

} // namespace keytender::tools
