// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/oidcprovider.h"

#include <memory>

#include <QRegularExpression>
#include <QTest>

#include "client.h"

using namespace keytender::fakes;

class TestOidcProvider : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }
    void authorizationCode_withPkce_isExchangedOnce();
    void redirect_saysWhoIssuedItAndKeepsTheState();
    void redirect_mayGoToAnyLoopbackPortButNoOtherPath_data();
    void redirect_mayGoToAnyLoopbackPortButNoOtherPath();
    void authorizationRequest_withoutPkce_isRefused();
    void authorizationCode_withWrongVerifier_isRefused();
    void person_whoSaysNo_isToldToTheClient();
    void refreshToken_withoutConsentPrompt_isNotGiven();
    void refresh_rotatesTheRefreshToken();
    void refreshToken_usedAgain_endsTheWholeFamily();
    void refreshTokens_ofTwoSignIns_areTwoFamilies();
    void revocation_ofTheRefreshToken_endsBoth();
    void everySignIn_revokedByHand_isRejectedAtTheNextRefresh();
    void deviceGrant_isPendingUntilThePersonSaysYes();
    void deviceGrant_thePersonRefuses_isDenied();
    void lifetimes_areShortWhereAsked();
    void server_endsWithItsObject();

private:
    [[nodiscard]] PlainAnswer signIn() const
    {
        return m_client->exchange(m_provider->signInByForms(m_client->authorizationUrl()));
    }
    [[nodiscard]] PlainAnswer askForDeviceCode() const;
    [[nodiscard]] PlainAnswer poll(const PlainAnswer &device) const;
    [[nodiscard]] int seen(const QString &group, const QString &name) const;

    std::unique_ptr<OidcProvider> m_provider;
    std::unique_ptr<Client> m_client;
};

