// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/recordtext.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <rapidjson/document.h>
#include <rapidjson/writer.h>

namespace keytender::vault {

namespace {

using profile::Care;
using profile::CredentialKind;

// Part of the format: not to be changed with the words that people see.
constexpr std::array<std::pair<Care, std::string_view>, 4> careWords{
    {{Care::Own, "own"}, {Care::Shared, "shared"}, {Care::Delegated, "delegated"}, {Care::Watched, "watched"}}};
constexpr std::array<std::pair<CredentialKind, std::string_view>, 3> kindWords{
    {{CredentialKind::OAuth, "oauth"}, {CredentialKind::Token, "token"}, {CredentialKind::ApiKey, "apiKey"}}};

template <class Words, class Value>
std::string_view wordOf(const Words &words, Value value)
{
    return std::ranges::find(words, value, [](const auto &entry) { return entry.first; })->second;
}

// RapidJSON's output stream over guarded memory. Grows by doubling; what it leaves behind is wiped by Secret.
class GuardedStream final {
public:
    using Ch = char;

    void Put(char byte)
    {
        if (m_length == m_bytes.size()) {
            base::Secret larger(2 * m_bytes.size());
            std::memcpy(larger.writable().data(), m_bytes.expose().data(), m_length);
            m_bytes = std::move(larger);
        }
        m_bytes.writable()[m_length++] = byte;
    }
    void Flush() {}

    [[nodiscard]] base::Secret take()
    {
        m_bytes.truncate(m_length);
        return std::move(m_bytes);
    }

private:
    base::Secret m_bytes{std::size_t{16} * 1024}; // enough for two JSON Web Tokens
    std::size_t m_length = 0;
};

class RecordWriter final {
public:
    void open(const char *key)
    {
        m_writer.Key(key);
        m_writer.StartObject();
    }
    void close() { m_writer.EndObject(); }

    void member(const char *key, std::string_view text)
    {
        m_writer.Key(key);
        m_writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    }
    // Empty strings and absent times are left out.
    void member(const char *key, const QString &text)
    {
        const QByteArray bytes = text.toUtf8();
        if (!bytes.isEmpty())
            member(key, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    }
    void member(const char *key, const base::Secret &secret)
    {
        if (!secret.isEmpty())
            member(key, secret.expose());
    }
    void member(const char *key, const std::optional<base::Timestamp> &time)
    {
        if (!time)
            return;
        m_writer.Key(key);
        m_writer.Int64(time->time_since_epoch().count());
    }
    void member(const char *key, std::uint64_t number)
    {
        m_writer.Key(key);
        m_writer.Uint64(number);
    }
    void member(const char *key, const QStringList &texts)
    {
        m_writer.Key(key);
        m_writer.StartArray();
        for (const QString &text : texts) {
            const QByteArray bytes = text.toUtf8();
            m_writer.String(bytes.constData(), static_cast<rapidjson::SizeType>(bytes.size()));
        }
        m_writer.EndArray();
    }

    [[nodiscard]] base::Secret text(const Record &record, std::uint64_t generation);

private:
    GuardedStream m_stream;
    rapidjson::Writer<GuardedStream> m_writer{m_stream};
};

base::Secret RecordWriter::text(const Record &record, std::uint64_t generation)
{
    const profile::TokenSet &tokens = record.credential.tokens;
    m_writer.StartObject();
    member("id", record.id);
    member("provider", record.providerId);
    member("tool", record.toolId);
    member("label", record.label);
    open("account");
    member("id", record.account.id);
    member("email", record.account.email);
    member("organizationId", record.account.organizationId);
    member("organizationName", record.account.organizationName);
    member("plan", record.account.plan);
    close();
    member("care", wordOf(careWords, record.care));
    member("kind", wordOf(kindWords, record.credential.kind));
    open("tokens");
    member("access", tokens.accessToken);
    member("refresh", tokens.refreshToken);
    member("expiresAt", tokens.expiresAt);
    member("issuedAt", tokens.issuedAt);
    member("refreshExpiresAt", tokens.refreshTokenExpiresAt);
    member("scopes", tokens.scopes);
    member("id", tokens.idToken);
    close();
    member("toolRecord", record.toolRecord);
    member("firstSeenAt", std::optional(record.firstSeenAt));
    member("lastChangedAt", std::optional(record.lastChangedAt));
    member("generation", generation);
    m_writer.EndObject();
    return m_stream.take();
}

// Collects the first fault of a document and whether anything in it was left over.
struct Verdict {
    bool hasUnknownMembers = false;
    std::optional<base::Error> fault;

