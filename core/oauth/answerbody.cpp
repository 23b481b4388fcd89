// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/answerbody.h"

#include <algorithm>

#include <QIODevice>

namespace keytender::oauth {

namespace {

constexpr std::size_t firstSize = 16u << 10;

base::Secret grown(const base::Secret &bytes, std::size_t size)
{
    base::Secret larger(size);
    std::ranges::copy(bytes.expose(), larger.writable().begin());
    return larger;
}

} // namespace

bool AnswerBody::readFrom(QIODevice &device)
{
    while (device.bytesAvailable() > 0) {
        if (m_size == sizeLimit)
            return false;
        if (m_size == m_bytes.size())
            m_bytes = grown(m_bytes, std::min(std::max(firstSize, 2 * m_bytes.size()), sizeLimit));
        const auto room = m_bytes.writable().subspan(m_size);
        const qint64 count = device.read(room.data(), static_cast<qint64>(room.size()));
        if (count <= 0)
            break;
        m_size += static_cast<std::size_t>(count);
    }
    return true;
}

base::Secret AnswerBody::take()
{
    m_bytes.truncate(m_size);
    m_size = 0;
    return std::move(m_bytes);
}

} // namespace keytender::oauth
