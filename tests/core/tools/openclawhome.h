// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QByteArray>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStringList>

#include <sqlite3.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/timestamp.h"
#include "fakes/temporaryhome.h"

// Databases as OpenClaw makes them: the tables that matter in the words of 2026.9.6's own schema, in WAL mode, 0600.
namespace keytender::fakes {

inline QByteArray openClawStore(const QByteArray &profiles)
{
    return R"({"version":1,"profiles":{)" + profiles + "}}";
}

class OpenClawDatabase final {
public:
    enum class Kind { Shared, Agent };
    static constexpr base::Timestamp writtenAt{std::chrono::milliseconds{1'795'338'000'123}};

    // Without the row of the logins. Every statement has a connection of its own, as every OpenClaw has.
    OpenClawDatabase(const TemporaryHome &home, Kind kind, int version,
                     const QString &state = QStringLiteral(".openclaw"))
        : m_kind(kind), m_path(home.write(state
                                              + (kind == Kind::Shared ? QStringLiteral("/state/openclaw.sqlite")
                                                                      : QStringLiteral("/agents/main/agent/"
                                                                                       "openclaw-agent.sqlite")),
                                          {}))
    {
        run(QStringLiteral("PRAGMA journal_mode = WAL"));
        run(QStringLiteral("PRAGMA user_version = %1").arg(version));
        run(QStringLiteral("CREATE TABLE schema_meta (meta_key TEXT NOT NULL PRIMARY KEY, role TEXT NOT NULL, "
                           "schema_version INTEGER NOT NULL, agent_id TEXT, app_version TEXT, "
                           "created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT"));
        run(QStringLiteral("INSERT INTO schema_meta VALUES ('primary', '%1', %2, NULL, '2026.9.6', 1, 1)")
                .arg(kind == Kind::Shared ? QStringLiteral("global") : QStringLiteral("agent"))
                .arg(version));
        if (kind == Kind::Shared) {
            run(QStringLiteral("CREATE TABLE config_machine_state (state_key TEXT NOT NULL PRIMARY KEY, "
                               "value_json TEXT NOT NULL, updated_at_ms INTEGER NOT NULL) STRICT"));
            if (version == 18)
                run(QStringLiteral("INSERT INTO config_machine_state VALUES ('auth.sharedStore', "
                                   "'{\"location\":\"state-db\"}', 1795358606184)"));
            return;
        }
        run(QStringLiteral("CREATE TABLE auth_profile_store (store_key TEXT NOT NULL PRIMARY KEY, "
                           "store_json TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT"));
        run(QStringLiteral("CREATE TABLE auth_profile_state (state_key TEXT NOT NULL PRIMARY KEY, "
                           "state_json TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT"));
        run(QStringLiteral("INSERT INTO auth_profile_state VALUES ('primary', '{\"version\":1}', 1)"));
    }

    [[nodiscard]] const QString &path() const { return m_path; }

