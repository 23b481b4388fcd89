// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "dialogscreens.h"

namespace keytender::samples {

enum class CheckUp { Looking, Found, Unfolded, Refused, AllWell };
[[nodiscard]] DialogScreen doctorScreen(const char *name, CheckUp checkUp);

} // namespace keytender::samples
