// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/error.h"

#include <cerrno>
#include <cstring>

#include <QCoreApplication>
#include <QStringList>

namespace keytender::base {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Error", text);
}

QString nameOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::NotFound:
        return translated(QT_TRANSLATE_NOOP("Error", "not found"));
    case ErrorKind::PermissionDenied:
        return translated(QT_TRANSLATE_NOOP("Error", "no permission"));
    case ErrorKind::ForeignOwner:
        return translated(QT_TRANSLATE_NOOP("Error", "belongs to another user"));
    case ErrorKind::NotAFile:
        return translated(QT_TRANSLATE_NOOP("Error", "not a regular file"));
    case ErrorKind::SymlinkLoop:
        return translated(QT_TRANSLATE_NOOP("Error", "its symbolic links lead in a circle"));
    case ErrorKind::Unsafe:
        return translated(QT_TRANSLATE_NOOP("Error", "others could change it"));
    case ErrorKind::TooLarge:
        return translated(QT_TRANSLATE_NOOP("Error", "too large"));
    case ErrorKind::Incomplete:
        return translated(QT_TRANSLATE_NOOP("Error", "empty or cut off"));
    case ErrorKind::Malformed:
        return translated(QT_TRANSLATE_NOOP("Error", "damaged"));
    case ErrorKind::Misconfigured:
        return translated(QT_TRANSLATE_NOOP("Error", "not set up right"));
    case ErrorKind::Encrypted:
        return translated(QT_TRANSLATE_NOOP("Error", "encrypted by the tool that owns it"));
    case ErrorKind::UnknownVersion:
        return translated(QT_TRANSLATE_NOOP("Error", "written by a version that Keytender does not know"));
    case ErrorKind::Locked:
        return translated(QT_TRANSLATE_NOOP("Error", "locked"));
    case ErrorKind::Unavailable:
        return translated(QT_TRANSLATE_NOOP("Error", "not available"));
    case ErrorKind::TimedOut:
        return translated(QT_TRANSLATE_NOOP("Error", "did not answer in time"));
    case ErrorKind::WrongKey:
        return translated(QT_TRANSLATE_NOOP("Error", "sealed with another key, or altered"));
    case ErrorKind::Overridden:
        return translated(QT_TRANSLATE_NOOP("Error", "something else takes precedence"));
    case ErrorKind::StorageFull:
        return translated(QT_TRANSLATE_NOOP("Error", "no space left"));
    case ErrorKind::ReadOnly:
        return translated(QT_TRANSLATE_NOOP("Error", "the file system is read-only"));
    case ErrorKind::Io:
        return translated(QT_TRANSLATE_NOOP("Error", "could not be read or written"));
    case ErrorKind::Refused:
        return translated(QT_TRANSLATE_NOOP("Error", "not to be done"));
    case ErrorKind::AlreadyRunning:
        return translated(QT_TRANSLATE_NOOP("Error", "Keytender is running already"));
    case ErrorKind::Cancelled:
        return translated(QT_TRANSLATE_NOOP("Error", "cancelled"));
    }
    return {};
}

ErrorKind kindOfErrno(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return ErrorKind::NotFound;
    case EACCES:
    case EPERM:
        return ErrorKind::PermissionDenied;
    case ELOOP:
        return ErrorKind::SymlinkLoop;
    case EISDIR:
    case ENXIO:
        return ErrorKind::NotAFile;
    case ENOSPC:
    case EDQUOT:
        return ErrorKind::StorageFull;
    case EROFS:
        return ErrorKind::ReadOnly;
    case EFBIG:
        return ErrorKind::TooLarge;
    case ETIMEDOUT:
        return ErrorKind::TimedOut;
    default:
        return ErrorKind::Io;
    }
}

} // namespace

QString cureFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::NotFound:
        return translated(QT_TRANSLATE_NOOP("Error", "Sign in with the tool that owns it."));
    case ErrorKind::PermissionDenied:
        return translated(QT_TRANSLATE_NOOP("Error", "Give yourself read permission: chmod u+r."));
    case ErrorKind::ForeignOwner:
        return translated(QT_TRANSLATE_NOOP("Error", "Make it yours with chown, or sign in again as this user."));
    case ErrorKind::NotAFile:
        return translated(QT_TRANSLATE_NOOP("Error", "Move it away and sign in again with the tool that owns it."));
    case ErrorKind::SymlinkLoop:
        return translated(QT_TRANSLATE_NOOP("Error", "Repair the symbolic link."));
    case ErrorKind::Unsafe:
        return translated(
            QT_TRANSLATE_NOOP("Error", "Take the others' access away: chmod 600, and remove hard links."));
    case ErrorKind::TooLarge:
    case ErrorKind::Malformed:
        return translated(
            QT_TRANSLATE_NOOP("Error", "Keep a copy of it, then sign in again with the tool that owns it."));
    case ErrorKind::Incomplete:
        return translated(QT_TRANSLATE_NOOP(
            "Error", "If this stays, the tool was interrupted while writing: sign in again with it."));
    case ErrorKind::Misconfigured:
        return translated(QT_TRANSLATE_NOOP("Error", "Correct it there, or take the file away."));
    case ErrorKind::Encrypted:
        return translated(QT_TRANSLATE_NOOP(
            "Error", "To see this login here, set the tool to keep it in its usual file, then sign in again with it."));
    case ErrorKind::UnknownVersion:
        return translated(QT_TRANSLATE_NOOP("Error", "Update Keytender. Nothing was changed."));
    case ErrorKind::Locked:
        return translated(QT_TRANSLATE_NOOP("Error", "Unlock it, then Keytender goes on by itself."));
    case ErrorKind::Unavailable:
        return translated(QT_TRANSLATE_NOOP("Error", "Start or install the service."));
    case ErrorKind::TimedOut:
        return translated(QT_TRANSLATE_NOOP("Error", "Keytender tries again by itself."));
    case ErrorKind::WrongKey:
        return translated(QT_TRANSLATE_NOOP("Error", "Bring back the key it was sealed with. Nothing was changed."));
    case ErrorKind::Overridden:
        return translated(QT_TRANSLATE_NOOP("Error", "Remove what takes precedence if this one should count."));
    case ErrorKind::StorageFull:
        return translated(QT_TRANSLATE_NOOP("Error", "Make room on the disk."));
    case ErrorKind::ReadOnly:
        return translated(QT_TRANSLATE_NOOP("Error", "Make the file system writable."));
    case ErrorKind::Io:
        return translated(QT_TRANSLATE_NOOP("Error", "Check the disk."));
    case ErrorKind::Refused:
    case ErrorKind::AlreadyRunning:
    case ErrorKind::Cancelled:
        return {};
    }
    return {};
}

QString describe(const Error &error)
{
    QString text = error.subject;
    if (!error.place.isEmpty())
        text += QStringLiteral(", ") + error.place;
    if (!text.isEmpty())
        text += QStringLiteral(": ");
    text += error.detail.isEmpty() ? nameOf(error.kind) : error.detail;
    if (!text.endsWith(u'.'))
        text += u'.';
    const QString cure = cureFor(error.kind);
    return cure.isEmpty() ? text : text + u' ' + cure;
}

Error errorFromErrno(int number, const QString &subject, const QString &detail)
{
    const QString reason = QString::fromLocal8Bit(std::strerror(number));
    return {.kind = kindOfErrno(number),
            .subject = subject,
            .place = {},
            .detail = detail.isEmpty() ? reason : detail + QStringLiteral(": ") + reason};
}

} // namespace keytender::base
