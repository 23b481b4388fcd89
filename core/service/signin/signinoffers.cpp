// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/signin/signinoffers.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>

namespace keytender::service {

using provider::SignInWay;

namespace {

struct ScopeWords {
    const char *scope;
    const char *words;
};

constexpr std::array known{
    ScopeWords{"openid", QT_TRANSLATE_NOOP("Scopes", "know which account it is")},
    ScopeWords{"profile", QT_TRANSLATE_NOOP("Scopes", "read your name")},
    ScopeWords{"email", QT_TRANSLATE_NOOP("Scopes", "read your e-mail address")},
    ScopeWords{"offline_access", QT_TRANSLATE_NOOP("Scopes", "stay signed in until you sign out")},
    ScopeWords{"org:create_api_key", QT_TRANSLATE_NOOP("Scopes", "create API keys for your organisation")},
    ScopeWords{"user:profile", QT_TRANSLATE_NOOP("Scopes", "read your name, organisation and plan")},
    ScopeWords{"user:inference", QT_TRANSLATE_NOOP("Scopes", "use the models with your plan")},
    ScopeWords{"user:sessions:claude_code", QT_TRANSLATE_NOOP("Scopes", "use Claude Code's sessions")},
    ScopeWords{"user:mcp_servers", QT_TRANSLATE_NOOP("Scopes", "use the MCP servers of your account")},
    ScopeWords{"user:file_upload", QT_TRANSLATE_NOOP("Scopes", "upload files")},
    ScopeWords{"user:plugins", QT_TRANSLATE_NOOP("Scopes", "use the plugins of your account")},
    ScopeWords{"user:privacy_consents:write", QT_TRANSLATE_NOOP("Scopes", "record your answers on privacy")},
    ScopeWords{"api.connectors.read", QT_TRANSLATE_NOOP("Scopes", "see the connectors of your account")},
    ScopeWords{"api.connectors.invoke", QT_TRANSLATE_NOOP("Scopes", "use the connectors of your account")},
    ScopeWords{"repo", QT_TRANSLATE_NOOP("Scopes", "read and write your repositories")},
    ScopeWords{"read:org", QT_TRANSLATE_NOOP("Scopes", "see the organisations you belong to")},
    ScopeWords{"gist", QT_TRANSLATE_NOOP("Scopes", "write gists")},
};

SignInOffer offerOf(const provider::Provider &provider)
{
    SignInOffer offer;
    offer.providerId = provider.id;
    offer.providerName = provider.name;
    for (const SignInWay way : {SignInWay::Browser, SignInWay::Paste, SignInWay::Device}) {
        if (provider.offers(way))
            offer.ways.push_back(way);
    }
    if (offer.ways.empty())
        offer.whyNone = provider.signInWays && !provider.signInWays->whyNone.isEmpty()
                            ? provider.signInWays->whyNone
                            : QCoreApplication::translate("Scopes", "needs a client id of your own in a provider file");
    if (!provider.scopes)
        return offer;
    for (const QString &scope : provider.scopes->value) {
        const bool isLeast = !provider.leastScopes || provider.leastScopes->value.contains(scope);
        offer.scopes.push_back({.name = scope, .words = wordsForScope(scope), .isLeast = isLeast});
    }
    return offer;
}

} // namespace

std::vector<SignInOffer> signInOffersOf(const provider::ProviderSet &providers)
{
    std::vector<SignInOffer> offers;
    for (const auto &[id, provider] : providers.byId) {
        if (!provider.retirement || !provider.retirement->forEveryone)
            offers.push_back(offerOf(provider));
    }
    std::ranges::stable_sort(offers, [](const SignInOffer &left, const SignInOffer &right) {
        if (left.ways.empty() != right.ways.empty())
            return right.ways.empty();
        return left.providerName.compare(right.providerName, Qt::CaseInsensitive) < 0;
    });
    return offers;
}

QString wordsForScope(const QString &scope)
{
    const auto *found =
        std::ranges::find_if(known, [&](const ScopeWords &words) { return scope == QLatin1String(words.scope); });
    return found == known.end() ? QString() : QCoreApplication::translate("Scopes", found->words);
}

} // namespace keytender::service
