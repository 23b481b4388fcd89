// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/activitylog.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTimer>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keytender::service {

namespace {

constexpr int entriesKept = 20000;

QString translated(const char *text)
{
    return QCoreApplication::translate("Activity", text);
}

// The database outlives versions of this program: numbers in it must never change their meaning.
constexpr std::array states{profile::CopyState::Held, profile::CopyState::Absent, profile::CopyState::Blank,
                            profile::CopyState::Unreadable};
constexpr std::array steps{sync::Step::Nothing,          sync::Step::Import,           sync::Step::AdoptNewer,
                           sync::Step::UpgradeToOAuth,   sync::Step::KeepRicher,       sync::Step::KeepNewer,
                           sync::Step::ReplaceAccount,   sync::Step::KeepThroughBlank, sync::Step::KeepThroughAbsence,
                           sync::Step::KeepThroughError, sync::Step::Ambiguous,        sync::Step::KeepAccount};

template <class T, std::size_t N>
int numberOf(const std::array<T, N> &known, T value)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (known[i] == value)
            return static_cast<int>(i);
    }
    return 0;
}

template <class T, std::size_t N>
T fromNumber(const std::array<T, N> &known, int number)
{
    return number >= 0 && number < static_cast<int>(N) ? known[static_cast<std::size_t>(number)] : known[0];
}

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
    [[nodiscard]] int step() { return m_statement == nullptr ? SQLITE_ERROR : sqlite3_step(m_statement); }
    [[nodiscard]] QString text(int column) const
    {
        return QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column)),
                                 sqlite3_column_bytes(m_statement, column));
    }
    [[nodiscard]] qint64 number(int column) const { return sqlite3_column_int64(m_statement, column); }

private:
    sqlite3_stmt *m_statement = nullptr;
    int m_bound = 0;
};

Activity activityOf(const sync::Sighting &sighting, base::Timestamp at)
{
    return {.at = at,
            .profile = sighting.profile,
            .path = sighting.path,
            .text = textOf(sighting),
            .fingerprint = sighting.lineage.isNull() ? QString() : sighting.lineage.shortText()};
}

} // namespace

QString textOf(const sync::Sighting &sighting)
{
    using sync::Step;
    switch (sighting.step) {
    case Step::Import:
        return translated(QT_TRANSLATE_NOOP("Activity", "found a login"));
    case Step::AdoptNewer:
        return translated(QT_TRANSLATE_NOOP("Activity", "the tool renewed its token"));
    case Step::UpgradeToOAuth:
        return translated(QT_TRANSLATE_NOOP("Activity", "signed in: a renewable login replaces the bare token"));
    case Step::ReplaceAccount:
        return translated(QT_TRANSLATE_NOOP("Activity", "the tool was signed in to another account"));
    case Step::KeepRicher:
        return translated(
            QT_TRANSLATE_NOOP("Activity", "the copy holds less than before; Keytender keeps what it knew"));
    case Step::KeepNewer:
        return translated(QT_TRANSLATE_NOOP("Activity", "an older token came back; Keytender keeps the newer one"));
    case Step::KeepThroughBlank:
        return translated(QT_TRANSLATE_NOOP("Activity", "the tool blanked its record"));
    case Step::KeepThroughAbsence:
        return translated(QT_TRANSLATE_NOOP("Activity", "the record is gone"));
    case Step::KeepThroughError:
        return sighting.note.isEmpty() ? translated(QT_TRANSLATE_NOOP("Activity", "could not be read")) : sighting.note;
    case Step::Ambiguous:
        return translated(QT_TRANSLATE_NOOP("Activity", "another token, and neither is provably newer"));
    case Step::KeepAccount:
        return translated(QT_TRANSLATE_NOOP("Activity", "holds another account's login; Keytender keeps this one"));
    case Step::Nothing:
        break;
    }
    switch (sighting.state) {
    case profile::CopyState::Held:
        return translated(QT_TRANSLATE_NOOP("Activity", "in step"));
    case profile::CopyState::Absent:
        return translated(QT_TRANSLATE_NOOP("Activity", "nothing there"));
    case profile::CopyState::Blank:
        return translated(QT_TRANSLATE_NOOP("Activity", "the tool blanked its record"));
    case profile::CopyState::Unreadable:
        return translated(QT_TRANSLATE_NOOP("Activity", "could not be read"));
    }
    return {};
}

struct ActivityLog::Database {
    sqlite3 *handle = nullptr;
    ~Database() { sqlite3_close(handle); }
};

ActivityLog::ActivityLog(QString path, QObject *parent) : QObject(parent), m_path(std::move(path)) {}

ActivityLog::~ActivityLog()
{
    flush();
}

ActivityLog::Database &ActivityLog::database()
{
    if (!m_database) {
        m_database = std::make_unique<Database>();
        openDatabase(m_path);
    }
    return *m_database;
}

