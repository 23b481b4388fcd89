// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <QStringList>

#include "base/jsonspans.h"
#include "base/timestamp.h"
#include "tools/jsonrecord.h"

namespace keytender::tools {

// A tool's JSON text with some of its values exchanged: what is there is replaced, what is missing becomes the last
// member of its object, and every other byte stays as it was, a byte order mark too (INV-7). A value that says the same
// already is left alone, whatever way it is written. The first thing that cannot be done is kept: finish() says it.
class JsonRewrite final {
public:
    // An error unless the text is one object. `path` is named in errors.
    [[nodiscard]] static base::Result<JsonRewrite> of(const QString &path, const base::FileContent &content);

    // Places as they were before; valid as long as this is not moved.
    [[nodiscard]] base::JsonValue root() const { return m_document.root(); }

    // `token` is a complete JSON value.
    void set(const base::JsonValue &object, std::string_view key, base::Secret token);
    void setText(const base::JsonValue &object, std::string_view key, std::string_view text);
    void setText(const base::JsonValue &object, std::string_view key, const QString &text);
    void setText(const base::JsonValue &object, std::string_view key, const base::Secret &text);
    void setInteger(const base::JsonValue &object, std::string_view key, std::int64_t number);
    void setTime(const base::JsonValue &object, std::string_view key, base::Timestamp time, EpochUnit unit);
    void setTexts(const base::JsonValue &object, std::string_view key, const QStringList &texts);
    void setNull(const base::JsonValue &object, std::string_view key);

    // Once, at the end.
    [[nodiscard]] base::Result<base::Secret> finish();

private:
    JsonRewrite(base::JsonSpans document, bool hasMark) : m_document(std::move(document)), m_hasMark(hasMark) {}

    base::JsonSpans m_document;
    bool m_hasMark = false;
    std::vector<base::JsonEdit> m_edits;
    std::optional<base::Error> m_error;
};

// A list of strings as one JSON value, without line ends.
[[nodiscard]] base::Secret jsonOf(const QStringList &texts);

} // namespace keytender::tools
