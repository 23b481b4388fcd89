// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QScopedPointer>
#include <QString>
#include <QStringList>

namespace keytender::e2e {

// tests/fakes/peers/tokenserver, as long as this object lives.
class TokenServer final {
public:
    explicit TokenServer(const QStringList &arguments);
    ~TokenServer();

    [[nodiscard]] bool isRunning() const { return m_port > 0; }
    [[nodiscard]] QString endpoint(const QString &kind) const; // where refreshes go
    // A new family's first token set, some seconds old; `family` counts from 0.
    [[nodiscard]] QJsonObject issue(const QString &kind, int age, int &family);
    [[nodiscard]] QJsonObject counts();

private:
    QProcess m_process;
    int m_port = 0;
    int m_families = 0;
};

// One home of one tool, with one login, and the scripted peer that uses it.
struct ToolHome {
    QString tool; // as in Keytender's settings: "claude-code"
    QString kind; // the token server's: "anthropic"
    QString peer; // below tests/fakes/peers
    QString version;
    double window = 0; // seconds before the end in which the peer refreshes
    int age = 0;       // seconds, of its login at the start
    bool takesLocks = true;
    bool isKept = true;     // by Keytender too, which else only watches
    QString directory = {}; // the person's home: DIRECTORY/.claude/.credentials.json
    std::vector<int> families = {};

    [[nodiscard]] QString toolDirectory() const; // as in Keytender's settings
    [[nodiscard]] QString file() const;          // of the login
    void signIn(TokenServer &server);            // as the tool's own sign-in would
    [[nodiscard]] QByteArray refreshToken() const;
};

// Goes round all homes: never two peers in one, as many at once as told, until ended.
class PeerRound final {
public:
    // What a peer said of this home.
    using Heard = std::function<void(ToolHome &home, const QJsonObject &event)>;

    PeerRound(std::vector<ToolHome> &homes, const TokenServer &server, Heard heard);
    ~PeerRound();

    void begin(int atOnce);
    void end(); // lets those that run come to their end

private:
    struct Running {
        std::unique_ptr<QProcess, QScopedPointerDeleteLater> process;
        std::size_t home = 0;
    };
    void startNext();
    void take(QProcess *process);

    std::vector<ToolHome> &m_homes;
    const TokenServer &m_server;
    Heard m_heard;
    std::vector<Running> m_running;
    std::size_t m_next = 0;
    bool m_isEnding = false;
};

// keytenderd with a person's home of its own, whose tools' homes are the given ones.
class Tender final {
public:
    Tender(QString home, QString name, const std::vector<ToolHome> &homes, const TokenServer &server);
    ~Tender(); // asks it to end, and waits

    // Looks once for the ids of the logins, and notes for each that the person said "Keep fresh". What is wrong, or
    // nothing.
    [[nodiscard]] QString keepFresh();
    void start();
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] QString end(); // what is wrong, or nothing
    void kill();
    [[nodiscard]] QByteArray status(); // looks once, in a process of its own

private:
    void write(const QJsonObject &care);
    void configure(QProcess &process) const;

    QString m_home;
    QString m_name;
    const std::vector<ToolHome> &m_homes;
    QProcess m_process;
};

} // namespace keytender::e2e
