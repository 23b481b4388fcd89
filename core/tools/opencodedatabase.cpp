// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/opencodedatabase.h"

#include <memory>

#include <QUrl>
#include <sqlite3.h>

#include "base/durablefile.h"

namespace keytender::tools {

namespace {

struct Close {
    void operator()(sqlite3 *database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

// "immutable": without locks and without -wal and -shm files, at the price of not seeing what is in the journal only.
Database openImmutable(const QString &path)
{
    const QByteArray uri = "file:" + QUrl::toPercentEncoding(path, "/") + "?immutable=1";
    sqlite3 *opened = nullptr;
    const int result = sqlite3_open_v2(uri.constData(), &opened,
                                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(opened);
    return result == SQLITE_OK ? std::move(database) : nullptr;
}

// SQLITE_ROW or SQLITE_DONE, else an error.
int firstStep(const Database &database, const char *query)
{
    sqlite3_stmt *prepared = nullptr;
    const int result = sqlite3_prepare_v2(database.get(), query, -1, &prepared, nullptr);
    const Statement statement(prepared);
    return result == SQLITE_OK ? sqlite3_step(statement.get()) : result;
}

} // namespace

std::optional<base::Error> loginsInOpenCodeDatabase(const QString &path, const base::Environment &environment)
{
    const auto facts = base::inspectFile(path, environment.user);
    if (!facts && facts.error().kind == base::ErrorKind::NotFound)
        return std::nullopt;
    if (!facts)
        return facts.error();
    const base::Error unreadable{.kind = base::ErrorKind::Malformed,
                                 .subject = path,
                                 .place = {},
                                 .detail = QStringLiteral("is not a database that can be read")};
    const Database database = openImmutable(facts->resolvedPath);
    if (database == nullptr || firstStep(database, "SELECT 1 FROM sqlite_schema LIMIT 1") < SQLITE_ROW)
        return unreadable;
    for (const char *query : {"SELECT 1 FROM credential LIMIT 1", "SELECT 1 FROM account LIMIT 1"}) {
        // A table that is missing is no login; what goes wrong otherwise was seen by the query above.
        if (firstStep(database, query) == SQLITE_ROW)
            return base::Error{.kind = base::ErrorKind::UnknownVersion,
                               .subject = path,
                               .place = {},
                               .detail = QStringLiteral("opencode keeps logins here as well")};
    }
    return std::nullopt;
}

} // namespace keytender::tools
