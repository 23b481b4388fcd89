// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/discovery.h"

#include <algorithm>

#include <QCoreApplication>
#include <QRegularExpression>

#include "base/jsonspans.h"
#include "oauth/httpheaders.h"

namespace keytender::oauth {

using base::JsonValue;
using base::Result;
using provider::Evidence;
using provider::Fact;
using provider::Provider;

namespace {

constexpr base::JsonLimits limits{.bytes = 1u << 20, .depth = 32, .values = 100'000};

QString say(const char *text)
{
    return QCoreApplication::translate("OAuth", text);
}

base::Error refusal(const DiscoverySubject &subject, const QString &detail)
{
    return {.kind = base::ErrorKind::Misconfigured, .subject = subject.issuer, .place = {}, .detail = detail};
}

bool isAllowed(const QUrl &url, provider::EndpointRule rule)
{
    const QString host = url.host();
    const bool isLoopback = host == u"127.0.0.1" || host == u"::1" || host == u"localhost";
    const bool isPlain = url.scheme() == u"http" && isLoopback && rule == provider::EndpointRule::HttpsOrLoopback;
    return url.isValid() && !host.isEmpty() && url.userInfo().isEmpty() && !url.hasFragment()
           && (url.scheme() == u"https" || isPlain);
}

// Reads one document; the first fault stays.
class MetadataReader final {
public:
    MetadataReader(const JsonValue &root, const DiscoverySubject &subject) : m_root(root), m_subject(subject) {}

    [[nodiscard]] std::optional<Fact<QUrl>> endpoint(const char *name)
    {
        const JsonValue value = m_root.member(name);
        if (value.isMissing() || value.isNull())
            return std::nullopt;
        const Result<QString> text = value.string();
        const QUrl url = text ? QUrl(*text, QUrl::StrictMode) : QUrl();
        if (!isAllowed(url, m_subject.rule))
            fail(say(QT_TRANSLATE_NOOP("OAuth", "its metadata names a '%1' that is not https"))
                     .arg(QLatin1String(name)));
        return Fact<QUrl>{.value = url, .evidence = Evidence::Measured};
    }

    [[nodiscard]] QStringList texts(const char *name) const
    {
        QStringList texts;
        for (const JsonValue &element : m_root.member(name).elements()) {
            if (const Result<QString> text = element.string())
                texts.append(*text);
        }
        return texts;
    }

    [[nodiscard]] bool flag(const char *name) const
    {
        const Result<bool> flag = m_root.member(name).boolean();
        return flag && *flag;
    }

    void demand(const char *name, const char *word)
    {
        if (m_root.member(name).type() == base::JsonType::Array && !texts(name).contains(QLatin1String(word)))
            fail(say(QT_TRANSLATE_NOOP("OAuth", "its metadata does not list '%2' in '%1'"))
                     .arg(QLatin1String(name), QLatin1String(word)));
    }

    void demandIssuer()
    {
        const Result<QString> issuer = m_root.member("issuer").string();
        if (!issuer || *issuer != m_subject.issuer)
            fail(say(QT_TRANSLATE_NOOP("OAuth", "its metadata is that of another issuer")));
    }

    void fail(const QString &detail)
    {
        if (!m_fault)
            m_fault = refusal(m_subject, detail);
    }
    [[nodiscard]] const std::optional<base::Error> &fault() const { return m_fault; }

private:
    const JsonValue &m_root;
    const DiscoverySubject &m_subject;
    std::optional<base::Error> m_fault;
};

// "auth.example.com" as a provider's id: "auth-example-com".
QString idOf(const QUrl &issuer)
{
    static const QRegularExpression other(QStringLiteral("[^a-z0-9]+"));
    QString id = (issuer.host() + issuer.path()).toLower().replace(other, QStringLiteral("-"));
    while (id.endsWith(u'-'))
        id.chop(1);
    return id;
}

provider::Identity openIdIdentity()
{
    return {.sources = {provider::IdentitySource::IdToken, provider::IdentitySource::Profile},
            .id = {QStringLiteral("/sub")},
            .email = {QStringLiteral("/email")},
            .organizationId = {},
            .organizationName = {},
            .plan = {}};
}

// What every server that publishes such a document is held to, for want of anybody who measured it.
void addStandard(Provider &provider)
{
    provider.redirectUris = {{QStringLiteral("http://127.0.0.1/callback")}, Evidence::Assumed};
    provider.exchangeEncoding = {provider::BodyEncoding::Form, Evidence::Measured};
    provider.refreshEncoding = provider.exchangeEncoding;
    provider.revocationEncoding = provider.exchangeEncoding;
    // Its own word: by the document it says that it follows RFC 6749, where this code has one meaning.
    provider.errorCodes.emplace(
        QStringLiteral("invalid_grant"),
        Fact<provider::Verdict>{.value = provider::Verdict::GrantRejected, .evidence = Evidence::Measured});
}

// What OpenID Connect gives a name and a refresh token for; all else is for the person to choose.
QStringList leastOf(const QStringList &scopes)
{
    QStringList least;
    for (const QString &scope : scopes) {
        if (scope == QStringLiteral("openid") || scope == QStringLiteral("profile") || scope == QStringLiteral("email")
            || scope == QStringLiteral("offline_access"))
            least += scope;
    }
    return least;
}

Provider readProvider(MetadataReader &metadata, const DiscoverySubject &subject)
{
    const QUrl issuer(subject.issuer, QUrl::StrictMode);
    Provider provider;
    provider.id = idOf(issuer);
    provider.name = issuer.host();
    provider.isBuiltIn = false;
    provider.issuer = {subject.issuer, Evidence::Measured};
    provider.issuerInResponse = {metadata.flag("authorization_response_iss_parameter_supported"), Evidence::Measured};
    provider.authorizationEndpoint = metadata.endpoint("authorization_endpoint");
    provider.tokenEndpoint = metadata.endpoint("token_endpoint");
    provider.deviceAuthorizationEndpoint = metadata.endpoint("device_authorization_endpoint");
    provider.revocationEndpoint = metadata.endpoint("revocation_endpoint");
    provider.profileEndpoint = metadata.endpoint("userinfo_endpoint");
    provider.clientId = {subject.clientId, Evidence::Measured};
    if (const QStringList scopes = metadata.texts("scopes_supported"); !scopes.isEmpty()) {
        provider.scopes = {scopes, Evidence::Measured};
        provider.leastScopes = {leastOf(scopes), Evidence::Assumed};
    }
    provider.identity = {openIdIdentity(), Evidence::Assumed};
    addStandard(provider);
    return provider;
}

} // namespace

std::vector<QUrl> metadataAddresses(const DiscoverySubject &subject)
{
    const QUrl issuer(subject.issuer, QUrl::StrictMode);
    if (!isAllowed(issuer, subject.rule) || issuer.hasQuery())
        return {};
    QString path = issuer.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    QUrl inserted = issuer;
    inserted.setPath(QStringLiteral("/.well-known/oauth-authorization-server") + path, QUrl::StrictMode);
    QUrl appended = issuer;
    appended.setPath(path + QStringLiteral("/.well-known/openid-configuration"), QUrl::StrictMode);
    return {inserted, appended};
}

Result<Provider> readMetadata(const Delivery &answer, const DiscoverySubject &subject)
{
    if (answer.fate != Fate::Answered)
        return base::unexpected(answer.error.value_or(refusal(subject, {})));
    if (answer.status >= 300 && answer.status < 400)
        return base::unexpected(refusal(
            subject,
            say(QT_TRANSLATE_NOOP("OAuth", "redirected to '%1', which is not followed")).arg(redirectTarget(answer))));
    const auto document = base::JsonSpans::parse(answer.body.clone(), subject.issuer, limits);
    if (answer.status != 200 || !document || !document->root().isObject())
        return base::unexpected(refusal(
            subject, say(QT_TRANSLATE_NOOP("OAuth", "it publishes no metadata (status %1)")).arg(answer.status)));
    const JsonValue root = document->root();
    MetadataReader metadata(root, subject);
    metadata.demandIssuer();
    metadata.demand("code_challenge_methods_supported", "S256");
    metadata.demand("response_types_supported", "code");
    Provider provider = readProvider(metadata, subject);
    if (!provider.tokenEndpoint || (!provider.authorizationEndpoint && !provider.deviceAuthorizationEndpoint))
        metadata.fail(say(QT_TRANSLATE_NOOP("OAuth", "its metadata names no endpoint to sign in at")));
    if (metadata.fault())
        return base::unexpected(*metadata.fault());
    return provider;
}

Discovery::Discovery(DiscoverySubject subject, DocumentTransport &transport, QObject *parent)
    : QObject(parent), m_subject(std::move(subject)), m_transport(transport), m_addresses(metadataAddresses(m_subject))
{
}

void Discovery::start()
{
    if (m_addresses.empty()) {
        end(base::unexpected(refusal(
            m_subject, say(QT_TRANSLATE_NOOP("OAuth", "is not an https address without a question mark and a hash")))));
        return;
    }
    askNext(0);
}

void Discovery::cancel()
{
    end(base::unexpected({.kind = base::ErrorKind::Cancelled, .subject = m_subject.issuer, .place = {}, .detail = {}}));
}

void Discovery::askNext(std::size_t address)
{
    Get request;
    request.endpoint = m_addresses[address];
    m_transport.get(std::move(request), this, [this, address](const Delivery &answer) {
        if (m_isOver)
            return;
        // Many a site answers every unknown path with its own page.
        const bool isElsewhere =
            answer.fate == Fate::Answered && (answer.status >= 400 || answer.body.expose().starts_with('<'));
        if (isElsewhere && address + 1 < m_addresses.size())
            askNext(address + 1);
        else
            end(readMetadata(answer, m_subject));
    });
}

void Discovery::end(const Result<Provider> &provider)
{
    if (m_isOver)
        return;
    m_isOver = true;
    Q_EMIT finished(provider);
}

} // namespace keytender::oauth
