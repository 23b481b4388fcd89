// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

#include <QByteArray>
#include <QProcess>
#include <QString>

namespace keytender::e2e {

// Everything that goes over a bus, byte for byte, from its start to stop().
class BusRecorder final {
public:
    BusRecorder(const QString &address, const QString &path);
    ~BusRecorder();

    [[nodiscard]] bool isRunning() const { return m_monitor.state() == QProcess::Running; }
    [[nodiscard]] QByteArray recorded() const; // so far
    void stop();

private:
    QProcess m_monitor;
    QString m_path;
};

// What anybody may see in /proc of the programs of this session: their arguments and environments, some hundred times a
// second (S-30).
class ProcessSampler final {
public:
    struct Seen {
        QByteArray arguments;   // each ends with a NUL
        QByteArray environment; // likewise
        bool operator<(const Seen &other) const
        {
            return std::tie(arguments, environment) < std::tie(other.arguments, other.environment);
        }
    };

    ProcessSampler(); // of the processes whose HOME is this one's, apart from this process
    ~ProcessSampler();

    [[nodiscard]] std::set<Seen> seen() const;
    [[nodiscard]] int rounds() const { return m_rounds; }

private:
    void look();

    const QByteArray m_home;
    std::atomic<bool> m_isOver = false;
    std::atomic<int> m_rounds = 0;
    mutable std::mutex m_mutex;
    std::set<Seen> m_seen;
    std::map<int, int> m_looks; // by process; the thread's own
    std::thread m_thread;
};

// The clipboard and the selection of a screen, in the hands of another program.
class Clipboards final {
public:
    // main() of the process that this class starts: this very executable with "--clipboards".
    [[nodiscard]] static int serve(int argc, char **argv);

    Clipboards();
    ~Clipboards();

    [[nodiscard]] bool put(const QByteArray &text); // into both
    [[nodiscard]] QByteArray get();                 // of both, and of every format

private:
    [[nodiscard]] QByteArray ask(const QByteArray &line);
    QProcess m_process;
};

} // namespace keytender::e2e
