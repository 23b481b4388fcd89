// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace keytender::wire {

// Bytes that are overwritten with zeros before their memory is given back. Moved, never copied. base::Secret for
// programs without Qt and libsodium: neither locked nor guarded, so for moments only.
class WipedBytes final {
public:
    WipedBytes() = default;
    explicit WipedBytes(std::size_t size); // zeroed
    explicit WipedBytes(std::string_view bytes);
    ~WipedBytes();
    WipedBytes(WipedBytes &&other) noexcept;
    WipedBytes &operator=(WipedBytes &&other) noexcept;
    WipedBytes(const WipedBytes &) = delete;
    WipedBytes &operator=(const WipedBytes &) = delete;

    // Valid until this object is changed, moved from or gone.
    [[nodiscard]] std::string_view view() const { return {m_bytes.get(), m_size}; }
    [[nodiscard]] char *data() { return m_bytes.get(); }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }

    void append(std::string_view bytes);
    void removeFirst(std::size_t count);
    void clear();

private:
    void wipe();

    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace keytender::wire
