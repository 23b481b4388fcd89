// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/fakekeychain.h"

#include <QPointer>
#include <QTimer>

namespace keytender::fakes {

void FakeKeychain::read(const tools::KeychainAttributes &attributes, QObject *context, Callback callback)
{
    asked.push_back(attributes);
    QTimer::singleShot(0, context, [this, attributes, callback = std::move(callback)] {
        const auto found = items.find(attributes);
        if (failure)
            callback(
                base::unexpected({.kind = *failure, .subject = QStringLiteral("keychain"), .place = {}, .detail = {}}));
        else if (found == items.end())
            callback(base::unexpected(
                {.kind = base::ErrorKind::NotFound, .subject = QStringLiteral("keychain"), .place = {}, .detail = {}}));
        else
            callback(base::Secret::copyOf({found->second.constData(), static_cast<std::size_t>(found->second.size())}));
    });
}

} // namespace keytender::fakes
