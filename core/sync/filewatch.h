// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>

#include "sync/inotify.h"
#include "sync/settling.h"
#include "sync/watchtree.h"

class QSocketNotifier;

namespace keytender::sync {

// Says when files may have changed, through inotify on their directories (and those of symbolic links' targets), so
// that renames, truncation, deletion and late directories are all seen. A directory that does not exist yet is awaited
// from its nearest existing parent. It never says what changed: the receiver reads and compares.
//
// A write that is finished (closed, or renamed into place) is told at once; one that goes on in an open file after
// Settling::quiet, at the latest after Settling::longest. Blind for what other machines do on a network file system and
// for a file system that is mounted over a watched directory later.
class FileWatch final : public QObject {
    Q_OBJECT

public:
    explicit FileWatch(QObject *parent = nullptr);
    ~FileWatch() override;

    // Replaces what is watched: files by path, and directories in which files may appear. Paths are absolute.
    void watch(const QSet<QString> &files, const QSet<QString> &directories);
    // Tries again what could not be watched.
    void rearm();

    // Empty while every directory is watched; else why not ("no more watches: fs.inotify.max_user_watches").
    [[nodiscard]] QString unreliability() const { return m_unreliability; }

Q_SIGNALS:
    // A writer closed the file, or a file of that name came, went or was replaced.
    void fileChanged(const QString &path);
    // Something came or went in a directory given to watch() for itself, files given to watch() excepted.
    void directoryChanged(const QString &path);
    // Events were lost: everything is worth a look.
    void everythingChanged();
    void unreliabilityChanged(const QString &reason);

private:
    void open();
    void readEvents();
    void noteEntry(const WatchTree::Touched::Entry &entry);
    void tell(const WatchTree::Touched &touched);
    void tellDirectories(const QSet<QString> &directories);
    void judge();

    // What came and went in a directory since it was told last: a temporary file that does both is no change.
    struct Balance {
        QSet<QString> came;
        QSet<QString> gone;
    };

    Inotify m_inotify;
    int m_openError = 0;
    WatchTree m_tree{m_inotify};
    std::unique_ptr<QSocketNotifier> m_notifier;
    Settling m_files;
    Settling m_directories;
    QHash<QString, Balance> m_balances;
    QString m_unreliability;
};

} // namespace keytender::sync
