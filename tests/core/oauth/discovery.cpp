// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/discovery.h"

#include <QSignalSpy>
#include <QTest>

#include "answers.h"
#include "fakes/jsontestcases.h"
#include "fakes/wireserver.h"
#include "oauth/networktransport.h"

using namespace keytender;
using namespace keytender::answers;
using oauth::DiscoverySubject;
using oauth::readMetadata;
using provider::EndpointRule;

namespace {

DiscoverySubject subject(const char *issuer = "https://a.example")
{
    return {.issuer = QString::fromLatin1(issuer), .clientId = QStringLiteral("client-1")};
}

// With one member replaced, or added where it is new.
QByteArray metadata(const char *name = "x", const char *value = "1")
{
    const std::initializer_list<std::pair<QByteArray, QByteArray>> good{
        {"issuer", R"("https://a.example")"},
        {"authorization_endpoint", R"("https://a.example/authorize")"},
        {"token_endpoint", R"("https://a.example/token")"},
        {"revocation_endpoint", R"("https://a.example/revoke")"},
        {"device_authorization_endpoint", R"("https://b.example/device")"},
        {"userinfo_endpoint", R"("https://a.example/me")"},
        {"scopes_supported", R"(["openid","offline_access"])"},
        {"response_types_supported", R"(["code","code id_token"])"},
        {"code_challenge_methods_supported", R"(["plain","S256"])"},
        {"authorization_response_iss_parameter_supported", "true"}};
    QByteArray body;
    bool isReplaced = false;
    for (const auto &[key, usual] : good) {
        isReplaced = isReplaced || key == name;
        body += ",\"" + key + "\":" + (key == name ? QByteArray(value) : usual);
    }
    if (!isReplaced)
        body += ",\"" + QByteArray(name) + "\":" + value;
    return "{" + body.mid(1) + "}";
}

} // namespace

class DiscoveryTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void addresses_areThoseOfTheStandards_data();
    void addresses_areThoseOfTheStandards();
    void goodMetadata_isAProvider();
    void badMetadata_isRefused_data();
    void badMetadata_isRefused();
    void unlistedMethods_areNoReasonToRefuse();
    void jsonTestSuite_isNoMetadata();
    void secondAddress_isAskedWhereTheFirstHasNothing_data();
    void secondAddress_isAskedWhereTheFirstHasNothing();
    void redirectedMetadata_isNotFollowed();
    void badIssuer_asksNobody();
};

void DiscoveryTest::addresses_areThoseOfTheStandards_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("addresses");
    const auto row = [](const char *issuer, const char *addresses) {
        QTest::newRow(*issuer != '\0' ? issuer : "empty")
            << QString::fromLatin1(issuer) << QString::fromLatin1(addresses);
    };
    row("https://a.example", "https://a.example/.well-known/oauth-authorization-server "
                             "https://a.example/.well-known/openid-configuration");
    row("https://a.example/", "https://a.example/.well-known/oauth-authorization-server "
                              "https://a.example/.well-known/openid-configuration");
    row("https://a.example:8443/t/1", "https://a.example:8443/.well-known/oauth-authorization-server/t/1 "
                                      "https://a.example:8443/t/1/.well-known/openid-configuration");
    row("http://a.example", "");
    row("http://127.0.0.1", "");
    row("https://a.example?x=1", "");
    row("https://a.example#x", "");
    row("https://u@a.example", "");
    row("a.example", "");
    row("javascript:alert(1)", "");
    row("", "");
}

void DiscoveryTest::addresses_areThoseOfTheStandards()
{
    QFETCH(QString, issuer);
    QStringList addresses;
    for (const QUrl &url : oauth::metadataAddresses({.issuer = issuer, .clientId = {}}))
        addresses.append(url.toString());
    QTEST(addresses.join(u' '), "addresses");
}

void DiscoveryTest::goodMetadata_isAProvider()
{
    const auto provider = readMetadata(answered(200, metadata()), subject());
    QVERIFY2(provider.has_value(), provider ? "" : qPrintable(base::describe(provider.error())));
    QCOMPARE(provider->id, QStringLiteral("a-example"));
    QCOMPARE(provider->name, QStringLiteral("a.example"));
    QVERIFY(!provider->isBuiltIn);
    QCOMPARE(provider->issuer->value, QStringLiteral("https://a.example"));
    QVERIFY(provider->issuerInResponse->value);
    QCOMPARE(provider->tokenEndpoint->value, QUrl(QStringLiteral("https://a.example/token")));
    QCOMPARE(provider->revocationEndpoint->value, QUrl(QStringLiteral("https://a.example/revoke")));
    QCOMPARE(provider->profileEndpoint->value, QUrl(QStringLiteral("https://a.example/me")));
    QCOMPARE(provider->clientId->value, QStringLiteral("client-1"));
    QCOMPARE(provider->scopes->value.join(u' '), QStringLiteral("openid offline_access"));
    QVERIFY(provider->offers(provider::SignInWay::Browser) && provider->offers(provider::SignInWay::Device));
    QVERIFY(provider->endsGrant(QStringLiteral("invalid_grant")));
    QVERIFY(provider->lifetimes().refreshTokenRotates);
}

void DiscoveryTest::badMetadata_isRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QByteArray &body, int status = 200) {
        QTest::newRow(name) << status << body;
    };
    row("N-60 issuer with a slash more", metadata("issuer", R"("https://a.example/")"));
    row("N-60 issuer in capitals", metadata("issuer", R"("https://A.example")"));
    row("N-60 issuer of somebody else", metadata("issuer", R"("https://evil.example")"));
    row("N-60 no issuer", metadata("issuer", "null"));
    row("N-60 issuer a list", metadata("issuer", R"(["https://a.example"])"));
    row("N-60 token endpoint without TLS", metadata("token_endpoint", R"("http://a.example/token")"));
    row("N-60 token endpoint on loopback", metadata("token_endpoint", R"("http://127.0.0.1/token")"));
    row("N-60 token endpoint a number", metadata("token_endpoint", "7"));
    row("N-60 token endpoint with a user", metadata("token_endpoint", R"("https://u@a.example/token")"));
    row("N-60 no token endpoint", metadata("token_endpoint", "null"));
    row("N-60 authorization endpoint of a shell", metadata("authorization_endpoint", R"("https://$(id)/")"));
    row("N-60 authorization endpoint javascript", metadata("authorization_endpoint", R"("javascript:x")"));
    row("N-60 authorization endpoint a file", metadata("authorization_endpoint", R"("file:///etc/passwd")"));
    row("N-60 revocation endpoint without TLS", metadata("revocation_endpoint", R"("http://a.example/r")"));
    row("N-60 device endpoint without TLS", metadata("device_authorization_endpoint", R"("http://b.example/")"));
    row("N-60 profile endpoint without TLS", metadata("userinfo_endpoint", R"("http://a.example/me")"));
    row("N-60 plain alone", metadata("code_challenge_methods_supported", R"(["plain"])"));
    row("N-60 no challenge method", metadata("code_challenge_methods_supported", "[]"));
    row("N-01 no code", metadata("response_types_supported", R"(["token"])"));
    row("issuer twice", metadata("y", R"(1,"issuer":"https://a.example")"));
    row("no success", metadata(), 404);
    row("a redirect", metadata(), 302);
    row("a page", "<html></html>");
    row("a list", "[" + metadata() + "]");
    row("nothing", {});
    row("nothing but an issuer", R"({"issuer":"https://a.example"})");
}

void DiscoveryTest::badMetadata_isRefused()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const auto provider = readMetadata(answered(status, body), subject());
    QVERIFY(!provider.has_value());
    QCOMPARE(provider.error().subject, QStringLiteral("https://a.example"));
    QVERIFY(!provider.error().detail.isEmpty());
}

void DiscoveryTest::unlistedMethods_areNoReasonToRefuse()
{
    QByteArray body = metadata("code_challenge_methods_supported", "null");
    QVERIFY(readMetadata(answered(200, body), subject()).has_value());
    body = metadata("authorization_response_iss_parameter_supported", R"("true")");
    QVERIFY(!readMetadata(answered(200, body), subject())->issuerInResponse->value);
}

void DiscoveryTest::jsonTestSuite_isNoMetadata()
{
    const auto cases = fakes::JsonTestCases::load();
    if (cases.isEmpty())
        QSKIP("KEYTENDER_JSON_TEST_SUITE is not set");
    for (const QByteArray &body : cases.parsing)
        QVERIFY(!readMetadata(answered(200, body), subject()).has_value());
}

void DiscoveryTest::secondAddress_isAskedWhereTheFirstHasNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("404") << 404 << QByteArray();
    QTest::newRow("a page") << 200 << QByteArray("<html></html>");
}

void DiscoveryTest::secondAddress_isAskedWhereTheFirstHasNothing()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    fakes::WireServer server;
    const QByteArray own = server.url(QString()).toEncoded();
    server.answer(status, body);
    server.answer(200, metadata().replace("https://a.example", own));
    oauth::NetworkTransport transport;
    oauth::Discovery discovery(
        {.issuer = QString::fromLatin1(own), .clientId = QStringLiteral("c"), .rule = EndpointRule::HttpsOrLoopback},
        transport);
    std::optional<base::Result<provider::Provider>> found;
    connect(&discovery, &oauth::Discovery::finished, this,
            [&found](const base::Result<provider::Provider> &provider) { found = provider; });
    discovery.start();
    QTRY_VERIFY(found);
    QVERIFY2(found->has_value(), *found ? "" : qPrintable(base::describe(found->error())));
    QCOMPARE((*found)->tokenEndpoint->value, server.url());
    QCOMPARE(server.deliveries().size(), std::size_t(2));
    QVERIFY(server.deliveries()[0].head.startsWith("GET /.well-known/oauth-authorization-server HTTP/1.1"));
    QVERIFY(server.deliveries()[1].head.startsWith("GET /.well-known/openid-configuration HTTP/1.1"));
}

void DiscoveryTest::redirectedMetadata_isNotFollowed()
{
    fakes::WireServer target;
    fakes::WireServer server;
    server.answer(302, {}, "Location: " + target.url().toEncoded() + "\r\n");
    oauth::NetworkTransport transport;
    oauth::Discovery discovery(
        {.issuer = server.url(QString()).toString(), .clientId = {}, .rule = EndpointRule::HttpsOrLoopback}, transport);
    bool isRefused = false;
    connect(&discovery, &oauth::Discovery::finished, this,
            [&isRefused](const base::Result<provider::Provider> &provider) { isRefused = !provider; });
    discovery.start();
    QTRY_VERIFY(isRefused);
    QCOMPARE(target.deliveries().size(), std::size_t(0));
}

void DiscoveryTest::badIssuer_asksNobody()
{
    oauth::NetworkTransport transport;
    oauth::Discovery discovery(subject("http://a.example"), transport);
    int refusals = 0;
    connect(&discovery, &oauth::Discovery::finished, this,
            [&refusals](const base::Result<provider::Provider> &provider) { refusals += provider ? 0 : 1; });
    discovery.start();
    discovery.cancel();
    QCOMPARE(refusals, 1);
}

QTEST_GUILESS_MAIN(DiscoveryTest)
#include "discovery.moc"
