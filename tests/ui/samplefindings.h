// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "service/doctor/doctorfacts.h"

namespace keytender::samples {

// What a machine with a bit of everything has, as the checks themselves word it; the loudest first.
[[nodiscard]] std::vector<service::Finding> findings();

} // namespace keytender::samples
