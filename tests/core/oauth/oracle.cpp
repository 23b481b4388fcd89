// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The wire against an authorization server that others wrote.

#include <QTest>
#include <QTestEventLoop>

#include "answers.h"
#include "base/clock.h"
#include "fakes/oidcprovider.h"
#include "oauth/devicegrant.h"
#include "oauth/discovery.h"
#include "oauth/identity.h"
#include "oauth/networktransport.h"
#include "oauth/revocation.h"
#include "oauth/tokenrequests.h"

using namespace keytender;
using namespace keytender::answers;
using fakes::OidcProvider;
using oauth::Delivery;
using oauth::TokenResponse;
using oauth::TokenVerdict;

namespace {

const QUrl redirectUri(QStringLiteral("http://127.0.0.1:18999/callback"));

} // namespace

class OracleTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void discoveredServer_isWhatItSays();
    void signIn_refreshAndReuse_areReadAsTheyAre();
    void revocation_endsTheTokens();
    void deviceGrant_isGranted();

private:
    [[nodiscard]] Delivery deliver(oauth::Post post);
    [[nodiscard]] Delivery fetch(oauth::Get get);
    [[nodiscard]] TokenResponse ask(oauth::Post post);
    [[nodiscard]] profile::TokenSet signedIn(TokenResponse &response);

    base::SystemClock m_clock;
    base::SystemRandom m_random;
    oauth::NetworkTransport m_transport;
    std::unique_ptr<OidcProvider> m_server;
    provider::Provider m_provider;
};

void OracleTest::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    if (const QString why = OidcProvider::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_server = std::make_unique<OidcProvider>();
    QVERIFY(m_server->isRunning());
    oauth::Discovery discovery({.issuer = m_server->issuer().toString(),
                                .clientId = m_server->clientId(),
                                .rule = provider::EndpointRule::HttpsOrLoopback},
                               m_transport);
    QTestEventLoop loop;
    connect(&discovery, &oauth::Discovery::finished, this, [&](const base::Result<provider::Provider> &found) {
        if (found)
            m_provider = *found;
        else
            qWarning().noquote() << base::describe(found.error());
        loop.exitLoop();
    });
    discovery.start();
    loop.enterLoop(20);
    QVERIFY(m_provider.tokenEndpoint.has_value());
}

Delivery OracleTest::deliver(oauth::Post post)
{
    Delivery delivery;
    QTestEventLoop loop;
    m_transport.post(std::move(post), this, [&](Delivery answer) {
        delivery = std::move(answer);
        loop.exitLoop();
    });
    loop.enterLoop(40);
    return delivery;
}

Delivery OracleTest::fetch(oauth::Get get)
{
    Delivery delivery;
    QTestEventLoop loop;
    m_transport.get(std::move(get), this, [&](Delivery answer) {
        delivery = std::move(answer);
        loop.exitLoop();
    });
    loop.enterLoop(40);
    return delivery;
}

TokenResponse OracleTest::ask(oauth::Post post)
{
    return oauth::readTokenResponse(deliver(std::move(post)), m_provider, m_clock.wallTime());
}

profile::TokenSet OracleTest::signedIn(TokenResponse &response)
{
    oauth::AuthorizationRequest request;
    request.endpoint = m_provider.authorizationEndpoint->value;
    request.clientId = m_provider.clientId->value;
    request.redirectUri = redirectUri;
    request.scopes = QStringList{QStringLiteral("openid"), QStringLiteral("email"), QStringLiteral("offline_access")};
    request.furtherOnes = {{QStringLiteral("prompt"), QStringLiteral("consent")}};
    request.issuer = m_provider.issuer->value;
    request.requiresIssuer = m_provider.issuerInResponse->value;
    request.state = oauth::makeState(m_random);
    request.pkce = oauth::Pkce::make(m_random);
    const auto address = oauth::authorizationUrl(
        request, {.scheme = provider::EndpointRule::HttpsOrLoopback, .hosts = {QStringLiteral("127.0.0.1")}});
    if (!address)
        return {};
    const QUrl redirect = m_server->signInByForms(QUrl::fromEncoded(bytesOf(*address)));
    const auto answer =
        oauth::readAuthorizationResponse(redirect.query(QUrl::FullyEncoded).toStdString(), expectedResponse(request));
    const auto *code = std::get_if<oauth::AuthorizationCode>(&answer);
    if (code == nullptr)
        return {};
    const base::Timestamp sentAt = m_clock.wallTime();
    response = ask(oauth::exchangePost(m_provider, request, code->code));
    return oauth::tokenSetOf(response, {}, m_provider, sentAt);
}

