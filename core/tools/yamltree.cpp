// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/yamltree.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include <yaml.h>

namespace keytender::tools {

namespace {

// "masked_" and 13 digits. Every run of letters, digits and underscores of this length is masked itself, so a stand-in
// is never part of the original text.
constexpr std::string_view standInPrefix = "masked_";
constexpr std::size_t standInSize = 20;

bool isRunLetter(char letter)
{
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

void writeStandIn(char *to, std::size_t index)
{
    std::ranges::copy(standInPrefix, to);
    for (std::size_t at = standInSize; at-- > standInPrefix.size(); index /= 10)
        to[at] = static_cast<char>('0' + index % 10);
}

std::optional<std::size_t> standInAt(std::string_view text)
{
    if (text.size() < standInSize || !text.starts_with(standInPrefix))
        return std::nullopt;
    std::size_t index = 0;
    const char *end = text.data() + standInSize;
    const auto result = std::from_chars(text.data() + standInPrefix.size(), end, index);
    return result.ec == std::errc() && result.ptr == end ? std::optional(index) : std::nullopt;
}

bool isNullText(std::string_view text)
{
    return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

struct ParserDeleter {
    void operator()(yaml_parser_t *parser) const
    {
        yaml_parser_delete(parser);
        delete parser;
    }
};

class Event final {
public:
    Event() = default;
    ~Event() { yaml_event_delete(&m_event); }
    Event(const Event &) = delete;
    Event &operator=(const Event &) = delete;

    [[nodiscard]] bool next(yaml_parser_t *parser) { return yaml_parser_parse(parser, &m_event) != 0; }
    [[nodiscard]] yaml_event_type_t type() const { return m_event.type; }
    [[nodiscard]] std::size_t line() const { return m_event.start_mark.line + 1; }
    [[nodiscard]] std::string_view text() const
    {
        return {reinterpret_cast<const char *>(m_event.data.scalar.value), m_event.data.scalar.length};
    }
    [[nodiscard]] bool isPlain() const { return m_event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE; }
    [[nodiscard]] bool isFlow() const { return m_event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE; }

private:
    yaml_event_t m_event{};
};

} // namespace

// Turns libyaml's events into nodes, one call for each value.
class YamlTree::Builder final {
public:
    Builder(const YamlTree &tree, const base::Secret &text) : m_tree(tree), m_parser(new yaml_parser_t)
    {
        yaml_parser_initialize(m_parser.get());
        // Not to be guessed: the stand-ins are for UTF-8.
        yaml_parser_set_encoding(m_parser.get(), YAML_UTF8_ENCODING);
        const std::string_view bytes = text.expose();
        yaml_parser_set_input_string(m_parser.get(), reinterpret_cast<const unsigned char *>(bytes.data()),
                                     bytes.size());
    }

    base::Result<YamlNode> document()
    {
        YamlNode root;
        bool hasRoot = false;
        for (;;) {
            Event event;
            if (!event.next(m_parser.get()))
                return base::unexpected(parserError());
            if (event.type() == YAML_STREAM_END_EVENT)
                return root;
            if (event.type() == YAML_STREAM_START_EVENT || event.type() == YAML_DOCUMENT_START_EVENT
                || event.type() == YAML_DOCUMENT_END_EVENT)
                continue;
            if (std::exchange(hasRoot, true))
                return fault(event.line(), QStringLiteral("a second document begins here"));
            auto value = node(event, 0);
            if (!value)
                return value;
            root = std::move(*value);
        }
    }

private:
    base::Result<YamlNode> node(const Event &event, int depth)
    {
        YamlNode node;
        node.line = event.line();
        if (depth > depthLimit)
            return fault(node.line, QStringLiteral("is nested too deeply"), base::ErrorKind::TooLarge);
        if (++m_values > valuesLimit)
            return fault(node.line, QStringLiteral("there are too many values"), base::ErrorKind::TooLarge);
        switch (event.type()) {
        case YAML_SCALAR_EVENT:
            if (!event.isPlain() || !isNullText(event.text())) {
                node.type = YamlNode::Type::Scalar;
                node.text = event.text();
            }
            return node;
        case YAML_SEQUENCE_START_EVENT:
            return list(std::move(node), depth);
        case YAML_MAPPING_START_EVENT:
            node.isFlow = event.isFlow();
            return map(std::move(node), depth);
        default:
            return fault(node.line, QStringLiteral("aliases are not followed"));
        }
    }

    base::Result<YamlNode> list(YamlNode node, int depth)
    {
        node.type = YamlNode::Type::List;
        for (;;) {
            Event event;
            if (!event.next(m_parser.get()))
                return base::unexpected(parserError());
            if (event.type() == YAML_SEQUENCE_END_EVENT)
                return node;
            if (auto element = this->node(event, depth + 1); !element)
                return element;
        }
    }

    base::Result<YamlNode> map(YamlNode node, int depth)
    {
        node.type = YamlNode::Type::Map;
        for (;;) {
            Event key;
            if (!key.next(m_parser.get()))
                return base::unexpected(parserError());
            if (key.type() == YAML_MAPPING_END_EVENT)
                return node;
            if (key.type() != YAML_SCALAR_EVENT)
                return fault(key.line(), QStringLiteral("a key is no plain text"));
            const base::Secret name = m_tree.restored(key.text());
            YamlMember member{.key = QString::fromUtf8(name.expose().data(), static_cast<qsizetype>(name.size())),
                              .value = {}};
            if (node.member(member.key) != nullptr)
                return fault(key.line(), QStringLiteral("a key stands twice"));
            Event event;
            if (!event.next(m_parser.get()))
                return base::unexpected(parserError());
            auto value = this->node(event, depth + 1);
            if (!value)
                return value;
            member.value = std::move(*value);
            node.members.push_back(std::move(member));
        }
    }

    [[nodiscard]] base::Unexpected<base::Error> fault(std::size_t line, const QString &detail,
                                                      base::ErrorKind kind = base::ErrorKind::Malformed) const
    {
        YamlNode at;
        at.line = line;
        return base::unexpected(m_tree.error(at, detail, kind));
    }

    // libyaml's problems are constant texts that quote nothing.
    [[nodiscard]] base::Error parserError() const
    {
        YamlNode at;
        at.line = m_parser->problem_mark.line + 1;
        return m_tree.error(at, m_parser->problem == nullptr ? QStringLiteral("is not YAML")
                                                             : QString::fromUtf8(m_parser->problem));
    }

    const YamlTree &m_tree;
    std::unique_ptr<yaml_parser_t, ParserDeleter> m_parser;
    int m_values = 0;
};

const YamlNode *YamlNode::member(QStringView key) const
{
    const auto found = std::ranges::find(members, key, &YamlMember::key);
    return found == members.end() ? nullptr : &found->value;
}

base::Result<YamlTree> YamlTree::parse(base::Secret bytes, const QString &subject)
{
    YamlTree tree;
    tree.m_subject = subject;
    if (bytes.isEmpty() || bytes.size() > sizeLimit)
        return base::unexpected({.kind = bytes.isEmpty() ? base::ErrorKind::Incomplete : base::ErrorKind::TooLarge,
                                 .subject = subject,
                                 .place = {},
                                 .detail = {}});
    tree.m_bytes = std::move(bytes);
    const base::Secret text = tree.masked();
    auto root = Builder(tree, text).document();
    if (!root)
        return base::unexpected(root.error());
    tree.m_root = std::move(*root);
    return tree;
}

base::Result<QString> YamlTree::string(const YamlNode &node) const
{
    const auto text = secret(node);
    if (!text)
        return base::unexpected(text.error());
    return QString::fromUtf8(text->expose().data(), static_cast<qsizetype>(text->size()));
}

base::Result<base::Secret> YamlTree::secret(const YamlNode &node) const
{
    if (node.type == YamlNode::Type::Scalar || node.type == YamlNode::Type::Null)
        return restored(node.text);
    return base::unexpected(error(node, QStringLiteral("is not a text")));
}

base::Error YamlTree::error(const YamlNode &node, const QString &detail, base::ErrorKind kind) const
{
    return {.kind = kind, .subject = m_subject, .place = QStringLiteral("line %1").arg(node.line), .detail = detail};
}

// A stand-in is never longer than what it stands for. What follows a backslash stays: it may be part of an escape.
base::Secret YamlTree::masked()
{
    const std::string_view text = bytes();
    base::Secret masked(text.size());
    char *to = masked.writable().data();
    const char *const begin = to;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && isRunLetter(text[end]))
            ++end;
        const std::size_t size = end - at;
        if (size >= standInSize && (at == 0 || text[at - 1] != '\\')) {
            writeStandIn(to, m_masked.size());
            m_masked.push_back({at, end});
            to += standInSize;
        } else {
            end = std::max(end, at + 1);
            to = std::copy(text.begin() + static_cast<std::ptrdiff_t>(at),
                           text.begin() + static_cast<std::ptrdiff_t>(end), to);
        }
        at = end;
    }
    masked.truncate(static_cast<std::size_t>(to - begin));
    return masked;
}

base::Secret YamlTree::restored(std::string_view text) const
{
    std::vector<std::string_view> pieces;
    std::size_t size = 0;
    while (!text.empty()) {
        const auto index = standInAt(text);
        const bool isStandIn = index && *index < m_masked.size();
        const std::size_t taken = isStandIn ? standInSize : 1;
        const base::ByteSpan span = isStandIn ? m_masked[*index] : base::ByteSpan{};
        pieces.push_back(isStandIn ? bytes().substr(span.begin, span.end - span.begin) : text.substr(0, 1));
        size += pieces.back().size();
        text.remove_prefix(taken);
    }
    base::Secret whole(size);
    char *to = whole.writable().data();
    for (const std::string_view piece : pieces)
        to = std::ranges::copy(piece, to).out;
    return whole;
}

} // namespace keytender::tools
