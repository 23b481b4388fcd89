// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <functional>
#include <limits>

#include <QCoreApplication>

#include <rapidjson/reader.h>
#include <sodium.h>

#include "base/guardedmemory.h"
#include "base/jsonspans.h"
#include "base/jsontext.h"

namespace keytender::base {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Json", text);
}

// RapidJSON decodes each string on a stack of its own before we see it. That stack lies in guarded memory, too, and is
// wiped whenever it moves or goes.
class GuardedAllocator final {
public:
    [[maybe_unused]] static const bool kNeedFree = true; // of its Allocator concept

    // RapidJSON frees without a size, so each block begins with its own.
    void *Malloc(std::size_t size)
    {
        auto *const block = static_cast<Header *>(guarded::allocate(sizeof(Header) + size));
        block->size = size;
        return block + 1;
    }
    void *Realloc(void *old, std::size_t oldSize, std::size_t newSize)
    {
        void *const block = newSize == 0 ? nullptr : Malloc(newSize);
        if (old != nullptr && block != nullptr)
            std::memcpy(block, old, std::min(oldSize, newSize));
        Free(old);
        return block;
    }
    static void Free(void *block)
    {
        if (block == nullptr)
            return;
        auto *const header = static_cast<Header *>(block) - 1;
        guarded::release(header, sizeof(Header) + header->size);
    }

private:
    struct alignas(16) Header {
        std::size_t size;
    };
};

// What RapidJSON reads from. It remembers whether the reader asked for more than there was: the mark of a text that was
// cut off.
class ByteStream final {
public:
    using Ch = char;

    explicit ByteStream(std::string_view bytes) : m_bytes(bytes) {}

    Ch Peek() const
    {
        if (m_at < m_bytes.size())
            return m_bytes[m_at];
        m_reachedEnd = true;
        return '\0';
    }
    Ch Take()
    {
        const Ch byte = Peek();
        if (m_at < m_bytes.size())
            ++m_at;
        return byte;
    }
    std::size_t Tell() const { return m_at; }
    bool reachedEnd() const { return m_reachedEnd; }

    // For parsing in place, which we do not: the concept asks for them.
    Ch *PutBegin() { return nullptr; }
    void Put(Ch) {}
    std::size_t PutEnd(Ch *) { return 0; }

private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
    mutable bool m_reachedEnd = false;
};

QString wordsFor(rapidjson::ParseErrorCode code)
{
    switch (code) {
    case rapidjson::kParseErrorObjectMissName:
        return translated(QT_TRANSLATE_NOOP("Json", "a key should stand here"));
    case rapidjson::kParseErrorObjectMissColon:
        return translated(QT_TRANSLATE_NOOP("Json", "a colon should stand here"));
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
        return translated(QT_TRANSLATE_NOOP("Json", "a comma or a closing bracket should stand here"));
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
        return translated(QT_TRANSLATE_NOOP("Json", "half of a surrogate pair"));
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
    case rapidjson::kParseErrorStringEscapeInvalid:
        return translated(QT_TRANSLATE_NOOP("Json", "a character or an escape that a string may not hold"));
    case rapidjson::kParseErrorStringInvalidEncoding:
        return translated(QT_TRANSLATE_NOOP("Json", "not UTF-8"));
    case rapidjson::kParseErrorNumberTooBig:
    case rapidjson::kParseErrorNumberMissFraction:
    case rapidjson::kParseErrorNumberMissExponent:
        return translated(QT_TRANSLATE_NOOP("Json", "not a number that can be read"));
    default:
        return translated(QT_TRANSLATE_NOOP("Json", "not JSON"));
    }
}

bool isBetweenTokens(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == ',' || byte == ':';
}

// Valid UTF-8 holds no surrogates, so one in a decoded string came from an escape without its partner. RapidJSON
// refuses only those whose first half stands alone.
bool holdsSurrogate(std::string_view decoded)
{
    for (std::size_t at = decoded.find('\xED'); at != std::string_view::npos; at = decoded.find('\xED', at + 1))
        if (at + 1 < decoded.size() && static_cast<unsigned char>(decoded[at + 1]) >= 0xA0)
            return true;
    return false;
}

} // namespace

// Receives RapidJSON's events and notes where each value lies. The reader stands behind a scalar and in front of a
// bracket when it reports it; a token begins behind the previous one and what separates them.
class JsonSpans::Builder final : public rapidjson::BaseReaderHandler<> {
public:
    Builder(JsonSpans &document, const JsonLimits &limits)
        : m_document(document), m_limits(limits), m_stream(document.bytes())
    {
        m_document.m_nodes.resize(1);
    }

    [[nodiscard]] Result<void> run();

    bool Null() { return addScalar(JsonType::Null); }
    bool Bool(bool) { return addScalar(JsonType::Boolean); }
    bool RawNumber(const char *, rapidjson::SizeType, bool) { return addScalar(JsonType::Number); }
    bool String(const char *text, rapidjson::SizeType size, bool)
    {
        return isWellFormed({text, size}) && addScalar(JsonType::String);
    }
    bool Key(const char *text, rapidjson::SizeType size, bool)
    {
        m_key = takeToken();
        m_keyHash = std::hash<std::string_view>{}({text, size});
        return isWellFormed({text, size});
    }
    bool StartObject() { return open(JsonType::Object); }
    bool StartArray() { return open(JsonType::Array); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }

private:
    struct Container {
        std::uint32_t node = 0;
        std::uint32_t lastChild = 0;
    };

