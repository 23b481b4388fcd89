// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/temporaryhome.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

namespace keytender::fakes {

TemporaryHome::TemporaryHome()
{
    m_environment.home = m_directory.path();
    m_environment.user = geteuid();
}

QString TemporaryHome::write(const QString &relative, const QByteArray &bytes) const
{
    const QString absolute = path(relative);
    const QString parent = QFileInfo(absolute).path();
    if (!QFileInfo::exists(parent)) {
        QDir().mkpath(parent);
        QFile::setPermissions(parent, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    QFile file(absolute);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate, QFile::ReadOwner | QFile::WriteOwner)
        || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(absolute));
    return absolute;
}

QByteArray TemporaryHome::read(const QString &relative) const
{
    QFile file(path(relative));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace keytender::fakes
