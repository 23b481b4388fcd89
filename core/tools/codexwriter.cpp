// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/codexwriter.h"

#include <QCoreApplication>
#include <QFileInfo>

#include "base/jwt.h"
#include "tools/codexrecord.h"
#include "tools/codexstore.h"
#include "tools/jsonrewrite.h"

namespace keytender::tools {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Tools", text);
}

base::Error errorAt(const CopyPlace &place, const QString &detail, base::ErrorKind kind = base::ErrorKind::Malformed)
{
    return {.kind = kind, .subject = place.path, .place = {}, .detail = detail};
}

bool isFile(const CopyPlace &place)
{
    return place.kind == CopyPlace::Kind::File;
}

// CODEX_HOME of a place; of a keychain item it is where its configuration lies.
base::Result<QString> homeOf(const CopyPlace &place)
{
    const QString inside = isFile(place) || place.companions.isEmpty() ? place.path : place.companions.front();
    if (!inside.startsWith(u'/'))
        return base::unexpected(errorAt(place, QStringLiteral("belongs to no home that is known")));
    return inside.section(u'/', 0, -2);
}

base::Result<JsonRewrite> rewriteOf(const CopyPlace &place, const base::FileContent &content)
{
    if (content.bytes.expose().starts_with("age-encryption.org/"))
        return base::unexpected(errorAt(place, {}, base::ErrorKind::Encrypted));
    return JsonRewrite::of(place.path, content);
}

// The store that counts, as the configuration says now. Nothing where it cannot be told.
base::Result<void> requireStore(const CopyPlace &place, const Fetched &fetched)
{
    for (const auto &[path, companion] : fetched.companions) {
        const bool isMissing = !companion && companion.error().kind == base::ErrorKind::NotFound;
        if (isMissing)
            continue;
        if (!companion)
            return base::unexpected(companion.error());
        if (path.endsWith(QStringLiteral(".age")))
            return base::unexpected({.kind = base::ErrorKind::Encrypted, .subject = path, .place = {}, .detail = {}});
        const auto store = codexStoreOf(path, *companion);
        if (!store)
            return base::unexpected(store.error());
        const CodexStore own = isFile(place) ? CodexStore::File : CodexStore::Keyring;
        if (*store != own && *store != CodexStore::Auto)
            return base::unexpected(errorAt(place, QStringLiteral("is not where Codex keeps its login any more"),
                                            base::ErrorKind::Overridden));
    }
    return {};
}

// Codex started with one of these renews elsewhere, or as another client, than we do.
QString divertedBy(const base::Environment &environment)
{
    for (const QString &name :
         {QStringLiteral("CODEX_REFRESH_TOKEN_URL_OVERRIDE"), QStringLiteral("CODEX_APP_SERVER_LOGIN_CLIENT_ID")}) {
        if (environment.variable(name))
            return name;
    }
    return {};
}

// Account B never over account A (F-15).
base::Result<void> requireAccount(const base::JsonValue &accountId, const profile::Account &account)
{
    const auto named = accountId.string();
    if (!named)
        return base::unexpected(named.error());
    if (!account.organizationId.isEmpty() && *named != account.organizationId)
        return base::unexpected(accountId.error(QStringLiteral("names another account")));
    return {};
}

// What a token answer leaves out stays as it was; so does what Codex could not read.
void setTokens(JsonRewrite &rewrite, const base::JsonValue &tokens, const profile::TokenSet &successor)
{
    if (base::JwtClaims::decode(successor.idToken))
        rewrite.setText(tokens, "id_token", successor.idToken);
    rewrite.setText(tokens, "access_token", successor.accessToken);
    rewrite.setText(tokens, "refresh_token", successor.refreshToken);
}

bool holds(const base::JsonValue &tokens, const profile::TokenSet &successor)
{
    const auto accessToken = tokens.member("access_token").secret();
    const auto refreshToken = tokens.member("refresh_token").secret();
    return accessToken && refreshToken && *accessToken == successor.accessToken
           && *refreshToken == successor.refreshToken;
}

base::Result<base::Secret> withTokens(base::Result<JsonRewrite> rewrite, const Successor &successor)
{
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const auto tokens = sharedCodexTokens(rewrite->root());
    if (!tokens)
        return base::unexpected(tokens.error());
    if (auto same = requireAccount(tokens->member("account_id"), successor.account); !same)
        return base::unexpected(same.error());
    // The same tokens were acquired when the record says, to the nanosecond.
    if (!holds(*tokens, successor.tokens))
        rewrite->setText(rewrite->root(), "last_refresh", base::toRfc3339(successor.acquiredAt));
    setTokens(*rewrite, *tokens, successor.tokens);
    return rewrite->finish();
}

constexpr std::string_view emptyRecord = R"({
  "auth_mode": "chatgpt",
  "OPENAI_API_KEY": null,
  "tokens": {
    "id_token": "",
    "access_token": "",
    "refresh_token": "",
    "account_id": ""
  },
  "last_refresh": ""
})";

