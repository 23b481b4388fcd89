// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QStringList>

#include "tools/hermesrecord.h"
#include "tools/jsonrecord.h"

namespace keytender::tools {

// What Hermes' files call: `auth.json`, and its own Anthropic login beside it.
inline constexpr QLatin1String hermesStoreName("/auth.json");
inline constexpr QLatin1String hermesPkceName("/.anthropic_oauth.json");
inline constexpr QLatin1String hermesSharedNousName("/nous_auth.json");
inline constexpr QLatin1String hermesConfigName("/config.yaml");
// Behind a file's name: the one-way fingerprints of refresh tokens that were spent without a successor.
inline constexpr QLatin1String hermesSpentSuffix(".hermes-spent-rotations.json");

// The newest `version` of auth.json that is known.
inline constexpr double hermesStoreVersion = 1;

// The refresh tokens that Hermes has noted as spent. How the file looks is not known for sure, so every text in it
// counts that could be a SHA-256 in hexadecimal digits or the beginning of one.
class HermesSpentTokens final {
public:
    HermesSpentTokens() = default;
    explicit HermesSpentTokens(const base::JsonValue &registry);
    // The companion of a place.
    [[nodiscard]] static HermesSpentTokens beside(const CopyPlace &place, const Fetched &fetched, Remarks &remarks);

    [[nodiscard]] bool holds(const base::Secret &refreshToken) const;

private:
    QStringList m_hashes;
};

// One login: all records of a file that hold the same grant.
struct HermesLogin {
    QString slot;
    QString entry;                     // of the provider: "openai-codex"
    QString label;                     // of a row, where it tells several accounts apart
    std::vector<HermesRecord> records; // the one that counts first; none where nothing could be read
    std::optional<base::Error> problem;
    bool isAmbiguous = false; // another record of it holds other tokens, and neither is provably later

    [[nodiscard]] const HermesRecord &first() const { return records.front(); }
    [[nodiscard]] bool isSuppressed() const;              // every source of it was removed
    [[nodiscard]] std::optional<base::Error> end() const; // why nobody may spend its tokens
    [[nodiscard]] std::optional<base::Error> refusal() const;
};

// The text as one object, a byte order mark left out.
[[nodiscard]] base::Result<base::JsonSpans> hermesDocument(const QString &path, const base::FileContent &content);

// The logins of an auth.json, in the order of the file. Their values live as long as the document does.
[[nodiscard]] std::vector<HermesLogin> hermesLoginsIn(const base::JsonValue &root, const HermesSpentTokens &spent);

// Whether the user removed this source there. It may be a list, or a mapping as older versions wrote it.
[[nodiscard]] bool isHermesSourceSuppressed(const base::JsonValue &root, const QString &entry, const QString &source);

} // namespace keytender::tools
