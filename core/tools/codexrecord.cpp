// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/codexrecord.h"

#include "base/jwt.h"

namespace keytender::tools {

namespace {

base::Result<void> requireText(const base::JsonValue &value, const QString &otherwise)
{
    const auto text = value.optionalString();
    if (!text)
        return base::unexpected(text.error());
    if (text->value_or(QString()).isEmpty())
        return base::unexpected(value.error(otherwise));
    return {};
}

// Codex cannot read the whole record if this one is off.
base::Result<void> requireIdentity(const base::JsonValue &idToken)
{
    const auto identity = idToken.secret();
    if (!identity)
        return base::unexpected(identity.error());
    if (!base::JwtClaims::decode(*identity))
        return base::unexpected(idToken.error(QStringLiteral("is no JSON Web Token")));
    return {};
}

// Codex >= 0.169 renews where the record came from; we renew at the usual place alone.
base::Result<void> requireUsual(const base::JsonValue &value, const QString &usual)
{
    const auto text = value.optionalString();
    if (!text)
        return base::unexpected(text.error());
    if (text->has_value() && **text != usual)
        return base::unexpected(
            value.error(QStringLiteral("is not %1: this login is renewed elsewhere, by Codex alone").arg(usual)));
    return {};
}

base::Result<void> requireUsualProvenance(const base::JsonValue &provenance)
{
    if (provenance.isMissing() || provenance.isNull())
        return {};
    if (const auto object = provenance.object(); !object)
        return base::unexpected(object.error());
    // Codex's own, which it uses where a record names nothing else; ours too, as the provider's facts say.
    if (auto issuer = requireUsual(provenance.member("issuer"), QStringLiteral("https://auth.openai.com")); !issuer)
        return issuer;
    return requireUsual(provenance.member("client_id"), QStringLiteral("app_EMoamEEZ73f0CkXaXp7hrann"));
}

base::Result<void> requireChatGpt(const base::JsonValue &root)
{
    const auto mode = codexModeOf(root);
    if (!mode)
        return base::unexpected(mode.error());
    if (*mode == QStringLiteral("chatgpt"))
        return {};
    if (mode->isEmpty())
        return base::unexpected(root.error(QStringLiteral("holds no login")));
    if (*mode == QStringLiteral("apikey") || *mode == QStringLiteral("personalAccessToken")
        || *mode == QStringLiteral("agentIdentity") || *mode == QStringLiteral("bedrockApiKey"))
        return base::unexpected(
            root.error(QStringLiteral("holds a login that nothing renews (%1): it stays as it is").arg(*mode)));
    return base::unexpected(root.member("auth_mode")
                                .error(QStringLiteral("names a kind of login that Keytender does not know"),
                                       base::ErrorKind::UnknownVersion));
}

} // namespace

base::Result<QString> codexModeOf(const base::JsonValue &root)
{
    const auto mode = root.member("auth_mode").optionalString();
    if (!mode)
        return base::unexpected(mode.error());
    if (mode->has_value())
        return **mode;
    const auto holds = [&](std::string_view key) {
        return !root.member(key).isMissing() && !root.member(key).isNull();
    };
    if (holds("personal_access_token"))
        return QStringLiteral("personalAccessToken");
    if (holds("bedrock_api_key"))
        return QStringLiteral("bedrockApiKey");
    if (holds("OPENAI_API_KEY"))
        return QStringLiteral("apikey");
    if (holds("agent_identity") && !holds("tokens"))
        return QStringLiteral("agentIdentity");
    return holds("tokens") ? QStringLiteral("chatgpt") : QString();
}

base::Result<base::JsonValue> sharedCodexTokens(const base::JsonValue &root)
{
    if (const auto mode = requireChatGpt(root); !mode)
        return base::unexpected(mode.error());
    auto tokens = root.member("tokens").object();
    if (!tokens)
        return tokens;
    const QString neverRenewed = QStringLiteral("is missing: Codex never renews a login without it");
    for (const auto &checked :
         {requireIdentity(tokens->member("id_token")), requireText(tokens->member("account_id"), neverRenewed),
          requireText(tokens->member("refresh_token"), QStringLiteral("is missing: nothing can be renewed with it")),
          requireUsualProvenance(tokens->member("oauth_provenance"))}) {
        if (!checked)
            return base::unexpected(checked.error());
    }
    return tokens;
}

} // namespace keytender::tools