    void refuse(base::ErrorKind kind, const char *place, const QString &detail)
    {
        if (!fault)
            fault = base::Error{.kind = kind, .subject = {}, .place = QString::fromLatin1(place), .detail = detail};
    }
};

// Takes known members out of one JSON object and tells at its end whether there were others.
class MemberReader final {
public:
    MemberReader(const rapidjson::Value *object, Verdict &verdict) : m_object(object), m_verdict(verdict) {}
    ~MemberReader()
    {
        if (m_object != nullptr && m_object->MemberCount() != m_known)
            m_verdict.hasUnknownMembers = true;
    }
    MemberReader(const MemberReader &) = delete;
    MemberReader &operator=(const MemberReader &) = delete;

    [[nodiscard]] std::string_view text(const char *key)
    {
        const rapidjson::Value *value = take(key);
        if (value == nullptr)
            return {};
        if (!value->IsString()) {
            m_verdict.refuse(base::ErrorKind::Malformed, key, QStringLiteral("is not a string"));
            return {};
        }
        return {value->GetString(), value->GetStringLength()};
    }
    [[nodiscard]] QString string(const char *key)
    {
        const std::string_view bytes = text(key);
        return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
    }
    [[nodiscard]] std::optional<base::Timestamp> time(const char *key)
    {
        const rapidjson::Value *value = take(key);
        if (value == nullptr)
            return std::nullopt;
        if (!value->IsInt64()) {
            m_verdict.refuse(base::ErrorKind::Malformed, key, QStringLiteral("is not a time"));
            return std::nullopt;
        }
        return base::Timestamp(base::Milliseconds(value->GetInt64()));
    }
    [[nodiscard]] std::uint64_t number(const char *key)
    {
        const rapidjson::Value *value = take(key);
        if (value != nullptr && value->IsUint64())
            return value->GetUint64();
        m_verdict.refuse(base::ErrorKind::Malformed, key, QStringLiteral("is not a number"));
        return 0;
    }
    [[nodiscard]] QStringList strings(const char *key)
    {
        QStringList texts;
        const rapidjson::Value *value = take(key);
        if (value == nullptr || !value->IsArray()) {
            m_verdict.refuse(base::ErrorKind::Malformed, key, QStringLiteral("is not a list"));
            return texts;
        }
        for (const rapidjson::Value &element : value->GetArray()) {
            if (element.IsString())
                texts += QString::fromUtf8(element.GetString(), static_cast<qsizetype>(element.GetStringLength()));
            else
                m_verdict.refuse(base::ErrorKind::Malformed, key, QStringLiteral("holds something else than strings"));
        }
        return texts;
    }
    template <class Words>
    [[nodiscard]] auto word(const char *key, const Words &words)
    {
        const std::string_view found = text(key);
        const auto *entry = std::ranges::find(words, found, [](const auto &candidate) { return candidate.second; });
        if (entry != words.end())
            return entry->first;
        m_verdict.refuse(base::ErrorKind::UnknownVersion, key, QStringLiteral("has a value from a newer version"));
        return words.front().first;
    }
    [[nodiscard]] const rapidjson::Value *object(const char *key)
    {
        const rapidjson::Value *value = take(key);
        if (value != nullptr && value->IsObject())
            return value;
        m_verdict.refuse(base::ErrorKind::Malformed, key, QStringLiteral("is not an object"));
        return nullptr;
    }

private:
    const rapidjson::Value *take(const char *key)
    {
        if (m_object == nullptr)
            return nullptr;
        const auto found = m_object->FindMember(key);
        if (found == m_object->MemberEnd())
            return nullptr;
        ++m_known;
        return &found->value;
    }

