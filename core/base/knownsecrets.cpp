// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/knownsecrets.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <vector>

#include <sodium.h>

namespace keytender::base {

namespace {

constexpr std::size_t pieceSize = 16;
// The last ones: the heads of JSON Web Tokens are alike.
constexpr std::size_t piecesPerForm = 4;
constexpr std::size_t learntBytes = piecesPerForm * pieceSize;
static_assert(learntBytes / 4 * 3 % 3 == 0, "the tail of a base64 text must begin where a group of it does");

std::string_view tailOf(std::string_view text, std::size_t size)
{
    return text.substr(text.size() - std::min(text.size(), size));
}

// A text with its escapes undone, and where each byte of it came from.
struct PlainText {
    std::vector<char> bytes;
    std::vector<qsizetype> origins;
};

char unified(char letter)
{
    // Both alphabets of base64 as one.
    return letter == '-' ? '+' : letter == '_' ? '/' : letter;
}

// The character that an escape of `digits` hexadecimal digits at `at` stands for, or 0.
ushort escaped(QStringView text, qsizetype at, qsizetype digits)
{
    if (at + digits > text.size())
        return 0;
    bool isNumber = false;
    const ushort value = text.sliced(at, digits).toUShort(&isNumber, 16);
    return isNumber ? value : 0;
}

PlainText plainTextOf(QStringView text)
{
    PlainText plain;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype origin = at;
        ushort letter = text[at++].unicode();
        if (letter == 0)
            continue; // UTF-16 that was taken for Latin-1
        if (const ushort byte = letter == '%' ? escaped(text, at, 2) : 0; byte != 0) {
            letter = byte;
            at += 2;
        } else if (letter == '\\' && at < text.size()) {
            letter = text[at++].unicode();
            if (const ushort point = letter == 'u' ? escaped(text, at, 4) : 0; point != 0) {
                letter = point;
                at += 4;
            }
        }
        plain.bytes.push_back(unified(static_cast<char>(letter)));
        plain.origins.push_back(origin);
    }
    return plain;
}

bool endsWord(QChar letter)
{
    return letter.isSpace() || letter == u'"' || letter == u'\'' || letter == u'&' || letter == u'=' || letter == u',';
}

} // namespace

KnownSecrets::KnownSecrets(Random &random) : m_key(crypto_shorthash_KEYBYTES)
{
    random.fill(std::as_writable_bytes(m_key.writable()));
}

std::uint64_t KnownSecrets::hashOf(std::string_view piece) const
{
    std::array<unsigned char, crypto_shorthash_BYTES> hash{};
    crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char *>(piece.data()), piece.size(),
                     reinterpret_cast<const unsigned char *>(m_key.expose().data()));
    std::uint64_t value = 0;
    std::memcpy(&value, hash.data(), sizeof value);
    return value;
}

void KnownSecrets::learnPieces(std::string_view form)
{
    for (std::size_t piece = 0; piece < piecesPerForm && form.size() >= pieceSize; ++piece) {
        m_pieces.insert(hashOf(form.substr(form.size() - pieceSize)));
        form.remove_suffix(pieceSize);
    }
}

void KnownSecrets::learn(const Secret &secret)
{
    if (secret.size() < pieceSize)
        return;
    const std::unique_lock lock(m_mutex);
    Secret form = Secret::copyOf(tailOf(secret.expose(), learntBytes));
    std::ranges::transform(form.writable(), form.writable().begin(), unified);
    learnPieces(form.expose());
    // Base64 looks different at each offset from a multiple of three; the last group depends on what follows.
    for (std::size_t skipped = 0; skipped < 3; ++skipped) {
        const std::string_view whole = secret.expose().substr(skipped, (secret.size() - skipped) / 3 * 3);
        const std::string_view tail = tailOf(whole, learntBytes / 4 * 3);
        Secret encoded(sodium_base64_encoded_len(tail.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING));
        sodium_bin2base64(encoded.writable().data(), encoded.size(),
                          reinterpret_cast<const unsigned char *>(tail.data()), tail.size(),
                          sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
        learnPieces(encoded.expose().substr(0, encoded.size() - 1)); // without the terminating zero
    }
}

QString KnownSecrets::redacted(const QString &text) const
{
    const std::shared_lock lock(m_mutex);
    if (m_pieces.empty() || text.size() < qsizetype(pieceSize))
        return text;
    const PlainText plain = plainTextOf(text);
    QString clean;
    qsizetype copied = 0;
    const std::string_view bytes(plain.bytes.data(), plain.bytes.size());
    for (std::size_t at = 0; at + pieceSize <= bytes.size(); ++at) {
        if (plain.origins[at] < copied || !m_pieces.contains(hashOf(bytes.substr(at, pieceSize))))
            continue;
        qsizetype begin = plain.origins[at];
        while (begin > copied && !endsWord(text[begin - 1]))
            --begin;
        qsizetype end = plain.origins[at + pieceSize - 1] + 1;
        while (end < text.size() && !endsWord(text[end]))
            ++end;
        clean += QStringView(text).sliced(copied, begin - copied);
        clean += QStringLiteral("(redacted)");
        copied = end;
    }
    clean += QStringView(text).sliced(copied);
    return clean;
}

} // namespace keytender::base
