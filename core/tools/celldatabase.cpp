// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/celldatabase.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include "base/jsonspans.h"

namespace keytender::tools {

namespace {

using namespace std::chrono_literals;

constexpr auto readersWait = 250ms;
constexpr auto writersWait = 1000ms; // OpenClaw itself waits 5 s for others: we are far from holding it up
constexpr int textLimit = 8 << 20;

// Opens the write-ahead log for reading only. SQLite opens it for writing even where the database is not, and closing
// that would wake every watcher of the log, our own among them: it would never end.
constexpr const char *readingVfs = "keytender-reading";

int openForReadingOnly(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    Q_UNUSED(vfs)
    sqlite3_vfs *usual = sqlite3_vfs_find(nullptr);
    if ((flags & SQLITE_OPEN_WAL) != 0)
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    return usual->xOpen(usual, name, file, flags, outFlags);
}

bool registerReadingVfs()
{
    static sqlite3_vfs vfs = [] {
        sqlite3_initialize();
        sqlite3_vfs made = *sqlite3_vfs_find(nullptr);
        made.zName = readingVfs;
        made.pNext = nullptr;
        made.xOpen = openForReadingOnly;
        return made;
    }();
    static const bool isRegistered = sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
    return isRegistered;
}

QByteArray uriOf(const base::FileFacts &facts, const char *parameters)
{
    return "file:" + QUrl::toPercentEncoding(facts.resolvedPath, "/") + parameters;
}

// Byte 18 of the header: 2 = readers need the write-ahead log.
bool hasWriteAheadLog(const base::FileFacts &facts)
{
    QFile file(facts.resolvedPath);
    constexpr int versionAt = 18;
    return file.open(QIODevice::ReadOnly) && file.seek(versionAt) && file.read(1) == "\x02";
}

bool isLogEmpty(const base::FileFacts &facts)
{
    return QFileInfo(facts.resolvedPath + QStringLiteral("-wal")).size() == 0; // of a missing one too
}

base::ErrorKind kindOf(int code)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return base::ErrorKind::Incomplete; // somebody is writing: worth another look
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return base::ErrorKind::Malformed;
    case SQLITE_FULL:
        return base::ErrorKind::StorageFull;
    case SQLITE_READONLY:
        return base::ErrorKind::ReadOnly;
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return base::ErrorKind::PermissionDenied;
    default:
        return base::ErrorKind::Io;
    }
}

} // namespace

const CellFormat *cellFormatOf(const QString &kind)
{
    // Seen: 18 and 23 in OpenClaw 2026.9.6, 1 in 2026.7.1.
    static const CellFormat shared{
        .versions = {18},
        .role = "global",
        .markerQuery = "SELECT value_json FROM config_machine_state WHERE state_key = 'auth.sharedStore'",
        .markerMember = "location",
        .markerText = "state-db"};
    static const CellFormat agent{.versions = {1, 23}, .role = "agent"};
    if (kind == QStringLiteral("openclaw-shared"))
        return &shared;
    return kind == QStringLiteral("openclaw-agent") ? &agent : nullptr;
}

base::Result<CellDatabase> CellDatabase::openForReading(const DatabaseCell &cell, const base::FileFacts &facts)
{
    CellDatabase database(cell, facts);
    if (facts.size == 0)
        return base::unexpected({.kind = base::ErrorKind::Incomplete,
                                 .subject = cell.file,
                                 .place = {},
                                 .detail = QStringLiteral("is empty")});
    constexpr int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
    // Without a log there is nothing to miss, and SQLite would make one.
    if (hasWriteAheadLog(facts) && isLogEmpty(facts)) {
        database.m_isImmutable = true;
        const auto opened = database.open(uriOf(facts, "?immutable=1"), flags, nullptr);
        return opened ? base::Result<CellDatabase>(std::move(database)) : base::unexpected(opened.error());
    }
    const char *vfs = registerReadingVfs() ? readingVfs : nullptr;
    auto opened = database.open(uriOf(facts, "?readonly_shm=1"), flags, vfs);
    if (!opened) // a log without its index, which is made again
        opened = database.open(uriOf(facts, ""), flags, vfs);
    return opened ? base::Result<CellDatabase>(std::move(database)) : base::unexpected(opened.error());
}

base::Result<CellDatabase> CellDatabase::openForWriting(const DatabaseCell &cell, const base::FileFacts &facts)
{
    CellDatabase database(cell, facts);
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
    if (const auto opened = database.open(uriOf(facts, "?mode=rw"), flags, nullptr); !opened)
        return base::unexpected(opened.error());
    sqlite3_busy_timeout(database.m_handle.get(), writersWait.count());
    if (const auto durable = database.run("PRAGMA synchronous = FULL"); !durable)
        return base::unexpected(durable.error());
    return database;
}

