// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Refreshes over the real wire against an authorization server that others wrote, which rotates refresh tokens and
// revokes the family of one that is used again. G-3 of the reliability rules.

#include <QTest>

#include "core/oauth/answers.h"
#include "core/refresh/refreshfixture.h"
#include "fakes/oidcprovider.h"
#include "oauth/devicegrant.h"
#include "oauth/networktransport.h"

using namespace keytender;
using fakes::OidcProvider;
using provider::Evidence;
using refresh::Ending;

class TestRefreshOracle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void refreshes_areNeverRefused();

private:
    [[nodiscard]] profile::TokenSet signedIn();
    [[nodiscard]] refresh::Outcome refreshed();
    [[nodiscard]] QByteArray held() const
    {
        return answers::bytesOf(m_fixture->credentials.records.at(m_id).credential.tokens.refreshToken);
    }

    const QString m_id = QStringLiteral("own");
    std::unique_ptr<OidcProvider> m_server;
    provider::Provider m_provider;
    base::SystemClock m_clock;
    oauth::NetworkTransport m_transport;
    std::unique_ptr<tests::RefreshFixture> m_fixture;
};

void TestRefreshOracle::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    m_fixture = std::make_unique<tests::RefreshFixture>();
    if (const QString why = OidcProvider::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_server = std::make_unique<OidcProvider>(fakes::OidcProviderOptions{.needsOfflineAccess = false});
    QVERIFY(m_server->isRunning());
    m_provider = tests::someProvider();
    m_provider.clientId = {m_server->clientId(), Evidence::Measured};
    m_provider.tokenEndpoint = {m_server->endpoint(QStringLiteral("/token")), Evidence::Measured};
    m_provider.deviceAuthorizationEndpoint = {m_server->endpoint(QStringLiteral("/device/auth")), Evidence::Measured};
}

profile::TokenSet TestRefreshOracle::signedIn()
{
    oauth::DeviceGrant grant(m_provider, {QStringLiteral("openid"), QStringLiteral("offline_access")},
                             {.clock = m_clock,
                              .transport = m_transport,
                              .after = oauth::afterByTimer(),
                              .rule = provider::EndpointRule::HttpsOrLoopback});
    std::optional<profile::TokenSet> tokens;
    connect(&grant, &oauth::DeviceGrant::offered, this, [&] {
        const auto &page = grant.authorization().verificationUriComplete;
        (void)m_server->signInByForms(QUrl::fromEncoded(answers::bytesOf(page)));
    });
    connect(&grant, &oauth::DeviceGrant::finished, this, [&](const oauth::DeviceOutcome &outcome) {
        tokens = oauth::tokenSetOf(outcome.response, {}, m_provider, m_clock.wallTime());
    });
    grant.start();
    (void)QTest::qWaitFor([&tokens] { return tokens.has_value(); }, 30'000);
    return tokens ? *std::move(tokens) : profile::TokenSet();
}

refresh::Outcome TestRefreshOracle::refreshed()
{
    refresh::RefreshRequest request;
    request.profileIds = QStringList{m_id};
    const auto &tokens = m_fixture->credentials.records.at(m_id).credential.tokens;
    request.refreshToken = m_fixture->credentials.fingerprintKey().of(tokens.refreshToken);
    request.provider = m_provider;
    const refresh::RefreshWorld own = m_fixture->world();
    refresh::RefreshAttempt attempt(request, {.clock = m_clock,
                                              .random = own.random,
                                              .transport = m_transport,
                                              .credentials = own.credentials,
                                              .journal = own.journal,
                                              .archive = own.archive});
    std::optional<refresh::Outcome> outcome;
    connect(&attempt, &refresh::RefreshAttempt::finished, this, [&](const refresh::Outcome &over) { outcome = over; });
    attempt.start();
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 60'000);
    return outcome.value_or(refresh::Outcome());
}

void TestRefreshOracle::refreshes_areNeverRefused()
{
    if (!m_server)
        QSKIP("no server");
    vault::Record &record = m_fixture->credentials.records.at(m_id);
    record.account = {};
    record.credential.tokens = signedIn();
    QVERIFY(!held().isEmpty());
    const int deliveriesBefore = m_server->deliveries(QStringLiteral("token"));
    const int count = qEnvironmentVariableIsSet("KEYTENDER_LONG") ? 1000 : 25;
    QByteArray before;
    for (int round = 0; round < count; ++round) {
        before = held();
        const refresh::Outcome outcome = refreshed();
        QVERIFY2(outcome.ending == Ending::Renewed, qPrintable(outcome.errorText));
        QVERIFY(held() != before);
        QVERIFY(outcome.serverTime);
    }
    QCOMPARE(m_server->deliveries(QStringLiteral("token")) - deliveriesBefore, count);
    QCOMPARE(m_server->seen().value(QStringLiteral("reuses")).toInt(), 0);
    QVERIFY(m_server->isActive(held()));

    // And once what must never happen, to see that the server would have said so.
    m_fixture->credentials.records.at(m_id).credential.tokens.refreshToken = answers::secretOf(before);
    const refresh::Outcome refused = refreshed();
    QCOMPARE(refused.ending, Ending::Rejected);
    QCOMPARE(refused.errorCode, QStringLiteral("invalid_grant"));
    QCOMPARE(m_server->seen().value(QStringLiteral("reuses")).toInt(), 1);
    QCOMPARE(m_fixture->archived(m_id).size(), 1u);
}

QTEST_GUILESS_MAIN(TestRefreshOracle)
#include "refreshoracle.moc"
