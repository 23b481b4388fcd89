// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/peer.h"

#include <array>
#include <climits>

#include <QFile>
#include <QFileInfo>
#include <QList>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/filedescriptor.h"

namespace keytender::ipc {

using service::Consumer;

namespace {

constexpr const char *controlName = "keytenderctl";

QByteArray procPath(pid_t pid, const char *name)
{
    return "/proc/" + QByteArray::number(pid) + '/' + name;
}

std::optional<ProcessFacts> factsOf(pid_t pid)
{
    const base::FileDescriptor file(open(procPath(pid, "stat").constData(), O_RDONLY | O_CLOEXEC));
    std::array<char, 1024> buffer{};
    const ssize_t count = file.isOpen() ? read(file.number(), buffer.data(), buffer.size()) : -1;
    return count > 0 ? readProcessFacts(QByteArray(buffer.data(), count)) : std::nullopt;
}

QString linkTarget(const QByteArray &path)
{
    std::array<char, PATH_MAX> buffer{};
    const ssize_t count = readlink(path.constData(), buffer.data(), buffer.size());
    if (count <= 0 || count == static_cast<ssize_t>(buffer.size()))
        return {};
    QByteArray target(buffer.data(), count);
    // What the kernel appends once the file was replaced, by an update for instance.
    constexpr QByteArrayView gone(" (deleted)");
    if (target.endsWith(gone) && access(target.constData(), F_OK) != 0)
        target.chop(gone.size());
    return target.startsWith('/') ? QFile::decodeName(target) : QString();
}

// A process that cannot become another one under our eyes: its number is given to nobody else while a descriptor of it
// is open and it lives.
class HeldProcess final {
public:
    explicit HeldProcess(pid_t pid) : m_pid(pid), m_handle(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))) {}

    [[nodiscard]] std::optional<ProcessFacts> facts() const { return factsOf(m_pid); }
    // What was read before came from the process that this is about.
    [[nodiscard]] bool isSame(const ProcessFacts &before) const
    {
        if (m_handle.isOpen()) {
            pollfd ended{.fd = m_handle.number(), .events = POLLIN, .revents = 0};
            return poll(&ended, 1, 0) == 0;
        }
        return facts() == before;
    }

private:
    pid_t m_pid;
    base::FileDescriptor m_handle;
};

struct Seen {
    Consumer::Program program;
    ProcessFacts facts;
};

std::optional<Seen> look(pid_t pid)
{
    if (pid <= 0)
        return std::nullopt;
    const HeldProcess process(pid);
    const auto facts = process.facts();
    if (!facts)
        return std::nullopt;
    QString executable = linkTarget(procPath(pid, "exe"));
    if (!process.isSame(*facts))
        return std::nullopt;
    return Seen{.program = {.pid = pid, .startedAt = facts->startedAt, .executable = std::move(executable)},
                .facts = *facts};
}

// Where a process lets nobody look at its executable (S-10), its name has to do. Whoever takes that name gains nothing:
// they could as well start keytenderctl.
bool isOurControl(const Seen &seen, const QString &ownDirectory)
{
    if (seen.program.executable.isEmpty())
        return seen.facts.name == controlName;
    return seen.program.executable == ownDirectory + u'/' + QLatin1String(controlName);
}

} // namespace

std::optional<Peer> peerOf(int socket)
{
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0 || size != sizeof credentials)
        return std::nullopt;
    return Peer{.user = credentials.uid, .pid = credentials.pid};
}

Consumer consumerOf(pid_t pid, const QString &ownDirectory)
{
    std::optional<Seen> seen = look(pid);
    if (seen && isOurControl(*seen, ownDirectory))
        seen = look(seen->facts.parent);
    if (!seen)
        return {};
    Consumer consumer{.program = seen->program, .parent = {}};
    if (const auto parent = look(seen->facts.parent))
        consumer.parent = parent->program;
    return consumer;
}

QString ownDirectory()
{
    return QFileInfo(linkTarget("/proc/self/exe")).path();
}

std::optional<ProcessFacts> readProcessFacts(const QByteArray &stat)
{
    // "PID (NAME) STATE PARENT ...": the name may hold blanks and brackets, so what counts is the last bracket.
    const qsizetype begin = stat.indexOf('(');
    const qsizetype end = stat.lastIndexOf(')');
    if (begin < 0 || end < begin)
        return std::nullopt;
    const QList<QByteArray> rest = stat.mid(end + 1).simplified().split(' ');
    constexpr int parentAt = 1;
    constexpr int startedAt = 19; // "starttime", the 22nd of all fields
    if (rest.size() <= startedAt)
        return std::nullopt;
    bool isParentNumber = false;
    bool isStartNumber = false;
    const ProcessFacts facts{.name = stat.mid(begin + 1, end - begin - 1),
                             .parent = rest[parentAt].toInt(&isParentNumber),
                             .startedAt = rest[startedAt].toULongLong(&isStartNumber)};
    return isParentNumber && isStartNumber ? std::optional(facts) : std::nullopt;
}

} // namespace keytender::ipc
