// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

#include <QUrl>

#include "base/result.h"
#include "base/secret.h"
#include "oauth/delivery.h"
#include "provider/providerloader.h"

namespace keytender::oauth {

// RFC 8628 section 3.2: what a person is shown, and what the program polls with. The user code is for one person's
// eyes, so it is kept like a secret too (N-52).
struct DeviceAuthorization {
    base::Secret deviceCode;
    base::Secret userCode;
    QUrl verificationUri;
    base::Secret verificationUriComplete; // holds the user code; empty = none, or not on the same host
    std::chrono::seconds expiresIn{900};
    std::chrono::seconds interval{5};
};

// Refuses an answer without codes, and one whose address is not https (N-51; loopback where `rule` allows it).
[[nodiscard]] base::Result<DeviceAuthorization> readDeviceAuthorization(const Delivery &answer,
                                                                        provider::EndpointRule rule);

// How long to wait before the next poll (N-50).
class PollPace final {
public:
    explicit PollPace(std::chrono::seconds interval) : m_interval(interval) {}

    void slowDown() { m_interval += std::chrono::seconds(5); } // for good
    void answered() { m_failures = 0; }
    void failed() { ++m_failures; }
    [[nodiscard]] std::chrono::seconds next() const; // doubled for each failure in a row, up to a minute

private:
    std::chrono::seconds m_interval;
    int m_failures = 0;
};

} // namespace keytender::oauth
