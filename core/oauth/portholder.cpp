// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/portholder.h"

#include <filesystem>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QList>

#include <unistd.h>

namespace keytender::oauth {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("SignIn", text);
}

struct Listening {
    QByteArray inode;
    uid_t user = 0;
};

// Columns of proc(5): 1 is the local address and port, 3 the state (0A = it listens), 7 the user, 9 the inode.
std::optional<Listening> listeningIn(const QString &table, quint16 port)
{
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QList<QByteArray> columns = line.simplified().split(' ');
        if (columns.size() < 10 || columns[3] != "0A")
            continue;
        bool isNumber = false;
        const uint number = columns[1].mid(columns[1].lastIndexOf(':') + 1).toUInt(&isNumber, 16);
        if (isNumber && number == port)
            return Listening{.inode = columns[9], .user = columns[7].toUInt()};
    }
    return std::nullopt;
}

bool holdsSocket(const std::filesystem::path &descriptors, const std::string &socket)
{
    std::error_code ignored; // the process has ended, or is another user's
    for (auto entry = std::filesystem::directory_iterator(descriptors, ignored);
         entry != std::filesystem::directory_iterator(); entry.increment(ignored)) {
        if (std::filesystem::read_symlink(entry->path(), ignored) == socket)
            return true;
    }
    return false;
}

QString programOf(const QString &directory)
{
    QFile file(directory + QStringLiteral("/comm"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString name;
    for (const QChar character : QString::fromUtf8(file.read(64))) { // any program may name itself as it likes
        if (character.isPrint())
            name += character;
    }
    return name.trimmed();
}

} // namespace

std::optional<PortHolder> portHolder(quint16 port, const QString &proc)
{
    std::optional<Listening> listening = listeningIn(proc + QStringLiteral("/net/tcp"), port);
    if (!listening)
        listening = listeningIn(proc + QStringLiteral("/net/tcp6"), port);
    if (!listening)
        return std::nullopt;
    PortHolder holder{.program = {}, .process = 0, .user = listening->user};
    const std::string socket = "socket:[" + listening->inode.toStdString() + "]";
    for (const QString &name : QDir(proc).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isProcess = false;
        const pid_t process = name.toInt(&isProcess);
        const QString directory = proc + u'/' + name;
        if (isProcess && holdsSocket((directory + QStringLiteral("/fd")).toStdString(), socket)) {
            holder.process = process;
            holder.program = programOf(directory);
            break;
        }
    }
    return holder;
}

QString describeHolder(const std::optional<PortHolder> &holder)
{
    if (holder && holder->process == ::getpid())
        return say(QT_TRANSLATE_NOOP("SignIn", "is taken by another sign-in of Keytender"));
    if (holder && holder->process != 0)
        return say(QT_TRANSLATE_NOOP("SignIn", "is taken by %1 (process %2)"))
            .arg(holder->program.isEmpty() ? QStringLiteral("?") : holder->program)
            .arg(holder->process);
    if (holder && holder->user != ::geteuid())
        return say(QT_TRANSLATE_NOOP("SignIn", "is taken by a program of another user"));
    return say(QT_TRANSLATE_NOOP("SignIn", "is taken by another program"));
}

} // namespace keytender::oauth
