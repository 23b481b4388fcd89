// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include "service/doctor/doctorfacts.h"
#include "service/facts.h"

namespace keytender::service::doctor {

// Logins that share one refresh token: whoever renews second logs all of them out.
[[nodiscard]] std::vector<Finding> clashFindings(const std::map<QString, Row> &rows);

} // namespace keytender::service::doctor
