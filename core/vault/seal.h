// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <QString>

#include "base/fingerprint.h"
#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"

namespace keytender::vault {

// Seals and opens the bytes of vault files under keys derived from the master key (crypto_kdf): one for sealing, one
// for fingerprints, one for file names. A sealed file is
//
//     8 bytes "KTSEALED" · 2 bytes format version (little endian) · 24 bytes nonce · ciphertext with its 16-byte tag
//
// XChaCha20-Poly1305 with magic, version and the file's name as associated data. The name is a keyed hash of the
// profile id, so a file under another profile's name does not open, and a listing of the directory tells nobody who
// signed in where.
class Seal final {
public:
    static constexpr std::uint16_t formatVersion = 1;
    static constexpr std::size_t overhead = 8 + 2 + 24 + 16; // bytes of a sealed file beyond its plaintext

    explicit Seal(const base::Secret &masterKey); // MasterKey::size bytes

    [[nodiscard]] std::string fileName(const QString &profileId) const; // "<32 hexadecimal digits>.sealed"
    [[nodiscard]] std::string seal(std::string_view plaintext, std::string_view fileName, base::Random &random) const;

    // The plaintext into `plaintext`, which must hold bytes.size() bytes; returns its length. Incomplete, Malformed,
    // UnknownVersion, WrongKey without a subject.
    [[nodiscard]] base::Result<std::size_t> open(std::string_view bytes, std::string_view fileName,
                                                 std::span<char> plaintext) const;

    [[nodiscard]] const base::FingerprintKey &fingerprintKey() const { return m_fingerprintKey; }

private:
    base::Secret m_sealingKey;
    base::Secret m_namingKey;
    base::FingerprintKey m_fingerprintKey;
};

// The refresh journal's own key, from which a Seal of its own is made: nothing sealed there opens as a vault file.
[[nodiscard]] base::Secret journalKeyOf(const base::Secret &masterKey);

// Tells master keys apart and says nothing about them: 16 hexadecimal digits.
[[nodiscard]] QString keyIdOf(const base::Secret &masterKey);

[[nodiscard]] bool isSealedFileName(std::string_view name);

} // namespace keytender::vault
