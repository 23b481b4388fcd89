// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/hermesrecord.h"

#include <algorithm>
#include <array>

#include "base/jwt.h"
#include "tools/jsonrecord.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

using Kind = HermesRecord::Kind;

struct KnownProvider {
    QStringView entry;
    QStringView id;
    QStringView name;
    QStringView source;
};

constexpr std::array<KnownProvider, 14> knownProviders{{
    {u"anthropic", u"anthropic", u"Anthropic", u"hermes_pkce"},
    {u"openai-codex", u"openai", u"OpenAI", u"device_code"},
    {u"nous", u"nous", u"Nous Research", u"device_code"},
    {u"xai-oauth", u"xai", u"xAI", u"device_code"},
    {u"minimax-oauth", u"minimax", u"MiniMax", u"oauth"},
    {u"qwen-oauth", u"qwen", u"Qwen", {}},
    {u"openai", u"openai", u"OpenAI", {}},
    {u"xai", u"xai", u"xAI", {}},
    {u"minimax", u"minimax", u"MiniMax", {}},
    {u"minimax-cn", u"minimax", u"MiniMax", {}},
    {u"copilot", u"github", u"GitHub Copilot", {}},
    {u"kimi-coding", u"kimi", u"Kimi", {}},
    {u"openrouter", u"openrouter", u"OpenRouter", {}},
    {u"gemini", u"gemini", u"Gemini", {}},
}};

constexpr std::string_view setupTokenPrefix = "sk-ant-oat";

// A server's or Hermes' word for what happened; free text may quote a token.
QString plainWord(const base::JsonValue &value)
{
    const auto text = value.optionalString();
    const QString word = text ? text->value_or(QString()) : QString();
    const bool isPlain =
        word.size() <= 64 && std::ranges::all_of(word, [](QChar letter) {
            return letter == u'_' || letter == u'-' || (letter.unicode() < 128 && letter.isLetterOrNumber());
        });
    return isPlain ? word : QString();
}

QString withWord(const QString &sentence, const QString &word)
{
    return word.isEmpty() ? sentence : sentence + QStringLiteral(" (") + word + u')';
}

base::Result<std::optional<base::Timestamp>> endIn(const base::JsonValue &tokens, const base::JsonValue &value)
{
    const auto inMilliseconds = hermesEnd(value.member("expires_at_ms"));
    if (!inMilliseconds || inMilliseconds->has_value())
        return inMilliseconds;
    for (const base::JsonValue &from : {value, tokens}) {
        const auto written = rfc3339Time(from.member("expires_at"));
        if (!written || written->has_value())
            return written;
    }
    return std::optional<base::Timestamp>();
}

std::optional<base::Timestamp> shownTime(const base::JsonValue &value, Remarks &remarks)
{
    const auto time = rfc3339Time(value);
    if (time)
        return *time;
    remarks.add(time.error());
    return std::nullopt;
}

base::Result<void> readTimes(HermesRecord &record, Remarks &remarks)
{
    profile::TokenSet &tokens = record.credential.tokens;
    const auto end = endIn(record.tokens, record.value);
    if (!end)
        return base::unexpected(end.error());
    tokens.expiresAt = *end;
    record.refreshedAt = shownTime(record.value.member("last_refresh"), remarks);
    tokens.issuedAt = record.refreshedAt ? record.refreshedAt : shownTime(record.value.member("obtained_at"), remarks);
    // Rows of Codex and xAI carry no end but this one.
    if (const auto claims = base::JwtClaims::decode(tokens.accessToken)) {
        if (!tokens.expiresAt)
            tokens.expiresAt = claims->time("exp");
        if (const auto issued = claims->time("iat"))
            tokens.issuedAt = issued;
    }
    return {};
}

base::Result<void> readCredential(HermesRecord &record, Remarks &remarks)
{
    auto reading = readTokens(record.tokens);
    if (!reading)
        return base::unexpected(reading.error());
    record.isBlanked = reading->state == profile::CopyState::Blank;
    if (reading->state != profile::CopyState::Held)
        return {};
    record.credential = std::move(*reading->credential);
    const auto type = record.value.member("auth_type").optionalString();
    if (!type)
        return base::unexpected(type.error());
    const bool isSetupToken = record.credential.tokens.accessToken.expose().starts_with(setupTokenPrefix);
    if (record.kind == Kind::Row && type->value_or(QString()) == QStringLiteral("api_key") && !isSetupToken
        && record.credential.tokens.refreshToken.isEmpty())
        record.credential.kind = profile::CredentialKind::ApiKey;
    return readTimes(record, remarks);
}

// Seconds, milliseconds or a date.
std::optional<base::Timestamp> resetTime(const base::JsonValue &value)
{
    if (value.type() == base::JsonType::String)
        return rfc3339Time(value).has_value() ? *rfc3339Time(value) : std::nullopt;
    const auto number = value.optionalNumber();
    if (!number || !number->has_value())
        return std::nullopt;
    constexpr double leastMilliseconds = 1e12;
    return **number > leastMilliseconds ? base::fromEpochMilliseconds(**number) : base::fromEpochSeconds(**number);
}

