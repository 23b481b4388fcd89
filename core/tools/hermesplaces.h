// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

namespace keytender::tools {

// Which of Hermes' three kinds of file a place is.
enum class HermesFile { Store, Pkce, SharedNous };
[[nodiscard]] HermesFile hermesFileAt(const CopyPlace &place);

// The homes of Hermes' profiles below a root, sorted; each inherits what it has no entry of its own for.
[[nodiscard]] QStringList hermesProfilesBelow(const QString &root);

[[nodiscard]] Located locateHermes(const ToolWorld &world);

} // namespace keytender::tools
