// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/error.h"
#include "base/knownsecrets.h"
#include "service/doctor/doctorfacts.h"

// What the checks of the doctor say alike.
namespace keytender::service::doctor {

[[nodiscard]] QString say(const char *text); // a text marked for translation in the context "Doctor"
// English needs no translator for its plurals; every other language finds its own through %n.
[[nodiscard]] QString count(const char *one, const char *many, int number);

[[nodiscard]] Finding inOrder(const QString &id, const QString &subject, const QString &text);
// An unreadable thing is never "in order".
[[nodiscard]] Finding notLookedAt(const QString &id, const QString &subject, const base::Error &why);

// Words of other programs, files and people get into findings: nothing that a terminal would obey, and nothing that
// looks like a secret or is one that we know (null: we know none).
[[nodiscard]] Finding cleaned(Finding finding, const base::KnownSecrets *known);

} // namespace keytender::service::doctor
