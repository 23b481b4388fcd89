// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "provider/provider.h"

#include <QTest>

using namespace keytender;
using namespace keytender::provider;
using namespace std::chrono_literals;

class ProviderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lifetimes_ofAnUnknownProvider_areCautious()
    {
        QVERIFY(Provider().lifetimes() == profile::Lifetimes());
        QVERIFY(Provider().lifetimes().refreshTokenRotates);
    }

    void lifetimes_areTakenFromTheFacts()
    {
        Provider provider;
        provider.accessTokenLifetime = {8h, Evidence::Assumed};
        provider.ownerWindow = {5min, Evidence::Measured};
        provider.refreshTokenRotates = {false, Evidence::Assumed};
        const profile::Lifetimes expected{.usual = 8h, .ownerWindow = 5min, .refreshTokenRotates = false};
        QVERIFY(provider.lifetimes() == expected);
    }

    void lifetime_ofZero_isNone()
    {
        Provider provider;
        provider.accessTokenLifetime = {0s, Evidence::Measured};
        QVERIFY(!provider.lifetimes().usual);
    }

    void service_followsTheRetirement()
    {
        Provider provider;
        QVERIFY(provider.lifetimes().service == profile::Lifetimes::Service::Alive);
        provider.retirement =
            Retirement{.on = QDate(2026, 4, 15), .forEveryone = true, .instead = QStringLiteral("an API key")};
        QVERIFY(provider.lifetimes().service == profile::Lifetimes::Service::Ended);
        QCOMPARE(provider.lifetimes().serviceEndedOn, QDate(2026, 4, 15));
        QCOMPARE(provider.lifetimes().instead, QStringLiteral("an API key"));
        provider.retirement->forEveryone = false;
        QVERIFY(provider.lifetimes().service == profile::Lifetimes::Service::EndedForSome);
    }

    void way_isOfferedWhereAllThatItTakesIsKnown()
    {
        Provider provider;
        const auto url = [](const char *text) { return Fact<QUrl>{QUrl(QString::fromLatin1(text)), {}}; };
        const auto offered = [&provider] {
            QString ways;
            ways += provider.offers(SignInWay::Browser) ? u'b' : u'-';
            ways += provider.offers(SignInWay::Paste) ? u'p' : u'-';
            ways += provider.offers(SignInWay::Device) ? u'd' : u'-';
            return ways;
        };
        provider.tokenEndpoint = url("https://a.example/token");
        provider.authorizationEndpoint = url("https://a.example/authorize");
        provider.deviceAuthorizationEndpoint = url("https://a.example/device");
        provider.redirectUris = {{QStringLiteral("https://a.example/shows-the-code")}, {}};
        QCOMPARE(offered(), QStringLiteral("---")); // whose client?
        provider.clientId = {QStringLiteral("client-1"), {}};
        QCOMPARE(offered(), QStringLiteral("-pd")); // a browser on this machine cannot come back
        provider.redirectUris->value.append(QStringLiteral("http://127.0.0.1/callback"));
        QCOMPARE(offered(), QStringLiteral("bpd"));
        provider.signInWays = SignInWays{.ways = {SignInWay::Paste}, .whyNone = {}};
        QCOMPARE(offered(), QStringLiteral("-p-"));
        provider.signInWays = SignInWays{.ways = {}, .whyNone = QStringLiteral("terms")};
        QCOMPARE(offered(), QStringLiteral("---"));
        provider.signInWays.reset();
        provider.retirement = Retirement{.on = QDate(2026, 4, 15), .forEveryone = true, .instead = {}};
        QCOMPARE(offered(), QStringLiteral("---"));
    }

    void grant_isEndedByMeasuredRejectionsOnly_data()
    {
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<Evidence>("evidence");
        QTest::addColumn<bool>("ends");
        QTest::newRow("rejected, measured") << Verdict::GrantRejected << Evidence::Measured << true;
        QTest::newRow("rejected, assumed") << Verdict::GrantRejected << Evidence::Assumed << false;
        QTest::newRow("configuration, measured") << Verdict::Configuration << Evidence::Measured << false;
        QTest::newRow("transient, measured") << Verdict::Transient << Evidence::Measured << false;
    }

    void grant_isEndedByMeasuredRejectionsOnly()
    {
        QFETCH(Verdict, verdict);
        QFETCH(Evidence, evidence);
        QFETCH(bool, ends);
        Provider provider;
        provider.errorCodes.emplace(QStringLiteral("invalid_grant"), Fact<Verdict>{verdict, evidence});
        QCOMPARE(provider.endsGrant(QStringLiteral("invalid_grant")), ends);
        QVERIFY(!provider.endsGrant(QStringLiteral("Invalid_Grant")));
        QVERIFY(!provider.endsGrant(QStringLiteral("server_error")));
        QVERIFY(!provider.endsGrant(QString()));
    }
};

QTEST_GUILESS_MAIN(ProviderTest)
#include "provider.moc"
