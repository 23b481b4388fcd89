// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QString>
#include <QStringView>

#include "base/jsonspans.h"
#include "tools/tool.h"

namespace keytender::tools {

// How Hermes calls a provider, how we do, and which of its sources mirrors the state that Hermes keeps of the provider
// beside the pool. Empty where there is none.
struct HermesProvider {
    QString entry;  // "openai-codex"
    QString id;     // "openai"
    QString name;   // "OpenAI"
    QString source; // "device_code"
};
[[nodiscard]] HermesProvider hermesProvider(const QString &entry);

// One place in `auth.json` that may hold tokens: a state in `providers`, or a row of the pool.
struct HermesRecord {
    enum class Kind { State, Row };

    Kind kind = Kind::State;
    QString entry; // of the provider
    base::JsonValue value;
    base::JsonValue tokens; // the object in it that has them
    QString id = {};        // of a row
    QString source = {};
    QString label = {};
    profile::Credential credential = {}; // without any token where Hermes wiped them
    std::optional<base::Timestamp> refreshedAt = {};
    bool isSuppressed = false;               // the user removed its source in Hermes
    bool isBlanked = false;                  // the members are there, and say nothing
    std::optional<base::Error> end = {};     // its tokens are spent, or were wiped: why
    std::optional<base::Error> refusal = {}; // Hermes was told that the tokens are no good any more
    std::optional<base::Error> remark = {};  // what else is odd about it

    [[nodiscard]] bool isMirrored() const { return !source.isEmpty() && source == hermesProvider(entry).source; }
    [[nodiscard]] bool holdsTokens() const;
    // The same refresh token, or the same access token where one of them has none (#106177: never the same account).
    [[nodiscard]] bool isSameGrantAs(const HermesRecord &other) const;
};

// Rows of other sources name a secret that lies elsewhere: what stands in them is stripped at the next save (#31416).
[[nodiscard]] bool isHermesOwnSource(const QString &entry, const QString &source);

[[nodiscard]] base::Result<HermesRecord> hermesStateIn(const QString &entry, const base::JsonValue &state);
[[nodiscard]] base::Result<HermesRecord> hermesRowIn(const QString &entry, const base::JsonValue &row);

// The members that speak of how a row's tokens fared, which others begin anew with.
inline constexpr std::string_view hermesStatusMembers[] = {"last_status",        "last_status_at",
                                                           "last_error_code",    "last_error_reason",
                                                           "last_error_message", "last_error_reset_at"};

// A time in milliseconds; 0 and nothing are the same here.
[[nodiscard]] base::Result<std::optional<base::Timestamp>> hermesEnd(const base::JsonValue &member);

} // namespace keytender::tools
