// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPalette>

namespace keytender::samples {

// Light: the style's own. Dark: like that of the common desktops.
[[nodiscard]] QPalette scheme(bool isDark);

} // namespace keytender::samples
