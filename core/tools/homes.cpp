// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/homes.h"

#include <algorithm>

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

namespace keytender::tools {

namespace {

QString identityOf(const QString &directory)
{
    const QString canonical = QFileInfo(directory).canonicalFilePath();
    return canonical.isEmpty() ? QDir::cleanPath(directory) : canonical;
}

QString nameAmong(const std::vector<Home> &homes, const QString &path)
{
    const QString name = shortHomeName(path);
    if (std::ranges::none_of(homes, [&](const Home &home) { return home.name == name; }))
        return name;
    // From the path, so that the name does not depend on the order of the others.
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex();
    return name + u'-' + QString::fromLatin1(hash.first(6));
}

} // namespace

std::vector<Home> distinctHomes(const QString &usual, const QStringList &further)
{
    std::vector<Home> homes{{.path = QDir::cleanPath(usual), .name = {}}};
    QStringList identities{identityOf(homes.front().path)};
    for (const QString &other : further) {
        const QString path = QDir::cleanPath(other);
        const QString identity = identityOf(path);
        if (other.isEmpty() || identities.contains(identity))
            continue;
        identities.append(identity);
        homes.push_back({.path = path, .name = nameAmong(homes, path)});
    }
    return homes;
}

bool isSameDirectory(const QString &one, const QString &other)
{
    return identityOf(one) == identityOf(other);
}

std::optional<QString> directoryFrom(const base::Environment &environment, const QString &variable,
                                     std::vector<base::Error> &problems)
{
    const QString value = environment.nonEmptyOr(variable, {});
    if (value.isEmpty())
        return std::nullopt;
    if (QDir::isAbsolutePath(value))
        return QDir::cleanPath(value);
    problems.push_back({.kind = base::ErrorKind::Malformed,
                        .subject = variable,
                        .place = {},
                        .detail = QStringLiteral("%1 is not an absolute path").arg(value)});
    return std::nullopt;
}

std::vector<Home> homesIn(const ToolWorld &world, const QString &usual, const QString &variable,
                          std::vector<base::Error> &problems)
{
    QStringList further = world.extraHomes;
    if (const auto named = directoryFrom(world.environment, variable, problems))
        further.prepend(*named);
    return distinctHomes(usual, further);
}

} // namespace keytender::tools
