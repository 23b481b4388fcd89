// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QTest>
#include <QUrlQuery>

#include "oauth/authorizationrequest.h"

using namespace keytender;
using oauth::AuthorizationRequest;
using oauth::authorizationUrl;
using oauth::WebAddressRule;
using provider::EndpointRule;

class AuthorizationRequestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void url_saysWhatRfc6749And7636Ask();
    void url_neverHoldsTheVerifier();
    void url_withoutScopes_hasNoScope();
    void endpointsOwnQuery_isKept_data();
    void endpointsOwnQuery_isKept();
    void endpoint_thatIsNone_isRefused_data();
    void endpoint_thatIsNone_isRefused();
    void plainHttp_isAllowedOnLoopbackByTheSwitchAlone();
    void parameterThatWouldStandTwice_isRefused_data();
    void parameterThatWouldStandTwice_isRefused();
    void requestThatLacksSomething_isRefused();
    void error_holdsNeitherStateNorChallenge();

private:
    base::SystemRandom m_random;
    [[nodiscard]] AuthorizationRequest request();
};

namespace {

const WebAddressRule example{.scheme = EndpointRule::HttpsOnly, .hosts = {QStringLiteral("auth.example")}};

QByteArray bytesOf(const base::Secret &secret)
{
    return {secret.expose().data(), static_cast<qsizetype>(secret.size())};
}

} // namespace

AuthorizationRequest AuthorizationRequestTest::request()
{
    return {.endpoint = QUrl(QStringLiteral("https://auth.example/authorize")),
            .clientId = QStringLiteral("a client/1"),
            .redirectUri = QUrl(QStringLiteral("http://127.0.0.1:1455/auth/callback")),
            .scopes = {QStringLiteral("openid"), QStringLiteral("user:profile")},
            .furtherOnes = {{QStringLiteral("code"), QStringLiteral("true")}},
            .issuer = {},
            .requiresIssuer = false,
            .state = oauth::makeState(m_random),
            .pkce = oauth::Pkce::make(m_random)};
}

// N-01, N-02.
void AuthorizationRequestTest::url_saysWhatRfc6749And7636Ask()
{
    const AuthorizationRequest asked = request();
    const auto url = authorizationUrl(asked, example);
    QVERIFY(url);
    QCOMPARE(bytesOf(*url), "https://auth.example/authorize?response_type=code&client_id=a+client%2F1"
                            "&redirect_uri=http%3A%2F%2F127.0.0.1%3A1455%2Fauth%2Fcallback"
                            "&scope=openid+user%3Aprofile&state="
                                + bytesOf(asked.state) + "&code_challenge=" + asked.pkce.challenge
                                + "&code_challenge_method=S256&code=true");
}

// S-30.
void AuthorizationRequestTest::url_neverHoldsTheVerifier()
{
    const AuthorizationRequest asked = request();
    const auto url = authorizationUrl(asked, example);
    QVERIFY(url);
    QVERIFY(!bytesOf(*url).contains(bytesOf(asked.pkce.verifier)));
}

void AuthorizationRequestTest::url_withoutScopes_hasNoScope()
{
    AuthorizationRequest asked = request();
    asked.scopes.clear();
    const auto url = authorizationUrl(asked, example);
    QVERIFY(url);
    QVERIFY(!bytesOf(*url).contains("scope"));
}

// N-12.
void AuthorizationRequestTest::endpointsOwnQuery_isKept_data()
{
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QByteArray>("front");
    QTest::newRow("none") << "https://auth.example/a" << QByteArray("https://auth.example/a?response_type=code&");
    QTest::newRow("one") << "https://auth.example/a?tenant=x%20y"
                         << QByteArray("https://auth.example/a?tenant=x%20y&response_type=code&");
    QTest::newRow("an empty one") << "https://auth.example/a?"
                                  << QByteArray("https://auth.example/a?response_type=code&");
    QTest::newRow("no path") << "https://auth.example" << QByteArray("https://auth.example?response_type=code&");
}

void AuthorizationRequestTest::endpointsOwnQuery_isKept()
{
    QFETCH(QString, endpoint);
    QFETCH(QByteArray, front);
    AuthorizationRequest asked = request();
    asked.endpoint = QUrl(endpoint);
    const auto url = authorizationUrl(asked, example);
    QVERIFY(url);
    QVERIFY2(bytesOf(*url).startsWith(front), bytesOf(*url).constData());
}

