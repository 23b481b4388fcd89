// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include "service/programs/consentfacts.h"

namespace keytender::ui {

// What a program can write is shown as what it is, and no longer than there is room for (W-05).

// Of so many characters at most, with its middle left out: beginning and end tell most.
[[nodiscard]] QString shortened(const QString &text, qsizetype most);
// "git"
[[nodiscard]] QString shortName(const QString &executable);
// "/usr/bin/git"
[[nodiscard]] QString shortPathOf(const QString &executable);
// "allowed 3 days ago", "allowed for another 25 min", "refused by the settings"
[[nodiscard]] QString standingOf(const service::ConsentRule &rule, base::Timestamp now);

} // namespace keytender::ui
