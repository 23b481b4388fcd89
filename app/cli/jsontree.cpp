// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "jsontree.h"

#include <algorithm>
#include <array>

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

namespace keytender::cli {

namespace {

constexpr std::size_t deepest = 64;

using Node = JsonTree::Node;
using Type = JsonTree::Type;

// Where each line begins; taken before anything is decoded in place.
class Lines final {
public:
    explicit Lines(std::string_view text)
    {
        for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
            m_ends.push_back(at);
    }
    int of(std::size_t position) const
    {
        return static_cast<int>(std::ranges::lower_bound(m_ends, position) - m_ends.begin()) + 1;
    }

private:
    std::vector<std::size_t> m_ends;
};

// Receives RapidJSON's events and hangs each value under the one it lies in.
class Builder final {
public:
    Builder(Node &root, const rapidjson::InsituStringStream &stream, const Lines &lines)
        : m_root(root), m_stream(stream), m_lines(lines)
    {
    }

    // NOLINTBEGIN(readability-identifier-naming): RapidJSON calls them so
    bool Null() { return add({.type = Type::Null}); }
    bool Bool(bool) { return add({.type = Type::Boolean}); }
    bool Int(int value) { return addNumber(value); }
    bool Uint(unsigned value) { return addNumber(value); }
    bool Int64(std::int64_t value) { return addNumber(static_cast<double>(value)); }
    bool Uint64(std::uint64_t value) { return addNumber(static_cast<double>(value)); }
    bool Double(double value) { return addNumber(value); }
    bool RawNumber(const char *, rapidjson::SizeType, bool) { return false; }
    bool String(const char *text, rapidjson::SizeType size, bool)
    {
        return add({.type = Type::String, .text = {text, size}});
    }
    bool Key(const char *text, rapidjson::SizeType size, bool)
    {
        m_key = {text, size};
        if (m_open.back()->find(m_key) != nullptr) {
            m_fault = "a key stands twice in one object";
            return false;
        }
        return true;
    }
    bool StartObject() { return open(Type::Object); }
    bool StartArray() { return open(Type::Array); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }
    // NOLINTEND(readability-identifier-naming)

    const std::string &fault() const { return m_fault; }

private:
    bool addNumber(double value) { return add({.type = Type::Number, .text = {}, .number = value}); }
    bool add(Node node)
    {
        put(std::move(node));
        return true;
    }
    Node &put(Node node)
    {
        node.line = m_lines.of(m_stream.src_ - m_stream.head_);
        if (m_open.empty())
            return m_root = std::move(node);
        m_open.back()->members.emplace_back(std::exchange(m_key, {}), std::move(node));
        return m_open.back()->members.back().second;
    }
    bool open(Type type)
    {
        if (m_open.size() == deepest) {
            m_fault = "it is nested too deeply";
            return false;
        }
        // Its neighbours are whole before it begins, so nothing moves it while it is open.
        m_open.push_back(&put({.type = type}));
        return true;
    }
    bool close()
    {
        m_open.pop_back();
        return true;
    }

    Node &m_root;
    const rapidjson::InsituStringStream &m_stream;
    const Lines &m_lines;
    std::vector<Node *> m_open;
    std::string_view m_key;
    std::string m_fault;
};

constexpr unsigned strict = rapidjson::kParseInsituFlag | rapidjson::kParseValidateEncodingFlag;

} // namespace

const Node *JsonTree::Node::find(std::string_view key) const
{
    if (type != Type::Object)
        return nullptr;
    const auto found = std::ranges::find(members, key, &std::pair<std::string_view, Node>::first);
    return found == members.end() ? nullptr : &found->second;
}

Checked<JsonTree> JsonTree::parse(std::string_view text, Comments comments)
{
    if (text.size() > longestJson)
        return {.fault = "it is too large"};
    if (text.find('\0') != std::string_view::npos) // the end, to RapidJSON
        return {.fault = "it holds a NUL"};
    JsonTree tree;
    tree.m_bytes = wire::WipedBytes(text.size() + 1); // zeroed
    std::ranges::copy(text, tree.m_bytes.data());
    const Lines lines(text);
    rapidjson::InsituStringStream stream(tree.m_bytes.data());
    Builder builder(tree.m_root, stream, lines);
    rapidjson::Reader reader;
    const rapidjson::ParseResult result = comments == Comments::Skipped
                                              ? reader.Parse<strict | rapidjson::kParseCommentsFlag>(stream, builder)
                                              : reader.Parse<strict>(stream, builder);
    if (result.IsError()) {
        const std::string what = builder.fault().empty() ? rapidjson::GetParseError_En(result.Code()) : builder.fault();
        return {.fault = "line " + std::to_string(lines.of(result.Offset())) + ": " + what};
    }
    return {.value = std::move(tree)};
}

void appendQuoted(wire::WipedBytes &text, std::string_view value)
{
    text.append("\"");
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            text.append("\\");
            text.append({&c, 1});
        } else if (byte < ' ') {
            constexpr std::string_view digits = "0123456789abcdef";
            const std::array<char, 6> escape{'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
            text.append({escape.data(), escape.size()});
        } else {
            text.append({&c, 1});
        }
    }
    text.append("\"");
}

} // namespace keytender::cli
