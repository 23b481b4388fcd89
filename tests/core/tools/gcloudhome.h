// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QByteArray>
#include <QString>

#include <sqlite3.h>

#include "fakes/temporaryhome.h"

// Databases as gcloud 528 makes them: its own tables, with a rollback journal, 0600.
namespace keytender::fakes {

inline const QString gcloudHome = QStringLiteral(".config/gcloud");

class GcloudDatabase final {
public:
    [[nodiscard]] static GcloudDatabase credentials(const TemporaryHome &home, const QString &directory = gcloudHome)
    {
        GcloudDatabase made(home.write(directory + QStringLiteral("/credentials.db"), {}));
        made.run("CREATE TABLE \"credentials\" (account_id TEXT PRIMARY KEY, value BLOB)");
        return made;
    }
    [[nodiscard]] static GcloudDatabase tokens(const TemporaryHome &home, const QString &directory = gcloudHome)
    {
        GcloudDatabase made(home.write(directory + QStringLiteral("/access_tokens.db"), {}));
        made.run("CREATE TABLE \"access_tokens\" (account_id TEXT PRIMARY KEY, access_token TEXT, "
                 "token_expiry TIMESTAMP, rapt_token TEXT, id_token TEXT)");
        return made;
    }

    [[nodiscard]] const QString &path() const { return m_path; }

    // In the connection that is held, if one is.
    void run(const QByteArray &statement) const
    {
        const auto once = m_held ? nullptr : opened();
        char *message = nullptr;
        if (sqlite3_exec((m_held ? m_held : once).get(), statement.constData(), nullptr, nullptr, &message)
            != SQLITE_OK)
            qFatal("%s: %s", statement.constData(), message);
    }
    void put(const QByteArray &account, QByteArray value) const
    {
        run("REPLACE INTO credentials VALUES ('" + account + "', '" + value.replace('\'', "''") + "')");
    }
    void put(const QByteArray &account, const QByteArray &token, const QByteArray &expiry) const
    {
        run("REPLACE INTO access_tokens VALUES ('" + account + "', '" + token + "', '" + expiry + "', NULL, 'id')");
    }
    void holdOpen() { m_held = opened(); }
    void letGo() { m_held.reset(); }

private:
    explicit GcloudDatabase(QString path) : m_path(std::move(path)) {}

    [[nodiscard]] std::shared_ptr<sqlite3> opened() const
    {
        sqlite3 *database = nullptr;
        if (sqlite3_open(m_path.toUtf8().constData(), &database) != SQLITE_OK)
            qFatal("cannot open %s", qPrintable(m_path));
        sqlite3_busy_timeout(database, 5000);
        return {database, sqlite3_close};
    }

    QString m_path;
    std::shared_ptr<sqlite3> m_held;
};

// What a person signed in with, in gcloud's words.
inline QByteArray gcloudUser(const QByteArray &refreshToken)
{
    return R"({
  "client_id": "dummy-client",
  "client_secret": "dummy-client-secret",
  "refresh_token": ")"
           + refreshToken + R"(",
  "revoke_uri": "https://oauth2.googleapis.com/revoke",
  "scopes": [
    "openid",
    "https://www.googleapis.com/auth/cloud-platform"
  ],
  "token_uri": "https://oauth2.googleapis.com/token",
  "type": "authorized_user",
  "universe_domain": "googleapis.com"
})";
}

} // namespace keytender::fakes
