// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <vector>

#include "base/jsonspans.h"
#include "tools/tool.h"

// What the tools share that keep one access and one refresh token side by side.
namespace keytender::tools {

struct TokenMembers {
    std::string_view access = "access_token";
    std::string_view refresh = "refresh_token";
};

// OAuth where there is a refresh token, a bare token where there is none.
[[nodiscard]] profile::Credential credentialOf(base::Secret accessToken, base::Secret refreshToken);

// Absent where the record has neither token, Blank where the tool emptied them, else Held with the tokens it has and
// nothing more.
[[nodiscard]] base::Result<CopyReading> readTokens(const base::JsonValue &record, const TokenMembers &names = {});

// The only reading of a place: an error becomes an unreadable one.
[[nodiscard]] std::vector<CopyReading> onlyReading(base::Result<CopyReading> reading, const CopyPlace &place);

// The same for a place whose content is one JSON object: `record` reads it.
using RecordReader = base::Result<CopyReading> (*)(const base::JsonValue &record);
[[nodiscard]] std::vector<CopyReading> onlyRecord(const base::FileContent &content, const CopyPlace &place,
                                                  RecordReader record);

} // namespace keytender::tools
