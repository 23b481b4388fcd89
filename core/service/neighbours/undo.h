// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include "base/result.h"
#include "service/neighbours/neighbourfacts.h"
#include "service/neighbours/neighboursworld.h"

namespace keytender::service {

// The last write into the copies of a login, and its undoing. What was spent stays spent: only what another token took
// the place of while it was alive can be put back.
[[nodiscard]] std::optional<LastWrite> lastWriteOf(const QString &profileId, const WritingWorld &around);
[[nodiscard]] base::Result<void> undoLast(const QString &profileId, const WritingWorld &around);

} // namespace keytender::service
