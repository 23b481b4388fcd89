// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "service/signin/signinfacts.h"

namespace keytender::samples {

// Made-up providers, sign-ins and sign-outs: enough of each kind to see every page of the dialogs.
[[nodiscard]] std::vector<service::SignInOffer> signInOffers();
[[nodiscard]] service::SignInFacts signingIn(service::SignInStage stage, provider::SignInWay way);
[[nodiscard]] service::SignOutPreview signOutOfAll();
[[nodiscard]] std::vector<service::SignOutResult> signedOut();

} // namespace keytender::samples
