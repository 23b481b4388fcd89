// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/wipedbytes.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace keytender::wire {

namespace {

// In one move: GCC 12's std::ranges::copy takes one byte after the other, which for long answers is what the time goes
// into.
void copyTo(char *to, std::string_view bytes)
{
    std::copy(bytes.begin(), bytes.end(), to);
}

} // namespace

WipedBytes::WipedBytes(std::size_t size) : m_bytes(std::make_unique<char[]>(size)), m_size(size), m_capacity(size) {}

WipedBytes::WipedBytes(std::string_view bytes) : WipedBytes(bytes.size())
{
    copyTo(m_bytes.get(), bytes);
}

WipedBytes::~WipedBytes()
{
    wipe();
}

WipedBytes::WipedBytes(WipedBytes &&other) noexcept
    : m_bytes(std::move(other.m_bytes)), m_size(std::exchange(other.m_size, 0)),
      m_capacity(std::exchange(other.m_capacity, 0))
{
}

WipedBytes &WipedBytes::operator=(WipedBytes &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::move(other.m_bytes);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
    }
    return *this;
}

void WipedBytes::append(std::string_view bytes)
{
    if (m_size + bytes.size() > m_capacity) {
        WipedBytes larger(std::max(m_capacity * 2, m_size + bytes.size()));
        copyTo(larger.m_bytes.get(), view());
        larger.m_size = m_size;
        *this = std::move(larger);
    }
    copyTo(m_bytes.get() + m_size, bytes);
    m_size += bytes.size();
}

void WipedBytes::removeFirst(std::size_t count)
{
    count = std::min(count, m_size);
    if (count == 0)
        return;
    std::memmove(m_bytes.get(), m_bytes.get() + count, m_size - count);
    explicit_bzero(m_bytes.get() + m_size - count, count);
    m_size -= count;
}

void WipedBytes::clear()
{
    removeFirst(m_size);
}

void WipedBytes::wipe()
{
    if (m_bytes)
        explicit_bzero(m_bytes.get(), m_capacity);
}

} // namespace keytender::wire
