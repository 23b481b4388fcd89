// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/companion.h"

#include <chrono>

#include <QTimer>

#include "ipc/desks/world.h"
#include "service/status.h"

namespace keytender::composition {

using namespace std::chrono_literals;

namespace {

// A keychain or a disk that says nothing must not keep everybody waiting.
constexpr auto patience = 10s;

} // namespace

Companion::Companion(service::Service &service) : m_service(service)
{
    door.add("status", [&service](ipc::Inquiry &inquiry) {
        const QByteArray text =
            inquiry.request().value("format") == "json"
                ? service::statusJson(service.rows(), service.now())
                : service::statusTable(service.rows(), service.surroundings(), service.now()).toUtf8();
        ipc::answerText(inquiry, text);
    });

    if (service.isSettled()) {
        server.begin();
        return;
    }
    QObject::connect(&service, &service::Service::settled, &m_context, [this] { server.begin(); });
    QTimer::singleShot(patience, &m_context, [this] { server.begin(); });
}

void Companion::furnish(service::Consent &consent, service::Doctor &doctor)
{
    ipc::addDesks(door, ipc::worldOf(m_service, consent, doctor));
}

} // namespace keytender::composition
