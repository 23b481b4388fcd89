// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <span>

#include <QString>

namespace keytender::base {

class Random {
public:
    Random() = default;
    virtual ~Random() = default;
    Random(const Random &) = delete;
    Random &operator=(const Random &) = delete;

    virtual void fill(std::span<std::byte> bytes) = 0;

    // Lower-case hexadecimal, two digits a byte: for names that nobody may guess.
    [[nodiscard]] QString hex(std::size_t bytes);
};

// libsodium's randombytes, which is the system's generator.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override;
};

} // namespace keytender::base
