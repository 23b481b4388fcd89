// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/kimi.h"

#include "base/secret.h"
#include "core/tools/fetching.h"

using namespace keytender;
using fetching::fixture;
using profile::CopyState;

class KimiTest final : public QObject {
    Q_OBJECT

private:
    const tools::Kimi m_code{tools::Kimi::Client::Code};
    const tools::Kimi m_cli{tools::Kimi::Client::Cli};

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void record_ofEachClient_isHeldWithItsIssue_data()
    {
        QTest::addColumn<bool>("isCode");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("id");
        QTest::addColumn<qint64>("end");
        QTest::newRow("kimi-code") << true << QStringLiteral("kimi/kimi-code.json") << QStringLiteral("kimi-code")
                                   << qint64{1'795'345'200'000};
        QTest::newRow("kimi-cli, a float")
            << false << QStringLiteral("kimi/kimi-cli.json") << QStringLiteral("kimi-cli") << qint64{1'795'345'200'500};
    }

    void record_ofEachClient_isHeldWithItsIssue()
    {
        QFETCH(bool, isCode);
        QFETCH(QString, file);
        QFETCH(qint64, end);
        const tools::Kimi &tool = isCode ? m_code : m_cli;
        const tools::CopyPlace place;
        const auto readings = fetching::read(tool, place, fixture(file));
        const tools::CopyReading &reading = readings.front();
        QCOMPARE(reading.state, CopyState::Held);
        const profile::TokenSet &tokens = reading.credential->tokens;
        QCOMPARE(tokens.expiresAt, base::Timestamp{std::chrono::milliseconds{end}});
        QCOMPARE(tokens.issuedAt, *tokens.expiresAt - std::chrono::seconds{900});
        QCOMPARE(tokens.scopes, QStringList{QStringLiteral("kimi-code")});
        QTEST(tools::profileIdOf(tool.facts(), place, reading), "id");
    }

    void tombstone_isBlank()
    {
        const auto readings = fetching::read(m_code, {}, fixture(QStringLiteral("kimi/tombstone.json")));
        QCOMPARE(readings.front().state, CopyState::Blank);
        QVERIFY(!readings.front().problem);
    }

    void record_isJudged_data()
    {
        QTest::addColumn<QByteArray>("times");
        QTest::addColumn<CopyState>("state");
        QTest::newRow("no times") << QByteArray() << CopyState::Held;
        QTest::newRow("end alone") << QByteArrayLiteral(R"(,"expires_at":1795345200)") << CopyState::Held;
        QTest::newRow("end in ms") << QByteArrayLiteral(R"(,"expires_at":1795345200000)") << CopyState::Unreadable;
        QTest::newRow("end 0 with tokens") << QByteArrayLiteral(R"(,"expires_at":0)") << CopyState::Unreadable;
        QTest::newRow("end a string") << QByteArrayLiteral(R"(,"expires_at":"1795345200")") << CopyState::Unreadable;
        QTest::newRow("life negative") << QByteArrayLiteral(R"(,"expires_at":1795345200,"expires_in":-1)")
                                       << CopyState::Unreadable;
        QTest::newRow("life huge") << QByteArrayLiteral(R"(,"expires_at":1795345200,"expires_in":1e300)")
                                   << CopyState::Unreadable;
        QTest::newRow("life a string") << QByteArrayLiteral(R"(,"expires_at":1795345200,"expires_in":"900")")
                                       << CopyState::Unreadable;
    }

    void record_isJudged()
    {
        QFETCH(QByteArray, times);
        const auto readings = fetching::read(m_code, {}, R"({"access_token":"a","refresh_token":"r")" + times + '}');
        QTEST(readings.front().state, "state");
    }

    void places_followTheStorageKeyOfTheConfiguration()
    {
        fakes::TemporaryHome home;
        QByteArray config = fixture(QStringLiteral("kimi/config.toml"));
        config.replace("oauth/kimi-code", "oauth/kimi-code-env-0123");
        home.write(QStringLiteral(".kimi-code/config.toml"), config);
        const auto located = m_code.locate({.environment = home.environment(), .extraHomes = {}});
        QCOMPARE(located.places.size(), 2u);
        QCOMPARE(located.places[0].path, home.path(QStringLiteral(".kimi-code/credentials/kimi-code.json")));
        QCOMPARE(located.places[1].path, home.path(QStringLiteral(".kimi-code/credentials/kimi-code-env-0123.json")));
        QCOMPARE(located.places[1].slot, QStringLiteral("kimi-code-env-0123"));
        for (const tools::CopyPlace &place : located.places)
            QCOMPARE(place.companions, QStringList{home.path(QStringLiteral(".kimi-code/config.toml"))});
        QVERIFY(located.problems.empty());
    }

    // A directory that is watched for itself would stand for all that lies in it, also in what people read.
    void places_withoutAnyHome_areTheUsualFiles()
    {
        const fakes::TemporaryHome home;
        const auto located = m_code.locate({.environment = home.environment(), .extraHomes = {}});
        QCOMPARE(located.directories, QStringList());
        QCOMPARE(located.places.size(), 1u);
        QCOMPARE(located.places[0].path, home.path(QStringLiteral(".kimi-code/credentials/kimi-code.json")));
    }

    void places_withADamagedConfiguration_areTheUsualOnesAndAProblem()
    {
        fakes::TemporaryHome home;
        home.write(QStringLiteral(".kimi/config.toml"), "a = 1\nb = \n");
        const auto located = m_cli.locate({.environment = home.environment(), .extraHomes = {}});
        QCOMPARE(located.places.size(), 1u);
        QCOMPARE(located.places[0].path, home.path(QStringLiteral(".kimi/credentials/kimi-code.json")));
        QCOMPARE(located.problems.size(), 1u);
        QCOMPARE(located.problems[0].subject, home.path(QStringLiteral(".kimi/config.toml")));
        QCOMPARE(located.problems[0].place, QStringLiteral("line 2"));
    }

    void places_ofTheVariable_areFurtherOnes()
    {
        base::Environment environment{.home = QStringLiteral("/home/u"), .variables = {}, .user = 1};
        environment.variables.insert(QStringLiteral("KIMI_CODE_HOME"), QStringLiteral("/srv/kimi"));
        QCOMPARE(m_code.locate({.environment = environment, .extraHomes = {}}).places.back().homeName,
                 QStringLiteral("kimi"));
        QCOMPARE(m_cli.locate({.environment = environment, .extraHomes = {}}).places.size(), 1u);
    }
};

QTEST_GUILESS_MAIN(KimiTest)
#include "kimi.moc"