// Of a login that Codex never had: Keytender signed in to it. Its errors bear their own cure.
base::Result<base::Secret> newRecord(const CopyPlace &place, const Successor &successor)
{
    if (!base::JwtClaims::decode(successor.tokens.idToken))
        return base::unexpected(
            errorAt(place,
                    QStringLiteral("cannot take this login: it came without an ID token, and Codex reads none without; "
                                   "sign in to it again in Keytender"),
                    base::ErrorKind::Cancelled));
    if (successor.account.organizationId.isEmpty())
        return base::unexpected(
            errorAt(place,
                    QStringLiteral("cannot take this login: its workspace (chatgpt_account_id) is not known, and Codex "
                                   "renews none without; sign in to it again in Keytender"),
                    base::ErrorKind::Cancelled));
    auto rewrite = rewriteOf(place, {.bytes = base::Secret::copyOf(emptyRecord), .facts = {}});
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const base::JsonValue tokens = rewrite->root().member("tokens");
    setTokens(*rewrite, tokens, successor.tokens);
    rewrite->setText(tokens, "account_id", successor.account.organizationId);
    rewrite->setText(rewrite->root(), "last_refresh", base::toRfc3339(successor.acquiredAt));
    return rewrite->finish();
}

} // namespace

QString CodexWriter::objection(Purpose purpose, const CopyPlace &place, const QString &slot, const Fetched &fetched,
                               const ToolWorld &world) const
{
    Q_UNUSED(slot)
    if (purpose == Purpose::Feed)
        return translated(QT_TRANSLATE_NOOP(
            "Tools", "Codex renews what lies in its store by itself: with an access token alone it would ask you to "
                     "sign in again as soon as that one ends."));
    if (const auto store = requireStore(place, fetched); !store)
        return describe(store.error());
    if (!fetched.content)
        return describe(fetched.content.error());
    const auto rewrite = rewriteOf(place, *fetched.content);
    if (!rewrite)
        return describe(rewrite.error());
    if (const auto tokens = sharedCodexTokens(rewrite->root()); !tokens)
        return describe(tokens.error());
    if (const QString variable = divertedBy(world.environment); !variable.isEmpty())
        return translated(QT_TRANSLATE_NOOP("Tools", "%1 is set: Codex renews this login elsewhere.")).arg(variable);
    return {};
}

base::Result<LockPlan> CodexWriter::lockPlan(const CopyPlace &place, const QString &slot, const ToolWorld &world) const
{
    Q_UNUSED(slot)
    Q_UNUSED(world)
    const auto home = homeOf(place);
    if (!home)
        return base::unexpected(home.error());
    const QString record = *home + QStringLiteral("/auth.json");
    const QString target = QFileInfo(record).canonicalFilePath();

    LockSpec refresh{.kind = LockSpec::Kind::Flock,
                     .span = LockSpec::Span::Refresh,
                     .path = *home + QStringLiteral("/auth.lock"),
                     .mode = 0666};
    LockSpec write{.kind = LockSpec::Kind::Flock,
                   .span = LockSpec::Span::Write,
                   .path = (target.isEmpty() ? record : target) + QStringLiteral(".lock"),
                   .longestHold = std::chrono::seconds{2}, // Codex gives up after five
                   .mode = 0600};
    // A Codex that waits for auth.lock shows its user nothing: not longer than a slow answer of the server takes.
    return LockPlan{.locks = {std::move(refresh), std::move(write)}, .tolerance = std::chrono::seconds{10}};
}

base::Result<base::Secret> CodexWriter::rewritten(const CopyPlace &place, const QString &slot, const Fetched &fetched,
                                                  const Successor &successor) const
{
    Q_UNUSED(slot)
    if (!fetched.content)
        return base::unexpected(fetched.content.error());
    if (successor.tokens.refreshToken.isEmpty() || successor.tokens.accessToken.isEmpty())
        return base::unexpected(errorAt(
            place, QStringLiteral("takes no access token without its refresh token: Codex could not renew it")));
    auto there = rewriteOf(place, *fetched.content);
    if (successor.toolRecord == nullptr || !there)
        return withTokens(std::move(there), successor);

    // API keys and the like make way for nobody.
    if (const auto before = sharedCodexTokens(there->root()); !before)
        return base::unexpected(before.error());
    if (successor.toolRecord->isEmpty())
        return newRecord(place, successor);
    return withTokens(rewriteOf(place, {.bytes = successor.toolRecord->clone(), .facts = {}}), successor);
}

base::Result<base::Secret> CodexWriter::recordOf(const CopyPlace &place, const QString &slot,
                                                 const Fetched &fetched) const
{
    Q_UNUSED(slot)
    if (!fetched.content)
        return base::unexpected(fetched.content.error());
    const auto rewrite = rewriteOf(place, *fetched.content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    if (const auto tokens = sharedCodexTokens(rewrite->root()); !tokens)
        return base::unexpected(tokens.error());
    return fetched.content->bytes.clone();
}

mode_t CodexWriter::modeAfter(mode_t before) const
{
    Q_UNUSED(before)
    return 0600; // as Codex 0.169; the older ones leave what they find
}

QString CodexWriter::noticeAfterSwitch() const
{
    return translated(QT_TRANSLATE_NOOP(
        "Tools", "A Codex that is running goes on with the account it was started with. Restart it, the editor's "
                 "extension and the desktop app too."));
}

} // namespace keytender::tools
