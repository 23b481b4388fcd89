// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QByteArray>
#include <QString>

#include "service/doctor/doctorfacts.h"

namespace keytender::service {

// The loudest first; those of one loudness stay in the order in which they were found.
[[nodiscard]] std::vector<Finding> loudestFirst(std::vector<Finding> findings);

// "2 findings need you · 1 deserves a look · 9 are in order"
[[nodiscard]] QString doctorHeadline(const std::vector<Finding> &findings);

// The JSON contract of `keytenderctl doctor --json`, version 1; one line, UTF-8, with a final newline:
//   {"version":1,"findings":[{"id":"...","severity":"well|due|actNow","subject":"...","text":"...","places":["..."],
//    "cure":"..."|null,"safeCure":"..."|null}]}
[[nodiscard]] QByteArray doctorJson(const std::vector<Finding> &findings);

// The same for people, as lines for a terminal; what is in order takes one line each, at the end.
[[nodiscard]] QString doctorTable(const std::vector<Finding> &findings);

} // namespace keytender::service
