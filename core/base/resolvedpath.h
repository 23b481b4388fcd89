// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <sys/types.h>

#include "base/durablefile.h"
#include "base/filedescriptor.h"
#include "base/result.h"

namespace keytender::base {

// Where a path leads once its symbolic links are followed: a name in a directory that is held open, so that nobody can
// lead us elsewhere afterwards. The name itself is no link, and may be missing.
struct ResolvedPath {
    FileDescriptor directory; // opened with O_PATH: for the *at calls only
    QByteArray name;          // "." for the root directory
    QString path;             // absolute, without links
};

// Follows links of `owner` and root only, at most 40 of them, and refuses directories in which everybody may exchange
// what others put there (S-03, S-04). The path must be absolute.
[[nodiscard]] Result<ResolvedPath> resolvePath(const QString &path, uid_t owner);

// readFile() for a path that was resolved before, so that what is read is what stands in that very directory.
[[nodiscard]] Result<FileContent> readFile(const ResolvedPath &place, const ReadLimits &limits);

} // namespace keytender::base
