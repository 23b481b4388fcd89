// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include "base/jsonspans.h"
#include "tools/tool.h"

// What the tools that keep JSON read alike. Members that decide (tokens, ends) make a record unreadable when they are
// odd; members that are only shown (addresses, plans) are left out and remarked upon.
namespace keytender::tools {

enum class EpochUnit { Seconds, Milliseconds };

// The text at a place as an object, under the place's path; everything else is an error.
[[nodiscard]] base::Result<base::JsonSpans> parseObject(const QString &path, const base::FileContent &content);

// A time that may be missing or null. A wrong type, NaN, a negative or implausible number, and seconds where
// milliseconds belong are errors.
[[nodiscard]] base::Result<std::optional<base::Timestamp>> epochTime(const base::JsonValue &value, EpochUnit unit);
[[nodiscard]] base::Result<std::optional<base::Timestamp>> rfc3339Time(const base::JsonValue &value);

// A secret that may be missing, null or empty, which are the same here: an empty Secret.
[[nodiscard]] base::Result<base::Secret> secretOrEmpty(const base::JsonValue &value);

[[nodiscard]] CopyReading unreadable(base::Error problem, const QString &slot = {});
[[nodiscard]] CopyReading held(profile::Credential credential, const QString &slot = {});

// Collects what is odd about a record that is usable all the same; the first remark is the one that is kept.
class Remarks final {
public:
    void add(base::Error error);
    // A member that is only shown: empty where it is missing or no string, which is remarked upon.
    [[nodiscard]] QString text(const base::JsonValue &value);
    // The strings of an array; a single string is split at its spaces, as RFC 6749 writes scopes.
    [[nodiscard]] QStringList texts(const base::JsonValue &value);
    [[nodiscard]] const std::optional<base::Error> &first() const { return m_first; }

private:
    std::optional<base::Error> m_first;
};

// A companion of the place as an object; nothing where it is missing, or cannot be read, which is remarked upon.
[[nodiscard]] std::optional<base::JsonSpans> companionOf(const Fetched &fetched, const QString &path, Remarks &remarks);

} // namespace keytender::tools
