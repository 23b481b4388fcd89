// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "base/jsonspans.h"
#include "tools/tool.h"

// OpenClaw's store of logins: the same JSON text in `auth-profiles.json` and in the cells of its databases.
namespace keytender::tools {

inline constexpr QLatin1String openClawImportName("/oauth.json");

// One reading for each profile; `program` is what people call the tool: "OpenClaw".
[[nodiscard]] std::vector<CopyReading> readOpenClawStore(const base::JsonSpans &store, const QString &program);
// The same for a place; what is odd about a database is remarked upon.
[[nodiscard]] std::vector<CopyReading> readOpenClawPlace(const CopyPlace &place, const base::FileContent &content,
                                                         const Fetched &fetched, const QString &program);

// A profile's id as a slot and back: an "@" in it would look like the name of a home in our ids.
[[nodiscard]] QString openClawSlot(const QString &profileId);
[[nodiscard]] QString openClawProfileId(const QString &slot);

// One profile of the store; an error where it is not there.
[[nodiscard]] base::Result<base::JsonValue> openClawProfile(const base::JsonSpans &store, const QString &slot);

// What may be asked of one profile.
struct OpenClawEntry {
    enum class Type { OAuth, Token, ApiKey };

    Type type = Type::OAuth;
    QString provider;                // as OpenClaw names it: trimmed, in lower case
    bool isManagedElsewhere = false; // another program's login, which OpenClaw copies
    bool isSavedOnly = false;        // a `setup` descriptor: OpenClaw does not use it
};
[[nodiscard]] base::Result<OpenClawEntry> openClawEntry(const base::JsonValue &profile);

// With some providers OpenClaw counts five minutes less than an access token lives: what it writes for the end of one,
// and the end that it means. Ends that are not told alike would make an older token the later one. `provider` is our
// id.
[[nodiscard]] base::Timestamp openClawExpiry(const QString &provider, base::Timestamp expiresAt);
[[nodiscard]] base::Timestamp endOfOpenClawExpiry(const QString &provider, base::Timestamp expires);

// Our provider's id.
[[nodiscard]] QString providerOfOpenClaw(const QString &provider);

} // namespace keytender::tools