void OracleTest::discoveredServer_isWhatItSays()
{
    if (!m_server)
        QSKIP("no server");
    QCOMPARE(m_provider.tokenEndpoint->value, m_server->endpoint(QStringLiteral("/token")));
    QVERIFY(m_provider.issuerInResponse->value);
    QVERIFY(m_provider.revocationEndpoint && m_provider.deviceAuthorizationEndpoint && m_provider.profileEndpoint);
    QVERIFY(m_provider.offers(provider::SignInWay::Browser) && m_provider.offers(provider::SignInWay::Device));
}

void OracleTest::signIn_refreshAndReuse_areReadAsTheyAre()
{
    if (!m_server)
        QSKIP("no server");
    TokenResponse response;
    const profile::TokenSet first = signedIn(response);
    QVERIFY2(response.verdict == TokenVerdict::Granted, qPrintable(response.errorText));
    QVERIFY(!first.refreshToken.isEmpty() && first.expiresAt > m_clock.wallTime());
    QVERIFY2(response.oddities.isEmpty(), qPrintable(response.oddities.join(u'|')));
    QCOMPARE(response.account.id, QStringLiteral("ada"));
    QVERIFY(oauth::wantsProfile(response.account, m_provider));
    const auto account = oauth::readProfile(fetch(oauth::profileRequest(first.accessToken, m_provider)), m_provider);
    QCOMPARE(oauth::completed(response.account, account).email, account.email);
    QVERIFY(account.email.contains(u'@'));

    const TokenResponse renewed = ask(oauth::refreshPost(m_provider, first));
    QVERIFY2(renewed.verdict == TokenVerdict::Granted, qPrintable(renewed.errorText));
    const profile::TokenSet second = oauth::tokenSetOf(renewed, first, m_provider, m_clock.wallTime());
    QVERIFY(!(second.refreshToken == first.refreshToken));

    const TokenResponse reused = ask(oauth::refreshPost(m_provider, first));
    QVERIFY(reused.verdict == TokenVerdict::GrantRejected);
    QCOMPARE(reused.errorCode, QStringLiteral("invalid_grant"));
    QVERIFY(ask(oauth::refreshPost(m_provider, second)).verdict == TokenVerdict::GrantRejected); // the whole family
}

// N-40 .. N-41: both are dead, and asked for once more it is confirmed again.
void OracleTest::revocation_endsTheTokens()
{
    if (!m_server)
        QSKIP("no server");
    TokenResponse response;
    const profile::TokenSet tokens = signedIn(response);
    QVERIFY(m_server->isActive(bytesOf(tokens.refreshToken)) && m_server->isActive(bytesOf(tokens.accessToken)));
    for (int round = 0; round < 2; ++round) {
        auto posts = oauth::revocationPosts(m_provider, tokens);
        QCOMPARE(posts.size(), std::size_t(2));
        for (oauth::Post &post : posts) {
            const auto answer = oauth::readRevocationAnswer(deliver(std::move(post)), m_provider, m_clock.wallTime());
            QVERIFY2(answer.verdict == oauth::RevocationVerdict::Confirmed, qPrintable(answer.errorText));
        }
        QVERIFY(!m_server->isActive(bytesOf(tokens.refreshToken)));
        QVERIFY(!m_server->isActive(bytesOf(tokens.accessToken)));
    }
}

void OracleTest::deviceGrant_isGranted()
{
    if (!m_server)
        QSKIP("no server");
    oauth::DeviceGrant grant(m_provider, {QStringLiteral("openid"), QStringLiteral("offline_access")},
                             {.clock = m_clock,
                              .transport = m_transport,
                              .after = oauth::afterByTimer(),
                              .rule = provider::EndpointRule::HttpsOrLoopback});
    bool isOver = false;
    connect(&grant, &oauth::DeviceGrant::offered, this, [&] {
        (void)m_server->signInByForms(QUrl::fromEncoded(bytesOf(grant.authorization().verificationUriComplete)));
    });
    connect(&grant, &oauth::DeviceGrant::finished, this, [&isOver](const oauth::DeviceOutcome &outcome) {
        QVERIFY2(!outcome.error, outcome.error ? qPrintable(base::describe(*outcome.error)) : "");
        QVERIFY2(outcome.response.verdict == TokenVerdict::Granted, qPrintable(outcome.response.errorText));
        QVERIFY(!outcome.response.accessToken.isEmpty());
        isOver = true;
    });
    grant.start();
    QTRY_VERIFY_WITH_TIMEOUT(isOver, 30'000);
}

QTEST_GUILESS_MAIN(OracleTest)
#include "oracle.moc"
