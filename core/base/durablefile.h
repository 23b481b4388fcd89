// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string_view>

#include <QString>

#include <sys/types.h>

#include "base/filedescriptor.h"
#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/timestamp.h"

namespace keytender::base {

struct FileFacts {
    QString path;         // as asked for
    QString resolvedPath; // after symbolic links
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = 0; // bytes
    Timestamp modified{};
    mode_t mode = 0; // permission bits
    uid_t owner = 0;

    [[nodiscard]] bool isReadableByOthers() const { return (mode & 077) != 0; }
    bool operator==(const FileFacts &) const = default;
};

struct FileContent {
    Secret bytes;
    FileFacts facts;
};

struct ReadLimits {
    std::size_t bytes = 8u << 20;
    uid_t owner = 0; // the only user whose file we read
};

// Opens without following surprises, checks on the descriptor (S-03, S-04 of the rules): a regular file of `owner`, one
// link, not writable by everybody; symbolic links are resolved once and only through links of the same owner or root.
// FIFOs and devices are never opened for waiting. An empty file is an answer, not an error.
[[nodiscard]] Result<FileContent> readFile(const QString &path, const ReadLimits &limits);

// The same checks without reading.
[[nodiscard]] Result<FileFacts> inspectFile(const QString &path, uid_t owner);

// Writes so that after success the new content survives a power cut and after failure the old one stands untouched:
// temporary file in the same directory (0600 at creation, O_EXCL, unguessable name, removed on every error path), all
// bytes, checked fsync, rename, checked fsync of the directory.
class DurableFile final {
public:
    DurableFile(QString directory, Random &random);

    // Makes the directory (0700) with its parents, or tightens ours when it is wider; refuses one of another user.
    [[nodiscard]] Result<void> prepareDirectory() const;
    [[nodiscard]] Result<void> write(const QString &name, std::string_view bytes) const;
    [[nodiscard]] Result<void> remove(const QString &name) const; // durable too; a missing file is fine
    // Removes what an interrupted write left behind. Only names that write() itself makes.
    void sweepLeftovers() const;

    [[nodiscard]] const QString &directory() const { return m_directory; }

private:
    [[nodiscard]] bool isHeld(const QByteArray &name) const;

    QString m_directory;
    Random &m_random;
    // Of the last write: its way was walked and checked, and need not be walked again while it leads to the same place.
    mutable FileDescriptor m_held;
};

} // namespace keytender::base
