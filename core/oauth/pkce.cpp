// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/pkce.h"

#include <array>
#include <span>

#include <sodium.h>

namespace keytender::oauth {

namespace {

constexpr std::size_t randomBytes = 32;
constexpr int alphabet = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

base::Secret randomText(base::Random &random)
{
    base::Secret raw(randomBytes);
    random.fill(std::as_writable_bytes(raw.writable()));
    constexpr std::size_t withTerminator = sodium_base64_ENCODED_LEN(randomBytes, alphabet);
    base::Secret text(withTerminator);
    sodium_bin2base64(text.writable().data(), withTerminator,
                      reinterpret_cast<const unsigned char *>(raw.expose().data()), randomBytes, alphabet);
    text.truncate(withTerminator - 1);
    return text;
}

} // namespace

Pkce Pkce::make(base::Random &random)
{
    Pkce pkce{.verifier = randomText(random), .challenge = {}};
    pkce.challenge = challengeOf(pkce.verifier);
    return pkce;
}

QByteArray challengeOf(const base::Secret &verifier)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char *>(verifier.expose().data()),
                       verifier.size());
    std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, alphabet)> text{};
    sodium_bin2base64(text.data(), text.size(), digest.data(), digest.size(), alphabet);
    return {text.data(), static_cast<qsizetype>(text.size()) - 1};
}

base::Secret makeState(base::Random &random)
{
    return randomText(random);
}

} // namespace keytender::oauth
