// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/random.h"
#include "base/secret.h"
#include "oauth/requesthead.h"

namespace keytender::tests {

// Requests of every kind to a listener at http://127.0.0.1:{port}/callback that waits for the state "st-1", as rows:
//   bytes      as they travel, with {port} for the port
//   headStatus what the head alone comes to; 200 = it is for us
//   outcome    "-" where the attempt goes on, else what was announced: "code abc", "error access_denied", "refused"
void redirectRequestRows();

} // namespace keytender::tests
