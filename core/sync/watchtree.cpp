// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/watchtree.h"

#include <cerrno>
#include <optional>

#include <QFile>
#include <QFileInfo>

#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keytender::sync {

namespace {

constexpr int mostLinks = 40; // as the kernel has it
constexpr std::uint32_t comingAndGoing = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;
// IN_MODIFY wakes us for every write of everybody in that directory, so only directories with wanted files have it.
constexpr std::uint32_t forParts = comingAndGoing | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::uint32_t forFiles = forParts | IN_CLOSE_WRITE | IN_MODIFY;

std::optional<struct stat> lookAt(const QString &path)
{
    struct stat found {};
    if (lstat(QFile::encodeName(path).constData(), &found) != 0)
        return std::nullopt;
    return found;
}

QString targetOf(const QString &link)
{
    char target[4096];
    const ssize_t size = readlink(QFile::encodeName(link).constData(), target, sizeof target);
    return size <= 0 ? QString() : QFile::decodeName(QByteArray(target, size));
}

QString joined(const QString &directory, const QString &name)
{
    return directory.endsWith(u'/') ? directory + name : directory + u'/' + name;
}

std::pair<QString, QString> splitPath(const QString &path)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    return {slash <= 0 ? QStringLiteral("/") : path.left(slash), path.mid(slash + 1)};
}

// Directories of other users are not renamed under us, and /tmp is a busy place.
bool isWorthWatching(const struct stat &directory)
{
    return directory.st_uid == geteuid() && (directory.st_mode & S_IWOTH) == 0;
}

template <class Key>
void withdraw(QHash<Key, QSet<QString>> &index, const Key &key, const QString &value)
{
    const auto found = index.find(key);
    if (found == index.end())
        return;
    found->remove(value);
    if (found->isEmpty())
        index.erase(found);
}

} // namespace

WatchTree::WatchTree(Inotify &inotify) : m_inotify(inotify) {}

void WatchTree::want(const QSet<QString> &files, const QSet<QString> &directories)
{
    const QSet<QString> goneFiles = m_wantedFiles - files;
    const QSet<QString> newFiles = files - m_wantedFiles;
    const QSet<QString> goneDirectories = m_wantedDirectories - directories;
    const QSet<QString> newDirectories = directories - m_wantedDirectories;
    m_wantedFiles = files;
    m_wantedDirectories = directories;
    for (const QString &file : goneFiles)
        removeFile(file);
    for (const QString &directory : goneDirectories)
        leaveIfUnused(directory);
    for (const QString &file : newFiles)
        addFile(file);
    for (const QString &directory : newDirectories)
        routeTo(directory);
    sweep();
}

void WatchTree::rearmAll()
{
    m_trouble = 0;
    const QStringList routes = m_routes.keys();
    for (const QString &route : routes)
        rearm(route);
    sweep();
}

void WatchTree::addFile(const QString &file)
{
    QList<Station> stations;
    QString path = file;
    for (int links = 0; links <= mostLinks; ++links) {
        const auto [directory, name] = splitPath(path);
        if (name.isEmpty() || name == u"." || name == u"..")
            break;
        Route &route = routeTo(directory);
        route.files.insert(file);
        stations.append({.route = directory, .node = route.real, .name = name});
        if (route.real.isEmpty())
            break;
        Node &node = m_nodes[route.real];
        node.files[name].insert(file);
        arm(route.real, node, forFiles);
        const QString real = joined(route.real, name);
        const auto found = lookAt(real);
        if (!found || !S_ISLNK(found->st_mode))
            break;
        const QString target = targetOf(real);
        path = target.startsWith(u'/') ? target : joined(route.real, target);
    }
    m_stations.insert(file, stations);
}

void WatchTree::removeFile(const QString &file)
{
    const QList<Station> stations = m_stations.take(file);
    for (const Station &station : stations) {
        const auto node = m_nodes.find(station.node);
        if (node != m_nodes.end())
            withdraw(node->files, station.name, file);
        const auto route = m_routes.find(station.route);
        if (route != m_routes.end())
            route->files.remove(file);
        leaveIfUnused(station.route);
    }
}

