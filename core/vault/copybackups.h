// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QString>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/timestamp.h"
#include "vault/seal.h"

namespace keytender::vault {

// What lay in a tool's copy before Keytender wrote there.
struct CopyBackup {
    // The numbers stand in files that outlive versions of this program.
    enum class Why : std::uint8_t {
        Renewed = 0,      // the renewed tokens took the place of spent ones
        Fed = 1,          // a link handed an access token on
        OtherAccount = 2, // another account took the place
        Rescued = 3,      // the tool's own lock-away was undone
    };

    QString profileId;
    QString path; // tools::CopyPlace::path
    Why why = Why::Renewed;
    base::Timestamp at{};
    base::Secret bytes;
};

// The last of them for each copy, sealed like the journal and beside it.
class CopyBackups final {
public:
    // The directory exists.
    CopyBackups(QString directory, const base::Secret &key, base::Random &random);

    // Durable when it returns; takes the place of the one before.
    [[nodiscard]] base::Result<void> keep(const CopyBackup &backup) const;
    // NotFound where there is none.
    [[nodiscard]] base::Result<CopyBackup> of(const QString &path) const;
    [[nodiscard]] base::Result<void> forget(const QString &path) const;

private:
    [[nodiscard]] QString fileName(const QString &path) const;

    QString m_directory;
    std::shared_ptr<const Seal> m_seal;
    base::Random &m_random;
};

} // namespace keytender::vault
