// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/tokenrequests.h"

#include <QTest>

#include <unistd.h>

#include "answers.h"
#include "provider/providerloader.h"

using namespace keytender;
using namespace keytender::answers;

namespace {

QByteArray bodyOf(const oauth::Post &post)
{
    return bytesOf(oauth::bodyOf(post.parameters, post.encoding));
}

const provider::Provider &builtIn(const char *id)
{
    static const provider::ProviderSet set =
        provider::loadProviders(QStringLiteral("/nonexistent"), getuid(), provider::EndpointRule::HttpsOnly);
    return *set.find(QString::fromLatin1(id));
}

profile::TokenSet tokens()
{
    profile::TokenSet tokens;
    tokens.accessToken = secretOf("at-1");
    tokens.refreshToken = secretOf("rt-1");
    tokens.scopes = QStringList{QStringLiteral("user:profile"), QStringLiteral("user:inference")};
    return tokens;
}

oauth::AuthorizationRequest request()
{
    oauth::AuthorizationRequest request;
    request.clientId = QStringLiteral("client-1");
    request.redirectUri = QUrl(QStringLiteral("http://127.0.0.1:1455/auth/callback"));
    request.state = secretOf("state-1");
    request.pkce.verifier = secretOf("verifier-1");
    return request;
}

} // namespace

// What goes out is what the real clients send.
class TokenRequestsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void exchange_isAForm()
    {
        const oauth::Post post = oauth::exchangePost(builtIn("openai"), request(), secretOf("c/1"));
        QCOMPARE(post.endpoint, QUrl(QStringLiteral("https://auth.openai.com/oauth/token")));
        QCOMPARE(bodyOf(post), QByteArray("grant_type=authorization_code&code=c%2F1&redirect_uri="
                                          "http%3A%2F%2F127.0.0.1%3A1455%2Fauth%2Fcallback&client_id=client-1"
                                          "&code_verifier=verifier-1"));
        QVERIFY(post.headers.empty());
    }

    void exchange_sendsTheStateWhereTheRealClientDoes()
    {
        const oauth::Post post = oauth::exchangePost(builtIn("anthropic"), request(), secretOf("c"));
        QCOMPARE(bodyOf(post), QByteArray(R"j({"grant_type":"authorization_code","code":"c","redirect_uri":)j"
                                          R"j("http://127.0.0.1:1455/auth/callback","client_id":"client-1",)j"
                                          R"j("code_verifier":"verifier-1","state":"state-1"})j"));
        QCOMPARE(post.headers.front().first, QByteArray("User-Agent"));
        QCOMPARE(post.headers.front().second, QByteArray("axios/1.7.9"));
    }

    void refresh_isTheRealClients_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *id, const char *body) {
            QTest::newRow(id) << QString::fromLatin1(id) << QByteArray(body);
        };
        row("anthropic", R"j({"grant_type":"refresh_token","refresh_token":"rt-1",)j"
                         R"j("client_id":"9d1c250a-e61b-44d9-88ed-5944d1962f5e",)j"
                         R"j("scope":"user:profile user:inference"})j");
        row("openai", R"j({"grant_type":"refresh_token","refresh_token":"rt-1",)j"
                      R"j("client_id":"app_EMoamEEZ73f0CkXaXp7hrann"})j");
        row("kimi", "grant_type=refresh_token&refresh_token=rt-1&client_id=17e5f671-d194-4dfb-9706-5516cb48c098");
        row("google", "grant_type=refresh_token&refresh_token=rt-1"); // no client id may be shipped
    }

    void refresh_isTheRealClients()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, body);
        const provider::Provider &provider = builtIn(qPrintable(id));
        const oauth::Post post = oauth::refreshPost(provider, tokens());
        QCOMPARE(bodyOf(post), body);
        QCOMPARE(post.endpoint, provider.tokenEndpoint->value);
        QVERIFY(!post.endpoint.toString().contains(QLatin1String("rt-1"))); // N-20
    }

    void refresh_withoutKnownScopes_namesNone()
    {
        profile::TokenSet unscoped = tokens();
        unscoped.scopes.clear();
        QVERIFY(!bodyOf(oauth::refreshPost(builtIn("anthropic"), unscoped)).contains("scope"));
    }

    void deviceRequests_areThoseOfRfc8628()
    {
        provider::Provider provider = testProvider();
        provider.deviceAuthorizationEndpoint = {QUrl(QStringLiteral("https://a.example/device")), {}};
        const oauth::Post ask = oauth::deviceAuthorizationPost(provider, {QStringLiteral("a"), QStringLiteral("b")});
        QCOMPARE(bodyOf(ask), QByteArray("client_id=client-1&scope=a+b"));
        QCOMPARE(ask.endpoint.path(), QStringLiteral("/device"));
        const oauth::Post poll = oauth::devicePollPost(provider, secretOf("dc-1"));
        QCOMPARE(bodyOf(poll), QByteArray("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                                          "&device_code=dc-1&client_id=client-1"));
        QCOMPARE(poll.endpoint.path(), QStringLiteral("/token"));
    }

    // N-40: the refresh token first.
    void revocation_isTheProvidersOwn_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        const auto row = [](const char *id, const char *first, const char *second) {
            QTest::newRow(id) << QString::fromLatin1(id) << QByteArray(first) << QByteArray(second);
        };
        row("anthropic",
            R"j({"token":"rt-1","token_type_hint":"refresh_token","client_id":"9d1c250a-e61b-44d9-88ed-5944d1962f5e"})j",
            R"j({"token":"at-1","token_type_hint":"access_token","client_id":"9d1c250a-e61b-44d9-88ed-5944d1962f5e"})j");
        row("google", "token=rt-1", "token=at-1");
        row("github", R"j({"credentials":["rt-1"]})j", R"j({"credentials":["at-1"]})j");
        row("slack", "", "");
    }

    void revocation_isTheProvidersOwn()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        const auto posts = oauth::revocationPosts(builtIn(qPrintable(id)), tokens());
        QCOMPARE(posts.size(), std::size_t(2));
        QCOMPARE(bodyOf(posts[0]), first);
        QCOMPARE(bodyOf(posts[1]), second);
        const bool isBearer = id == u"slack";
        QCOMPARE(bytesOf(posts[0].bearer), isBearer ? QByteArray("rt-1") : QByteArray());
        QCOMPARE(bytesOf(posts[1].bearer), isBearer ? QByteArray("at-1") : QByteArray());
        for (const oauth::Post &post : posts)
            QVERIFY(!post.endpoint.hasQuery());
    }

    void revocation_withoutEndpointOrToken_isNone()
    {
        QVERIFY(oauth::revocationPosts(builtIn("kimi"), tokens()).empty());
        QVERIFY(oauth::revocationPosts(builtIn("anthropic"), profile::TokenSet()).empty());
        profile::TokenSet accessAlone;
        accessAlone.accessToken = secretOf("gho_1");
        QCOMPARE(oauth::revocationPosts(builtIn("github"), accessAlone).size(), std::size_t(1));
    }

    void unknownEndpoint_staysEmpty()
    {
        QVERIFY(oauth::refreshPost(provider::Provider(), tokens()).endpoint.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TokenRequestsTest)
#include "tokenrequests.moc"
