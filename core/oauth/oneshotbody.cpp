// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/oneshotbody.h"

#include <algorithm>

namespace keytender::oauth {

OneShotBody::OneShotBody(base::Secret bytes) : m_bytes(std::move(bytes))
{
    open(ReadOnly | Unbuffered); // a buffer of QIODevice's would be one copy more, and not wiped
}

qint64 OneShotBody::bytesAvailable() const
{
    return static_cast<qint64>(m_bytes.size() - m_position);
}

qint64 OneShotBody::readData(char *data, qint64 limit)
{
    const std::size_t size = std::min(m_bytes.size() - m_position, static_cast<std::size_t>(limit));
    std::ranges::copy(m_bytes.expose().substr(m_position, size), data);
    m_position += size;
    return size == 0 && limit != 0 ? -1 : static_cast<qint64>(size); // -1: nothing will ever come any more
}

qint64 OneShotBody::writeData(const char *, qint64)
{
    return -1;
}

} // namespace keytender::oauth
