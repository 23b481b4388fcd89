// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <utility>
#include <vector>

#include <QString>
#include <QStringList>
#include <QUrl>

#include "base/result.h"
#include "oauth/authorizationresponse.h"
#include "oauth/pkce.h"
#include "oauth/webaddress.h"

namespace keytender::oauth {

// One authorization request (RFC 6749 section 4.1.1), kept until its response has been exchanged: a restarted sign-in
// makes a new one (N-05). Its redirect URI is known once the listener is bound, which is before the browser opens.
struct AuthorizationRequest {
    QUrl endpoint; // may have a query of its own, and never a fragment (N-12)
    QString clientId;
    QUrl redirectUri;
    QStringList scopes;                                   // as asked for; recorded with the credential (N-11)
    std::vector<std::pair<QString, QString>> furtherOnes; // what the provider wants beside RFC 6749
    QString issuer;                                       // empty where nobody knows it
    bool requiresIssuer = false; // authorization_response_iss_parameter_supported (RFC 9207 section 3)
    base::Secret state;
    Pkce pkce;
};

// The address for the browser: response_type=code, S256, the state and the challenge, never the verifier. Refused where
// it is none that `rule` allows, or where a parameter would stand in it twice.
[[nodiscard]] base::Result<base::Secret> authorizationUrl(const AuthorizationRequest &request,
                                                          const WebAddressRule &rule);

// What the response will be held against.
[[nodiscard]] ExpectedResponse expectedResponse(const AuthorizationRequest &request);

} // namespace keytender::oauth
