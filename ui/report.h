// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QString>

#include "service/facts.h"

namespace keytender::ui {

// What a user may paste into a bug report: states, times, places and fingerprints of one login. The account is masked,
// the home directory is "~", and a secret is not even there to be left out.
[[nodiscard]] QString reportOf(const service::Row &row, const std::vector<service::Activity> &activity,
                               base::Timestamp now);

// "d…@example.com"; an id keeps its first three characters.
[[nodiscard]] QString masked(const QString &account);

} // namespace keytender::ui