    bool refuse(ErrorKind kind, const QString &detail)
    {
        m_refusal = {.kind = kind, .subject = {}, .place = {}, .detail = detail};
        return false;
    }
    bool isWellFormed(std::string_view decoded)
    {
        return !holdsSurrogate(decoded)
               || refuse(ErrorKind::Malformed, wordsFor(rapidjson::kParseErrorStringUnicodeSurrogateInvalid));
    }
    ByteSpan takeToken();
    bool add(JsonType type, ByteSpan value);
    bool addScalar(JsonType type) { return add(type, takeToken()); }
    bool open(JsonType type);
    bool close();
    [[nodiscard]] Error at(std::size_t offset, Error error) const;

    JsonSpans &m_document;
    const JsonLimits &m_limits;
    ByteStream m_stream;
    std::vector<Container> m_open;
    std::size_t m_lastEnd = 0;
    ByteSpan m_key;
    std::size_t m_keyHash = 0;
    Error m_refusal;
};

ByteSpan JsonSpans::Builder::takeToken()
{
    std::size_t begin = m_lastEnd;
    while (isBetweenTokens(m_document.bytes()[begin]))
        ++begin;
    m_lastEnd = m_stream.Tell();
    return {begin, m_lastEnd};
}

bool JsonSpans::Builder::add(JsonType type, ByteSpan value)
{
    auto &nodes = m_document.m_nodes;
    if (nodes.size() > m_limits.values)
        return refuse(ErrorKind::TooLarge, translated(QT_TRANSLATE_NOOP("Json", "holds too many values")));
    const auto index = static_cast<std::uint32_t>(nodes.size());
    Node node{.type = type, .parent = 0, .nextSibling = 0, .firstChild = 0, .keyHash = 0, .key = {}, .value = value};
    if (!m_open.empty()) {
        Container &container = m_open.back();
        node.parent = container.node;
        if (nodes[container.node].type == JsonType::Object) {
            node.key = m_key;
            node.keyHash = m_keyHash;
        }
        (container.lastChild == 0 ? nodes[container.node].firstChild : nodes[container.lastChild].nextSibling) = index;
        container.lastChild = index;
    }
    nodes.push_back(node);
    return true;
}

bool JsonSpans::Builder::open(JsonType type)
{
    if (m_open.size() >= m_limits.depth)
        return refuse(ErrorKind::TooLarge, translated(QT_TRANSLATE_NOOP("Json", "is nested too deeply")));
    const std::size_t begin = m_stream.Tell();
    if (!add(type, {begin, begin}))
        return false;
    m_open.push_back({.node = static_cast<std::uint32_t>(m_document.m_nodes.size() - 1), .lastChild = 0});
    m_lastEnd = begin + 1;
    return true;
}

bool JsonSpans::Builder::close()
{
    m_lastEnd = m_stream.Tell() + 1;
    m_document.m_nodes[m_open.back().node].value.end = m_lastEnd;
    m_open.pop_back();
    return true;
}

Error JsonSpans::Builder::at(std::size_t offset, Error error) const
{
    error.subject = m_document.m_subject;
    error.place = positionOf(m_document.bytes(), offset);
    const QString path = m_open.empty() ? QString() : m_document.pathOf(m_open.back().node);
    if (!path.isEmpty())
        error.place += QStringLiteral(", ") + path;
    return error;
}

Result<void> JsonSpans::Builder::run()
{
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag
                               | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseFullPrecisionFlag
                               | rapidjson::kParseStopWhenDoneFlag;
    GuardedAllocator allocator;
    rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, GuardedAllocator> reader(&allocator, 4096);
    const rapidjson::ParseResult outcome = reader.Parse<flags>(m_stream, *this);

    if (outcome.Code() == rapidjson::kParseErrorTermination)
        return unexpected(at(outcome.Offset(), m_refusal));
    const std::string_view bytes = m_document.bytes();
    if (outcome.IsError() && m_stream.reachedEnd())
        return unexpected(at(bytes.size(), {.kind = ErrorKind::Incomplete,
                                            .subject = {},
                                            .place = {},
                                            .detail = translated(QT_TRANSLATE_NOOP("Json", "ends too early"))}));
    if (outcome.IsError())
        return unexpected(
            at(outcome.Offset(),
               {.kind = ErrorKind::Malformed, .subject = {}, .place = {}, .detail = wordsFor(outcome.Code())}));
    if (const std::size_t rest = bytes.find_first_not_of(" \t\r\n", m_stream.Tell()); rest != std::string_view::npos)
        return unexpected(
            at(rest, {.kind = ErrorKind::Malformed,
                      .subject = {},
                      .place = {},
                      .detail = translated(QT_TRANSLATE_NOOP("Json", "something stands behind the end"))}));
    return {};
}

Result<JsonSpans> JsonSpans::parse(Secret bytes, const QString &subject, const JsonLimits &limits)
{
    const auto refused = [&subject](ErrorKind kind, const char *detail) {
        return unexpected({.kind = kind, .subject = subject, .place = {}, .detail = translated(detail)});
    };
    const std::string_view text = bytes.expose();
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return refused(ErrorKind::Incomplete, QT_TRANSLATE_NOOP("Json", "is empty"));
    if (text.size() > limits.bytes || text.size() >= std::numeric_limits<std::uint32_t>::max())
        return refused(ErrorKind::TooLarge, QT_TRANSLATE_NOOP("Json", "is larger than Keytender reads"));
    if (text.starts_with("\xEF\xBB\xBF"))
        return refused(ErrorKind::Malformed, QT_TRANSLATE_NOOP("Json", "begins with a byte order mark"));
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return refused(ErrorKind::Malformed, QT_TRANSLATE_NOOP("Json", "is UTF-16, not UTF-8"));

    JsonSpans document;
    document.m_bytes = std::move(bytes);
    document.m_subject = subject;
    if (const Result<void> read = Builder(document, limits).run(); !read)
        return unexpected(read.error());
    return document;
}

} // namespace keytender::base
