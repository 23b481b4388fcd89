// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include <sys/types.h>

#include "base/environment.h"
#include "base/result.h"
#include "service/doctor/doctorfacts.h"
#include "service/facts.h"

// The files in which tools keep logins: who else may read them, and which refresh tokens lie in them in plain text.
namespace keytender::service::doctor {

struct CredentialFile {
    QString path;
    QStringList tools; // as people call them
    std::vector<base::Fingerprint> refreshTokens = {};
};

// Of all copies that hold a login in plain text. A cell of a database is its file.
[[nodiscard]] std::vector<CredentialFile> credentialFiles(const std::map<QString, Row> &rows);

// One file on the disk, by which it is known again.
struct FileIdentity {
    QString path;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    bool operator==(const FileIdentity &) const = default;
};

struct FileLook {
    CredentialFile file;
    FileIdentity identity;
    mode_t mode = 0;
    bool isPlain = false;               // a regular file of ours, no link, with one name
    std::vector<FileIdentity> beside;   // what a database keeps beside itself and others may read, too
    std::optional<base::Error> problem; // it could not be looked at

    [[nodiscard]] bool isShared() const { return (mode & 077) != 0; }
};

// Those that are gone meanwhile are left out.
[[nodiscard]] std::vector<FileLook> lookAtFiles(const std::vector<CredentialFile> &files, uid_t user);

[[nodiscard]] std::vector<Finding> fileFindings(const std::vector<FileLook> &looks,
                                                const base::Environment &environment);

// For their owner only (0600), each if it is still the very file that was looked at: regular, ours, no link, one name.
[[nodiscard]] base::Result<void> makePrivate(const std::vector<FileIdentity> &files, uid_t user);

[[nodiscard]] QString sharedFileId(const QString &path);

} // namespace keytender::service::doctor
