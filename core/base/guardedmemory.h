// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

// Where Secret keeps its bytes: libsodium's guarded memory, cut into blocks. A guarded allocation of its own costs half
// a dozen system calls and three memory mappings, of which a process has 65,530; a login takes several secrets, and ten
// thousand logins are read at a start.
namespace keytender::base::guarded {

// Zeroed. Throws std::bad_alloc.
[[nodiscard]] void *allocate(std::size_t size);

// Wipes all of it. `size` is what allocate() was asked for; a null pointer is fine.
void release(void *bytes, std::size_t size) noexcept;

} // namespace keytender::base::guarded