// Opening says little: the first query shows whether it can be read.
base::Result<void> CellDatabase::open(const QByteArray &uri, int flags, const char *vfs)
{
    sqlite3 *opened = nullptr;
    const int result = sqlite3_open_v2(uri.constData(), &opened, flags, vfs);
    m_handle.reset(opened);
    if (result != SQLITE_OK)
        return base::unexpected(failure(result));
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, readersWait.count());
    return run("SELECT 1 FROM sqlite_schema LIMIT 1");
}

base::Error CellDatabase::failure(int code) const
{
    return {.kind = kindOf(code),
            .subject = m_cell.file,
            .place = {},
            .detail = QString::fromUtf8(sqlite3_errstr(code))}; // never sqlite3_errmsg(), which may quote
}

base::Error CellDatabase::nothing(const QString &detail) const
{
    const auto version = userVersion();
    const CellFormat *format = cellFormatOf(m_cell.kind);
    // A layout newer than any we saw may keep them elsewhere: that is no "nothing".
    const bool isNewer = !version || format == nullptr || *version > std::ranges::max(format->versions);
    return {.kind = isNewer ? base::ErrorKind::UnknownVersion : base::ErrorKind::NotFound,
            .subject = m_cell.file,
            .place = version ? QStringLiteral("user_version %1").arg(*version) : QString(),
            .detail = detail};
}

base::Error CellDatabase::unknownLayout() const
{
    return {.kind = base::ErrorKind::UnknownVersion,
            .subject = m_cell.file,
            .place = m_cell.table,
            .detail = QStringLiteral("is laid out in another way")};
}

base::Result<CellDatabase::Statement> CellDatabase::prepared(const QByteArray &query, const QString &bound) const
{
    sqlite3_stmt *made = nullptr;
    const int result =
        sqlite3_prepare_v2(m_handle.get(), query.constData(), static_cast<int>(query.size()), &made, nullptr);
    Statement statement(made);
    if (result != SQLITE_OK)
        return base::unexpected(failure(result));
    const QByteArray text = bound.toUtf8();
    if (!bound.isEmpty())
        sqlite3_bind_text(made, 1, text.constData(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return statement;
}

base::Result<void> CellDatabase::run(const char *statement) const
{
    const auto made = prepared(statement);
    if (!made)
        return base::unexpected(made.error());
    const int result = sqlite3_step(made->get());
    if (result == SQLITE_ROW || result == SQLITE_DONE)
        return {};
    return base::unexpected(failure(result));
}

base::Result<int> CellDatabase::userVersion() const
{
    const auto query = prepared("PRAGMA user_version");
    if (!query)
        return base::unexpected(query.error());
    const int result = sqlite3_step(query->get());
    if (result != SQLITE_ROW)
        return base::unexpected(failure(result));
    return sqlite3_column_int(query->get(), 0);
}

base::Result<bool> CellDatabase::hasTable(const QString &name) const
{
    const auto query = prepared("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", name);
    if (!query)
        return base::unexpected(query.error());
    const int result = sqlite3_step(query->get());
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        return base::unexpected(failure(result));
    return result == SQLITE_ROW;
}

base::Result<bool> CellDatabase::isKnown() const
{
    const CellFormat *format = cellFormatOf(m_cell.kind);
    const auto version = userVersion();
    if (!version)
        return base::unexpected(version.error());
    const auto hasMeta = hasTable(QStringLiteral("schema_meta"));
    if (!hasMeta)
        return base::unexpected(hasMeta.error());
    if (format == nullptr || !*hasMeta || std::ranges::find(format->versions, *version) == format->versions.end())
        return false;
    const auto query = prepared("SELECT 1 FROM schema_meta WHERE meta_key = 'primary' AND role = ?1",
                                QString::fromLatin1(format->role));
    if (!query)
        return false;
    return sqlite3_step(query->get()) == SQLITE_ROW;
}

base::Result<bool> CellDatabase::isMarked() const
{
    const CellFormat *format = cellFormatOf(m_cell.kind);
    if (format == nullptr || format->markerQuery == nullptr)
        return true;
    const auto query = prepared(format->markerQuery);
    if (!query)
        return base::unexpected(query.error());
    const int result = sqlite3_step(query->get());
    if (result == SQLITE_DONE)
        return false;
    if (result != SQLITE_ROW)
        return base::unexpected(failure(result));
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(query->get(), 0));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(query->get(), 0));
    const auto marker = base::JsonSpans::parse(base::Secret::copyOf({text, size}), m_cell.file);
    const auto member = marker ? marker->root().member(format->markerMember).optionalString()
                               : base::Result<std::optional<QString>>(base::unexpected(marker.error()));
    if (!member)
        return base::unexpected(member.error());
    return *member == QString::fromLatin1(format->markerText);
}

