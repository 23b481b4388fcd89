// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/guardedmemory.h"

#include <array>
#include <cstring>
#include <mutex>
#include <new>
#include <vector>

#include <sodium.h>

namespace keytender::base::guarded {

namespace {

constexpr std::array<std::size_t, 5> blockSizes{64, 256, 1024, 4096, 16384};
constexpr std::size_t slabSize = 65536;

// AddressSanitizer sees a use after free only where each secret has memory of its own.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool sharesSlabs = false;
#else
constexpr bool sharesSlabs = true;
#endif

// -1: larger than any block.
int classOf(std::size_t size)
{
    for (std::size_t i = 0; sharesSlabs && i < blockSizes.size(); ++i) {
        if (size <= blockSizes[i])
            return static_cast<int>(i);
    }
    return -1;
}

void *allocateAlone(std::size_t size)
{
    constexpr std::size_t alignment = 16; // libsodium aligns the end of what it gives, not the beginning
    size = (size + alignment - 1) / alignment * alignment;
    void *bytes = sodium_malloc(size);
    if (bytes == nullptr)
        throw std::bad_alloc();
    std::memset(bytes, 0, size);
    return bytes;
}

// Blocks that are free are all zero. Slabs are kept: few secrets live at a time.
class Blocks final {
public:
    void *take(std::size_t index)
    {
        const std::lock_guard lock(m_mutex);
        std::vector<char *> &free = m_free[index];
        if (free.empty())
            cut(index);
        char *block = free.back();
        free.pop_back();
        return block;
    }

    void giveBack(void *block, std::size_t index) noexcept
    {
        sodium_memzero(block, blockSizes[index]);
        const std::lock_guard lock(m_mutex);
        m_free[index].push_back(static_cast<char *>(block)); // within the capacity that cut() reserved
    }

private:
    void cut(std::size_t index)
    {
        auto *slab = static_cast<char *>(allocateAlone(slabSize));
        const std::size_t count = slabSize / blockSizes[index];
        m_total[index] += count;
        m_free[index].reserve(m_total[index]);
        for (std::size_t i = 0; i < count; ++i)
            m_free[index].push_back(slab + i * blockSizes[index]);
    }

    std::mutex m_mutex;
    std::array<std::vector<char *>, blockSizes.size()> m_free;
    std::array<std::size_t, blockSizes.size()> m_total{};
};

// Never destroyed: secrets in static objects may outlive everything else.
Blocks &blocks()
{
    static auto *const all = new Blocks;
    return *all;
}

} // namespace

void *allocate(std::size_t size)
{
    const int index = classOf(size);
    return index < 0 ? allocateAlone(size) : blocks().take(static_cast<std::size_t>(index));
}

void release(void *bytes, std::size_t size) noexcept
{
    if (bytes == nullptr)
        return;
    const int index = classOf(size);
    if (index < 0)
        sodium_free(bytes); // wipes
    else
        blocks().giveBack(bytes, static_cast<std::size_t>(index));
}

} // namespace keytender::base::guarded
