// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>

class QSocketNotifier;

namespace keytender::sync {

// Says when files may have changed, through inotify on their directories (and those of symbolic links' targets), so
// that renames, truncation, deletion and late directories are all seen. A directory that does not exist yet is awaited
// from its nearest existing parent. It never says what changed: the receiver reads and compares.
class FileWatch final : public QObject {
    Q_OBJECT

public:
    explicit FileWatch(QObject *parent = nullptr);
    ~FileWatch() override;

    // Replaces what is watched: files by path, and directories in which files may appear.
    void watch(const QSet<QString> &files, const QSet<QString> &directories);

    // Empty while every directory is watched; else why not ("no more watches: fs.inotify.max_user_watches").
    [[nodiscard]] QString unreliability() const { return m_unreliability; }

Q_SIGNALS:
    // A writer closed the file, or a file of that name came, went or was replaced.
    void fileChanged(const QString &path);
    // Something came or went in a directory given to watch() for itself.
    void directoryChanged(const QString &path);
    // Events were lost, or a directory was moved: everything is worth a look.
    void everythingChanged();
    void unreliabilityChanged(const QString &reason);

private:
    struct State;
    std::unique_ptr<State> m_state;
    QString m_unreliability;
};

} // namespace keytender::sync
