// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include "base/result.h"

namespace keytender::vault {

// An flock on a file in a directory, held as long as this lives; the kernel drops it with the process, however that
// ends. The file stays: removing it would let two processes hold two locks of one name.
class DirectoryLock final {
public:
    // AlreadyRunning while another holder lives. Never waits.
    [[nodiscard]] static base::Result<DirectoryLock> take(const QString &directory, const char *name);
    ~DirectoryLock();
    DirectoryLock(DirectoryLock &&other) noexcept;
    DirectoryLock &operator=(DirectoryLock &&) = delete;

private:
    explicit DirectoryLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

} // namespace keytender::vault
