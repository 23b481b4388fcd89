// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/activitydatabase.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keytender::service {

namespace {

constexpr int entriesKept = 20000;

class Statement final {
public:
    Statement(sqlite3 *database, const char *sql) { sqlite3_prepare_v2(database, sql, -1, &m_statement, nullptr); }
    ~Statement() { sqlite3_finalize(m_statement); }
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    Statement &bind(const QString &text)
    {
        const QByteArray utf8 = text.toUtf8();
        sqlite3_bind_text(m_statement, ++m_bound, utf8.constData(), static_cast<int>(utf8.size()), SQLITE_TRANSIENT);
        return *this;
    }
    Statement &bind(qint64 number)
    {
        sqlite3_bind_int64(m_statement, ++m_bound, number);
        return *this;
    }
    [[nodiscard]] bool isSound() const { return m_statement != nullptr; }
    [[nodiscard]] int step() { return m_statement == nullptr ? SQLITE_ERROR : sqlite3_step(m_statement); }
    [[nodiscard]] QString text(int column) const
    {
        return QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column)),
                                 sqlite3_column_bytes(m_statement, column));
    }
    [[nodiscard]] qint64 number(int column) const { return sqlite3_column_int64(m_statement, column); }
    [[nodiscard]] int smallNumber(int column) const { return sqlite3_column_int(m_statement, column); }

private:
    sqlite3_stmt *m_statement = nullptr;
    int m_bound = 0;
};

// Private from its first moment; SQLite gives its side files the same mode.
void makePrivately(const QString &path)
{
    const QString directory = QFileInfo(path).path();
    QDir().mkpath(directory);
    chmod(QFile::encodeName(directory).constData(), 0700);
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return;
    fchmod(descriptor, 0600);
    ::close(descriptor);
}

int prepareTables(sqlite3 *handle)
{
    return sqlite3_exec(handle,
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                        "CREATE TABLE IF NOT EXISTS activity(id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
                        " profile TEXT NOT NULL, path TEXT NOT NULL, state INTEGER NOT NULL,"
                        " step INTEGER NOT NULL, lineage TEXT NOT NULL, note TEXT NOT NULL,"
                        " deed INTEGER NOT NULL DEFAULT 0, attempt TEXT NOT NULL DEFAULT '',"
                        " steps TEXT NOT NULL DEFAULT '');"
                        "CREATE INDEX IF NOT EXISTS activity_of_profile ON activity(profile, id);",
                        nullptr, nullptr, nullptr);
}

// Of a file that was made before there were deeds. One that is there already is refused, which is as good.
void addColumns(sqlite3 *handle)
{
    for (const char *column :
         {"deed INTEGER NOT NULL DEFAULT 0", "attempt TEXT NOT NULL DEFAULT ''", "steps TEXT NOT NULL DEFAULT ''"})
        sqlite3_exec(handle, (QByteArrayLiteral("ALTER TABLE activity ADD COLUMN ") + column).constData(), nullptr,
                     nullptr, nullptr);
}

} // namespace

ActivityDatabase::ActivityDatabase(const QString &path)
{
    open(path);
}

ActivityDatabase::~ActivityDatabase()
{
    sqlite3_close(m_handle);
}

void ActivityDatabase::open(const QString &path)
{
    if (!path.isEmpty())
        makePrivately(path);
    const QByteArray name = path.isEmpty() ? QByteArrayLiteral(":memory:") : QFile::encodeName(path);
    int result = sqlite3_open_v2(name.constData(), &m_handle,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW, nullptr);
    if (result == SQLITE_OK) {
        sqlite3_busy_timeout(m_handle, 200);
        result = prepareTables(m_handle);
    }
    if (result == SQLITE_OK && !hasEveryColumn())
        addColumns(m_handle);
    if (result == SQLITE_OK && hasEveryColumn())
        return;
    m_problem = base::Error{.kind = base::ErrorKind::Io,
                            .subject = path,
                            .place = {},
                            .detail = QString::fromUtf8(sqlite3_errmsg(m_handle))};
    if (path.isEmpty())
        return;
    sqlite3_close(m_handle);
    m_handle = nullptr;
    open({});
}

bool ActivityDatabase::hasEveryColumn() const
{
    return Statement(m_handle, "SELECT deed, attempt, steps FROM activity LIMIT 0").isSound();
}

void ActivityDatabase::append(const std::vector<ActivityLine> &lines)
{
    sqlite3_exec(m_handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    for (const ActivityLine &line : lines) {
        Statement insert(m_handle, "INSERT INTO activity(at, profile, path, state, step, lineage, note, deed, attempt,"
                                   " steps) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insert.bind(qint64{line.at.time_since_epoch().count()})
            .bind(line.profile)
            .bind(line.path)
            .bind(qint64{line.state})
            .bind(qint64{line.step})
            .bind(line.lineage)
            .bind(line.note)
            .bind(qint64{line.deed})
            .bind(line.attempt)
            .bind(line.steps);
        if (insert.step() != SQLITE_DONE && !m_problem)
            m_problem = base::Error{.kind = base::ErrorKind::Io,
                                    .subject = QStringLiteral("activity log"),
                                    .place = {},
                                    .detail = QString::fromUtf8(sqlite3_errmsg(m_handle))};
    }
    trim();
    sqlite3_exec(m_handle, "COMMIT", nullptr, nullptr, nullptr);
}

void ActivityDatabase::trim()
{
    Statement remove(m_handle, "DELETE FROM activity WHERE id <= (SELECT MAX(id) FROM activity) - ?");
    remove.bind(qint64{entriesKept});
    static_cast<void>(remove.step()); // a log that is too long is no fault worth reporting
}

std::vector<ActivityLine> ActivityDatabase::of(const QString &profile, int atMost) const
{
    std::vector<ActivityLine> lines;
    Statement select(m_handle, "SELECT at, path, state, step, lineage, note, deed, attempt, steps FROM activity"
                               " WHERE profile = ? ORDER BY id DESC LIMIT ?");
    select.bind(profile).bind(qint64{atMost});
    while (select.step() == SQLITE_ROW)
        lines.push_back({.at = base::Timestamp{base::Milliseconds{select.number(0)}},
                         .profile = profile,
                         .path = select.text(1),
                         .state = select.smallNumber(2),
                         .step = select.smallNumber(3),
                         .lineage = select.text(4),
                         .note = select.text(5),
                         .deed = select.smallNumber(6),
                         .attempt = select.text(7),
                         .steps = select.text(8)});
    return lines;
}

} // namespace keytender::service
