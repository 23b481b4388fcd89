// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "profile/health.h"
#include "refresh/outcome.h"
#include "refresh/refreshdue.h"

namespace keytender::service {

// What the last attempt means for the row of its login, until there is another one.
[[nodiscard]] profile::Renewal renewalAfter(const refresh::Outcome &outcome, const refresh::Due &next,
                                            base::Timestamp now);

} // namespace keytender::service
