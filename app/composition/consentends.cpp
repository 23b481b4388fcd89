// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/consentends.h"

#include "service/programs/askedconsent.h"
#include "service/service.h"

namespace keytender::composition {

using service::AskedConsent;
using service::Service;

void endConsentsWithLogins(Service &service, AskedConsent &consent)
{
    const auto note = [&service, &consent](const QString &id) {
        const auto row = service.rows().find(id);
        if (row != service.rows().end())
            consent.noteAccount(id, row->second.profile.account);
    };
    QObject::connect(&service, &Service::rowChanged, &consent, note);
    QObject::connect(&service, &Service::rowRemoved, &consent, &AskedConsent::forget);
    for (const auto &[id, row] : service.rows())
        consent.noteAccount(id, row.profile.account);
}

} // namespace keytender::composition
