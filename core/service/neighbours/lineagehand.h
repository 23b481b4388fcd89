// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include "base/secret.h"
#include "profile/profile.h"
#include "service/neighbours/lineagehistory.h"
#include "service/neighbours/neighboursworld.h"
#include "sync/sighting.h"
#include "tools/tool.h"

namespace keytender::service {

// Which program wrote a record, as far as the record's own form tells: several programs write Claude Code's and Qwen
// Code's files, each in a manner of its own.
[[nodiscard]] LineageHistory::Hand handOf(const tools::ToolFacts &tool, const base::Secret &record);

// The same for what was just seen.
[[nodiscard]] LineageHistory::Hand handIn(const sync::Sighting &sighting, const NeighboursWorld &world);

// "blanked by Claude Code"
[[nodiscard]] QString endWords(profile::CopyState state,
                               const std::vector<sync::Synchronizer::Whereabouts> &whereabouts);

} // namespace keytender::service
