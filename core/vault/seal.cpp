// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/seal.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <sodium.h>

namespace keytender::vault {

namespace {

constexpr std::string_view magic = "KTSEALED";
constexpr std::string_view suffix = ".sealed";
constexpr std::size_t nameDigits = 32;
constexpr std::size_t headerSize = magic.size() + 2;
constexpr std::size_t nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(headerSize + nonceSize + tagSize == Seal::overhead);

// Numbers never change their meaning.
enum class Purpose : std::uint64_t { Sealing = 1, Fingerprints = 2, Names = 3, KeyId = 4, Journal = 5 };

const unsigned char *octets(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

base::Secret subkey(const base::Secret &masterKey, Purpose purpose)
{
    Q_ASSERT(masterKey.size() == crypto_kdf_KEYBYTES);
    base::Secret key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    crypto_kdf_derive_from_key(reinterpret_cast<unsigned char *>(key.writable().data()), key.size(),
                               static_cast<std::uint64_t>(purpose), "KtVault1", octets(masterKey.expose()));
    return key;
}

std::string header()
{
    std::string bytes(magic);
    bytes += static_cast<char>(Seal::formatVersion & 0xff);
    bytes += static_cast<char>(Seal::formatVersion >> 8);
    return bytes;
}

base::Unexpected<base::Error> failure(base::ErrorKind kind, const QString &detail)
{
    return base::unexpected({.kind = kind, .subject = {}, .place = {}, .detail = detail});
}

std::string hex(std::span<const unsigned char> bytes)
{
    std::string digits(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
    digits.pop_back();
    return digits;
}

} // namespace

Seal::Seal(const base::Secret &masterKey)
    : m_sealingKey(subkey(masterKey, Purpose::Sealing)), m_namingKey(subkey(masterKey, Purpose::Names)),
      m_fingerprintKey(subkey(masterKey, Purpose::Fingerprints))
{
}

std::string Seal::fileName(const QString &profileId) const
{
    const QByteArray id = profileId.toUtf8();
    std::array<unsigned char, nameDigits / 2> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char *>(id.constData()),
                       static_cast<unsigned long long>(id.size()), octets(m_namingKey.expose()), m_namingKey.size());
    return hex(hash).append(suffix);
}

std::string Seal::seal(std::string_view plaintext, std::string_view fileName, base::Random &random) const
{
    std::string bytes = header();
    const std::string associated = bytes + std::string(fileName);
    bytes.resize(overhead + plaintext.size());
    auto *const nonce = reinterpret_cast<unsigned char *>(bytes.data() + headerSize);
    random.fill(std::as_writable_bytes(std::span(nonce, nonceSize)));
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonceSize, nullptr, octets(plaintext), plaintext.size(),
                                               octets(associated), associated.size(), nullptr, nonce,
                                               octets(m_sealingKey.expose()));
    return bytes;
}

base::Result<std::size_t> Seal::open(std::string_view bytes, std::string_view fileName, std::span<char> plaintext) const
{
    if (bytes.size() < headerSize)
        return failure(base::ErrorKind::Incomplete, QStringLiteral("has only %1 bytes").arg(bytes.size()));
    if (!bytes.starts_with(magic))
        return failure(base::ErrorKind::Malformed, QStringLiteral("is not a file of Keytender's vault"));
    const unsigned version = octets(bytes)[magic.size()] + 256u * octets(bytes)[magic.size() + 1];
    if (version != formatVersion) {
        return failure(
            base::ErrorKind::UnknownVersion,
            QStringLiteral("has format version %1, this Keytender knows %2").arg(version).arg(formatVersion));
    }
    if (bytes.size() < overhead)
        return failure(base::ErrorKind::Incomplete, QStringLiteral("has only %1 bytes").arg(bytes.size()));
    Q_ASSERT(plaintext.size() >= bytes.size() - overhead);

    const std::string associated = std::string(bytes.substr(0, headerSize)).append(fileName);
    const std::string_view nonce = bytes.substr(headerSize, nonceSize);
    const std::string_view ciphertext = bytes.substr(headerSize + nonceSize);
    unsigned long long length = 0;
    const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char *>(plaintext.data()), &length, nullptr, octets(ciphertext), ciphertext.size(),
        octets(associated), associated.size(), octets(nonce), octets(m_sealingKey.expose()));
    if (refused != 0)
        return failure(base::ErrorKind::WrongKey, QStringLiteral("is sealed with another key, or was altered"));
    return static_cast<std::size_t>(length);
}

base::Secret journalKeyOf(const base::Secret &masterKey)
{
    return subkey(masterKey, Purpose::Journal);
}

QString keyIdOf(const base::Secret &masterKey)
{
    const base::Secret id = subkey(masterKey, Purpose::KeyId);
    return QString::fromStdString(hex(std::span(octets(id.expose()), 8)));
}

bool isSealedFileName(std::string_view name)
{
    return name.size() == nameDigits + suffix.size() && name.ends_with(suffix)
           && name.find_first_not_of("0123456789abcdef") == nameDigits;
}

} // namespace keytender::vault
