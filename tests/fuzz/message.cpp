// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// For libFuzzer: built by clang, with what it tests instrumented.

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "messagefuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    if (const char *broken = keytender::fuzz::brokenBy({reinterpret_cast<const char *>(bytes), size})) {
        std::fprintf(stderr, "%s\n", broken);
        std::abort();
    }
    return 0;
}
