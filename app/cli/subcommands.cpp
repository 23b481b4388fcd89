// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "subcommands.h"

#include <array>

namespace keytender::cli {

std::span<const Subcommand> subcommands()
{
    static constexpr std::array list{
        Subcommand{"status", addStatus},
    };
    return list;
}

} // namespace keytender::cli
