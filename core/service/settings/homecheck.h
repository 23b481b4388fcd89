// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <sys/types.h>

namespace keytender::service {

// Why nothing can be found in a further home as it is just now, in one sentence; empty where all is well.
[[nodiscard]] QString homeProblem(const QString &path, uid_t user);

} // namespace keytender::service
