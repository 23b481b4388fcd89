// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/awssso.h"

#include "base/secret.h"
#include "core/tools/fetching.h"

using namespace keytender;
using fetching::fixture;
using fetching::fixtureEnd;
using fetching::holds;
using profile::CopyState;
using profile::CredentialKind;

class AwsSsoTest final : public QObject {
    Q_OBJECT

private:
    const tools::AwsSso m_tool;

    // The vector of session "my".
    static inline const QString ofMy = QStringLiteral("3ece1471f44f63177cbc35ba0b904e0c096b6783.json");

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void session_hasTwoClocks()
    {
        const auto readings = fetching::read(m_tool, {}, fixture(QStringLiteral("aws-sso/token.json")));
        const tools::CopyReading &reading = readings.front();
        QCOMPARE(reading.state, CopyState::Held);
        const profile::TokenSet &tokens = reading.credential->tokens;
        QCOMPARE(reading.credential->kind, CredentialKind::OAuth);
        QVERIFY(holds(tokens.accessToken, "dummyAwsAccess0001"));
        QVERIFY(holds(tokens.refreshToken, "dummyAwsRefresh0001"));
        QCOMPARE(tokens.expiresAt, fixtureEnd);
        QCOMPARE(base::toRfc3339(tokens.refreshTokenExpiresAt.value()), QStringLiteral("2027-02-20T10:00:00Z"));
        QCOMPARE(reading.label, QStringLiteral("AWS SSO · my-company.awsapps.com"));
    }

    void legacySession_isABareToken()
    {
        const auto readings = fetching::read(m_tool, {}, fixture(QStringLiteral("aws-sso/legacy-token.json")));
        QCOMPARE(readings.front().state, CopyState::Held);
        QCOMPARE(readings.front().credential->kind, CredentialKind::Token);
        QCOMPARE(readings.front().credential->tokens.expiresAt, fixtureEnd);
        QVERIFY(!readings.front().credential->tokens.refreshTokenExpiresAt);
    }

    void registration_isNoLogin()
    {
        const auto readings = fetching::read(m_tool, {}, fixture(QStringLiteral("aws-sso/registration.json")));
        QCOMPARE(readings.front().state, CopyState::Absent);
    }

    void record_isJudged_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<CopyState>("state");
        QTest::newRow("emptied") << QByteArrayLiteral(R"({"accessToken":""})") << CopyState::Blank;
        QTest::newRow("token a number") << QByteArrayLiteral(R"({"accessToken":1})") << CopyState::Unreadable;
        QTest::newRow("no end") << QByteArrayLiteral(R"({"accessToken":"a"})") << CopyState::Unreadable;
        QTest::newRow("end a number") << QByteArrayLiteral(R"({"accessToken":"a","expiresAt":1795345200})")
                                      << CopyState::Unreadable;
        QTest::newRow("end no date") << QByteArrayLiteral(R"({"accessToken":"a","expiresAt":"UTC"})")
                                     << CopyState::Unreadable;
        QTest::newRow("registration's end no date") << QByteArrayLiteral(
            R"({"accessToken":"a","expiresAt":"2026-11-22T11:00:00Z","registrationExpiresAt":"x"})")
                                                    << CopyState::Unreadable;
        QTest::newRow("start page a number")
            << QByteArrayLiteral(R"({"accessToken":"a","expiresAt":"2026-11-22T11:00:00Z","startUrl":1})")
            << CopyState::Held;
    }

    void record_isJudged()
    {
        QFETCH(QByteArray, json);
        QTEST(fetching::read(m_tool, {}, json).front().state, "state");
    }

    void places_areTheHashedNames_calledAfterTheirSession()
    {
        fakes::TemporaryHome home;
        home.write(QStringLiteral(".aws/sso/cache/") + ofMy, fixture(QStringLiteral("aws-sso/token.json")));
        home.write(QStringLiteral(".aws/sso/cache/kiro-auth-token.json"), "{}");
        home.write(QStringLiteral(".aws/sso/cache/") + ofMy + QStringLiteral(".tmp"), "{}");
        home.write(QStringLiteral(".aws/config"), "[default]\naws_secret_access_key = x\n[sso-session my]\n");
        const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
        QCOMPARE(located.places.size(), 1u);
        QCOMPARE(located.places[0].path, home.path(QStringLiteral(".aws/sso/cache/") + ofMy));
        QVERIFY(located.directories.contains(home.path(QStringLiteral(".aws/sso/cache"))));
        QVERIFY(located.problems.empty());
        const auto readings = fetching::readFile(m_tool, located.places[0], home.environment());
        QCOMPARE(readings[0].label, QStringLiteral("AWS SSO · my"));
        QCOMPARE(fetching::idsOf(m_tool, located.places[0], readings),
                 QStringList{QStringLiteral("aws-sso:3ece1471f44f")});
    }

    void id_staysWhenTheSessionLeavesTheConfiguration()
    {
        fakes::TemporaryHome home;
        home.write(QStringLiteral(".aws/sso/cache/") + ofMy, fixture(QStringLiteral("aws-sso/token.json")));
        const auto places = m_tool.locate({.environment = home.environment(), .extraHomes = {}}).places;
        const auto readings = fetching::readFile(m_tool, places[0], home.environment());
        QCOMPARE(fetching::idsOf(m_tool, places[0], readings), QStringList{QStringLiteral("aws-sso:3ece1471f44f")});
        QCOMPARE(readings[0].label, QStringLiteral("AWS SSO · my-company.awsapps.com"));
    }

    void damagedFile_speaksOfItsOwnLoginAlone()
    {
        tools::CopyPlace place;
        place.path = QStringLiteral("/cache/") + ofMy;
        place.slot = ofMy.first(12);
        const auto readings = fetching::read(m_tool, place, QByteArrayLiteral("{"));
        QCOMPARE(readings[0].state, CopyState::Unreadable);
        QCOMPARE(readings[0].problem->kind, base::ErrorKind::Incomplete);
        QCOMPARE(fetching::idsOf(m_tool, place, readings), QStringList{QStringLiteral("aws-sso:3ece1471f44f")});
    }

    void directory_thatIsAFile_isAProblem()
    {
        fakes::TemporaryHome home;
        home.write(QStringLiteral(".aws/sso/cache"), "x");
        const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
        QVERIFY(located.places.empty());
        QCOMPARE(located.problems.size(), 1u);
        QCOMPARE(located.problems[0].subject, home.path(QStringLiteral(".aws/sso/cache")));
    }

    void tenThousandFiles_areOnlyListed()
    {
        fakes::TemporaryHome home;
        home.write(QStringLiteral(".aws/config"), "[sso-session my]\n");
        // Nothing but their names is asked: dangling links would show as errors.
        QDir().mkpath(home.path(QStringLiteral(".aws/sso/cache")));
        for (int i = 0; i < 10'000; ++i)
            QVERIFY(QFile::link(QStringLiteral("/nowhere"),
                                home.path(QStringLiteral(".aws/sso/cache/%1.json").arg(i, 40, 16, QLatin1Char('0')))));
        QElapsedTimer timer;
        timer.start();
        const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
        const qint64 elapsed = timer.elapsed();
        QCOMPARE(located.places.size(), 10'000u);
        QVERIFY(located.problems.empty());
        QVERIFY2(elapsed < 2000, qPrintable(QStringLiteral("%1 ms").arg(elapsed)));
        qInfo("10,000 files listed in %lld ms", elapsed);
    }
};

QTEST_GUILESS_MAIN(AwsSsoTest)
#include "awssso.moc"
