// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "protocolaws.h"

#include <algorithm>
#include <array>

namespace keytender::cli {

namespace {

constexpr std::string_view wrongForm = "it is no AWS key: keep it as AKIA...:secret, or as the JSON that a "
                                       "credential_process prints, in one line without blanks";

bool isKeyId(std::string_view id)
{
    const auto isAllowed = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    return id.size() >= 16 && id.size() <= 128 && std::ranges::all_of(id, isAllowed);
}

bool isSecretKey(std::string_view secret)
{
    return isPrintableWord(secret) && secret.size() <= 1024;
}

// A fixed number of digits off the front.
std::optional<int> digits(std::string_view &rest, std::size_t count)
{
    const std::string_view taken = rest.substr(0, count);
    if (taken.size() < count || !std::ranges::all_of(taken, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    rest.remove_prefix(count);
    int number = 0;
    for (const char c : taken)
        number = number * 10 + (c - '0');
    return number;
}

bool skip(std::string_view &rest, char wanted)
{
    if (!rest.starts_with(wanted))
        return false;
    rest.remove_prefix(1);
    return true;
}

// Seconds east of UTC; the rest of the text and nothing beside it.
std::optional<int> zone(std::string_view rest)
{
    if (rest == "Z")
        return 0;
    const bool isWest = rest.starts_with('-');
    if (!isWest && !rest.starts_with('+'))
        return std::nullopt;
    rest.remove_prefix(1);
    const auto hours = digits(rest, 2);
    skip(rest, ':');
    const auto minutes = digits(rest, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59 || !rest.empty())
        return std::nullopt;
    return (isWest ? -1 : 1) * (*hours * 3600 + *minutes * 60);
}

std::optional<std::string_view> optionalText(const JsonTree::Node &root, std::string_view key)
{
    const JsonTree::Node *const node = root.find(key);
    if (node == nullptr || node->type == JsonTree::Type::Null)
        return std::string_view();
    return node->isString() ? std::optional(node->text) : std::nullopt;
}

void appendMember(wire::WipedBytes &text, std::string_view key, std::string_view value)
{
    if (value.empty())
        return;
    text.append(",");
    appendQuoted(text, key);
    text.append(":");
    appendQuoted(text, value);
}

std::string isoText(std::time_t time)
{
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

} // namespace

std::optional<std::time_t> isoTime(std::string_view text)
{
    constexpr std::array<char, 6> marks{'-', '-', 'T', ':', ':', '\0'};
    std::array<int, 6> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto number = digits(text, i == 0 ? 4 : 2);
        if (!number || (marks[i] != '\0' && !skip(text, marks[i])))
            return std::nullopt;
        parts[i] = *number;
    }
    if (skip(text, '.')) {
        const std::size_t end = text.find_first_not_of("0123456789");
        if (end == 0 || end == std::string_view::npos)
            return std::nullopt;
        text.remove_prefix(end);
    }
    const auto east = zone(text);
    std::tm wanted{};
    wanted.tm_year = parts[0] - 1900;
    wanted.tm_mon = parts[1] - 1;
    wanted.tm_mday = parts[2];
    wanted.tm_hour = parts[3];
    wanted.tm_min = parts[4];
    wanted.tm_sec = parts[5];
    std::tm made = wanted;
    const std::time_t time = timegm(&made);
    // The 31st of June became another day.
    const bool isReal = made.tm_mon == wanted.tm_mon && made.tm_mday == wanted.tm_mday && made.tm_hour == wanted.tm_hour
                        && made.tm_min == wanted.tm_min && made.tm_sec == wanted.tm_sec;
    return east && isReal ? std::optional(time - *east) : std::nullopt;
}

Checked<AwsKey> AwsKey::read(std::string_view secret)
{
    return secret.starts_with('{') ? ofJson(secret) : ofPair(secret);
}

Checked<AwsKey> AwsKey::ofPair(std::string_view secret)
{
    const std::size_t colon = secret.find(':');
    const std::string_view id = secret.substr(0, colon);
    if (colon == std::string_view::npos || !isKeyId(id) || !isSecretKey(secret.substr(colon + 1)))
        return {.fault = std::string(wrongForm)};
    AwsKey key;
    key.m_id = id;
    key.m_secret = wire::WipedBytes(secret.substr(colon + 1));
    return {.value = std::move(key)};
}

Checked<AwsKey> AwsKey::ofJson(std::string_view secret)
{
    const auto tree = JsonTree::parse(secret);
    if (!tree)
        return {.fault = std::string(wrongForm)};
    const JsonTree::Node &root = tree->root();
    const JsonTree::Node *const version = root.find("Version");
    if (version != nullptr && version->number != 1)
        return {.fault = "its Version is not 1, and no other is known"};
    const auto id = optionalText(root, "AccessKeyId");
    const auto secretKey = optionalText(root, "SecretAccessKey");
    const auto session = optionalText(root, "SessionToken");
    const auto account = optionalText(root, "AccountId");
    const auto expiration = optionalText(root, "Expiration");
    if (!id || !isKeyId(*id) || !secretKey || !isSecretKey(*secretKey) || !session || !account || !expiration
        || !(session->empty() || isPrintableWord(*session)) || !(account->empty() || isPrintableWord(*account)))
        return {.fault = std::string(wrongForm)};
    AwsKey key;
    key.m_end = isoTime(*expiration);
    if (!expiration->empty() && !key.m_end)
        return {.fault = "its Expiration is no time of the form 2026-11-22T09:00:00Z"};
    key.m_id = *id;
    key.m_account = *account;
    key.m_secret = wire::WipedBytes(*secretKey);
    key.m_sessionToken = wire::WipedBytes(*session);
    return {.value = std::move(key)};
}

void AwsKey::endAt(std::time_t end)
{
    if (!m_end)
        m_end = end;
}

bool AwsKey::isTemporary() const
{
    return !m_sessionToken.isEmpty() || m_id.starts_with("ASIA");
}

std::string AwsKey::refusal(std::time_t now) const
{
    if (m_id.starts_with("ASIA") && m_sessionToken.isEmpty())
        return "it is a temporary key without its session token, which nobody accepts";
    if (isTemporary() && !m_end)
        return "it is a temporary key that does not say when it ends; keep it with its Expiration";
    if (m_end && *m_end <= now)
        return "it has ended; keep a new one";
    return {};
}

wire::WipedBytes AwsKey::document() const
{
    wire::WipedBytes text;
    text.append(R"({"Version":1)");
    appendMember(text, "AccessKeyId", m_id);
    appendMember(text, "SecretAccessKey", m_secret.view());
    appendMember(text, "SessionToken", m_sessionToken.view());
    appendMember(text, "AccountId", m_account);
    if (m_end)
        appendMember(text, "Expiration", isoText(*m_end));
    text.append("}\n");
    return text;
}

} // namespace keytender::cli
