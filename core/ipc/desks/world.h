// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include "ipc/door.h"
#include "ipc/requestfields.h"
#include "service/doctor/doctor.h"
#include "service/neighbours/neighbours.h"
#include "service/programs/consent.h"
#include "service/programs/tokens.h"
#include "service/service.h"

namespace keytender::ipc {

// What stands behind the door. All of it outlives the door.
struct World {
    service::Service &service;
    service::Consent &consent;
    service::Doctor &doctor;
    std::function<service::Tokens *()> tokens;         // null while the store is not open
    std::function<service::Neighbours *()> neighbours; // likewise
};
[[nodiscard]] World worldOf(service::Service &service, service::Consent &consent, service::Doctor &doctor);

// Each answers one family of commands of README.md.
void addStatusDesk(Door &door, const World &world);   // status, activity, providers
void addTokenDesk(Door &door, const World &world);    // token, reject, refresh
void addAccountDesk(Door &door, const World &world);  // accounts, use
void addSignInDesk(Door &door, const World &world);   // login
void addSignOutDesk(Door &door, const World &world);  // logout
void addConsentDesk(Door &door, const World &world);  // consents
void addDoctorDesk(Door &door, const World &world);   // doctor
void addTransferDesk(Door &door, const World &world); // export, import
void addDesks(Door &door, const World &world);        // all of them

// Calls back once every place was looked at and the store is open, or it is known why not; at once where that is so.
// Answers for itself where that takes too long.
void whenSettled(Inquiry &inquiry, service::Service &service, const std::function<void()> &then);
// Why Keytender's own store is not open for this, with its cure.
[[nodiscard]] Refusal storeIsClosed(const service::Service &service);
[[nodiscard]] Refusal refusalOf(const base::Error &error);
// "json" or "table".
enum class Format { Table, Json };
[[nodiscard]] Granted<Format> formatOf(const RequestFields &fields);

} // namespace keytender::ipc
