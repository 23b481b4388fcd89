// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string_view>

#include <QString>

#include "base/random.h"
#include "base/secret.h"

namespace keytender::base {

// A keyed hash of a secret (BLAKE2b, 128 bits): equal secrets have equal fingerprints under one key, and the
// fingerprint tells nothing without the key. All zero = fingerprint of nothing.
struct Fingerprint {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] bool isNull() const;
    // The first 8 hexadecimal digits: what people and logs see.
    [[nodiscard]] QString shortText() const;
    [[nodiscard]] QString hex() const;
    [[nodiscard]] static Fingerprint fromHex(QStringView hex); // null when it is not 32 hexadecimal digits

    auto operator<=>(const Fingerprint &) const = default;
};

class FingerprintKey final {
public:
    static constexpr std::size_t size = 32;

    explicit FingerprintKey(Secret key); // `size` bytes
    [[nodiscard]] static FingerprintKey random(Random &random);

    // The null fingerprint for an empty secret.
    [[nodiscard]] Fingerprint of(const Secret &secret) const { return of(secret.expose()); }
    // The same for a secret that lies in guarded memory of somebody else.
    [[nodiscard]] Fingerprint of(std::string_view secret) const;
    [[nodiscard]] const Secret &key() const { return m_key; }

private:
    Secret m_key;
};

} // namespace keytender::base

template <>
struct std::hash<keytender::base::Fingerprint> {
    std::size_t operator()(const keytender::base::Fingerprint &fingerprint) const noexcept;
};
