// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "provider/providerloader.h"
#include "service/signin/signinfacts.h"

namespace keytender::service {

// Every provider, those that allow it first, then by name.
[[nodiscard]] std::vector<SignInOffer> signInOffersOf(const provider::ProviderSet &providers);

// "use the models in your name" for "user:inference"; empty where nobody knows. Translated.
[[nodiscard]] QString wordsForScope(const QString &scope);

} // namespace keytender::service
