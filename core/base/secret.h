// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include <QDebug>

namespace keytender::base {

// Bytes that must not leak: kept in libsodium's guarded memory (locked, left out of core dumps, wiped when freed),
// moved but never copied by accident, and printed as a mask. clone() and expose() are the only ways out; whoever calls
// them answers for where the bytes go.
class Secret final {
public:
    Secret() = default;
    explicit Secret(std::size_t size); // zeroed
    ~Secret();
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;

    [[nodiscard]] static Secret copyOf(std::string_view bytes);
    [[nodiscard]] Secret clone() const;

    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] std::size_t size() const { return m_size; }

    // Valid as long as this object lives and is not moved from.
    [[nodiscard]] std::string_view expose() const { return {m_bytes, m_size}; }
    [[nodiscard]] std::span<char> writable() { return {m_bytes, m_size}; }

    // Shortens to `size` bytes and wipes the rest; does nothing where it is shorter already.
    void truncate(std::size_t size);

    // Constant time for equal sizes.
    [[nodiscard]] bool operator==(const Secret &other) const;

private:
    char *m_bytes = nullptr;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0; // what was allocated
};

// "Secret(108 bytes)"; "Secret(empty)".
QDebug operator<<(QDebug debug, const Secret &secret);

// Must have run before the first Secret is made; safe to call again. False if libsodium cannot start.
[[nodiscard]] bool initializeCrypto();

// No core dumps and no attaching by other processes of the same user (prctl PR_SET_DUMPABLE, RLIMIT_CORE).
void forbidMemoryDumps();

} // namespace keytender::base
