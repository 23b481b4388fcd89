// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QString>

#include "base/durablefile.h"
#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"

namespace keytender::vault {

// Where the key of a vault lies and which one it is (keyIdOf).
struct KeyNote {
    enum class Place { Keychain, File };
    Place place = Place::Keychain;
    QString keyId;

    bool operator==(const KeyNote &) const = default;
};

// What the vault's directory says of its key: the note ("key.place", one line "keytender-key 1 keychain <id>") that
// keeps a vault of the keychain from silently getting a key file, and the key file itself ("master.key", 32 bytes).
class KeyDirectory final {
public:
    KeyDirectory(const QString &directory, base::Random &random);

    [[nodiscard]] const QString &path() const { return m_files.directory(); }
    [[nodiscard]] base::Result<void> prepare() const { return m_files.prepareDirectory(); }

    [[nodiscard]] base::Result<std::optional<KeyNote>> note() const; // nothing before the first key
    [[nodiscard]] base::Result<void> write(const KeyNote &note) const;

    [[nodiscard]] base::Result<base::Secret> keyFile() const; // NotFound where there is none
    // Refuses to replace one. The caller holds the directory's key lock: DurableFile renames, so a crash leaves either
    // no key file or a whole one, which O_EXCL on the name itself could not promise.
    [[nodiscard]] base::Result<void> writeKeyFile(const base::Secret &key) const;

private:
    [[nodiscard]] base::Result<base::FileContent> readOwn(const QString &name) const;
    base::DurableFile m_files;
};

} // namespace keytender::vault
