// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/browser.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <memory>
#include <utility>
#include <vector>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QPointer>
#include <QSocketNotifier>
#include <QStandardPaths>

#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/filedescriptor.h"

namespace keytender::oauth {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("SignIn", text);
}

base::Error unavailable(const QString &program, const QString &detail)
{
    return {.kind = base::ErrorKind::Unavailable, .subject = program, .place = {}, .detail = detail};
}

QString absolutePathOf(const QString &program, const base::Environment &environment)
{
    if (QDir::isAbsolutePath(program))
        return program;
    QStringList directories =
        environment.nonEmptyOr(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin")).split(u':');
    directories.removeIf([](const QString &directory) { return !QDir::isAbsolutePath(directory); });
    return directories.isEmpty() ? QString() : QStandardPaths::findExecutable(program, directories);
}

// How the child differs from us: standard streams at /dev/null (a browser's chatter may name the address), no other
// descriptor, a session of its own, signals as a program expects them.
class SpawnRules final {
public:
    SpawnRules()
    {
        posix_spawn_file_actions_init(&m_actions);
        for (const int stream : {0, 1, 2})
            posix_spawn_file_actions_addopen(&m_actions, stream, "/dev/null", O_RDWR, 0);
        posix_spawn_file_actions_addclosefrom_np(&m_actions, 3);
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
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

// By its number: the header of glibc 2.36 declares pidfd_open for C alone.
int pidfdOf(pid_t process)
{
    return static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
}

// 0 and the process, or an errno.
int spawn(const QByteArray &program, const base::Secret &address, const QStringList &environment, pid_t &process)
{
    base::Secret argument(address.size() + 1); // ends with a NUL
    std::ranges::copy(address.expose(), argument.writable().begin());
    QByteArray name = program;
    char *arguments[]{name.data(), argument.writable().data(), nullptr};
    std::vector<QByteArray> lines;
    lines.reserve(static_cast<std::size_t>(environment.size()));
    for (const QString &line : environment)
        lines.push_back(line.toLocal8Bit());
    std::vector<char *> variables;
    for (QByteArray &line : lines)
        variables.push_back(line.data());
    variables.push_back(nullptr);
    const SpawnRules rules;
    return posix_spawn(&process, program.constData(), rules.actions(), rules.attributes(), arguments, variables.data());
}

} // namespace

Browser::Browser(base::Environment environment, QString program, QObject *parent)
    : QObject(parent), m_environment(std::move(environment)), m_program(std::move(program))
{
}

base::Result<void> Browser::open(const base::Secret &address, const WebAddressRule &rule, QObject *context,
                                 Failed failed)
{
    if (base::Result<void> checked = checkWebAddress(address.expose(), rule); !checked)
        return checked;
    const QString program = absolutePathOf(m_program, m_environment);
    if (program.isEmpty())
        return base::unexpected(unavailable(m_program, say(QT_TRANSLATE_NOOP("SignIn", "is not installed"))));
    pid_t process = 0;
    if (const int error = spawn(QFile::encodeName(program), address, environmentForBrowser(m_environment), process))
        return base::unexpected(base::errorFromErrno(error, program));
    watch(process, context, std::move(failed));
    return {};
}

void Browser::watch(int process, QObject *context, Failed failed)
{
    auto descriptor = std::make_shared<base::FileDescriptor>(pidfdOf(process));
    if (!descriptor->isOpen())
        return; // its end stays unseen; the browser opens all the same
    auto *ended = new QSocketNotifier(descriptor->number(), QSocketNotifier::Read, this);
    connect(ended, &QSocketNotifier::activated, this,
            [this, ended, descriptor, guard = QPointer<QObject>(context), failed = std::move(failed)] {
                siginfo_t how{};
                if (::waitid(P_PIDFD, static_cast<id_t>(descriptor->number()), &how, WEXITED | WNOHANG) != 0
                    || how.si_pid == 0)
                    return;
                ended->setEnabled(false);
                ended->deleteLater();
                const bool hasFailed = how.si_code != CLD_EXITED || how.si_status != 0;
                if (hasFailed && guard != nullptr && failed)
                    failed(unavailable(m_program, say(QT_TRANSLATE_NOOP("SignIn", "found no browser that opens"))));
            });
}

QStringList environmentForBrowser(const base::Environment &environment)
{
    static const QStringList names{QStringLiteral("PATH"),
                                   QStringLiteral("HOME"),
                                   QStringLiteral("USER"),
                                   QStringLiteral("LOGNAME"),
                                   QStringLiteral("SHELL"),
                                   QStringLiteral("LANG"),
                                   QStringLiteral("LANGUAGE"),
                                   QStringLiteral("TZ"),
                                   QStringLiteral("DISPLAY"),
                                   QStringLiteral("WAYLAND_DISPLAY"),
                                   QStringLiteral("XAUTHORITY"),
                                   QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                                   QStringLiteral("TMPDIR"),
                                   QStringLiteral("DESKTOP_SESSION"),
                                   QStringLiteral("KDE_FULL_SESSION"),
                                   QStringLiteral("KDE_SESSION_VERSION"),
                                   QStringLiteral("KDE_SESSION_UID"),
                                   QStringLiteral("GNOME_DESKTOP_SESSION_ID"),
                                   QStringLiteral("MATE_DESKTOP_SESSION_ID"),
                                   QStringLiteral("MOZ_ENABLE_WAYLAND")};
    QStringList lines;
    for (auto each = environment.variables.cbegin(); each != environment.variables.cend(); ++each) {
        const bool isKnown = names.contains(each.key()) || each.key().startsWith(QStringLiteral("LC_"))
                             || each.key().startsWith(QStringLiteral("XDG_"));
        if (isKnown && each.value() != base::Environment::withheld)
            lines.append(each.key() + u'=' + each.value());
    }
    lines.sort();
    return lines;
}

} // namespace keytender::oauth
