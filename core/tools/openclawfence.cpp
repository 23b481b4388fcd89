// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclawfence.h"

#include <algorithm>
#include <array>
#include <vector>

#include <sodium.h>

#include "base/jsonspans.h"

namespace keytender::tools {

namespace {

constexpr std::string_view prefix = "openclaw-oauth-refresh-fence:";

std::vector<std::string_view> wordsOf(std::string_view text)
{
    std::vector<std::string_view> words;
    for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':')) {
        words.push_back(text.substr(0, colon));
        text.remove_prefix(colon + 1);
    }
    words.push_back(text);
    return words;
}

bool isHex(std::string_view text, std::size_t digits)
{
    return text.size() == digits && std::ranges::all_of(text, [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
           });
}

void add(crypto_hash_sha256_state &hash, std::string_view text)
{
    crypto_hash_sha256_update(&hash, reinterpret_cast<const unsigned char *>(text.data()), text.size());
}

void addQuoted(crypto_hash_sha256_state &hash, std::string_view text)
{
    const base::Secret token = base::JsonSpans::quoted(text);
    add(hash, token.expose());
}

} // namespace

std::optional<OpenClawFence> openClawFenceIn(std::string_view token)
{
    if (!token.starts_with(prefix))
        return std::nullopt;
    std::vector<std::string_view> words = wordsOf(token.substr(prefix.size()));
    OpenClawFence fence;
    const bool isFailed = words.size() == 5 && words[2] == "failed";
    if (isFailed)
        words.erase(words.begin() + 2);
    const bool isKnown = words.size() == 4 && words[0] == "v1" && isHex(words[1], 32)
                         && (words[2] == "access" || words[2] == "refresh") && isHex(words[3], 64);
    if (!isKnown)
        return fence;
    fence.state = isFailed ? OpenClawFence::State::Failed : OpenClawFence::State::Pending;
    fence.claim = words[1];
    fence.kind = words[2];
    fence.digest = words[3];
    return fence;
}

// SHA-256 of ["openclaw.oauth-refresh-generation",1,profile,provider,kind,token] as JSON.stringify writes it.
std::string openClawFenceDigest(const FencedToken &token, const base::Secret &secret)
{
    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    add(hash, "[\"openclaw.oauth-refresh-generation\",1,");
    addQuoted(hash, token.profileId.toStdString());
    add(hash, ",");
    addQuoted(hash, token.provider.toStdString());
    add(hash, ",");
    addQuoted(hash, token.kind);
    add(hash, ",");
    addQuoted(hash, secret.expose());
    add(hash, "]");
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&hash, digest.data());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
    return sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
}

} // namespace keytender::tools
