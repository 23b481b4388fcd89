// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/commandrun.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>
#include <vector>

#include <QDir>
#include <QFile>
#include <QSocketNotifier>
#include <QStandardPaths>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keytender::refresh {

namespace {

QString absolutePathOf(const QString &program, const base::Environment &environment)
{
    if (QDir::isAbsolutePath(program))
        return QStandardPaths::findExecutable(program);
    if (program.isEmpty() || program.contains(u'/'))
        return {};
    QStringList directories =
        environment.nonEmptyOr(QStringLiteral("PATH"), QStringLiteral("/usr/local/bin:/usr/bin:/bin")).split(u':');
    directories.removeIf([](const QString &directory) { return !QDir::isAbsolutePath(directory); });
    return directories.isEmpty() ? QString() : QStandardPaths::findExecutable(program, directories);
}

struct Pipe {
    base::FileDescriptor reading;
    base::FileDescriptor writing;

    [[nodiscard]] static base::Result<Pipe> make()
    {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            return base::unexpected(base::errorFromErrno(errno, QStringLiteral("pipe")));
        return Pipe{.reading = base::FileDescriptor(ends[0]), .writing = base::FileDescriptor(ends[1])};
    }
};

// Everything at once, before there is a reader: a pipe takes as much, and so nobody waits for the program to read.
base::Result<base::FileDescriptor> pipeHolding(const base::Secret &input)
{
    auto pipe = Pipe::make();
    if (!pipe)
        return base::unexpected(pipe.error());
    (void)fcntl(pipe->writing.number(), F_SETFL, O_NONBLOCK);
    const std::string_view bytes = input.expose();
    if (bytes.size() > Command::inputLimit)
        return base::unexpected({.kind = base::ErrorKind::TooLarge,
                                 .subject = QStringLiteral("standard input"),
                                 .place = {},
                                 .detail = {}});
    const ssize_t written = write(pipe->writing.number(), bytes.data(), bytes.size());
    if (written != static_cast<ssize_t>(bytes.size()))
        return base::unexpected(base::errorFromErrno(written < 0 ? errno : EAGAIN, QStringLiteral("standard input")));
    return std::move(pipe->reading);
}

// How the child differs from us: its streams as given (-1 = /dev/null), no other descriptor, a session and so a process
// group of its own, signals as a program expects them.
class SpawnRules final {
public:
    SpawnRules(int input, int errors, const QByteArray &directory)
    {
        posix_spawn_file_actions_init(&m_actions);
        stream(STDIN_FILENO, input);
        stream(STDOUT_FILENO, -1);
        stream(STDERR_FILENO, errors);
        posix_spawn_file_actions_addclosefrom_np(&m_actions, STDERR_FILENO + 1);
        posix_spawn_file_actions_addchdir_np(&m_actions, directory.constData());
        posix_spawnattr_init(&m_attributes);
        sigset_t signals;
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&m_attributes, &signals);
        for (const int each : {SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD})
            sigaddset(&signals, each);
        posix_spawnattr_setsigdefault(&m_attributes, &signals);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnRules()
    {
        posix_spawn_file_actions_destroy(&m_actions);
        posix_spawnattr_destroy(&m_attributes);
    }
    SpawnRules(const SpawnRules &) = delete;
    SpawnRules &operator=(const SpawnRules &) = delete;

    [[nodiscard]] const posix_spawn_file_actions_t *actions() const { return &m_actions; }
    [[nodiscard]] const posix_spawnattr_t *attributes() const { return &m_attributes; }

private:
    void stream(int number, int from)
    {
        if (from >= 0)
            posix_spawn_file_actions_adddup2(&m_actions, from, number);
        else
            posix_spawn_file_actions_addopen(&m_actions, number, "/dev/null", O_RDWR, 0);
    }

    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

// A notifier may be in the middle of calling us.
void retire(std::unique_ptr<QSocketNotifier> &notifier)
{
    if (!notifier)
        return;
    notifier->setEnabled(false);
    notifier.release()->deleteLater();
}

// An array of C strings that ends with a null pointer, as the system wants it.
class CStrings final {
public:
    explicit CStrings(const QStringList &texts)
    {
        for (const QString &text : texts)
            m_bytes.push_back(QFile::encodeName(text));
        for (QByteArray &bytes : m_bytes)
            m_pointers.push_back(bytes.data());
        m_pointers.push_back(nullptr);
    }
    [[nodiscard]] char *const *pointers() const { return m_pointers.data(); }

private:
    std::vector<QByteArray> m_bytes;
    std::vector<char *> m_pointers;
};

} // namespace

CommandRun::CommandRun(Command command, QObject *parent) : QObject(parent), m_command(std::move(command))
{
    m_limit.setSingleShot(true);
    m_grace.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { end(CommandEnd::How::TimedOut); });
    connect(&m_grace, &QTimer::timeout, this, [this] { signalGroup(SIGKILL); });
}