void TestOidcProvider::initTestCase()
{
    if (const QString reason = OidcProvider::whyNot(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
    m_provider = std::make_unique<OidcProvider>();
    QVERIFY(m_provider->isRunning());
    QCOMPARE(m_provider->issuer().host(), QStringLiteral("127.0.0.1"));
    m_client.reset(new Client{.provider = *m_provider});
}

PlainAnswer TestOidcProvider::askForDeviceCode() const
{
    return m_client->post(QStringLiteral("/device/auth"),
                          {{QStringLiteral("scope"), QStringLiteral("openid offline_access")}});
}

PlainAnswer TestOidcProvider::poll(const PlainAnswer &device) const
{
    return m_client->post(
        QStringLiteral("/token"),
        {{QStringLiteral("grant_type"), QStringLiteral("urn:ietf:params:oauth:grant-type:device_code")},
         {QStringLiteral("device_code"), QString::fromLatin1(tokenIn(device, QStringLiteral("device_code")))}});
}

int TestOidcProvider::seen(const QString &group, const QString &name) const
{
    return m_provider->seen().value(group).toObject().value(name).toInt();
}

void TestOidcProvider::authorizationCode_withPkce_isExchangedOnce()
{
    const QUrl redirect = m_provider->signInByForms(m_client->authorizationUrl());
    QCOMPARE(redirect.adjusted(QUrl::RemoveQuery), QUrl(m_client->redirectUri));
    const PlainAnswer tokens = m_client->exchange(redirect);
    QCOMPARE(tokens.status, 200);
    QCOMPARE(tokens.json().value(QStringLiteral("expires_in")).toInt(), 60);
    QVERIFY(m_provider->isActive(accessTokenIn(tokens)));
    QVERIFY(m_provider->isActive(refreshTokenIn(tokens)));
    const PlainAnswer person = PlainHttp().get(m_provider->endpoint(QStringLiteral("/me")), accessTokenIn(tokens));
    QCOMPARE(person.json().value(QStringLiteral("email")).toString(), QStringLiteral("ada@example.org"));

    const PlainAnswer again = m_client->exchange(redirect);
    QCOMPARE(again.status, 400);
    QCOMPARE(errorIn(again), QStringLiteral("invalid_grant"));
}

void TestOidcProvider::redirect_saysWhoIssuedItAndKeepsTheState()
{
    const QUrlQuery redirect(m_provider->signInByForms(m_client->authorizationUrl()));
    QCOMPARE(redirect.queryItemValue(QStringLiteral("iss"), QUrl::FullyDecoded), m_provider->issuer().toString());
    QCOMPARE(redirect.queryItemValue(QStringLiteral("state")), QStringLiteral("af0ifjsldkj"));
}

void TestOidcProvider::redirect_mayGoToAnyLoopbackPortButNoOtherPath_data()
{
    QTest::addColumn<QString>("redirectUri");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("IPv4, one port") << QStringLiteral("http://127.0.0.1:50001/callback") << true;
    QTest::newRow("IPv4, another") << QStringLiteral("http://127.0.0.1:1455/callback") << true;
    QTest::newRow("IPv6") << QStringLiteral("http://[::1]:50001/callback") << true;
    QTest::newRow("name") << QStringLiteral("http://localhost:50001/callback") << true;
    QTest::newRow("root") << QStringLiteral("http://127.0.0.1:50001/") << true;
    QTest::newRow("other path") << QStringLiteral("http://127.0.0.1:50001/other") << false;
    QTest::newRow("elsewhere") << QStringLiteral("http://192.0.2.1:50001/callback") << false;
}

void TestOidcProvider::redirect_mayGoToAnyLoopbackPortButNoOtherPath()
{
    QFETCH(const QString, redirectUri);
    QFETCH(const bool, isAllowed);
    const Client client{.provider = *m_provider, .redirectUri = redirectUri};
    const QUrl redirect = m_provider->signInByForms(client.authorizationUrl());
    QCOMPARE(!redirect.isEmpty(), isAllowed);
    if (isAllowed)
        QCOMPARE(client.exchange(redirect).status, 200);
    else
        QVERIFY(m_provider->lastPage().contains("redirect_uri"));
}

void TestOidcProvider::authorizationRequest_withoutPkce_isRefused()
{
    QUrl url = m_client->authorizationUrl();
    QUrlQuery query(url);
    query.removeQueryItem(QStringLiteral("code_challenge"));
    query.removeQueryItem(QStringLiteral("code_challenge_method"));
    url.setQuery(query);
    const QUrlQuery redirect(m_provider->signInByForms(url));
    QCOMPARE(redirect.queryItemValue(QStringLiteral("error")), QStringLiteral("invalid_request"));
    QVERIFY(!redirect.hasQueryItem(QStringLiteral("code")));
}

void TestOidcProvider::authorizationCode_withWrongVerifier_isRefused()
{
    const QUrl redirect = m_provider->signInByForms(m_client->authorizationUrl());
    const Client other{.provider = *m_provider, .verifier = QByteArray(43, 'w')};
    const PlainAnswer answer = other.exchange(redirect);
    QCOMPARE(answer.status, 400);
    QCOMPARE(errorIn(answer), QStringLiteral("invalid_grant"));
}

void TestOidcProvider::person_whoSaysNo_isToldToTheClient()
{
    const QUrlQuery redirect(m_provider->signInByForms(m_client->authorizationUrl(), PersonSays::No));
    QCOMPARE(redirect.queryItemValue(QStringLiteral("error")), QStringLiteral("access_denied"));
    QCOMPARE(redirect.queryItemValue(QStringLiteral("state")), QStringLiteral("af0ifjsldkj"));
}

void TestOidcProvider::refreshToken_withoutConsentPrompt_isNotGiven()
{
    QUrl url = m_client->authorizationUrl();
    QUrlQuery query(url);
    query.removeQueryItem(QStringLiteral("prompt"));
    url.setQuery(query);
    const PlainAnswer tokens = m_client->exchange(m_provider->signInByForms(url));
    QCOMPARE(tokens.status, 200);
    QVERIFY(refreshTokenIn(tokens).isEmpty());
}

void TestOidcProvider::refresh_rotatesTheRefreshToken()
{
    const PlainAnswer first = signIn();
    const PlainAnswer second = m_client->refresh(refreshTokenIn(first));
    QCOMPARE(second.status, 200);
    QVERIFY(!refreshTokenIn(second).isEmpty());
    QVERIFY(refreshTokenIn(second) != refreshTokenIn(first));
    QVERIFY(!m_provider->isActive(refreshTokenIn(first)));
    QVERIFY(m_provider->isActive(refreshTokenIn(second)));
    QCOMPARE(m_client->refresh(refreshTokenIn(second)).status, 200);
}

void TestOidcProvider::refreshToken_usedAgain_endsTheWholeFamily()
{
    const int reusesBefore = m_provider->seen().value(QStringLiteral("reuses")).toInt();
    const int deliveriesBefore = m_provider->deliveries(QStringLiteral("token"));
    const int failuresBefore = seen(QStringLiteral("failures"), QStringLiteral("token"));
    const int grantsBefore = seen(QStringLiteral("grants"), QStringLiteral("refresh_token"));
    const PlainAnswer first = signIn();
    const PlainAnswer second = m_client->refresh(refreshTokenIn(first));
    QVERIFY(m_provider->isActive(accessTokenIn(second)));

    const PlainAnswer reuse = m_client->refresh(refreshTokenIn(first));
    QCOMPARE(reuse.status, 400);
    QCOMPARE(errorIn(reuse), QStringLiteral("invalid_grant"));
    QVERIFY(!m_provider->isActive(refreshTokenIn(second)));
    QVERIFY(!m_provider->isActive(accessTokenIn(second)));
    QCOMPARE(errorIn(m_client->refresh(refreshTokenIn(second))), QStringLiteral("invalid_grant"));
    QCOMPARE(m_provider->seen().value(QStringLiteral("reuses")).toInt(), reusesBefore + 1);
    QCOMPARE(m_provider->deliveries(QStringLiteral("token")), deliveriesBefore + 4);
    QCOMPARE(seen(QStringLiteral("failures"), QStringLiteral("token")), failuresBefore + 2);
    QCOMPARE(seen(QStringLiteral("grants"), QStringLiteral("refresh_token")), grantsBefore + 1);
}

void TestOidcProvider::refreshTokens_ofTwoSignIns_areTwoFamilies()
{
    const PlainAnswer one = signIn();
    const PlainAnswer other = signIn();
    QCOMPARE(m_client->refresh(refreshTokenIn(one)).status, 200);
    QCOMPARE(m_client->refresh(refreshTokenIn(one)).status, 400);
    QCOMPARE(m_client->refresh(refreshTokenIn(other)).status, 200);
}

void TestOidcProvider::revocation_ofTheRefreshToken_endsBoth()
{
    const PlainAnswer tokens = signIn();
    const PlainAnswer revoked = m_client->post(QStringLiteral("/token/revocation"),
                                               {{QStringLiteral("token"), QString::fromLatin1(refreshTokenIn(tokens))},
                                                {QStringLiteral("token_type_hint"), QStringLiteral("refresh_token")}});
    QCOMPARE(revoked.status, 200);
    QVERIFY(!m_provider->isActive(refreshTokenIn(tokens)));
    QVERIFY(!m_provider->isActive(accessTokenIn(tokens)));
}

void TestOidcProvider::everySignIn_revokedByHand_isRejectedAtTheNextRefresh()
{
    const PlainAnswer tokens = signIn();
    m_provider->revokeEverything();
    QVERIFY(!m_provider->isActive(accessTokenIn(tokens)));
    QCOMPARE(errorIn(m_client->refresh(refreshTokenIn(tokens))), QStringLiteral("invalid_grant"));
    QCOMPARE(signIn().status, 200);
}

void TestOidcProvider::deviceGrant_isPendingUntilThePersonSaysYes()
{
    const PlainAnswer device = askForDeviceCode();
    QCOMPARE(device.status, 200);
    QCOMPARE(device.json().value(QStringLiteral("interval")).toInt(), 1);
    QCOMPARE(errorIn(poll(device)), QStringLiteral("authorization_pending"));

    const QUrl page(device.json().value(QStringLiteral("verification_uri_complete")).toString());
    QVERIFY(m_provider->signInByForms(page).isEmpty());
    QVERIFY(m_provider->lastPage().contains("Signed in"));
    const PlainAnswer tokens = poll(device);
    QCOMPARE(tokens.status, 200);
    QVERIFY(m_provider->isActive(accessTokenIn(tokens)));
    QCOMPARE(m_client->refresh(refreshTokenIn(tokens)).status, 200);
}

void TestOidcProvider::deviceGrant_thePersonRefuses_isDenied()
{
    const PlainAnswer device = askForDeviceCode();
    const QUrl page(device.json().value(QStringLiteral("verification_uri_complete")).toString());
    QVERIFY(m_provider->signInByForms(page, PersonSays::No).isEmpty());
    QCOMPARE(errorIn(poll(device)), QStringLiteral("access_denied"));
}

void TestOidcProvider::lifetimes_areShortWhereAsked()
{
    OidcProvider brief({.accessTokenSeconds = 1, .refreshTokenSeconds = 2, .deviceCodeSeconds = 1});
    const Client client{.provider = brief};
    const PlainAnswer tokens = client.exchange(brief.signInByForms(client.authorizationUrl()));
    QCOMPARE(tokens.json().value(QStringLiteral("expires_in")).toInt(), 1);
    QTRY_VERIFY(!brief.isActive(accessTokenIn(tokens)));
    QTRY_VERIFY(!brief.isActive(refreshTokenIn(tokens)));
    QCOMPARE(errorIn(client.refresh(refreshTokenIn(tokens))), QStringLiteral("invalid_grant"));
}

void TestOidcProvider::server_endsWithItsObject()
{
    QUrl metadata;
    {
        const OidcProvider brief;
        metadata = brief.endpoint(QStringLiteral("/.well-known/openid-configuration"));
        QCOMPARE(PlainHttp().get(metadata).json().value(QStringLiteral("issuer")).toString(),
                 brief.issuer().toString());
    }
    QCOMPARE(PlainHttp().get(metadata).status, 0);
}

QTEST_GUILESS_MAIN(TestOidcProvider)
#include "oidcprovider.moc"
