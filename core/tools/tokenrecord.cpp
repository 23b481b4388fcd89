// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/tokenrecord.h"

#include "tools/jsonrecord.h"

namespace keytender::tools {

profile::Credential credentialOf(base::Secret accessToken, base::Secret refreshToken)
{
    profile::Credential credential;
    credential.kind = refreshToken.isEmpty() ? profile::CredentialKind::Token : profile::CredentialKind::OAuth;
    credential.tokens.accessToken = std::move(accessToken);
    credential.tokens.refreshToken = std::move(refreshToken);
    return credential;
}

base::Result<CopyReading> readTokens(const base::JsonValue &record, const TokenMembers &names)
{
    const base::JsonValue access = record.member(names.access);
    const base::JsonValue refresh = record.member(names.refresh);
    auto accessToken = secretOrEmpty(access);
    if (!accessToken)
        return base::unexpected(accessToken.error());
    auto refreshToken = secretOrEmpty(refresh);
    if (!refreshToken)
        return base::unexpected(refreshToken.error());

    if (accessToken->isEmpty() && refreshToken->isEmpty()) {
        CopyReading reading;
        const bool isThere = !access.isMissing() || !refresh.isMissing();
        reading.state = isThere ? profile::CopyState::Blank : profile::CopyState::Absent;
        return reading;
    }
    return held(credentialOf(std::move(*accessToken), std::move(*refreshToken)));
}

std::vector<CopyReading> onlyReading(base::Result<CopyReading> reading, const CopyPlace &place)
{
    std::vector<CopyReading> readings;
    readings.push_back(reading ? std::move(*reading) : unreadable(reading.error()));
    readings.front().slot = place.slot;
    if (readings.front().label.isEmpty())
        readings.front().label = place.label;
    return readings;
}

std::vector<CopyReading> onlyRecord(const base::FileContent &content, const CopyPlace &place, RecordReader record)
{
    const auto document = parseObject(place.path, content);
    return onlyReading(document ? record(document->root()) : base::unexpected(document.error()), place);
}

} // namespace keytender::tools
