// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include <QCoreApplication>

#include "base/jsonspans.h"
#include "base/jsontext.h"

namespace keytender::base {

namespace {

constexpr std::string_view whiteSpace = " \t\r\n";

QString translated(const char *text)
{
    return QCoreApplication::translate("Json", text);
}

// How a line that begins in white space begins: its line end and its indent.
struct LineStart {
    std::string newline; // empty = it is no line of its own
    std::string indent;
};

LineStart lineStartAtEndOf(std::string_view text)
{
    const std::size_t last = text.find_last_not_of(whiteSpace);
    const std::string_view space = text.substr(last == std::string_view::npos ? 0 : last + 1);
    const std::size_t feed = space.rfind('\n');
    if (feed == std::string_view::npos)
        return {};
    const bool hasReturn = feed > 0 && space[feed - 1] == '\r';
    return {hasReturn ? "\r\n" : "\n", std::string(space.substr(feed + 1))};
}

std::string stepBetween(const LineStart &outer, const LineStart &inner)
{
    const bool isDeeper = inner.indent.size() > outer.indent.size() && inner.indent.starts_with(outer.indent);
    return isDeeper ? inner.indent.substr(outer.indent.size()) : "  ";
}

} // namespace

// A value lies behind everything that begins before it ends, so the innermost one that begins before `insertion` is the
// last member of the object or lies in it.
std::uint32_t JsonSpans::objectEndingIn(std::size_t insertion) const
{
    const auto behind = std::ranges::lower_bound(m_nodes.begin() + rootNode, m_nodes.end(), insertion, {},
                                                 [](const Node &node) { return node.value.begin; });
    auto node = static_cast<std::uint32_t>(behind - m_nodes.begin()) - 1;
    if (node == 0)
        return 0;
    const Node &innermost = m_nodes[node];
    if (innermost.type == JsonType::Object && innermost.firstChild == 0 && innermost.value.begin + 1 == insertion)
        return node;
    while (node > rootNode && m_nodes[node].value.end < insertion)
        node = m_nodes[node].parent;
    const bool isLastMember = node > rootNode && m_nodes[node].value.end == insertion && m_nodes[node].nextSibling == 0
                              && m_nodes[m_nodes[node].parent].type == JsonType::Object;
    return isLastMember ? m_nodes[node].parent : 0;
}

JsonSpans::MemberStyle JsonSpans::styleIn(std::uint32_t object) const
{
    std::uint32_t last = m_nodes[object].firstChild;
    if (last == 0)
        return styleOfFirstIn(object);
    std::uint32_t before = 0;
    for (; m_nodes[last].nextSibling != 0; last = m_nodes[last].nextSibling)
        before = last;
    const Node &neighbour = m_nodes[last];
    MemberStyle style;
    style.colon = textOf({neighbour.key.end, neighbour.value.begin});
    if (before != 0) {
        style.before = textOf({m_nodes[before].value.end, neighbour.key.begin});
        return style;
    }
    const std::string_view space = textOf({m_nodes[object].value.begin + 1, neighbour.key.begin});
    style.before = ",";
    style.before += space.empty() && style.colon.size() > 1 ? std::string_view(" ") : space;
    return style;
}

JsonSpans::MemberStyle JsonSpans::styleOfFirstIn(std::uint32_t object) const
{
    const Node &node = m_nodes[object];
    const std::string_view inside = textOf({node.value.begin + 1, node.value.end - 1});
    const bool isMember = object > rootNode && m_nodes[node.parent].type == JsonType::Object;
    const LineStart own = lineStartAtEndOf(bytes().substr(0, isMember ? node.key.begin : node.value.begin));
    const LineStart closing = lineStartAtEndOf(inside);
    const LineStart &line = closing.newline.empty() ? own : closing;
    MemberStyle style{.before = ",", .colon = line.newline.empty() ? ":" : ": ", .after = {}};
    if (isMember)
        style.colon = textOf({node.key.end, node.value.begin});
    if (line.newline.empty() || (object == rootNode && closing.newline.empty()))
        return style;
    const Node &around = m_nodes[node.parent];
    const LineStart outer =
        object == rootNode ? LineStart() : lineStartAtEndOf(bytes().substr(0, around.value.end - 1));
    style.before += line.newline + line.indent + (object == rootNode ? "  " : stepBetween(outer, own));
    if (closing.newline.empty())
        style.after = line.newline + line.indent;
    return style;
}

Result<JsonEdit> JsonSpans::insertion(const JsonValue &object, std::string_view key, Secret value) const
{
    if (const auto checked = object.object(); !checked)
        return unexpected(checked.error());
    const JsonValue there = object.member(key);
    if (!there.isMissing())
        return unexpected(there.error(translated(QT_TRANSLATE_NOOP("Json", "is there already"))));
    const Node &node = m_nodes[object.m_node];
    std::size_t at = node.value.begin + 1;
    for (std::uint32_t member = node.firstChild; member != 0; member = m_nodes[member].nextSibling)
        at = m_nodes[member].value.end;

    const MemberStyle style = styleIn(object.m_node);
    const Secret name = quoted(key);
    const std::string_view pieces[] = {style.before, name.expose(), style.colon, value.expose()};
    std::size_t size = 0;
    for (const std::string_view piece : pieces)
        size += piece.size();
    JsonEdit edit{{at, at}, Secret(size)};
    char *to = edit.replacement.writable().data();
    for (const std::string_view piece : pieces)
        to = std::ranges::copy(piece, to).out;
    if (const auto checked = checkInsertion({&edit, 1}); !checked)
        return unexpected(checked.error());
    return edit;
}

// The key that an insertion adds: `,"key":value` is `{"key":value}` but for its ends. Only into an object that is empty
// may nothing stand before the comma, because there it is left out.
Result<std::string> JsonSpans::keyAddedBy(const JsonEdit &edit, bool isFirst) const
{
    const std::string_view text = edit.replacement.expose();
    const std::size_t comma = text.find_first_not_of(whiteSpace);
    const Error error = JsonValue(this, objectEndingIn(edit.span.begin))
                            .error(translated(QT_TRANSLATE_NOOP("Json", "what is to be added is no member")));
    if (comma == std::string_view::npos || text[comma] != ',' || (isFirst && comma != 0))
        return unexpected(error);
    Secret object(text.size() + 1);
    std::ranges::copy(text, object.writable().begin());
    object.writable()[comma] = '{';
    object.writable().back() = '}';
    const auto added = parse(std::move(object), m_subject);
    if (!added)
        return unexpected(error);
    const std::uint32_t member = added->m_nodes[rootNode].firstChild;
    if (member == 0 || added->m_nodes[member].nextSibling != 0)
        return unexpected(error);
    return unescaped(added->textOf(added->m_nodes[member].key));
}

Result<void> JsonSpans::checkInsertion(std::span<const JsonEdit> upToIt) const
{
    const JsonEdit &edit = upToIt.back();
    const std::uint32_t object = objectEndingIn(edit.span.begin);
    if (object == 0)
        return unexpected(noValueAt(edit.span.begin));
    const JsonValue place(this, object);
    if (isDoubled(object))
        return unexpected(place.error(translated(QT_TRANSLATE_NOOP("Json", "stands twice, so nothing is added"))));
    const bool isFirst = m_nodes[object].firstChild == 0;
    const auto key = keyAddedBy(edit, isFirst);
    if (!key)
        return unexpected(key.error());
    bool isThere = !place.member(*key).isMissing();
    for (const JsonEdit &other : upToIt.first(upToIt.size() - 1)) {
        if (other.span != edit.span)
            continue;
        const auto otherKey = keyAddedBy(other, isFirst);
        isThere = isThere || !otherKey || *otherKey == *key;
    }
    if (isThere)
        return unexpected(place.member(*key).error(translated(QT_TRANSLATE_NOOP("Json", "is there already"))));
    return {};
}

} // namespace keytender::base
