// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "dialogscreens.h"
#include "fakes/fakeconsent.h"

namespace keytender::samples {

[[nodiscard]] service::ConsentQuestion question(const QString &program = QStringLiteral("/usr/bin/git"));
// Of every sort.
[[nodiscard]] std::vector<service::ConsentRule> consentRules();
[[nodiscard]] QString labelOf(const QString &profileId);
// The question and the list, in all their looks.
[[nodiscard]] std::vector<DialogScreen> consentScreens();

} // namespace keytender::samples
