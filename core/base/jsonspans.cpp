// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/jsonspans.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include <QCoreApplication>

#include "base/jsontext.h"

namespace keytender::base {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Json", text);
}

constexpr std::uint32_t rootNode = 1;

// The short escape of a byte that a JSON string may not hold as it is; empty where there is none.
std::string_view escapeOf(char letter)
{
    switch (letter) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return {};
    }
}

std::size_t quotedSize(char letter)
{
    const std::string_view escape = escapeOf(letter);
    if (!escape.empty())
        return escape.size();
    return static_cast<unsigned char>(letter) < 0x20 ? 6 : 1;
}

} // namespace

JsonValue JsonSpans::root() const
{
    return {this, rootNode};
}

bool JsonSpans::hasSameKey(const Node &first, const Node &second) const
{
    if (first.keyHash != second.keyHash)
        return false;
    return isEscapedFormOf(textOf(second.key), unescaped(textOf(first.key)));
}

bool JsonSpans::isDoubled(std::uint32_t node) const
{
    for (; node > rootNode; node = m_nodes[node].parent) {
        const std::uint32_t parent = m_nodes[node].parent;
        if (m_nodes[parent].type != JsonType::Object)
            continue;
        for (std::uint32_t other = m_nodes[parent].firstChild; other != 0; other = m_nodes[other].nextSibling)
            if (other != node && hasSameKey(m_nodes[node], m_nodes[other]))
                return true;
    }
    return false;
}

std::uint32_t JsonSpans::nodeAt(ByteSpan value) const
{
    const auto found = std::ranges::lower_bound(m_nodes.begin() + rootNode, m_nodes.end(), value.begin, {},
                                                [](const Node &node) { return node.value.begin; });
    if (found == m_nodes.end() || found->value != value)
        return 0;
    return static_cast<std::uint32_t>(found - m_nodes.begin());
}

QString JsonSpans::pathOf(std::uint32_t node) const
{
    QString path;
    for (; node > rootNode; node = m_nodes[node].parent) {
        const Node &parent = m_nodes[m_nodes[node].parent];
        if (parent.type == JsonType::Object) {
            path.prepend(pathStep(unescaped(textOf(m_nodes[node].key))));
            continue;
        }
        int index = 0;
        for (std::uint32_t before = parent.firstChild; before != node; before = m_nodes[before].nextSibling)
            ++index;
        path.prepend(QStringLiteral("[%1]").arg(index));
    }
    return path.startsWith(u'.') ? path.sliced(1) : path;
}

Result<Secret> JsonSpans::spliced(std::vector<JsonEdit> edits) const
{
    std::ranges::sort(edits, {}, [](const JsonEdit &edit) { return edit.span.begin; });
    std::size_t size = bytes().size();
    std::size_t lastEnd = 0;
    for (const JsonEdit &edit : edits) {
        const std::uint32_t node = nodeAt(edit.span);
        if (node == 0 || edit.span.begin < lastEnd)
            return unexpected({.kind = ErrorKind::Malformed,
                               .subject = m_subject,
                               .place = positionOf(bytes(), std::min(edit.span.begin, bytes().size())),
                               .detail = translated(QT_TRANSLATE_NOOP("Json", "there is no value to replace"))});
        if (isDoubled(node))
            return unexpected(JsonValue(this, node)
                                  .error(translated(QT_TRANSLATE_NOOP("Json", "stands twice, so it is not replaced"))));
        if (const auto value = parse(edit.replacement.clone(), m_subject); !value)
            return unexpected(
                JsonValue(this, node).error(translated(QT_TRANSLATE_NOOP("Json", "its replacement is not JSON"))));
        size += edit.replacement.size() - (edit.span.end - edit.span.begin);
        lastEnd = edit.span.end;
    }

    Secret text(size);
    char *to = text.writable().data();
    std::size_t copied = 0;
    const auto append = [&to](std::string_view part) { to = std::copy(part.begin(), part.end(), to); };
    for (const JsonEdit &edit : edits) {
        append(textOf({copied, edit.span.begin}));
        append(edit.replacement.expose());
        copied = edit.span.end;
    }
    append(bytes().substr(copied));
    return text;
}

Secret JsonSpans::quoted(std::string_view text)
{
    std::size_t size = 2;
    for (const char letter : text)
        size += quotedSize(letter);
    Secret token(size);
    char *to = token.writable().data();
    *to++ = '"';
    for (const char letter : text) {
        const std::string_view escape = escapeOf(letter);
        if (!escape.empty()) {
            to = std::copy(escape.begin(), escape.end(), to);
        } else if (static_cast<unsigned char>(letter) < 0x20) {
            constexpr std::string_view digits = "0123456789abcdef";
            to = std::ranges::copy(std::string_view("\\u00"), to).out;
            *to++ = digits[static_cast<std::size_t>(letter) >> 4];
            *to++ = digits[static_cast<std::size_t>(letter) & 15];
        } else {
            *to++ = letter;
        }
    }
    *to = '"';
    return token;
}

} // namespace keytender::base
