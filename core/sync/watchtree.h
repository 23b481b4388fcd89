// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <vector>

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include "sync/inotify.h"

namespace keytender::sync {

// Which directories must be watched so that no change of the wanted paths escapes, and what an event in one of them
// means. A path is walked part by part: a missing part is awaited in its parent, a symbolic link is watched where it
// lies and where it leads, and the user's own directories on the way are watched for being renamed away. Ten thousand
// files in one directory are one watch and one hash.
class WatchTree final {
public:
    explicit WatchTree(Inotify &inotify);

    // Replaces what is wanted; what stays is not looked at again.
    void want(const QSet<QString> &files, const QSet<QString> &directories);
    void rearmAll();

    struct Touched {
        QSet<QString> filesNow;    // finished: written and closed, or put into place
        QSet<QString> filesSoon;   // begun: created, written to, deleted, given other permissions
        QSet<QString> directories; // a wanted directory as a whole came, went, or changed its permissions
        struct Entry {
            QString directory;
            QString name;
            bool isThere = false;
        };
        std::vector<Entry> entries; // came to or went from a wanted directory, in order; wanted files excepted
    };
    void handle(const Inotify::Event &event, Touched &touched);
    // Looks again at the ways that events led to; to be called after the last of a batch.
    void rearmTouched(Touched &touched);

    [[nodiscard]] const QSet<QString> &files() const { return m_wantedFiles; }
    [[nodiscard]] const QSet<QString> &directories() const { return m_wantedDirectories; }
    // The error number that kept a directory from being watched; zero = all are.
    [[nodiscard]] int trouble() const { return m_trouble; }

private:
    // A directory under its real path.
    struct Node {
        int watch = -1;
        std::uint32_t mask = 0;
        QHash<QString, QSet<QString>> files; // by name, the wanted files that it is or leads to
        QHash<QString, QSet<QString>> parts; // by name, the routes that lead through it
        QSet<QString> ends;                  // the routes that end here
    };
    // How a directory is reached, by the path that somebody named.
    struct Route {
        QList<std::pair<QString, QString>> parts; // node and name
        QString real;                             // the node where it ends; empty = nothing is there
        QSet<QString> files;                      // wanted files that need it
    };
    struct Station {
        QString route;
        QString node; // empty = the route leads nowhere yet
        QString name;
    };

    void addFile(const QString &file);
    void removeFile(const QString &file);
    Route &routeTo(const QString &directory);
    void walk(const QString &directory, Route &route);
    void addPart(const QString &node, const QString &name, const QString &directory, Route &route);
    void leave(const QString &directory);
    void leaveIfUnused(const QString &directory);
    void rearm(const QString &directory);
    void arm(const QString &path, Node &node, std::uint32_t mask);
    void detach(const QString &path, Node &node);
    void sweep();
    void handleOwn(const QString &path, std::uint32_t mask);
    void handleNamed(const QString &path, const Inotify::Event &event, Touched &touched);
    [[nodiscard]] bool isUsed(const Route &route, const QString &directory) const;

    Inotify &m_inotify;
    QSet<QString> m_wantedFiles;
    QSet<QString> m_wantedDirectories;
    QHash<QString, QList<Station>> m_stations; // of a wanted file: where it lies, then where its links lead
    QHash<QString, Route> m_routes;
    QHash<QString, Node> m_nodes;
    QHash<int, QSet<QString>> m_pathsByWatch; // bind mounts: one directory, several paths
    QSet<QString> m_routesToRearm;
    QSet<QString> m_filesToRelink;
    int m_trouble = 0;
};

} // namespace keytender::sync