void readStatus(HermesRecord &record, Remarks &remarks)
{
    const base::JsonValue status = record.value.member("last_status");
    const QString word = remarks.text(status);
    const QString reason = plainWord(record.value.member("last_error_reason"));
    const QString lost = QStringLiteral("credential_persist_failed");
    if (reason == lost || plainWord(record.value.member("failure_reason")) == lost) {
        record.end = record.value.error(
            QStringLiteral("Hermes could not keep the tokens that it got for these: they are spent"));
    } else if (word == QStringLiteral("dead")) {
        record.refusal =
            status.error(withWord(QStringLiteral("Hermes was told that these tokens are no good"), reason));
    } else if (word == QStringLiteral("exhausted")) {
        // No error at all, and no cure but waiting.
        const auto until = resetTime(record.value.member("last_error_reset_at"));
        const QString rests = QStringLiteral("Hermes lets it rest");
        remarks.add(
            status.error(withWord(until ? rests + QStringLiteral(" until ") + base::toRfc3339(*until) : rests, reason),
                         base::ErrorKind::Cancelled));
    }
}

void readAuthError(HermesRecord &record)
{
    const base::JsonValue error = record.value.member("last_auth_error");
    if (!error.isObject())
        return;
    const QString code = plainWord(error.member("code"));
    if (record.holdsTokens())
        record.refusal = error.error(withWord(QStringLiteral("Hermes was refused with these tokens"), code));
    else
        record.end = error.error(withWord(QStringLiteral("Hermes took the tokens away after a refusal"), code));
}

} // namespace

HermesProvider hermesProvider(const QString &entry)
{
    const auto *known =
        std::ranges::find_if(knownProviders, [&](const auto &provider) { return provider.entry == entry; });
    if (known == knownProviders.end())
        return {.entry = entry, .id = entry, .name = entry, .source = {}};
    return {
        .entry = entry, .id = known->id.toString(), .name = known->name.toString(), .source = known->source.toString()};
}

bool HermesRecord::holdsTokens() const
{
    return !credential.tokens.accessToken.isEmpty() || !credential.tokens.refreshToken.isEmpty();
}

bool HermesRecord::isSameGrantAs(const HermesRecord &other) const
{
    const profile::TokenSet &mine = credential.tokens;
    const profile::TokenSet &theirs = other.credential.tokens;
    if (!mine.refreshToken.isEmpty() && !theirs.refreshToken.isEmpty())
        return mine.refreshToken == theirs.refreshToken;
    return !mine.accessToken.isEmpty() && mine.accessToken == theirs.accessToken;
}

bool isHermesOwnSource(const QString &entry, const QString &source)
{
    const bool isManual = source == QStringLiteral("manual") || source.startsWith(QStringLiteral("manual:"));
    return isManual || (!source.isEmpty() && source == hermesProvider(entry).source);
}

base::Result<std::optional<base::Timestamp>> hermesEnd(const base::JsonValue &member)
{
    if (const auto number = member.optionalNumber(); number && *number == 0.0)
        return std::optional<base::Timestamp>();
    return epochTime(member, EpochUnit::Milliseconds);
}

base::Result<HermesRecord> hermesStateIn(const QString &entry, const base::JsonValue &state)
{
    if (const auto object = state.object(); !object)
        return base::unexpected(object.error());
    const base::JsonValue inner = state.member("tokens");
    if (!inner.isMissing() && !inner.isNull() && !inner.isObject())
        return base::unexpected(inner.object().error());
    HermesRecord record{
        .kind = Kind::State, .entry = entry, .value = state, .tokens = inner.isObject() ? inner : state};
    Remarks remarks;
    record.source = hermesProvider(entry).source;
    if (const auto credential = readCredential(record, remarks); !credential)
        return base::unexpected(credential.error());
    readAuthError(record);
    record.remark = remarks.first();
    return record;
}

base::Result<HermesRecord> hermesRowIn(const QString &entry, const base::JsonValue &row)
{
    if (const auto object = row.object(); !object)
        return base::unexpected(object.error());
    HermesRecord record{.kind = Kind::Row, .entry = entry, .value = row, .tokens = row};
    const auto source = row.member("source").optionalString();
    if (!source)
        return base::unexpected(source.error());
    record.source = source->value_or(QString());
    Remarks remarks;
    record.id = remarks.text(row.member("id"));
    record.label = remarks.text(row.member("label"));
    if (!isHermesOwnSource(entry, record.source))
        return record; // what is in it does not count
    if (const auto credential = readCredential(record, remarks); !credential)
        return base::unexpected(credential.error());
    readStatus(record, remarks);
    record.remark = remarks.first();
    return record;
}

} // namespace keytender::tools
