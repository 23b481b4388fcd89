// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/filewatch.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <QCoreApplication>
#include <QSocketNotifier>

#include <sys/inotify.h>

namespace keytender::sync {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("FileWatch", text);
}

QString wordsFor(int openError, int trouble)
{
    if (openError == EMFILE)
        return translated(QT_TRANSLATE_NOOP(
            "FileWatch", "no more inotify instances: raise fs.inotify.max_user_instances, or close other programs"));
    if (openError == 0 && trouble == ENOSPC)
        return translated(QT_TRANSLATE_NOOP(
            "FileWatch", "no more watches: raise fs.inotify.max_user_watches, or close other programs"));
    const int number = openError != 0 ? openError : trouble;
    return number == 0 ? QString() : QString::fromLocal8Bit(std::strerror(number));
}

} // namespace

FileWatch::FileWatch(QObject *parent) : QObject(parent)
{
    open();
    connect(&m_files, &Settling::settled, this, [this](const QSet<QString> &files) {
        for (const QString &file : files)
            Q_EMIT fileChanged(file);
    });
    connect(&m_directories, &Settling::settled, this, &FileWatch::tellDirectories);
}

FileWatch::~FileWatch() = default;

void FileWatch::open()
{
    m_openError = m_inotify.open();
    if (m_openError != 0 || m_notifier)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_inotify.descriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &FileWatch::readEvents);
}

void FileWatch::watch(const QSet<QString> &files, const QSet<QString> &directories)
{
    m_tree.want(files, directories);
    judge();
}

void FileWatch::rearm()
{
    open();
    m_tree.rearmAll();
    judge();
}

void FileWatch::judge()
{
    QString words = wordsFor(m_openError, m_tree.trouble());
    if (words == m_unreliability)
        return;
    m_unreliability = std::move(words);
    Q_EMIT unreliabilityChanged(m_unreliability);
}

void FileWatch::readEvents()
{
    const std::vector<Inotify::Event> events = m_inotify.read();
    const bool isOverflown =
        std::ranges::any_of(events, [](const Inotify::Event &event) { return (event.mask & IN_Q_OVERFLOW) != 0; });
    WatchTree::Touched touched;
    for (const Inotify::Event &event : events)
        m_tree.handle(event, touched);
    m_tree.rearmTouched(touched);
    if (isOverflown) {
        m_files.forgetAll();
        m_directories.forgetAll();
        m_balances.clear();
        m_tree.rearmAll();
        Q_EMIT everythingChanged();
    } else {
        tell(touched);
    }
    judge();
}

void FileWatch::tell(const WatchTree::Touched &touched)
{
    for (const WatchTree::Touched::Entry &entry : touched.entries)
        noteEntry(entry);
    for (const QString &file : touched.filesSoon) {
        if (!touched.filesNow.contains(file))
            m_files.stir(file);
    }
    for (const QString &file : touched.filesNow) {
        m_files.forget(file);
        Q_EMIT fileChanged(file);
    }
    for (const QString &directory : touched.directories) {
        m_directories.forget(directory);
        m_balances.remove(directory);
        Q_EMIT directoryChanged(directory);
    }
}

void FileWatch::noteEntry(const WatchTree::Touched::Entry &entry)
{
    Balance &balance = m_balances[entry.directory];
    QSet<QString> &undone = entry.isThere ? balance.gone : balance.came;
    if (!undone.remove(entry.name))
        (entry.isThere ? balance.came : balance.gone).insert(entry.name);
    m_directories.stir(entry.directory);
}

void FileWatch::tellDirectories(const QSet<QString> &directories)
{
    for (const QString &directory : directories) {
        const Balance balance = m_balances.take(directory);
        if (!balance.came.isEmpty() || !balance.gone.isEmpty())
            Q_EMIT directoryChanged(directory);
    }
}

} // namespace keytender::sync
