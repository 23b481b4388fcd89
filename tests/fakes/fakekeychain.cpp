// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/fakekeychain.h"

#include <QPointer>
#include <QTimer>

namespace keytender::fakes {

namespace {

base::Error errorOf(base::ErrorKind kind)
{
    return {.kind = kind, .subject = QStringLiteral("keychain"), .place = {}, .detail = {}};
}

} // namespace

void FakeKeychain::read(const tools::KeychainAttributes &attributes, QObject *context, Callback callback)
{
    asked.push_back(attributes);
    QTimer::singleShot(0, context, [this, attributes, callback = std::move(callback)] {
        const auto found = items.find(attributes);
        if (failure)
            callback(base::unexpected(errorOf(*failure)));
        else if (found == items.end())
            callback(base::unexpected(errorOf(base::ErrorKind::NotFound)));
        else
            callback(base::Secret::copyOf({found->second.constData(), static_cast<std::size_t>(found->second.size())}));
    });
}

void FakeKeychain::write(const tools::KeychainAttributes &attributes, base::Secret secret, QObject *context,
                         WriteCallback callback)
{
    written.push_back(attributes);
    const std::string_view bytes = secret.expose();
    const QByteArray successor(bytes.data(), static_cast<qsizetype>(bytes.size()));
    QTimer::singleShot(0, context, [this, attributes, successor, callback = std::move(callback)] {
        const auto found = items.find(attributes);
        if (failure)
            return callback(base::unexpected(errorOf(*failure)));
        if (found == items.end())
            return callback(base::unexpected(errorOf(base::ErrorKind::NotFound)));
        found->second = successor;
        callback({});
    });
}

} // namespace keytender::fakes
