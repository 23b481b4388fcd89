// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <vector>

#include <QByteArray>
#include <QString>

#include "base/random.h"
#include "base/result.h"
#include "tools/locks/toollock.h"

namespace keytender::tools {

// Which locks of tools we hold just now, in a file of ours: should we be killed, our next start removes what is still
// the very same object, so that no tool waits for its stale window (F-03). Written without a sync: what a power cut
// loses costs no more than that wait. The tools' own rules never depend on it.
//
//   { "version": 1, "pid": 4711, "startTime": 812345,
//     "locks": [{ "path": "/home/ada/.claude.lock", "kind": "directory",
//                 "object": "2049-131077-1790000000.123456789", "content": "" }] }
//
// object: device, inode and time of birth, the latter empty where the file system knows none. content: the SHA-256 of a
// file's, because then it alone tells the next file of that number from ours.
class LockLedger final {
public:
    LockLedger(QString file, base::Random &random);

    // Once, before the first lock is taken; nothing is noted otherwise. A list that is damaged is an error that names
    // it: nothing is removed then, and it is written anew. While its writer lives, whose list it is, this one stays
    // empty and nothing is removed either.
    [[nodiscard]] base::Result<void> removeOrphans();

    // Where a lock was just taken; 0 = it was not noted, which harms nobody.
    [[nodiscard]] int note(const LockSpec &spec, const ToolLock &lock);
    void strike(int number);

private:
    struct Entry {
        QString path;
        LockSpec::Kind kind = LockSpec::Kind::Directory;
        QByteArray object;
        QByteArray content;
        int number = 0;
    };
    struct List;

    [[nodiscard]] base::Result<List> read() const;
    void removeIfOurs(const Entry &entry, pid_t writer) const;
    void write() const;

    const QString m_file;
    base::Random &m_random;
    std::vector<Entry> m_held;
    int m_lastNumber = 0;
    double m_startTime = 0; // of this process
    bool m_isKept = false;
};

// Notes the lock, and strikes it out when it was let go.
[[nodiscard]] std::unique_ptr<ToolLock> noted(std::unique_ptr<ToolLock> lock, const LockSpec &spec,
                                              std::shared_ptr<LockLedger> ledger);

} // namespace keytender::tools
