// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include "fakes/fakeneighbours.h"

// Made-up logins of other tools for the tests and pictures of ui: no real account, and no token anywhere.
namespace keytender::samples {

[[nodiscard]] service::CareOffer claudeOffer(); // may be kept fresh
[[nodiscard]] service::CareOffer codexOffer();  // likewise
[[nodiscard]] service::CareOffer gcloudOffer(); // renewed by its own program
[[nodiscard]] service::CareOffer geminiOffer(); // only watched, and why
[[nodiscard]] service::WritePreview claudePreview();
[[nodiscard]] service::AccountGroup claudeAccounts(); // three, the first in use
[[nodiscard]] std::vector<service::Link> claudeLinks();
[[nodiscard]] std::vector<service::Generation> claudeGenerations();
[[nodiscard]] service::RescueOffer openClawRescue();

// All of them, and nobody has been asked yet.
void fill(fakes::FakeNeighbours &neighbours);
// The same after a while: Claude Code's login is kept fresh and was written.
void fillKept(fakes::FakeNeighbours &neighbours);

} // namespace keytender::samples
