// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <sqlite3.h>

#include "base/durablefile.h"
#include "tools/tool.h"

// What reading and replacing a cell share.
namespace keytender::tools {

// What is known of a DatabaseCell::kind.
struct CellFormat {
    std::vector<int> versions; // `user_version`s whose layout was seen
    const char *role;          // of the row 'primary' in schema_meta
    // The cell counts only where this query yields this member and text; null = always.
    const char *markerQuery = nullptr;
    const char *markerMember = nullptr;
    const char *markerText = nullptr;
};
[[nodiscard]] const CellFormat *cellFormatOf(const QString &kind); // null = no such kind

struct CellRow {
    base::Secret text;
    std::optional<base::Timestamp> writtenAt;
};

// A connection for as long as one look at a cell, or one change of it, takes.
class CellDatabase final {
public:
    // Changes nothing, side files included. `facts` are those of the database file.
    [[nodiscard]] static base::Result<CellDatabase> openForReading(const DatabaseCell &cell,
                                                                   const base::FileFacts &facts);
    [[nodiscard]] static base::Result<CellDatabase> openForWriting(const DatabaseCell &cell,
                                                                   const base::FileFacts &facts);

    // `user_version` and role are ones that were seen.
    [[nodiscard]] base::Result<bool> isKnown() const;
    // NotFound, UnknownVersion as fetchCell() says.
    [[nodiscard]] base::Result<CellRow> row() const;
    // The one text that a query yields of the cell's table; UnknownVersion where that is missing or laid out otherwise.
    [[nodiscard]] base::Result<base::Secret> text(const QByteArray &query) const;
    // Exactly one row, the cell's, and only inside a transaction.
    [[nodiscard]] base::Result<void> update(const base::Secret &text, base::Timestamp now) const;
    [[nodiscard]] base::Result<void> run(const char *statement) const;

    // Whether what was read may be a mixture of before and after, because somebody wrote meanwhile.
    [[nodiscard]] bool isTorn() const;

private:
    struct Close {
        void operator()(sqlite3 *database) const { sqlite3_close(database); }
        void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Close>;

    CellDatabase(const DatabaseCell &cell, const base::FileFacts &facts) : m_cell(cell), m_facts(facts) {}
    [[nodiscard]] base::Result<void> open(const QByteArray &uri, int flags, const char *vfs);
    [[nodiscard]] base::Result<Statement> prepared(const QByteArray &query, const QString &bound = {}) const;
    [[nodiscard]] base::Result<int> userVersion() const;
    [[nodiscard]] base::Result<bool> hasTable(const QString &name) const;
    [[nodiscard]] base::Result<bool> isMarked() const;
    [[nodiscard]] base::Result<base::Secret> textIn(const Statement &query) const; // of the first column of its row
    [[nodiscard]] base::Error nothing(const QString &detail) const;
    [[nodiscard]] base::Error unknownLayout() const;
    [[nodiscard]] base::Error failure(int code) const;

    DatabaseCell m_cell;
    base::FileFacts m_facts;
    bool m_isImmutable = false;
    std::unique_ptr<sqlite3, Close> m_handle;
};

} // namespace keytender::tools
