// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

class QIODevice;

namespace keytender::oauth {

// Collects an answer in guarded memory, up to 1 MiB (N-26, F-40).
class AnswerBody final {
public:
    static constexpr std::size_t sizeLimit = 1u << 20;

    // All that `device` has; false where there is more than may be.
    [[nodiscard]] bool readFrom(QIODevice &device);
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] base::Secret take();

private:
    base::Secret m_bytes;
    std::size_t m_size = 0;
};

} // namespace keytender::oauth
