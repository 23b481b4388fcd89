// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/hermesplaces.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "tools/hermesstore.h"
#include "tools/homes.h"

namespace keytender::tools {

namespace {

constexpr QLatin1String profilesName("/profiles");

bool liesBelow(const QString &path, const QString &directory)
{
    return path.startsWith(directory + u'/');
}

// The store that the profiles fall back to.
QString rootOf(const QString &home, const QString &usual)
{
    if (home == usual || liesBelow(home, usual))
        return usual;
    const QFileInfo parent(QFileInfo(home).path());
    return parent.fileName() == QStringLiteral("profiles") ? parent.path() : home;
}

CopyPlace storePlace(const Home &home)
{
    CopyPlace place;
    place.path = home.path + hermesStoreName;
    place.homeName = home.name;
    place.companions = {home.path + hermesConfigName, place.path + hermesSpentSuffix};
    return place;
}

// Hermes signs in to Anthropic into this file, and copies it into a row of the pool at its next start.
CopyPlace pkcePlace(const Home &home)
{
    CopyPlace place;
    place.path = home.path + hermesPkceName;
    place.homeName = home.name;
    place.slot = QStringLiteral("anthropic");
    place.label = QStringLiteral("Hermes · Anthropic");
    place.companions = {home.path + hermesStoreName, home.path + hermesConfigName, place.path + hermesSpentSuffix};
    return place;
}

CopyPlace sharedNousPlace(const QString &directory, const QString &homeName)
{
    CopyPlace place;
    place.path = directory + hermesSharedNousName;
    place.homeName = homeName;
    place.slot = QStringLiteral("nous");
    place.label = QStringLiteral("Hermes · Nous Research");
    return place;
}

void locateShared(const ToolWorld &world, const QStringList &roots, const std::vector<Home> &homes, Located &located)
{
    if (const auto shared =
            directoryFrom(world.environment, QStringLiteral("HERMES_SHARED_AUTH_DIR"), located.problems)) {
        located.places.push_back(sharedNousPlace(*shared, {}));
        return;
    }
    for (const Home &home : homes) {
        if (roots.contains(home.path))
            located.places.push_back(sharedNousPlace(home.path + QStringLiteral("/shared"), home.name));
    }
}

} // namespace

HermesFile hermesFileAt(const CopyPlace &place)
{
    if (place.path.endsWith(hermesPkceName))
        return HermesFile::Pkce;
    return place.path.endsWith(hermesSharedNousName) ? HermesFile::SharedNous : HermesFile::Store;
}

QStringList hermesProfilesBelow(const QString &root)
{
    static const QRegularExpression valid(QStringLiteral("^[a-z0-9][a-z0-9_-]{0,63}$"));
    QStringList homes;
    const QDir profiles(root + profilesName);
    for (const QString &name : profiles.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (valid.match(name).hasMatch())
            homes.append(profiles.path() + u'/' + name);
    }
    return homes;
}

Located locateHermes(const ToolWorld &world)
{
    Located located;
    const QString usual = world.environment.home + QStringLiteral("/.hermes");
    QStringList named = world.extraHomes;
    if (const auto home = directoryFrom(world.environment, QStringLiteral("HERMES_HOME"), located.problems))
        named.prepend(*home);
    QStringList roots{usual};
    for (const QString &home : std::as_const(named))
        roots.append(rootOf(QDir::cleanPath(home), usual));
    roots.removeDuplicates();
    QStringList further = roots + named;
    for (const QString &root : std::as_const(roots)) {
        located.directories.append(root + profilesName);
        further += hermesProfilesBelow(root);
    }

    const std::vector<Home> homes = distinctHomes(usual, further);
    QStringList files;
    for (const Home &home : homes) {
        // Some lead all profiles to one file by a link: that is one login, told of the root.
        const QString file = QFileInfo(home.path + hermesStoreName).canonicalFilePath();
        if (file.isEmpty() || !files.contains(file))
            located.places.push_back(storePlace(home));
        files.append(file);
        located.places.push_back(pkcePlace(home));
    }
    locateShared(world, roots, homes, located);
    return located;
}

} // namespace keytender::tools
