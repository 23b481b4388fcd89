// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <vector>

#include <QString>
#include <QStringList>

#include <sys/types.h>

#include "base/result.h"
#include "base/secret.h"
#include "vault/seal.h"

namespace keytender::vault {

// Which state of a file this is: changed by whatever changes or replaces it.
struct FileMark {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = 0;
    timespec modified{};
    timespec changed{};
    [[nodiscard]] bool operator==(const FileMark &other) const;
};
// Nothing where there is no such file.
[[nodiscard]] std::optional<FileMark> markOf(const QString &path);

// Of all files of a directory, hidden ones too, sorted.
[[nodiscard]] QStringList namesEndingIn(const QString &suffix, const QString &directory);

// The sealed files of one directory, as they lie there. Keeps the directory open, so that all reads see the same one.
class SealedFiles final {
public:
    // What is to be done about a file that others could read (S-02).
    enum class WideMode { Tighten, Leave };
    // NotFound without a directory, NotAFile, ForeignOwner ...
    [[nodiscard]] static base::Result<SealedFiles> of(const QString &directory, WideMode wideMode);
    ~SealedFiles();
    SealedFiles(SealedFiles &&other) noexcept;
    SealedFiles &operator=(SealedFiles &&) = delete;

    [[nodiscard]] base::Result<std::vector<std::string>> names() const;

    // Into `bytes`, whose storage is kept between calls. Ciphertext, hence plain memory. The checks of S-03 on the
    // descriptor.
    [[nodiscard]] base::Result<void> read(const std::string &name, std::string &bytes) const;

    [[nodiscard]] QString pathOf(const std::string &name) const;

private:
    SealedFiles(int descriptor, QString directory, WideMode wideMode);
    int m_descriptor = -1;
    QString m_directory;
    WideMode m_wideMode;
};

// Whether this key is the one that sealed what lies in the directory. True as well where nothing is sealed yet or
// nothing can be told.
[[nodiscard]] base::Result<bool> keyFits(const QString &directory, const base::Secret &masterKey);

// Whether anything sealed lies there. A missing directory holds nothing.
[[nodiscard]] base::Result<bool> holdsSealedFiles(const QString &directory);

} // namespace keytender::vault
