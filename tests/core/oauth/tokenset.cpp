// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QTest>

#include "answers.h"
#include "oauth/tokenresponse.h"

using namespace keytender;
using namespace keytender::answers;
using oauth::tokenSetOf;
using namespace std::chrono_literals;

namespace {

constexpr base::Timestamp sentAt = receivedAt - 2s;

profile::TokenSet setBefore()
{
    profile::TokenSet tokens;
    tokens.accessToken = secretOf("at-1");
    tokens.refreshToken = secretOf("rt-1");
    tokens.expiresAt = sentAt + 5min;
    tokens.issuedAt = sentAt - 8h;
    tokens.refreshTokenExpiresAt = sentAt + 240h;
    tokens.scopes = QStringList{QStringLiteral("a"), QStringLiteral("b")};
    return tokens;
}

oauth::TokenResponse granted(const QByteArray &accessToken = "at-2")
{
    oauth::TokenResponse response;
    response.verdict = oauth::TokenVerdict::Granted;
    response.accessToken = secretOf(accessToken);
    return response;
}

} // namespace

class TokenSetTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    // F-102: our own clock, when we sent, and the lifetime.
    void expiry_isCountedFromSending()
    {
        auto response = granted();
        response.expiresIn = 1h;
        const auto tokens = tokenSetOf(response, setBefore(), testProvider(), sentAt);
        QCOMPARE(bytesOf(tokens.accessToken), QByteArray("at-2"));
        QVERIFY(tokens.expiresAt == sentAt + 1h);
        QVERIFY(tokens.issuedAt == sentAt);
    }

    void whatIsAbsent_stays()
    {
        const auto tokens = tokenSetOf(granted(), setBefore(), testProvider(), sentAt);
        QCOMPARE(bytesOf(tokens.refreshToken), QByteArray("rt-1")); // N-28, F-59
        QVERIFY(tokens.refreshTokenExpiresAt == sentAt + 240h);
        QCOMPARE(tokens.scopes.join(u' '), QStringLiteral("a b")); // N-29
    }

    void whatIsNew_replaces()
    {
        auto response = granted();
        response.refreshToken = secretOf("rt-2");
        response.refreshTokenExpiresIn = 480h;
        response.scopes = QStringList{QStringLiteral("a"), QStringLiteral("c")};
        const auto tokens = tokenSetOf(response, setBefore(), testProvider(), sentAt);
        QCOMPARE(bytesOf(tokens.refreshToken), QByteArray("rt-2"));
        QVERIFY(tokens.refreshTokenExpiresAt == sentAt + 480h);
        QCOMPARE(tokens.scopes.join(u' '), QStringLiteral("a c"));
    }

    // N-27: the token's own word is a hint, the provider's usual lifetime the next best.
    void unknownLifetime_isTheTokensOrTheUsualOne()
    {
        const QByteArray token = jwt("{\"exp\":1795345200}"); // 2026-11-22T11:00:00Z
        QVERIFY(tokenSetOf(granted(token), setBefore(), testProvider(), sentAt).expiresAt == receivedAt + 2h);
        QVERIFY(tokenSetOf(granted(), setBefore(), testProvider(), sentAt).expiresAt == sentAt + 8h);
        QVERIFY(tokenSetOf(granted(jwt("{\"exp\":null}")), setBefore(), testProvider(), sentAt).expiresAt
                == sentAt + 8h);
        provider::Provider unknown = testProvider();
        unknown.accessTokenLifetime.reset();
        QVERIFY(!tokenSetOf(granted(), setBefore(), unknown, sentAt).expiresAt);
    }

    void endOfSignIn_comesOnlyNearerWhereRenewingDoesNotExtendIt()
    {
        provider::Provider provider = testProvider();
        provider.signInLifetime = {720h, provider::Evidence::Assumed};
        auto response = granted();
        response.refreshTokenExpiresIn = 480h;
        QVERIFY(tokenSetOf(response, setBefore(), provider, sentAt).refreshTokenExpiresAt == sentAt + 240h);
        response.refreshTokenExpiresIn = 24h;
        QVERIFY(tokenSetOf(response, setBefore(), provider, sentAt).refreshTokenExpiresAt == sentAt + 24h);
        // A new sign-in starts anew, whatever was there before.
        QVERIFY(tokenSetOf(response, profile::TokenSet(), provider, sentAt).refreshTokenExpiresAt == sentAt + 24h);
    }

    void endOfANewSignIn_isTheProvidersOnlyIfMeasured()
    {
        provider::Provider provider = testProvider();
        provider.signInLifetime = {720h, provider::Evidence::Assumed};
        QVERIFY(!tokenSetOf(granted(), profile::TokenSet(), provider, sentAt).refreshTokenExpiresAt);
        provider.signInLifetime->evidence = provider::Evidence::Measured;
        QVERIFY(tokenSetOf(granted(), profile::TokenSet(), provider, sentAt).refreshTokenExpiresAt == sentAt + 720h);
    }

    // F-58: an answer without a usable access token still brought the successor.
    void successorAlone_isSaved()
    {
        oauth::TokenResponse response;
        response.verdict = oauth::TokenVerdict::Unusable;
        response.refreshToken = secretOf("rt-2");
        const auto tokens = tokenSetOf(response, setBefore(), testProvider(), sentAt);
        QCOMPARE(bytesOf(tokens.refreshToken), QByteArray("rt-2"));
        QCOMPARE(bytesOf(tokens.accessToken), QByteArray("at-1"));
        QVERIFY(tokens.expiresAt == sentAt + 5min && tokens.issuedAt == sentAt - 8h);
    }
};

QTEST_GUILESS_MAIN(TokenSetTest)
#include "tokenset.moc"
