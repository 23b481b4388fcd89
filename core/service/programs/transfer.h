// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <QObject>
#include <QString>
#include <QStringList>

#include "base/random.h"
#include "base/result.h"
#include "vault/vault.h"

namespace keytender::service {

// Logins that are carried to another machine, in a file that a passphrase seals:
//
//     8 bytes "KTEXPORT" · 2 bytes version · 8 bytes operations · 8 bytes memory (little endian) · 16 bytes salt
//     24 bytes header of a secretstream · chunks of 64 KiB, each with its 17 bytes, the last marked as the last
//
// Argon2id (crypto_pwhash), XChaCha20-Poly1305 (crypto_secretstream); all before the secretstream's header is
// authenticated with the first chunk. In it is JSON: {"version": 1, "isMoved": true, "logins": [as in the vault, ...]}.

struct KdfParameters {
    std::uint64_t operations = 0;
    std::uint64_t memory = 0; // bytes
    std::array<std::uint8_t, 16> salt{};

    // libsodium's MODERATE: most of a second and 256 MiB.
    [[nodiscard]] static KdfParameters fresh(base::Random &random);
    // Of a file: Malformed, Incomplete, UnknownVersion; TooLarge where it asks for more than any of ours.
    [[nodiscard]] static base::Result<KdfParameters> of(std::string_view sealed);
    bool operator==(const KdfParameters &) const = default;
};

// In a thread of its own: the event loop goes on. Not called once `context` is gone.
void deriveKey(base::Secret passphrase, const KdfParameters &parameters, QObject *context,
               std::function<void(base::Result<base::Secret>)> done);

struct CarriedLogins {
    std::vector<vault::Record> logins;
    // They were removed where they come from, or a person says that they are not used there any more: whoever takes
    // them over is the only one to renew them.
    bool isMoved = false;
};

[[nodiscard]] std::string sealed(const CarriedLogins &carried, const KdfParameters &parameters,
                                 const base::Secret &key);
// WrongKey: a wrong passphrase, or altered; Incomplete: cut off. Nothing of it counts then.
[[nodiscard]] base::Result<CarriedLogins> opened(std::string_view sealed, const base::Secret &key);

// What is to be done with one carried login.
struct TakeOver {
    enum class Step {
        Skip,     // it is here already
        Add,      // under an id that is free
        Complete, // the same login is here without what renews it
    };
    Step step = Step::Skip;
    vault::Record record; // of Add and Complete: as it is to be written
    QString line;         // for the person
};

struct TakeOverWorld {
    std::vector<vault::RecordFacts> known; // all logins there are
    const base::FingerprintKey &key;
    std::function<bool(const base::Fingerprint &refreshToken)> wasHeld; // by a login here, before
    base::Timestamp now{};
};

// What became of them.
struct TakenOver {
    QStringList lines;
    std::optional<base::Error> error; // why those that have no line are not here
};

// Nothing that is here is replaced by something older or by another login. Two machines that renew one login sign each
// other out: what nobody says of that it has left the other one is taken over without its refresh token, and lives as
// long as its access token.
[[nodiscard]] std::vector<TakeOver> planTakeOver(CarriedLogins carried, const TakeOverWorld &world);

} // namespace keytender::service
