// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include "base/result.h"
#include "base/secret.h"
#include "oauth/webaddress.h"

class QObject;

namespace keytender::oauth {

// Shows an address to the person. The address of an authorization request holds its state, hence the Secret.
class UrlOpener {
public:
    using Failed = std::function<void(base::Error)>;

    UrlOpener() = default;
    virtual ~UrlOpener() = default;
    UrlOpener(const UrlOpener &) = delete;
    UrlOpener &operator=(const UrlOpener &) = delete;

    // Refused before anything is started where `rule` does not allow it. Later `failed` is called, at most once and
    // unless `context` is gone, if what was started could not show it. That it worked nobody says.
    [[nodiscard]] virtual base::Result<void> open(const base::Secret &address, const WebAddressRule &rule,
                                                  QObject *context, Failed failed) = 0;
};

} // namespace keytender::oauth
