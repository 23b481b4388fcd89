// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include "base/jsonspans.h"
#include "provider/provider.h"

namespace keytender::provider {

// The readers of single values in a provider file, for MemberReader: each takes what is well formed and says of
// everything else where it stands and what is wrong with it.
[[nodiscard]] base::Result<QString> readText(const base::JsonValue &value);
[[nodiscard]] base::Result<QStringList> readTexts(const base::JsonValue &value);
[[nodiscard]] base::Result<bool> readBool(const base::JsonValue &value);
[[nodiscard]] base::Result<std::chrono::seconds> readSeconds(const base::JsonValue &value);
[[nodiscard]] base::Result<BodyEncoding> readEncoding(const base::JsonValue &value);
[[nodiscard]] base::Result<RevocationStyle> readRevocationStyle(const base::JsonValue &value);
[[nodiscard]] base::Result<std::vector<SignInWay>> readWays(const base::JsonValue &value);
[[nodiscard]] base::Result<std::vector<IdentitySource>> readSources(const base::JsonValue &value);
[[nodiscard]] base::Result<Verdict> readVerdict(const base::JsonValue &value);
[[nodiscard]] base::Result<QUrl> readEndpoint(const base::JsonValue &value);
[[nodiscard]] base::Result<QUrl> readEndpointOrLoopback(const base::JsonValue &value);
[[nodiscard]] base::Result<QStringList> readRedirectUris(const base::JsonValue &value);
[[nodiscard]] base::Result<QStringList> readHosts(const base::JsonValue &value);
[[nodiscard]] base::Result<bool> readForEveryone(const base::JsonValue &value);
[[nodiscard]] base::Result<QDate> readDay(const base::JsonValue &value);
[[nodiscard]] base::Result<QString> readHttpsIssuer(const base::JsonValue &value);
[[nodiscard]] base::Result<QString> readIssuerOrLoopback(const base::JsonValue &value);
[[nodiscard]] base::Result<QString> readHeaderText(const base::JsonValue &value);
[[nodiscard]] base::Result<std::map<QString, QString>> readParameters(const base::JsonValue &value);
[[nodiscard]] base::Result<QStringList> readPointers(const base::JsonValue &value);

} // namespace keytender::provider
