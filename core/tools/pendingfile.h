// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/filedescriptor.h"
#include "base/random.h"
#include "base/resolvedpath.h"
#include "base/result.h"
#include "tools/copywriter.h"

namespace keytender::tools {

// The new content of a tool's file on its way: written beside it under a name that nobody guesses (0600 until all of it
// is there), synced, then moved into its place. Removed with the object unless it was moved.
class PendingFile final {
public:
    // Where `path` leads: through a symbolic link of ours, or to the link itself, which is replaced then. What a write
    // that was killed left in the directory more than a minute ago is swept away.
    [[nodiscard]] static base::Result<PendingFile> beside(const QString &path, CopyWriter::LinkHabit habit,
                                                          base::Random &random, const base::Clock &clock);
    // The same where the way was walked before; `path` names it in errors.
    [[nodiscard]] static base::Result<PendingFile> at(base::ResolvedPath target, const QString &path,
                                                      base::Random &random, const base::Clock &clock);
    PendingFile(PendingFile &&other) noexcept;
    PendingFile &operator=(PendingFile &&) = delete;
    ~PendingFile();

    [[nodiscard]] base::Result<void> write(std::string_view bytes, mode_t mode);
    // Durable when it returns. A file that is mounted by itself cannot be replaced (F-91): an error that says so.
    [[nodiscard]] base::Result<void> moveIntoPlace();

    [[nodiscard]] const base::ResolvedPath &target() const { return m_target; }

private:
    PendingFile(QString path, base::ResolvedPath target, QByteArray name)
        : m_path(std::move(path)), m_target(std::move(target)), m_name(std::move(name))
    {
    }
    void keepGroup();

    QString m_path;
    base::ResolvedPath m_target;
    QByteArray m_name; // empty = nothing to remove
    base::FileDescriptor m_file;
};

} // namespace keytender::tools