CommandRun::~CommandRun()
{
    if (m_process == 0)
        return;
    signalGroup(SIGKILL);
    constexpr int longest = 200; // ms: a process that hangs in the kernel is not waited for
    pollfd handle{.fd = m_handle.number(), .events = POLLIN, .revents = 0};
    if (poll(&handle, 1, longest) > 0)
        (void)waitid(P_PIDFD, static_cast<id_t>(m_handle.number()), nullptr, WEXITED | WNOHANG);
}

void CommandRun::start()
{
    const QString name = m_command.words.value(0);
    const QString program = absolutePathOf(name, m_command.environment);
    if (program.isEmpty()) {
        finishLater({.how = CommandEnd::How::Missing, .exitCode = 0, .error = name});
        return;
    }
    if (const auto launched = launch(program); !launched)
        finishLater({.how = CommandEnd::How::NotStarted, .exitCode = 0, .error = base::describe(launched.error())});
}

base::Result<void> CommandRun::launch(const QString &program)
{
    auto input = pipeHolding(m_command.input);
    if (!input)
        return base::unexpected(input.error());
    m_command.input = {};
    auto errors = Pipe::make();
    if (!errors)
        return base::unexpected(errors.error());
    const bool isKept = m_command.errors == Command::Errors::Kept;
    const QString directory = m_command.directory.isEmpty() ? m_command.environment.home : m_command.directory;
    const SpawnRules rules(input->number(), isKept ? errors->writing.number() : -1, QFile::encodeName(directory));
    const CStrings words(m_command.words);
    const CStrings variables(environmentForCommand(m_command.environment) + m_command.variables);
    pid_t process = 0;
    if (const int error = posix_spawn(&process, QFile::encodeName(program).constData(), rules.actions(),
                                      rules.attributes(), words.pointers(), variables.pointers()))
        return base::unexpected(base::errorFromErrno(error, program));
    m_process = process;
    // By its number: the header of glibc 2.36 declares pidfd_open for C alone.
    m_handle = base::FileDescriptor(static_cast<int>(syscall(SYS_pidfd_open, process, 0)));
    if (!m_handle.isOpen()) {
        const int error = errno;
        signalGroup(SIGKILL);
        (void)waitpid(process, nullptr, 0);
        m_process = 0;
        return base::unexpected(base::errorFromErrno(error, program));
    }
    if (isKept)
        m_errorPipe = std::move(errors->reading);
    watch(m_errorPipe.number());
    return {};
}

void CommandRun::watch(int errors)
{
    m_ended = std::make_unique<QSocketNotifier>(m_handle.number(), QSocketNotifier::Read);
    connect(m_ended.get(), &QSocketNotifier::activated, this, &CommandRun::reap);
    if (errors >= 0) {
        (void)fcntl(errors, F_SETFL, O_NONBLOCK);
        m_errors = base::Secret(Command::errorsKept);
        m_spoken = std::make_unique<QSocketNotifier>(errors, QSocketNotifier::Read);
        connect(m_spoken.get(), &QSocketNotifier::activated, this, [this] { readErrors(4); });
    }
    m_limit.start(m_command.limit);
}