base::Result<CellRow> CellDatabase::row() const
{
    const auto isThere = hasTable(m_cell.table);
    if (!isThere)
        return base::unexpected(isThere.error());
    const auto counts = *isThere ? isMarked() : base::Result<bool>(false);
    if (!counts)
        return base::unexpected(counts.error());
    if (!*counts)
        return base::unexpected(nothing(QStringLiteral("holds no logins")));
    // In brackets, because SQLite takes an unknown name in double quotes for a text.
    const auto query = prepared(QStringLiteral("SELECT [%1], [%2] FROM [%3] WHERE [%4] = ?1")
                                    .arg(m_cell.valueColumn, m_cell.timeColumn, m_cell.table, m_cell.keyColumn)
                                    .toUtf8(),
                                m_cell.key);
    if (!query)
        return base::unexpected(unknownLayout());
    const int result = sqlite3_step(query->get());
    if (result == SQLITE_DONE)
        return base::unexpected(nothing(QStringLiteral("holds no logins")));
    if (result != SQLITE_ROW)
        return base::unexpected(failure(result));
    auto text = textIn(*query);
    if (!text)
        return base::unexpected(text.error());
    return CellRow{.text = std::move(*text),
                   .writtenAt = base::fromEpochMilliseconds(sqlite3_column_double(query->get(), 1))};
}

base::Result<base::Secret> CellDatabase::text(const QByteArray &query) const
{
    const auto isThere = hasTable(m_cell.table);
    if (!isThere)
        return base::unexpected(isThere.error());
    // What stands in the way of reading was seen just now: what fails here are the names.
    const auto prepared = *isThere ? this->prepared(query) : base::Result<Statement>(base::unexpected(unknownLayout()));
    if (!prepared)
        return base::unexpected(unknownLayout());
    const int result = sqlite3_step(prepared->get());
    return result == SQLITE_ROW ? textIn(*prepared) : base::Result<base::Secret>(base::unexpected(failure(result)));
}

base::Result<base::Secret> CellDatabase::textIn(const Statement &query) const
{
    const int size = sqlite3_column_bytes(query.get(), 0);
    const bool isText = sqlite3_column_type(query.get(), 0) == SQLITE_TEXT;
    if (!isText || size > textLimit)
        return base::unexpected({.kind = isText ? base::ErrorKind::TooLarge : base::ErrorKind::Malformed,
                                 .subject = m_cell.file,
                                 .place = m_cell.table + u'.' + m_cell.valueColumn,
                                 .detail = isText ? QString() : QStringLiteral("is not a text")});
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(query.get(), 0));
    return base::Secret::copyOf({text, static_cast<std::size_t>(size)});
}

base::Result<void> CellDatabase::update(const base::Secret &text, base::Timestamp now) const
{
    const auto query = prepared(QStringLiteral("UPDATE [%1] SET [%2] = ?2, [%3] = ?3 WHERE [%4] = ?1")
                                    .arg(m_cell.table, m_cell.valueColumn, m_cell.timeColumn, m_cell.keyColumn)
                                    .toUtf8(),
                                m_cell.key);
    if (!query)
        return base::unexpected(query.error());
    // SQLITE_STATIC: no copy of it is made for the statement.
    sqlite3_bind_text(query->get(), 2, text.expose().data(), static_cast<int>(text.size()), SQLITE_STATIC);
    sqlite3_bind_int64(query->get(), 3, now.time_since_epoch().count());
    const int result = sqlite3_step(query->get());
    if (result != SQLITE_DONE)
        return base::unexpected(failure(result));
    if (sqlite3_changes(m_handle.get()) == 1)
        return {};
    return base::unexpected(nothing(QStringLiteral("holds no row to replace")));
}

bool CellDatabase::isTorn() const
{
    if (!m_isImmutable)
        return false;
    const auto now = base::inspectFile(m_cell.file, m_facts.owner);
    return !now || now->inode != m_facts.inode || now->size != m_facts.size || now->modified != m_facts.modified
           || !isLogEmpty(m_facts);
}

} // namespace keytender::tools
