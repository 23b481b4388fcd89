// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include <QStringList>

#include "base/result.h"
#include "provider/providerloader.h"

namespace keytender::oauth {

// Which addresses may be handed to the browser (N-10).
struct WebAddressRule {
    provider::EndpointRule scheme = provider::EndpointRule::HttpsOnly;
    QStringList hosts; // exact, as QUrl::host() has them: no part of a name, no pattern (W-06). Empty = none
};

// Whether this is an absolute https address on one of the hosts, written so plainly that neither a shell nor another
// program could read anything else out of it (W-01, W-02). The error names no part of the address but its host: `state`
// is in the rest.
[[nodiscard]] base::Result<void> checkWebAddress(std::string_view address, const WebAddressRule &rule);

} // namespace keytender::oauth
