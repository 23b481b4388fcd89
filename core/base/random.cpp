// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/random.h"

#include <vector>

#include <sodium.h>

namespace keytender::base {

QString Random::hex(std::size_t bytes)
{
    std::vector<std::byte> raw(bytes);
    fill(raw);
    return QString::fromLatin1(
        QByteArray::fromRawData(reinterpret_cast<const char *>(raw.data()), static_cast<qsizetype>(bytes)).toHex());
}

void SystemRandom::fill(std::span<std::byte> bytes)
{
    randombytes_buf(bytes.data(), bytes.size());
}

} // namespace keytender::base
