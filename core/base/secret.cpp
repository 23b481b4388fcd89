// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/secret.h"

#include <cstring>
#include <utility>

#include <sodium.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/guardedmemory.h"

namespace keytender::base {

Secret::Secret(std::size_t size) : m_size(size), m_capacity(size)
{
    if (size != 0)
        m_bytes = static_cast<char *>(guarded::allocate(size));
}

Secret::~Secret()
{
    guarded::release(m_bytes, m_capacity); // wipes
}

Secret::Secret(Secret &&other) noexcept
    : m_bytes(std::exchange(other.m_bytes, nullptr)), m_size(std::exchange(other.m_size, 0)),
      m_capacity(std::exchange(other.m_capacity, 0))
{
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    Secret taken(std::move(other)); // what we held is wiped at once, not when the other goes
    std::swap(m_bytes, taken.m_bytes);
    std::swap(m_size, taken.m_size);
    std::swap(m_capacity, taken.m_capacity);
    return *this;
}

Secret Secret::copyOf(std::string_view bytes)
{
    Secret secret(bytes.size());
    if (secret.m_bytes != nullptr)
        std::memcpy(secret.m_bytes, bytes.data(), bytes.size());
    return secret;
}

Secret Secret::clone() const
{
    return copyOf(expose());
}

void Secret::truncate(std::size_t size)
{
    if (size >= m_size)
        return;
    // The allocation stays: it is wiped whole when it is freed.
    sodium_memzero(m_bytes + size, m_size - size);
    m_size = size;
}

bool Secret::operator==(const Secret &other) const
{
    return m_size == other.m_size && (m_size == 0 || sodium_memcmp(m_bytes, other.m_bytes, m_size) == 0);
}

QDebug operator<<(QDebug debug, const Secret &secret)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote();
    if (secret.isEmpty())
        return debug << QStringLiteral("Secret(empty)");
    return debug << QStringLiteral("Secret(%1 bytes)").arg(secret.size());
}

bool initializeCrypto()
{
    return sodium_init() >= 0;
}

void forbidMemoryDumps()
{
    prctl(PR_SET_DUMPABLE, 0);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

} // namespace keytender::base
