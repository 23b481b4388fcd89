// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/jsonrewrite.h"

#include <algorithm>
#include <string>

namespace keytender::tools {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

// What stands between the elements of a list, so that another list can be written like it.
struct ListStyle {
    std::string opening;
    std::string between = ",";
    std::string closing;
};

ListStyle styleOf(const base::JsonSpans &document, const base::JsonValue &list)
{
    const auto elements = list.elements();
    if (elements.empty())
        return {};
    const auto text = [&document](std::size_t begin, std::size_t end) {
        return std::string(document.bytes().substr(begin, end - begin));
    };
    ListStyle style{.opening = text(list.span().begin + 1, elements.front().span().begin),
                    .closing = text(elements.back().span().end, list.span().end - 1)};
    style.between += style.opening;
    if (elements.size() > 1)
        style.between = text(elements[0].span().end, elements[1].span().begin);
    return style;
}

base::Secret listOf(const QStringList &texts, const ListStyle &style)
{
    std::string list = "[";
    for (const QString &text : texts) {
        list += list.size() == 1 ? style.opening : style.between;
        list += base::JsonSpans::quoted(viewOf(text.toUtf8())).expose();
    }
    list += texts.isEmpty() ? std::string() : style.closing;
    list += ']';
    return base::Secret::copyOf(list);
}

bool holds(const base::JsonValue &list, const QStringList &texts)
{
    const auto elements = list.elements();
    return list.type() == base::JsonType::Array
           && std::ranges::equal(elements, texts, [](const base::JsonValue &element, const QString &text) {
                  const auto string = element.string();
                  return string && *string == text;
              });
}

} // namespace

base::Result<JsonRewrite> JsonRewrite::of(const QString &path, const base::FileContent &content)
{
    std::string_view text = content.bytes.expose();
    const bool hasMark = text.starts_with(byteOrderMark);
    if (hasMark)
        text.remove_prefix(byteOrderMark.size());
    auto document = base::JsonSpans::parse(base::Secret::copyOf(text), path);
    if (!document)
        return base::unexpected(document.error());
    if (const auto object = document->root().object(); !object)
        return base::unexpected(object.error());
    return JsonRewrite(*std::move(document), hasMark);
}

void JsonRewrite::set(const base::JsonValue &object, std::string_view key, base::Secret token)
{
    if (m_error)
        return;
    const base::JsonValue there = object.member(key);
    if (there.type() == base::JsonType::Doubled) {
        m_error = there.error(QStringLiteral("stands twice"));
        return;
    }
    if (!there.isMissing()) {
        m_edits.push_back({there.span(), std::move(token)});
        return;
    }
    auto insertion = m_document.insertion(object, key, std::move(token));
    if (insertion)
        m_edits.push_back(*std::move(insertion));
    else
        m_error = insertion.error();
}

void JsonRewrite::setText(const base::JsonValue &object, std::string_view key, std::string_view text)
{
    const base::JsonValue there = object.member(key);
    const auto before =
        there.type() == base::JsonType::String ? there.secret() : base::unexpected(there.error(QString()));
    if (!before || before->expose() != text)
        set(object, key, base::JsonSpans::quoted(text));
}

void JsonRewrite::setText(const base::JsonValue &object, std::string_view key, const QString &text)
{
    setText(object, key, viewOf(text.toUtf8()));
}

void JsonRewrite::setText(const base::JsonValue &object, std::string_view key, const base::Secret &text)
{
    setText(object, key, text.expose());
}

void JsonRewrite::setInteger(const base::JsonValue &object, std::string_view key, std::int64_t number)
{
    set(object, key, base::Secret::copyOf(std::to_string(number)));
}

void JsonRewrite::setTime(const base::JsonValue &object, std::string_view key, base::Timestamp time, EpochUnit unit)
{
    const std::int64_t milliseconds = time.time_since_epoch().count();
    setInteger(object, key, unit == EpochUnit::Seconds ? milliseconds / 1000 : milliseconds);
}

void JsonRewrite::setTexts(const base::JsonValue &object, std::string_view key, const QStringList &texts)
{
    const base::JsonValue there = object.member(key);
    if (!holds(there, texts))
        set(object, key, listOf(texts, styleOf(m_document, there)));
}

void JsonRewrite::setNull(const base::JsonValue &object, std::string_view key)
{
    set(object, key, base::Secret::copyOf("null"));
}

base::Result<base::Secret> JsonRewrite::finish()
{
    if (m_error)
        return base::unexpected(*m_error);
    auto text = m_document.spliced(std::move(m_edits));
    if (!text || !m_hasMark)
        return text;
    base::Secret marked(byteOrderMark.size() + text->size());
    std::ranges::copy(text->expose(), std::ranges::copy(byteOrderMark, marked.writable().begin()).out);
    return marked;
}

base::Secret jsonOf(const QStringList &texts)
{
    return listOf(texts, {});
}

} // namespace keytender::tools
