// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/claudecoderecord.h"

#include <algorithm>
#include <array>

#include "tools/jsonrecord.h"

namespace keytender::tools::claudecode {

namespace {

using namespace std::chrono_literals;
using base::JsonType;
using base::JsonValue;

// Where the answer did not say; a `null` would keep Claude Code from ever renewing.
constexpr base::Milliseconds usualLifetime = 8h;

QString inferenceScope()
{
    return QStringLiteral("user:inference");
}

bool isEmptyText(const JsonValue &value)
{
    const auto text = secretOrEmpty(value);
    return text && text->isEmpty();
}

QStringList scopesOf(const JsonValue &login)
{
    Remarks remarks;
    return remarks.texts(login.member("scopes"));
}

base::Timestamp endOfAccess(const Successor &successor)
{
    return successor.tokens.expiresAt.value_or(successor.acquiredAt + usualLifetime);
}

// An answer that takes away the right to answer prompts is not written down here: Claude Code would drop the login
// without a word. It stays, and the provider's refusal says what is the matter.
bool tellsOtherScopes(const QStringList &before, const QStringList &told)
{
    const auto sorted = [](QStringList scopes) {
        scopes.sort();
        return scopes;
    };
    if (told.isEmpty() || sorted(before) == sorted(told))
        return false;
    return told.contains(inferenceScope()) || !before.contains(inferenceScope());
}

// "claude_max" at the provider, "max" in the record.
std::optional<QString> subscriptionOf(const profile::Account &account)
{
    static const std::array known{QStringLiteral("pro"), QStringLiteral("max"), QStringLiteral("team"),
                                  QStringLiteral("enterprise")};
    QString plan = account.plan.toLower();
    if (plan.startsWith(QStringLiteral("claude_")))
        plan.remove(0, 7);
    return std::ranges::find(known, plan) == known.end() ? std::nullopt : std::optional(plan);
}

// The least that Claude Code 2.0.76 to 2.1.330 take for a login; what else they want they ask for themselves.
base::Result<base::Secret> recordMadeOf(const Successor &successor)
{
    auto rewrite = JsonRewrite::of(QStringLiteral("the login made by Keytender"),
                                   contentOf(base::Secret::copyOf(R"({"claudeAiOauth":{}})")));
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const JsonValue login = rewrite->root().member("claudeAiOauth");
    const profile::Account &account = successor.account;
    setTokens(*rewrite, login, successor);
    if (successor.tokens.refreshTokenExpiresAt)
        rewrite->setTime(login, "refreshTokenExpiresAt", *successor.tokens.refreshTokenExpiresAt,
                         EpochUnit::Milliseconds);
    if (const auto subscription = subscriptionOf(account))
        rewrite->setText(login, "subscriptionType", *subscription);
    else
        rewrite->setNull(login, "subscriptionType");
    if (!account.id.isEmpty())
        rewrite->setText(login, "accountUuid", account.id);
    if (!account.organizationId.isEmpty())
        rewrite->setText(login, "organizationUuid", account.organizationId);
    return rewrite->finish();
}

// The record that was put away, with the tokens of today: those in it are of the time when it was.
base::Result<base::Secret> recordBroughtUpToDate(const Successor &successor)
{
    auto rewrite =
        JsonRewrite::of(QStringLiteral("the login that was put away"), contentOf(successor.toolRecord->clone()));
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const auto login = livingLogin(rewrite->root());
    if (!login)
        return base::unexpected(login.error());
    if (accountToldIn(*login).differsFrom(successor.account))
        return base::unexpected(login->error(QStringLiteral("is of another account")));
    setTokens(*rewrite, *login, successor);
    if (successor.tokens.refreshTokenExpiresAt) // perhaps of a new sign-in: it may be later, too
        rewrite->setTime(*login, "refreshTokenExpiresAt", *successor.tokens.refreshTokenExpiresAt,
                         EpochUnit::Milliseconds);
    return rewrite->finish();
}

base::Result<base::Secret> accountMadeOf(const profile::Account &account)
{
    auto rewrite = JsonRewrite::of(QStringLiteral("oauthAccount"), contentOf(base::Secret::copyOf("{}")));
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const JsonValue object = rewrite->root();
    const auto put = [&](std::string_view key, const QString &text) {
        if (!text.isEmpty())
            rewrite->setText(object, key, text);
    };
    put("accountUuid", account.id);
    put("emailAddress", account.email);
    put("organizationUuid", account.organizationId);
    put("organizationName", account.organizationName);
    return rewrite->finish();
}

} // namespace

bool isBlank(const JsonValue &login)
{
    return isEmptyText(login.member("accessToken")) && isEmptyText(login.member("refreshToken"));
}

bool canAnswerPrompts(const JsonValue &login)
{
    return scopesOf(login).contains(inferenceScope());
}

base::Result<JsonValue> livingLogin(const JsonValue &root)
{
    const JsonValue login = root.member("claudeAiOauth");
    if (login.isMissing() || login.isNull())
        return base::unexpected(login.error(QStringLiteral("is not there: signed out"), base::ErrorKind::NotFound));
    if (auto object = login.object(); !object)
        return object;
    if (isBlank(login))
        return base::unexpected(login.error(QStringLiteral("was emptied by Claude Code"), base::ErrorKind::NotFound));
    return login;
}

base::Result<void> checkWhole(const JsonValue &login)
{
    if (!canAnswerPrompts(login))
        return base::unexpected(login.member("scopes").error(QStringLiteral("lacks user:inference")));
    if (const JsonValue plan = login.member("subscriptionType"); plan.type() != JsonType::String && !plan.isNull())
        return base::unexpected(plan.error(QStringLiteral("is lost")));
    return {};
}

void setTokens(JsonRewrite &rewrite, const JsonValue &login, const Successor &successor)
{
    const profile::TokenSet &tokens = successor.tokens;
    rewrite.setText(login, "accessToken", tokens.accessToken);
    rewrite.setText(login, "refreshToken", tokens.refreshToken);
    rewrite.setTime(login, "expiresAt", endOfAccess(successor), EpochUnit::Milliseconds);
    if (tellsOtherScopes(scopesOf(login), tokens.scopes))
        rewrite.setTexts(login, "scopes", tokens.scopes);
}

base::FileContent contentOf(base::Secret bytes)
{
    return {.bytes = std::move(bytes), .facts = {}};
}

base::Secret bytesOf(const base::JsonSpans &document, const JsonValue &value)
{
    const base::ByteSpan span = value.span();
    return base::Secret::copyOf(document.bytes().substr(span.begin, span.end - span.begin));
}

profile::Account accountToldIn(const JsonValue &object)
{
    Remarks remarks;
    return {.id = remarks.text(object.member("accountUuid")),
            .email = remarks.text(object.member("emailAddress")),
            .organizationId = remarks.text(object.member("organizationUuid")),
            .organizationName = {},
            .plan = {}};
}

base::Result<base::JsonSpans> arrivingRecord(const Successor &successor)
{
    auto text = successor.toolRecord->isEmpty() ? recordMadeOf(successor) : recordBroughtUpToDate(successor);
    if (!text)
        return base::unexpected(text.error());
    auto record = parseObject(QStringLiteral("the login that comes"), contentOf(*std::move(text)));
    if (!record)
        return record;
    if (const auto whole = checkWhole(record->root().member("claudeAiOauth")); !whole)
        return base::unexpected(whole.error());
    return record;
}

// Of the login that comes: what `.claude.json` said of it when it was put away, if that speaks of the same account.
base::Result<base::Secret> arrivingAccount(const Successor &successor)
{
    if (!successor.toolRecord->isEmpty()) {
        const auto record =
            parseObject(QStringLiteral("the login that was put away"), contentOf(successor.toolRecord->clone()));
        if (!record)
            return base::unexpected(record.error());
        const JsonValue kept = record->root().member("oauthAccount");
        if (kept.isObject() && !accountToldIn(kept).differsFrom(successor.account))
            return bytesOf(*record, kept);
    }
    return successor.account.isKnown() ? accountMadeOf(successor.account) : base::Secret::copyOf("null");
}

} // namespace keytender::tools::claudecode