WatchTree::Route &WatchTree::routeTo(const QString &directory)
{
    const auto found = m_routes.find(directory);
    if (found != m_routes.end())
        return *found;
    Route &route = m_routes[directory];
    walk(directory, route);
    return route;
}

void WatchTree::walk(const QString &directory, Route &route)
{
    QStringList todo = directory.split(u'/', Qt::SkipEmptyParts);
    QString cursor = QStringLiteral("/");
    auto here = lookAt(cursor);
    int links = 0;
    while (!todo.isEmpty()) {
        const QString part = todo.takeFirst();
        if (part == u".")
            continue;
        if (part == u"..") {
            cursor = splitPath(cursor).first;
            here = lookAt(cursor);
            continue;
        }
        const QString child = joined(cursor, part);
        const bool isWatched = here && isWorthWatching(*here);
        // Watched first and looked at second, so that what is made in between is not missed.
        if (isWatched)
            addPart(cursor, part, directory, route);
        auto found = lookAt(child);
        if (!isWatched && (!found || !S_ISDIR(found->st_mode))) {
            addPart(cursor, part, directory, route);
            found = lookAt(child);
        }
        if (found && S_ISLNK(found->st_mode) && ++links <= mostLinks) {
            const QString target = targetOf(child);
            todo = target.split(u'/', Qt::SkipEmptyParts) + todo;
            if (target.startsWith(u'/'))
                cursor = QStringLiteral("/");
            here = lookAt(cursor);
            continue;
        }
        if (!found || !S_ISDIR(found->st_mode))
            return;
        cursor = child;
        here = found;
    }
    route.real = cursor;
    Node &node = m_nodes[cursor];
    node.ends.insert(directory);
    arm(cursor, node, forParts);
}

void WatchTree::addPart(const QString &path, const QString &name, const QString &directory, Route &route)
{
    Node &node = m_nodes[path];
    node.parts[name].insert(directory);
    route.parts.append({path, name});
    arm(path, node, forParts);
}

void WatchTree::leave(const QString &directory)
{
    const Route route = m_routes.take(directory);
    for (const auto &[path, name] : route.parts) {
        const auto node = m_nodes.find(path);
        if (node != m_nodes.end())
            withdraw(node->parts, name, directory);
    }
    const auto end = m_nodes.find(route.real);
    if (end != m_nodes.end())
        end->ends.remove(directory);
}

bool WatchTree::isUsed(const Route &route, const QString &directory) const
{
    return !route.files.isEmpty() || m_wantedDirectories.contains(directory);
}

void WatchTree::leaveIfUnused(const QString &directory)
{
    const auto found = m_routes.constFind(directory);
    if (found != m_routes.cend() && !isUsed(*found, directory))
        leave(directory);
}

void WatchTree::rearm(const QString &directory)
{
    const auto found = m_routes.constFind(directory);
    if (found == m_routes.cend())
        return;
    const QSet<QString> files = found->files;
    for (const QString &file : files)
        removeFile(file);
    leave(directory);
    if (m_wantedDirectories.contains(directory))
        routeTo(directory);
    for (const QString &file : files)
        addFile(file);
}

void WatchTree::arm(const QString &path, Node &node, std::uint32_t mask)
{
    // A files' mask is asked for once per file: only the first is worth a call. A walk asks again, because the
    // directory under that path may be another one by now.
    if (mask == forFiles && node.watch >= 0 && (node.mask & forFiles) == forFiles)
        return;
    node.mask |= mask;
    const int watch = m_inotify.add(path, node.mask);
    if (watch == node.watch && watch >= 0)
        return;
    detach(path, node);
    if (watch >= 0) {
        node.watch = watch;
        m_pathsByWatch[watch].insert(path);
        return;
    }
    // What is missing is awaited elsewhere, and where we may not look there is nothing to read either.
    const bool isLimit = watch != -ENOENT && watch != -ENOTDIR && watch != -EACCES;
    if (isLimit)
        m_trouble = -watch;
}

