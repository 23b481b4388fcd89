// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace keytender::service {
class AskedConsent;
class Service;
} // namespace keytender::service

namespace keytender::composition {

// From now on what programs were allowed ends with the login: when it is signed out, or another account is in its place
// (S-56). Both outlive the program's loop.
void endConsentsWithLogins(service::Service &service, service::AskedConsent &consent);

} // namespace keytender::composition