void AuthorizationRequestTest::endpoint_thatIsNone_isRefused_data()
{
    QTest::addColumn<QString>("endpoint");
    for (const char *each : {"https://auth.example/a#fragment",
                             "https://auth.example/a#",
                             "http://auth.example/a",
                             "https://user@auth.example/a",
                             "https://user:word@auth.example/a",
                             "https://other.example/a",
                             "https://auth.example.evil.example/a",
                             "https://evil.example/auth.example",
                             "https://auth.example./a",
                             "javascript:alert(1)",
                             "file:///etc/passwd",
                             "smb://auth.example/a",
                             "//auth.example/a",
                             "/a",
                             "",
                             "https://",
                             "https:///a",
                             "https://auth.example/$(id)",
                             "https://auth.example/a%0d%0ab",
                             "https://auth.example/a%00",
                             "http://127.0.0.1/a",
                             "http://localhost/a",
                             "https://auth.example:99999/a"})
        QTest::newRow(each) << QString::fromLatin1(each);
}

void AuthorizationRequestTest::endpoint_thatIsNone_isRefused()
{
    QFETCH(QString, endpoint);
    AuthorizationRequest asked = request();
    asked.endpoint = QUrl(endpoint);
    const auto url = authorizationUrl(asked, example);
    QVERIFY(!url);
    QCOMPARE(url.error().kind, base::ErrorKind::Misconfigured);
    QVERIFY(!url.error().detail.isEmpty());
}

void AuthorizationRequestTest::plainHttp_isAllowedOnLoopbackByTheSwitchAlone()
{
    AuthorizationRequest asked = request();
    WebAddressRule rule{.scheme = EndpointRule::HttpsOrLoopback, .hosts = {QStringLiteral("127.0.0.1")}};
    asked.endpoint = QUrl(QStringLiteral("http://127.0.0.1:8080/authorize"));
    QVERIFY(authorizationUrl(asked, rule));
    rule.scheme = EndpointRule::HttpsOnly;
    QVERIFY(!authorizationUrl(asked, rule));
    rule = {.scheme = EndpointRule::HttpsOrLoopback, .hosts = {QStringLiteral("auth.example")}};
    asked.endpoint = QUrl(QStringLiteral("http://auth.example/authorize"));
    QVERIFY(!authorizationUrl(asked, rule));
}

void AuthorizationRequestTest::parameterThatWouldStandTwice_isRefused_data()
{
    QTest::addColumn<QString>("name");
    for (const char *each : {"response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge",
                             "code_challenge_method", "code", ""})
        QTest::newRow(each) << QString::fromLatin1(each);
}

void AuthorizationRequestTest::parameterThatWouldStandTwice_isRefused()
{
    QFETCH(QString, name);
    AuthorizationRequest asked = request();
    asked.furtherOnes.emplace_back(name, QStringLiteral("plain"));
    QVERIFY(!authorizationUrl(asked, example));

    AuthorizationRequest inEndpoint = request();
    QUrlQuery query;
    query.addQueryItem(name, QStringLiteral("plain"));
    inEndpoint.endpoint.setQuery(query);
    QVERIFY(!authorizationUrl(inEndpoint, example));
}

void AuthorizationRequestTest::requestThatLacksSomething_isRefused()
{
    AuthorizationRequest asked = request();
    asked.clientId.clear();
    QVERIFY(!authorizationUrl(asked, example));
    asked = request();
    asked.redirectUri.clear();
    QVERIFY(!authorizationUrl(asked, example));
    asked = request();
    asked.state = {};
    QVERIFY(!authorizationUrl(asked, example));
    asked = request();
    asked.pkce.challenge.clear();
    QVERIFY(!authorizationUrl(asked, example));
}

void AuthorizationRequestTest::error_holdsNeitherStateNorChallenge()
{
    AuthorizationRequest asked = request();
    asked.endpoint = QUrl(QStringLiteral("https://other.example/a"));
    const auto url = authorizationUrl(asked, example);
    QVERIFY(!url);
    const QString text = base::describe(url.error());
    QVERIFY(text.contains(QStringLiteral("other.example")));
    QVERIFY(!text.contains(QString::fromLatin1(bytesOf(asked.state))));
    QVERIFY(!text.contains(QString::fromLatin1(asked.pkce.challenge)));
}

QTEST_GUILESS_MAIN(AuthorizationRequestTest)
#include "authorizationrequest.moc"