void WatchTree::detach(const QString &path, Node &node)
{
    if (node.watch < 0)
        return;
    withdraw(m_pathsByWatch, node.watch, path);
    if (!m_pathsByWatch.contains(node.watch))
        m_inotify.remove(node.watch);
    node.watch = -1;
}

// Only at the end of a change: a directory that is left and needed again keeps its watch, and no event is lost.
void WatchTree::sweep()
{
    for (auto it = m_nodes.begin(); it != m_nodes.end();) {
        if (it->files.isEmpty() && it->parts.isEmpty() && it->ends.isEmpty()) {
            detach(it.key(), *it);
            it = m_nodes.erase(it);
        } else {
            ++it;
        }
    }
}

void WatchTree::handle(const Inotify::Event &event, Touched &touched)
{
    const QSet<QString> paths = m_pathsByWatch.value(event.watch);
    for (const QString &path : paths) {
        if (event.name.isEmpty())
            handleOwn(path, event.mask);
        else
            handleNamed(path, event, touched);
    }
}

void WatchTree::handleOwn(const QString &path, std::uint32_t mask)
{
    Node &node = m_nodes[path];
    // The watch goes with the directory, wherever it is moved to: it is not at this path any more.
    if ((mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED)) != 0)
        detach(path, node);
    m_routesToRearm += node.ends;
    if ((mask & IN_ATTRIB) == 0) {
        for (const QSet<QString> &routes : std::as_const(node.parts))
            m_routesToRearm += routes;
    }
}

void WatchTree::handleNamed(const QString &path, const Inotify::Event &event, Touched &touched)
{
    const Node &node = *m_nodes.constFind(path);
    const bool comesOrGoes = (event.mask & comingAndGoing) != 0;
    if (comesOrGoes || (event.mask & IN_ATTRIB) != 0)
        m_routesToRearm += node.parts.value(event.name);

    const QSet<QString> files = node.files.value(event.name);
    const bool isFinished = (event.mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) != 0;
    for (const QString &file : files) {
        if (comesOrGoes)
            m_filesToRelink.insert(file);
        (isFinished ? touched.filesNow : touched.filesSoon).insert(file);
        (isFinished ? touched.filesSoon : touched.filesNow).remove(file);
    }
    if (!comesOrGoes || !files.isEmpty())
        return;
    const bool isThere = (event.mask & (IN_CREATE | IN_MOVED_TO)) != 0;
    for (const QString &route : node.ends) {
        if (m_wantedDirectories.contains(route))
            touched.entries.push_back({.directory = route, .name = event.name, .isThere = isThere});
    }
}

void WatchTree::rearmTouched(Touched &touched)
{
    if (m_routesToRearm.isEmpty() && m_filesToRelink.isEmpty())
        return;
    for (const QString &route : std::exchange(m_routesToRearm, {})) {
        const auto found = m_routes.constFind(route);
        if (found == m_routes.cend())
            continue;
        const QSet<QString> files = found->files;
        if (m_wantedDirectories.contains(route))
            touched.directories.insert(route);
        rearm(route);
        // What went may come back in a moment: a directory that is replaced is no sign-out.
        const auto after = m_routes.constFind(route);
        const bool isThere = after != m_routes.cend() && !after->real.isEmpty();
        (isThere ? touched.filesNow : touched.filesSoon) += files;
    }
    for (const QString &file : std::exchange(m_filesToRelink, {})) {
        const QList<Station> stations = m_stations.value(file);
        if (stations.isEmpty() || stations.front().node.isEmpty())
            continue;
        const auto found = lookAt(joined(stations.front().node, stations.front().name));
        const bool isLink = found && S_ISLNK(found->st_mode);
        if (!isLink && stations.size() == 1)
            continue;
        removeFile(file);
        addFile(file);
        (isLink ? touched.filesNow : touched.filesSoon).insert(file);
    }
    sweep();
}

} // namespace keytender::sync
