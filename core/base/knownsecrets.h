// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <shared_mutex>
#include <string_view>
#include <unordered_set>

#include <QString>

#include "base/random.h"
#include "base/secret.h"

namespace keytender::base {

// Finds the secrets that are in use in a text, whatever they look like, without keeping them: it holds keyed hashes of
// a few 16-byte pieces of each, as they are and in base64. Percent and JSON escapes and UTF-16 are undone in the text.
// Any thread may call it.
class KnownSecrets final {
public:
    explicit KnownSecrets(Random &random);

    // A secret of fewer than 16 bytes has no piece to be found by and is left to redacted().
    void learn(const Secret &secret);
    // Whole words in which a piece was found are masked.
    [[nodiscard]] QString redacted(const QString &text) const;

private:
    [[nodiscard]] std::uint64_t hashOf(std::string_view piece) const;
    void learnPieces(std::string_view form);

    Secret m_key;
    mutable std::shared_mutex m_mutex;
    std::unordered_set<std::uint64_t> m_pieces;
};

} // namespace keytender::base
