// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/jsonspans.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <functional>

#include <QCoreApplication>

#include "base/jsontext.h"

namespace keytender::base {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Json", text);
}

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

Error JsonSpans::noValueAt(std::size_t position) const
{
    return {.kind = ErrorKind::Malformed,
            .subject = m_subject,
            .place = positionOf(bytes(), std::min(position, bytes().size())),
            .detail = translated(QT_TRANSLATE_NOOP("Json", "there is no value to replace"))};
}

Result<void> JsonSpans::checkReplacement(const JsonEdit &edit) const
{
    const std::uint32_t node = nodeAt(edit.span);
    if (node == 0)
        return unexpected(noValueAt(edit.span.begin));
    if (isDoubled(node))
        return unexpected(
            JsonValue(this, node).error(translated(QT_TRANSLATE_NOOP("Json", "stands twice, so it is not replaced"))));
    if (const auto value = parse(edit.replacement.clone(), m_subject); !value)
        return unexpected(
            JsonValue(this, node).error(translated(QT_TRANSLATE_NOOP("Json", "its replacement is not JSON"))));
    return {};
}

Result<Secret> JsonSpans::spliced(std::vector<JsonEdit> edits) const
{
    std::ranges::stable_sort(edits, {}, [](const JsonEdit &edit) { return edit.span.begin; });
    std::size_t lastEnd = 0;
    for (auto edit = edits.cbegin(); edit != edits.cend(); ++edit) {
        if (edit->span.begin < lastEnd)
            return unexpected(noValueAt(edit->span.begin));
        const auto checked = edit->isInsertion() ? checkInsertion({edits.cbegin(), edit + 1}) : checkReplacement(*edit);
        if (!checked)
            return unexpected(checked.error());
        lastEnd = edit->span.end;
    }
    return assembled(edits);
}

Secret JsonSpans::assembled(const std::vector<JsonEdit> &edits) const
{
    std::vector<std::string_view> pieces;
    std::deque<std::string> ends; // a deque leaves them where they are
    std::size_t copied = 0;
    for (auto edit = edits.cbegin(); edit != edits.cend(); ++edit) {
        pieces.push_back(textOf({copied, edit->span.begin}));
        pieces.push_back(edit->replacement.expose());
        copied = edit->span.end;
        const std::uint32_t object = edit->isInsertion() ? objectEndingIn(edit->span.begin) : 0;
        if (object == 0 || m_nodes[object].firstChild != 0)
            continue;
        // The first member of an object has no comma before it, the last one perhaps an end of the line behind it.
        if (edit == edits.cbegin() || (edit - 1)->span != edit->span)
            pieces.back().remove_prefix(1);
        if (edit + 1 == edits.cend() || (edit + 1)->span != edit->span)
            pieces.push_back(ends.emplace_back(styleIn(object).after));
    }
    pieces.push_back(bytes().substr(copied));

    std::size_t size = 0;
    for (const std::string_view piece : pieces)
        size += piece.size();
    Secret text(size);
    char *to = text.writable().data();
    for (const std::string_view piece : pieces)
        to = std::ranges::copy(piece, to).out;
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
