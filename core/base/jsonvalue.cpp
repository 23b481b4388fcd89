// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <charconv>
#include <functional>
#include <system_error>

#include <QCoreApplication>

#include "base/jsonspans.h"
#include "base/jsontext.h"

namespace keytender::base {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Json", text);
}

QString nameOf(JsonType type)
{
    switch (type) {
    case JsonType::Null:
        return translated(QT_TRANSLATE_NOOP("Json", "null"));
    case JsonType::Boolean:
        return translated(QT_TRANSLATE_NOOP("Json", "true or false"));
    case JsonType::Number:
        return translated(QT_TRANSLATE_NOOP("Json", "a number"));
    case JsonType::String:
        return translated(QT_TRANSLATE_NOOP("Json", "a string"));
    case JsonType::Array:
        return translated(QT_TRANSLATE_NOOP("Json", "a list"));
    case JsonType::Object:
        return translated(QT_TRANSLATE_NOOP("Json", "an object"));
    case JsonType::Missing:
    case JsonType::Doubled:
        break;
    }
    return {};
}

} // namespace

JsonType JsonValue::type() const
{
    if (m_isDoubled)
        return JsonType::Doubled;
    return m_missing.isEmpty() ? m_document->m_nodes[m_node].type : JsonType::Missing;
}

ByteSpan JsonValue::span() const
{
    return m_missing.isEmpty() ? m_document->m_nodes[m_node].value : ByteSpan{};
}

std::string_view JsonValue::text() const
{
    return m_document->textOf(span());
}

JsonValue JsonValue::member(std::string_view key) const
{
    if (m_isDoubled)
        return *this;
    const auto &nodes = m_document->m_nodes;
    JsonValue found(m_document, 0);
    if (isObject()) {
        const std::size_t hash = std::hash<std::string_view>{}(key);
        for (std::uint32_t child = nodes[m_node].firstChild; child != 0; child = nodes[child].nextSibling) {
            if (nodes[child].keyHash != hash || !isEscapedFormOf(m_document->textOf(nodes[child].key), key))
                continue;
            if (found.m_node != 0)
                found.m_isDoubled = true;
            found.m_node = child;
        }
    }
    if (found.m_node == 0) {
        found.m_node = m_node;
        found.m_missing = m_missing + pathStep(key);
    }
    return found;
}

std::vector<JsonValue> JsonValue::elements() const
{
    std::vector<JsonValue> values;
    if (type() != JsonType::Array)
        return values;
    const auto &nodes = m_document->m_nodes;
    for (std::uint32_t child = nodes[m_node].firstChild; child != 0; child = nodes[child].nextSibling)
        values.push_back(JsonValue(m_document, child));
    return values;
}

std::vector<std::pair<QString, JsonValue>> JsonValue::members() const
{
    std::vector<std::pair<QString, JsonValue>> values;
    if (!isObject())
        return values;
    const auto &nodes = m_document->m_nodes;
    for (std::uint32_t child = nodes[m_node].firstChild; child != 0; child = nodes[child].nextSibling) {
        values.emplace_back(QString::fromStdString(unescaped(m_document->textOf(nodes[child].key))),
                            JsonValue(m_document, child));
    }
    std::vector<std::size_t> byKey(values.size());
    for (std::size_t i = 0; i < byKey.size(); ++i)
        byKey[i] = i;
    std::ranges::sort(byKey, {}, [&values](std::size_t i) -> const QString & { return values[i].first; });
    for (std::size_t i = 1; i < byKey.size(); ++i) {
        if (values[byKey[i]].first != values[byKey[i - 1]].first)
            continue;
        values[byKey[i]].second.m_isDoubled = true;
        values[byKey[i - 1]].second.m_isDoubled = true;
    }
    return values;
}

Error JsonValue::error(const QString &detail, ErrorKind kind) const
{
    QString path = m_document->pathOf(m_node) + m_missing;
    if (path.startsWith(u'.'))
        path.remove(0, 1);
    QString place = positionOf(m_document->bytes(), m_document->m_nodes[m_node].value.begin);
    if (!path.isEmpty())
        place += QStringLiteral(", ") + path;
    return {.kind = kind, .subject = m_document->subject(), .place = place, .detail = detail};
}

Error JsonValue::mismatch(JsonType wanted) const
{
    if (type() == JsonType::Doubled)
        return error(translated(QT_TRANSLATE_NOOP("Json", "stands twice")));
    if (type() == JsonType::Missing)
        return error(translated(QT_TRANSLATE_NOOP("Json", "is missing")));
    return error(translated(QT_TRANSLATE_NOOP("Json", "is %1, not %2")).arg(nameOf(type()), nameOf(wanted)));
}

Result<Secret> JsonValue::secret() const
{
    if (type() != JsonType::String)
        return unexpected(mismatch(JsonType::String));
    return unescapedSecret(text());
}

Result<QString> JsonValue::string() const
{
    if (type() != JsonType::String)
        return unexpected(mismatch(JsonType::String));
    return QString::fromStdString(unescaped(text()));
}

Result<double> JsonValue::number() const
{
    if (type() != JsonType::Number)
        return unexpected(mismatch(JsonType::Number));
    double value = 0;
    const std::string_view digits = text();
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc{})
        return unexpected(error(translated(QT_TRANSLATE_NOOP("Json", "is a number out of range"))));
    return value;
}

Result<bool> JsonValue::boolean() const
{
    if (type() != JsonType::Boolean)
        return unexpected(mismatch(JsonType::Boolean));
    return text().front() == 't';
}

Result<JsonValue> JsonValue::object() const
{
    if (!isObject())
        return unexpected(mismatch(JsonType::Object));
    return *this;
}

template <class T>
Result<std::optional<T>> JsonValue::optional(Result<T> (JsonValue::*read)() const) const
{
    if (isMissing() || isNull())
        return std::optional<T>();
    Result<T> value = (this->*read)();
    if (!value)
        return unexpected(value.error());
    return std::optional<T>(std::move(*value));
}

Result<std::optional<QString>> JsonValue::optionalString() const
{
    return optional(&JsonValue::string);
}

Result<std::optional<double>> JsonValue::optionalNumber() const
{
    return optional(&JsonValue::number);
}

Result<std::optional<Secret>> JsonValue::optionalSecret() const
{
    return optional(&JsonValue::secret);
}

} // namespace keytender::base