void ActivityLog::openDatabase(const QString &path)
{
    if (!path.isEmpty()) {
        const QString directory = QFileInfo(path).path();
        QDir().mkpath(directory);
        chmod(QFile::encodeName(directory).constData(), 0700);
        // Made here so that it is private from its first moment; SQLite gives its side files the same mode.
        const int descriptor =
            open(QFile::encodeName(path).constData(), O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (descriptor >= 0) {
            fchmod(descriptor, 0600);
            close(descriptor);
        }
    }
    const QByteArray name = path.isEmpty() ? QByteArrayLiteral(":memory:") : QFile::encodeName(path);
    int result = sqlite3_open_v2(name.constData(), &m_database->handle,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW, nullptr);
    if (result == SQLITE_OK) {
        sqlite3_busy_timeout(m_database->handle, 200);
        result = sqlite3_exec(m_database->handle,
                              "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                              "CREATE TABLE IF NOT EXISTS activity(id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
                              " profile TEXT NOT NULL, path TEXT NOT NULL, state INTEGER NOT NULL,"
                              " step INTEGER NOT NULL, lineage TEXT NOT NULL, note TEXT NOT NULL);"
                              "CREATE INDEX IF NOT EXISTS activity_of_profile ON activity(profile, id);",
                              nullptr, nullptr, nullptr);
    }
    if (result == SQLITE_OK)
        return;
    m_problem = base::Error{.kind = base::ErrorKind::Io,
                            .subject = path,
                            .place = {},
                            .detail = QString::fromUtf8(sqlite3_errmsg(m_database->handle))};
    if (path.isEmpty())
        return;
    sqlite3_close(m_database->handle);
    m_database->handle = nullptr;
    openDatabase({});
}

void ActivityLog::add(const sync::Sighting &sighting, base::Timestamp at)
{
    if (m_pending.empty())
        QTimer::singleShot(0, this, &ActivityLog::flush);
    m_pending.push_back({at, sighting});
}

void ActivityLog::flush()
{
    if (m_pending.empty())
        return;
    const std::vector<Entry> entries = std::exchange(m_pending, {});
    sqlite3_exec(database().handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    for (const auto &[at, sighting] : entries) {
        Statement insert(database().handle, "INSERT INTO activity(at, profile, path, state, step, lineage, note)"
                                            " VALUES(?, ?, ?, ?, ?, ?, ?)");
        insert.bind(qint64{at.time_since_epoch().count()})
            .bind(sighting.profile)
            .bind(sighting.path)
            .bind(qint64{numberOf(states, sighting.state)})
            .bind(qint64{numberOf(steps, sighting.step)})
            .bind(sighting.lineage.isNull() ? QString() : sighting.lineage.shortText())
            .bind(sighting.note);
        if (insert.step() != SQLITE_DONE && !m_problem)
            m_problem = base::Error{.kind = base::ErrorKind::Io,
                                    .subject = QStringLiteral("activity log"),
                                    .place = {},
                                    .detail = QString::fromUtf8(sqlite3_errmsg(database().handle))};
    }
    trim();
    sqlite3_exec(database().handle, "COMMIT", nullptr, nullptr, nullptr);
    for (const Entry &entry : entries)
        Q_EMIT added(entry.sighting.profile);
}

void ActivityLog::trim()
{
    Statement remove(database().handle, "DELETE FROM activity WHERE id <= (SELECT MAX(id) FROM activity) - ?");
    remove.bind(qint64{entriesKept});
    static_cast<void>(remove.step()); // a log that is too long is no fault worth reporting
}

std::vector<Activity> ActivityLog::of(const QString &profile, int atMost)
{
    std::vector<Activity> activities;
    for (const Entry &entry : m_pending) {
        if (entry.sighting.profile == profile)
            activities.push_back(activityOf(entry.sighting, entry.at));
    }
    std::ranges::reverse(activities);
    Statement select(database().handle, "SELECT at, path, state, step, lineage, note FROM activity"
                                        " WHERE profile = ? ORDER BY id DESC LIMIT ?");
    select.bind(profile).bind(qint64{atMost});
    while (select.step() == SQLITE_ROW) {
        const sync::Sighting sighting{.profile = profile,
                                      .path = select.text(1),
                                      .state = fromNumber(states, static_cast<int>(select.number(2))),
                                      .step = fromNumber(steps, static_cast<int>(select.number(3))),
                                      .lineage = {},
                                      .note = select.text(5)};
        Activity activity = activityOf(sighting, base::Timestamp{base::Milliseconds{select.number(0)}});
        activity.fingerprint = select.text(4);
        activities.push_back(std::move(activity));
    }
    return activities;
}

} // namespace keytender::service