// Up to a ring in each turn, so that who chatters without end does not keep us from everything else.
void CommandRun::readErrors(int turns)
{
    const std::span<char> ring = m_errors.writable();
    for (int turn = 0; turn < turns && m_errorPipe.isOpen(); ++turn) {
        const std::size_t at = m_errorsSeen % ring.size();
        const ssize_t got = read(m_errorPipe.number(), ring.data() + at, ring.size() - at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return;
        if (got <= 0) {
            retire(m_spoken);
            (void)m_errorPipe.close();
            return;
        }
        m_errorsSeen += static_cast<std::size_t>(got);
    }
}

void CommandRun::cancel()
{
    end(CommandEnd::How::Cancelled);
}

void CommandRun::end(CommandEnd::How how)
{
    if (m_process == 0 || m_endedBy)
        return;
    m_endedBy = how;
    signalGroup(SIGTERM);
    m_grace.start(grace);
}

// Before it is reaped its number is nobody else's.
void CommandRun::signalGroup(int signal) const
{
    if (m_process > 0)
        (void)kill(-m_process, signal);
}

void CommandRun::reap()
{
    siginfo_t how{};
    if (waitid(P_PIDFD, static_cast<id_t>(m_handle.number()), &how, WEXITED | WNOHANG | WNOWAIT) != 0
        || how.si_pid == 0)
        return;
    if (m_endedBy) // what it had started goes with it, although it has gone by itself
        signalGroup(SIGKILL);
    (void)waitid(P_PIDFD, static_cast<id_t>(m_handle.number()), &how, WEXITED | WNOHANG);
    m_process = 0;
    retire(m_ended);
    m_limit.stop();
    m_grace.stop();
    constexpr int pipeful = 32; // and no more: a child of its own may go on writing
    if (m_spoken)
        readErrors(pipeful);
    retire(m_spoken);
    const bool hasExited = how.si_code == CLD_EXITED;
    const CommandEnd::How own = hasExited ? CommandEnd::How::Exited : CommandEnd::How::Killed;
    Q_EMIT finished({.how = m_endedBy.value_or(own), .exitCode = hasExited ? how.si_status : 0, .error = {}});
}

void CommandRun::finishLater(CommandEnd end)
{
    QTimer::singleShot(0, this, [this, end = std::move(end)] { Q_EMIT finished(end); });
}

base::Secret CommandRun::lastErrors() const
{
    const std::string_view ring = m_errors.expose();
    if (m_errorsSeen <= ring.size())
        return base::Secret::copyOf(ring.substr(0, m_errorsSeen));
    base::Secret straight(ring.size());
    const std::size_t oldest = m_errorsSeen % ring.size();
    std::ranges::copy(ring.substr(oldest), straight.writable().begin());
    std::ranges::copy(ring.substr(0, oldest), straight.writable().begin() + static_cast<long>(ring.size() - oldest));
    // The first line may be the rest of a token whose beginning is gone, by which alone it would be known.
    const std::string_view text = straight.expose();
    const std::size_t line = text.find('\n');
    return line == std::string_view::npos ? base::Secret() : base::Secret::copyOf(text.substr(line + 1));
}

QStringList environmentForCommand(const base::Environment &environment)
{
    static const QStringList names{
        QStringLiteral("PATH"),
        QStringLiteral("USER"),
        QStringLiteral("LOGNAME"),
        QStringLiteral("SHELL"),
        QStringLiteral("LANG"),
        QStringLiteral("LANGUAGE"),
        QStringLiteral("TZ"),
        QStringLiteral("TMPDIR"),
        QStringLiteral("SSL_CERT_FILE"),
        QStringLiteral("SSL_CERT_DIR"),
        QStringLiteral("AWS_CA_BUNDLE"),
        QStringLiteral("NODE_EXTRA_CA_CERTS"),
        QStringLiteral("AWS_CONFIG_FILE"),
        QStringLiteral("REQUESTS_CA_BUNDLE"),
        QStringLiteral("DOCKER_HOST"),
        QStringLiteral("DOCKER_CONTEXT"),
        QStringLiteral("DOCKER_CONFIG"),
        QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
        QStringLiteral("CONTAINER_HOST"),
        QStringLiteral("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE"),
    };
    QStringList lines{QStringLiteral("HOME=") + environment.home};
    for (auto each = environment.variables.cbegin(); each != environment.variables.cend(); ++each) {
        const QString &name = each.key();
        const bool isDirectory = name.startsWith(QStringLiteral("XDG_"))
                                 && (name.endsWith(QStringLiteral("_HOME")) || name.endsWith(QStringLiteral("_DIR"))
                                     || name.endsWith(QStringLiteral("_DIRS")));
        const bool isKnown = names.contains(name) || name.startsWith(QStringLiteral("LC_")) || isDirectory;
        if (isKnown && each.value() != base::Environment::withheld)
            lines.append(name + u'=' + each.value());
    }
    lines.sort();
    return lines;
}

} // namespace keytender::refresh
