// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>

#include "base/result.h"
#include "base/secret.h"
#include "vault/vault.h"

namespace keytender::vault {

// The plaintext inside a sealed file: compact JSON, written into and read from guarded memory. It is read in place (the
// decoded strings overwrite the text), so a whole vault goes through one buffer.

// `generation` goes in place of the record's own.
[[nodiscard]] base::Secret toText(const Record &record, std::uint64_t generation);

enum class Completeness { Whole, HasUnknownMembers };

template <class R>
struct Parsed {
    R record;
    Completeness completeness = Completeness::Whole;
};

// `text` needs one writable byte more than its `length` and is garbage afterwards. Malformed or UnknownVersion, without
// a subject.
[[nodiscard]] base::Result<Parsed<Record>> recordFromText(std::span<char> text, std::size_t length);
[[nodiscard]] base::Result<Parsed<RecordFacts>> factsFromText(std::span<char> text, std::size_t length,
                                                              const base::FingerprintKey &key);

} // namespace keytender::vault
