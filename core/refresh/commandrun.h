// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include "base/environment.h"
#include "base/filedescriptor.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/timestamp.h"

class QSocketNotifier;

namespace keytender::refresh {

// What is to be run. No word of it passes a shell (S-34).
struct Command {
    QStringList words;             // the program, looked for in the absolute directories of PATH, and its arguments
    base::Environment environment; // whose; the program gets environmentForCommand() of it
    QStringList variables = {};    // "NAME=value", besides; none of them is a secret
    QString directory = {};        // that it runs in; empty = the home
    base::Secret input = {};       // on its standard input, then the end of it; at most inputLimit bytes
    base::Milliseconds limit{60'000};
    // Of standard error the last errorsKept bytes are kept, or nothing. Standard output is never read: tools print
    // tokens there.
    enum class Errors { Discarded, Kept } errors = Errors::Discarded;

    static constexpr std::size_t inputLimit = 60u << 10; // what a pipe takes without anybody reading it
    static constexpr std::size_t errorsKept = 4096;
};

struct CommandEnd {
    enum class How {
        Exited,     // with exitCode
        Killed,     // by a signal that was not ours
        TimedOut,   // it was ended, with all that it had started
        Cancelled,  // likewise
        Missing,    // no such program
        NotStarted, // `error`
    };
    How how = How::Exited;
    int exitCode = 0;
    QString error = {};

    bool operator==(const CommandEnd &) const = default;
};

// Runs one command once: in a session of its own, with an environment of known names and no descriptor of ours (S-32).
// At the limit its process group gets SIGTERM, and SIGKILL `grace` later. What it leaves running after an end of its
// own is its own affair. Deleted while it runs, it is killed.
class CommandRun final : public QObject {
    Q_OBJECT

public:
    static constexpr base::Milliseconds grace{2'000};

    explicit CommandRun(Command command, QObject *parent = nullptr);
    ~CommandRun() override;

    void start(); // once
    void cancel();

    // Of standard error, once it has finished: whole lines where more was said than is kept.
    [[nodiscard]] base::Secret lastErrors() const;

Q_SIGNALS:
    void finished(const keytender::refresh::CommandEnd &end);

private:
    [[nodiscard]] base::Result<void> launch(const QString &program);
    void watch(int errors);
    void readErrors(int turns);
    void end(CommandEnd::How how);
    void signalGroup(int signal) const;
    void reap();
    void finishLater(CommandEnd end);

    Command m_command;
    int m_process = 0; // 0 = none, or none any more
    base::FileDescriptor m_handle;
    base::FileDescriptor m_errorPipe;
    std::unique_ptr<QSocketNotifier> m_ended;
    std::unique_ptr<QSocketNotifier> m_spoken;
    base::Secret m_errors; // a ring
    std::size_t m_errorsSeen = 0;
    QTimer m_limit;
    QTimer m_grace;
    std::optional<CommandEnd::How> m_endedBy; // us
};

// "NAME=value" for what a program needs to find its files, its language, the machine's certificate authorities and the
// session's services, and for nothing that could open a window or a browser.
[[nodiscard]] QStringList environmentForCommand(const base::Environment &environment);

} // namespace keytender::refresh
