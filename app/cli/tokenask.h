// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ask.h"

namespace keytender::cli {

// Asks for a token, and refuses what is none: an empty one, or one with a blank, a line end or another control
// character, with which a caller's protocol could be made to say something else (W-04). With Ok, "token" is one.
[[nodiscard]] Reply askForToken(const wire::Message &request, const Approach &approach);

} // namespace keytender::cli
