// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include "provider/provider.h"

namespace keytender::provider {

// The provider file of a server that was discovered: parseProvider() reads the same provider from it, apart from the
// members that no discovered server has (sign-in ways, revocation particulars, lifetimes, retirement).
[[nodiscard]] QByteArray providerFile(const Provider &provider);

} // namespace keytender::provider