    const rapidjson::Value *m_object;
    Verdict &m_verdict;
    rapidjson::SizeType m_known = 0;
};

void fillCredential(MemberReader &tokens, profile::Credential &credential)
{
    credential.tokens.accessToken = base::Secret::copyOf(tokens.text("access"));
    credential.tokens.refreshToken = base::Secret::copyOf(tokens.text("refresh"));
    credential.tokens.expiresAt = tokens.time("expiresAt");
    credential.tokens.issuedAt = tokens.time("issuedAt");
    credential.tokens.refreshTokenExpiresAt = tokens.time("refreshExpiresAt");
    credential.tokens.scopes = tokens.strings("scopes");
    credential.tokens.idToken = base::Secret::copyOf(tokens.text("id"));
}

template <class R, class FillTokens>
void fill(R &record, const rapidjson::Value &object, Verdict &verdict, const FillTokens &fillTokens)
{
    MemberReader root(&object, verdict);
    record.id = root.string("id");
    record.providerId = root.string("provider");
    record.toolId = root.string("tool");
    record.label = root.string("label");
    MemberReader account(root.object("account"), verdict);
    record.account = {.id = account.string("id"),
                      .email = account.string("email"),
                      .organizationId = account.string("organizationId"),
                      .organizationName = account.string("organizationName"),
                      .plan = account.string("plan")};
    record.care = root.word("care", careWords);
    record.credential.kind = root.word("kind", kindWords);
    MemberReader tokens(root.object("tokens"), verdict);
    fillTokens(tokens, record.credential);
    record.firstSeenAt = root.time("firstSeenAt").value_or(base::Timestamp{});
    record.lastChangedAt = root.time("lastChangedAt").value_or(base::Timestamp{});
    record.generation = root.number("generation");
    const std::string_view toolRecord = root.text("toolRecord");
    if constexpr (std::is_same_v<R, Record>)
        record.toolRecord = base::Secret::copyOf(toolRecord);
}

template <class R, class FillTokens>
base::Result<Parsed<R>> parse(std::span<char> text, std::size_t length, const FillTokens &fillTokens)
{
    Q_ASSERT(text.size() > length);
    text[length] = '\0';
    // Values and pointers only: the strings stay in `text`.
    std::array<char, 8 * 1024> nodes{};
    rapidjson::MemoryPoolAllocator<> allocator(nodes.data(), nodes.size());
    rapidjson::Document document(&allocator);
    document.ParseInsitu(text.data());
    if (document.HasParseError() || !document.IsObject())
        return base::unexpected({.kind = base::ErrorKind::Malformed,
                                 .subject = {},
                                 .place = {},
                                 .detail = QStringLiteral("opens with our key, but what is in it is no record")});
    Verdict verdict;
    R record;
    fill(record, document, verdict, fillTokens);
    if (verdict.fault)
        return base::unexpected(*std::move(verdict.fault));
    return Parsed<R>{.record = std::move(record),
                     .completeness = verdict.hasUnknownMembers ? Completeness::HasUnknownMembers : Completeness::Whole};
}

} // namespace

base::Secret toText(const Record &record, std::uint64_t generation)
{
    return RecordWriter().text(record, generation);
}

base::Result<Parsed<Record>> recordFromText(std::span<char> text, std::size_t length)
{
    return parse<Record>(text, length, fillCredential);
}

base::Result<Parsed<RecordFacts>> factsFromText(std::span<char> text, std::size_t length,
                                                const base::FingerprintKey &key)
{
    const auto fillFacts = [&key](MemberReader &tokens, profile::CredentialFacts &facts) {
        facts.accessToken = key.of(tokens.text("access"));
        facts.refreshToken = key.of(tokens.text("refresh"));
        facts.expiresAt = tokens.time("expiresAt");
        facts.issuedAt = tokens.time("issuedAt");
        facts.refreshTokenExpiresAt = tokens.time("refreshExpiresAt");
        facts.scopes = tokens.strings("scopes");
        (void)tokens.text("id");
    };
    return parse<RecordFacts>(text, length, fillFacts);
}

} // namespace keytender::vault
