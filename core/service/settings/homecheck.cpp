// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/settings/homecheck.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace keytender::service {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("HomeCheck", text);
}

} // namespace

QString homeProblem(const QString &path, uid_t user)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat facts {};
    if (stat(name.constData(), &facts) != 0) {
        if (errno == ENOENT)
            return say(QT_TRANSLATE_NOOP("HomeCheck", "There is no such directory; it is watched for."));
        if (errno == EACCES)
            return say(QT_TRANSLATE_NOOP("HomeCheck", "You may not look into the directories that lead there."));
        if (errno == ENOTDIR)
            return say(QT_TRANSLATE_NOOP("HomeCheck", "A file stands where a directory should."));
        return say(QT_TRANSLATE_NOOP("HomeCheck", "It cannot be looked at: %1.")).arg(qt_error_string(errno));
    }
    if (!S_ISDIR(facts.st_mode))
        return say(QT_TRANSLATE_NOOP("HomeCheck", "A file stands where a directory should."));
    if (facts.st_uid != user)
        return say(QT_TRANSLATE_NOOP("HomeCheck", "It belongs to another user, whose logins Keytender does not read."));
    if (access(name.constData(), R_OK | X_OK) != 0)
        return say(QT_TRANSLATE_NOOP("HomeCheck", "You may not look into it."));
    return {};
}

} // namespace keytender::service
