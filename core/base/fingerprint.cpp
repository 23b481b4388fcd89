// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/fingerprint.h"

#include <algorithm>
#include <cstring>

#include <QByteArray>

#include <sodium.h>

namespace keytender::base {

bool Fingerprint::isNull() const
{
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

QString Fingerprint::hex() const
{
    return QString::fromLatin1(
        QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()))
            .toHex());
}

QString Fingerprint::shortText() const
{
    return hex().first(8);
}

Fingerprint Fingerprint::fromHex(QStringView hex)
{
    Fingerprint fingerprint;
    const QByteArray raw = QByteArray::fromHex(hex.toLatin1());
    // fromHex() skips what is no digit, so the way back tells whether all were.
    if (raw.size() == qsizetype(fingerprint.bytes.size())
        && hex.compare(QLatin1String(raw.toHex()), Qt::CaseInsensitive) == 0)
        std::memcpy(fingerprint.bytes.data(), raw.constData(), fingerprint.bytes.size());
    return fingerprint;
}

FingerprintKey::FingerprintKey(Secret key) : m_key(std::move(key))
{
    Q_ASSERT(m_key.size() == size);
}

FingerprintKey FingerprintKey::random(Random &random)
{
    Secret key(size);
    random.fill(std::as_writable_bytes(key.writable()));
    return FingerprintKey(std::move(key));
}

Fingerprint FingerprintKey::of(std::string_view secret) const
{
    Fingerprint fingerprint;
    if (secret.empty())
        return fingerprint;
    const auto key = m_key.expose();
    crypto_generichash(fingerprint.bytes.data(), fingerprint.bytes.size(),
                       reinterpret_cast<const unsigned char *>(secret.data()), secret.size(),
                       reinterpret_cast<const unsigned char *>(key.data()), key.size());
    return fingerprint;
}

} // namespace keytender::base

std::size_t std::hash<keytender::base::Fingerprint>::operator()(
    const keytender::base::Fingerprint &fingerprint) const noexcept
{
    std::size_t value = 0;
    std::memcpy(&value, fingerprint.bytes.data(), sizeof value);
    return value;
}