    // Keeps the log from being folded into the database, as a running gateway does.
    void holdOpen()
    {
        m_held = opened(m_path);
        sqlite3_exec(m_held.get(), "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
    }

    // In the connection that is held, if one is.
    void run(const QString &statement) const
    {
        const auto once = m_held ? nullptr : opened(m_path);
        char *message = nullptr;
        if (sqlite3_exec((m_held ? m_held : once).get(), statement.toUtf8().constData(), nullptr, nullptr, &message)
            != SQLITE_OK)
            qFatal("%s: %s", qPrintable(statement), message);
    }

    void put(const QByteArray &store) const
    {
        const QString text = QString::fromUtf8(store).replace(u'\'', QStringLiteral("''"));
        run((m_kind == Kind::Shared
                 ? QStringLiteral("INSERT INTO config_machine_state VALUES ('authProfiles.store', '%1', %2) "
                                  "ON CONFLICT DO UPDATE SET value_json = excluded.value_json")
                 : QStringLiteral("INSERT INTO auth_profile_store VALUES ('primary', '%1', %2) "
                                  "ON CONFLICT DO UPDATE SET store_json = excluded.store_json"))
                .arg(text)
                .arg(writtenAt.time_since_epoch().count()));
    }

    [[nodiscard]] QByteArray value() const
    {
        const QString row =
            m_kind == Kind::Shared
                ? QStringLiteral("SELECT value_json FROM config_machine_state WHERE state_key = 'authProfiles.store'")
                : QStringLiteral("SELECT store_json FROM auth_profile_store");
        return rowsOf(m_path, row).value(0).toUtf8();
    }

    // Everything in a database, in words.
    [[nodiscard]] static QStringList dump(const QString &path)
    {
        QStringList lines = rowsOf(path, QStringLiteral("PRAGMA user_version"))
                            + rowsOf(path, QStringLiteral("SELECT name, sql FROM sqlite_schema ORDER BY name"));
        const QStringList tables =
            rowsOf(path, QStringLiteral("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"));
        for (const QString &table : tables)
            lines += rowsOf(path, QStringLiteral("SELECT * FROM [%1] ORDER BY 1").arg(table));
        return lines;
    }

private:
    using Handle = std::shared_ptr<sqlite3>;

    static Handle opened(const QString &path)
    {
        sqlite3 *database = nullptr;
        if (sqlite3_open(path.toUtf8().constData(), &database) != SQLITE_OK)
            qFatal("cannot open %s", qPrintable(path));
        sqlite3_busy_timeout(database, 5000);
        return {database, sqlite3_close};
    }

    static QStringList rowsOf(const QString &path, const QString &query)
    {
        QStringList rows;
        const Handle database = opened(path);
        const auto add = [](void *to, int count, char **values, char ** /*names*/) {
            QStringList row;
            for (int i = 0; i < count; ++i)
                row.append(QString::fromUtf8(values[i]));
            static_cast<QStringList *>(to)->append(row.join(u'|'));
            return 0;
        };
        sqlite3_exec(database.get(), query.toUtf8().constData(), add, &rows, nullptr);
        return rows;
    }

    Kind m_kind;
    QString m_path;
    Handle m_held;
};

// Each file of a directory with its size and time.
inline QStringList filesWithTimes(const QString &directory)
{
    QStringList lines;
    const auto files = QDir(directory).entryInfoList(QDir::Files | QDir::Hidden, QDir::Name);
    for (const QFileInfo &file : files)
        lines.append(file.fileName() + u' ' + QString::number(file.size()) + u' '
                     + file.lastModified().toString(Qt::ISODateWithMs));
    return lines;
}

// Counts what would wake a watcher of a directory: files made, removed, written to, or closed after they were open for
// writing.
class WriteWatch final {
public:
    explicit WriteWatch(const QString &directory) : m_descriptor(inotify_init1(IN_NONBLOCK))
    {
        inotify_add_watch(m_descriptor, directory.toUtf8().constData(),
                          IN_CREATE | IN_DELETE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVE);
    }
    ~WriteWatch() { close(m_descriptor); }
    WriteWatch(const WriteWatch &) = delete;
    WriteWatch &operator=(const WriteWatch &) = delete;

    // Of the index beside the log nobody is told: it is not watched.
    [[nodiscard]] int writes() const
    {
        alignas(inotify_event) char buffer[8192];
        int count = 0;
        const auto size = read(m_descriptor, buffer, sizeof buffer);
        for (decltype(+size) at = 0; at < size;) {
            const auto *event = reinterpret_cast<const inotify_event *>(buffer + at);
            if (!QByteArray(event->name).endsWith("-shm"))
                ++count;
            at += static_cast<decltype(+size)>(sizeof(inotify_event) + event->len);
        }
        return count;
    }

private:
    int m_descriptor;
};

} // namespace keytender::fakes
