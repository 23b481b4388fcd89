// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/qwencode.h"

#include "base/secret.h"
#include "core/tools/fetching.h"

using namespace keytender;
using fetching::fixture;
using fetching::fixtureEnd;
using fetching::holds;
using profile::CopyState;
using profile::CredentialKind;

class QwenCodeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void record_ofTheClient_isHeld()
    {
        const auto readings = fetching::read(m_tool, m_place, fixture(QStringLiteral("qwen-code/oauth_creds.json")));
        QCOMPARE(readings.size(), 1u);
        const tools::CopyReading &reading = readings.front();
        QCOMPARE(reading.state, CopyState::Held);
        QCOMPARE(reading.credential->kind, CredentialKind::OAuth);
        QVERIFY(holds(reading.credential->tokens.accessToken, "dummyQwenAccess0001"));
        QVERIFY(holds(reading.credential->tokens.refreshToken, "dummyQwenRefresh0001"));
        QCOMPARE(reading.credential->tokens.expiresAt, fixtureEnd);
        QVERIFY(!reading.problem);
        QCOMPARE(tools::profileIdOf(m_tool.facts(), m_place, reading), QStringLiteral("qwen-cli"));
    }

    void record_underTheClientsRules_isJudged_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<CopyState>("state");
        const auto record = [](const char *refresh, const char *type, const char *expiry) {
            return QByteArrayLiteral(R"({"access_token":"a")") + refresh + type + expiry + '}';
        };
        const char *refresh = R"(,"refresh_token":"r")";
        const char *type = R"(,"token_type":"Bearer")";
        const char *expiry = R"(,"expiry_date":1795345200000)";
        QTest::newRow("nothing in it") << QByteArrayLiteral("{}") << CopyState::Absent;
        QTest::newRow("emptied") << QByteArrayLiteral(R"({"access_token":"","refresh_token":""})") << CopyState::Blank;
        QTest::newRow("all that is needed") << record(refresh, type, expiry) << CopyState::Held;
        QTest::newRow("no refresh token") << record("", type, expiry) << CopyState::Unreadable;
        QTest::newRow("empty refresh token") << record(R"(,"refresh_token":"")", type, expiry) << CopyState::Unreadable;
        QTest::newRow("refresh token a number")
            << record(R"(,"refresh_token":1)", type, expiry) << CopyState::Unreadable;
        QTest::newRow("no type") << record(refresh, "", expiry) << CopyState::Unreadable;
        QTest::newRow("no end") << record(refresh, type, "") << CopyState::Unreadable;
        QTest::newRow("end null") << record(refresh, type, R"(,"expiry_date":null)") << CopyState::Unreadable;
        QTest::newRow("end a string") << record(refresh, type, R"(,"expiry_date":"1795345200000")")
                                      << CopyState::Unreadable;
        QTest::newRow("end in seconds") << record(refresh, type, R"(,"expiry_date":1795345200)")
                                        << CopyState::Unreadable;
        QTest::newRow("end 0") << record(refresh, type, R"(,"expiry_date":0)") << CopyState::Unreadable;
        QTest::newRow("end negative") << record(refresh, type, R"(,"expiry_date":-1)") << CopyState::Unreadable;
        QTest::newRow("end huge") << record(refresh, type, R"(,"expiry_date":1e300)") << CopyState::Unreadable;
    }

    void record_underTheClientsRules_isJudged()
    {
        QFETCH(QByteArray, json);
        const auto readings = fetching::read(m_tool, m_place, json);
        QCOMPARE(readings.size(), 1u);
        QTEST(readings.front().state, "state");
        QCOMPARE(readings.front().credential.has_value(), readings.front().state == CopyState::Held);
        QCOMPARE(readings.front().problem.has_value(), readings.front().state == CopyState::Unreadable);
        if (readings.front().problem)
            QCOMPARE(readings.front().problem->subject, m_place.path);
    }

    void home_ofTheVariable_isAFurtherOne_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("isProblem");
        QTest::newRow("unset") << QString() << QString() << false;
        QTest::newRow("absolute") << QStringLiteral("/srv/qwen") << QStringLiteral("/srv/qwen/oauth_creds.json")
                                  << false;
        QTest::newRow("tilde") << QStringLiteral("~/w") << QStringLiteral("/home/u/w/oauth_creds.json") << false;
        QTest::newRow("relative") << QStringLiteral("w") << QString() << true;
        QTest::newRow("the usual one") << QStringLiteral("/home/u/.qwen") << QString() << false;
    }

    void home_ofTheVariable_isAFurtherOne()
    {
        QFETCH(QString, variable);
        QFETCH(QString, path);
        base::Environment environment{.home = QStringLiteral("/home/u"), .variables = {}, .user = 1};
        if (!variable.isNull())
            environment.variables.insert(QStringLiteral("QWEN_HOME"), variable);
        const auto located = m_tool.locate({.environment = environment, .extraHomes = {}});
        QCOMPARE(located.places.front().path, QStringLiteral("/home/u/.qwen/oauth_creds.json"));
        QCOMPARE(located.places.front().homeName, QString());
        QCOMPARE(located.places.size(), path.isEmpty() ? 1u : 2u);
        if (!path.isEmpty())
            QCOMPARE(located.places.back().path, path);
        QTEST(!located.problems.empty(), "isProblem");
    }

private:
    const tools::QwenCode m_tool;
    const tools::CopyPlace m_place =
        m_tool
            .locate({.environment = {.home = QStringLiteral("/home/u"), .variables = {}, .user = 1}, .extraHomes = {}})
            .places.front();
};

QTEST_GUILESS_MAIN(QwenCodeTest)
#include "qwencode.moc"
