// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include <QByteArray>
#include <QString>

#include "base/timestamp.h"
#include "service/facts.h"

namespace keytender::service {

// The sentence for Surroundings::isOffline.
[[nodiscard]] QString describeOffline();

// The rows in the order in which people want them.
[[nodiscard]] std::vector<const Row *> ordered(const std::map<QString, Row> &rows);

// The JSON contract of `keytenderctl status --json`, version 1; one line, UTF-8, with a final newline. Times are RFC
// 3339 in UTC; what is not known is null.
[[nodiscard]] QByteArray statusJson(const std::map<QString, Row> &rows, base::Timestamp now);

// The same for people, as lines for a terminal: trouble first, each with the sentence that says what to do.
[[nodiscard]] QString statusTable(const std::map<QString, Row> &rows, const Surroundings &surroundings,
                                  base::Timestamp now);

} // namespace keytender::service
