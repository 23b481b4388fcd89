// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/replacecopy.h"
#include "tools/tool.h"

// Cells of SQLite databases that belong to tools. Which `user_version` and `schema_meta.role` a DatabaseCell::kind
// stands for is known here; a database is never made, and a row never inserted.
namespace keytender::tools {

// The cell's text as if it were a file's, its time from the row. Sees what lies in the write-ahead log only, and leaves
// the files as they are: nothing is checkpointed, and no watcher of ours is woken by our own reading. Waits for a
// writer for a moment at most.
//
// NotFound where the database, the table or the row is missing, or the tool says that it keeps its logins elsewhere.
// UnknownVersion where that cannot be told of a database newer than we know. Of one whose version we do not know but
// whose cell is there, the text is given, and the companion under the database's own path says UnknownVersion: it is to
// be read and never written. Other companions of the place are the caller's.
[[nodiscard]] Fetched fetchCell(const CopyPlace &place, uid_t owner);

// The files whose change may be one of the cell.
[[nodiscard]] QStringList filesOf(const DatabaseCell &cell);

// replaceCopy() for a place that is a cell: one BEGIN IMMEDIATE in which the row is read again, asked about, kept and
// replaced; durable when it returns, and read back. The caller holds the tool's Span::Write locks, if it has any.
[[nodiscard]] base::Result<ReplacementState> replaceCell(const Replacement &replacement, const ReplacementWorld &world);

} // namespace keytender::tools
