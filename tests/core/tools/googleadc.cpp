// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/googleadc.h"

#include "base/secret.h"
#include "core/tools/fetching.h"

using namespace keytender;
using fetching::fixture;
using fetching::holds;
using profile::CopyState;
using profile::CredentialKind;

class GoogleAdcTest final : public QObject {
    Q_OBJECT

private:
    const tools::GoogleAdc m_tool;

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void user_isARefreshTokenWithoutAnEnd()
    {
        const auto readings = fetching::read(m_tool, {}, fixture(QStringLiteral("google-adc/authorized-user.json")));
        const tools::CopyReading &reading = readings.front();
        QCOMPARE(reading.state, CopyState::Held);
        QCOMPARE(reading.credential->kind, CredentialKind::OAuth);
        QVERIFY(reading.credential->tokens.accessToken.isEmpty());
        QVERIFY(holds(reading.credential->tokens.refreshToken, "1//dummyAdcRefresh0001"));
        QVERIFY(!reading.credential->tokens.expiresAt);
        QCOMPARE(reading.account.email, QStringLiteral("user@example.test"));
        QCOMPARE(reading.account.organizationName, QStringLiteral("quota-project"));
    }

    void serviceAccount_isAKeyAndNoLogin()
    {
        const auto readings = fetching::read(m_tool, {}, fixture(QStringLiteral("google-adc/service-account.json")));
        const tools::CopyReading &reading = readings.front();
        QCOMPARE(reading.state, CopyState::Held);
        QCOMPARE(reading.credential->kind, CredentialKind::ApiKey);
        QVERIFY(holds(reading.credential->tokens.accessToken, "dummyPrivateKey\nsecondLine\n"));
        QCOMPARE(reading.account.email, QStringLiteral("robot@my-project.iam.gserviceaccount.com"));
    }

    void type_decides_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<CopyState>("state");
        QTest::newRow("workforce user") << QByteArrayLiteral(
            R"({"type":"external_account_authorized_user","refresh_token":"r"})")
                                        << CopyState::Held;
        QTest::newRow("impersonated by a user") << QByteArrayLiteral(
            R"({"type":"impersonated_service_account","source_credentials":{"type":"authorized_user","refresh_token":"r"}})")
                                                << CopyState::Held;
        QTest::newRow("impersonated by nobody")
            << QByteArrayLiteral(R"({"type":"impersonated_service_account"})") << CopyState::Unreadable;
        QTest::newRow("federation holds none")
            << QByteArrayLiteral(R"({"type":"external_account","audience":"x"})") << CopyState::Absent;
        QTest::newRow("unknown") << QByteArrayLiteral(R"({"type":"gdch_service_account"})") << CopyState::Unreadable;
        QTest::newRow("no type") << QByteArrayLiteral(R"({"refresh_token":"r"})") << CopyState::Unreadable;
        QTest::newRow("emptied") << QByteArrayLiteral(R"({"type":"authorized_user","refresh_token":""})")
                                 << CopyState::Blank;
        QTest::newRow("token gone") << QByteArrayLiteral(R"({"type":"authorized_user"})") << CopyState::Unreadable;
        QTest::newRow("key a number") << QByteArrayLiteral(R"({"type":"service_account","private_key":1})")
                                      << CopyState::Unreadable;
    }

    void type_decides()
    {
        QFETCH(QByteArray, json);
        const auto readings = fetching::read(m_tool, {}, json);
        QCOMPARE(readings.size(), 1u);
        QTEST(readings.front().state, "state");
    }

    void places_areTheHomesAndTheNamedFile()
    {
        base::Environment environment{.home = QStringLiteral("/home/u"), .variables = {}, .user = 1};
        environment.variables.insert(QStringLiteral("CLOUDSDK_CONFIG"), QStringLiteral("/srv/gcloud2"));
        environment.variables.insert(QStringLiteral("GOOGLE_APPLICATION_CREDENTIALS"),
                                     QStringLiteral("/srv/robot.json"));
        environment.variables.insert(QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("/elsewhere"));
        const auto located = m_tool.locate({.environment = environment, .extraHomes = {}});
        QStringList paths;
        QStringList ids;
        for (const auto &place : located.places) {
            paths.append(place.path);
            ids += fetching::idsOf(
                m_tool, place,
                fetching::read(m_tool, place, fixture(QStringLiteral("google-adc/authorized-user.json"))));
        }
        QCOMPARE(paths, (QStringList{QStringLiteral("/home/u/.config/gcloud/application_default_credentials.json"),
                                     QStringLiteral("/srv/gcloud2/application_default_credentials.json"),
                                     QStringLiteral("/srv/robot.json")}));
        QCOMPARE(ids, (QStringList{QStringLiteral("google-adc"), QStringLiteral("google-adc@gcloud2"),
                                   QStringLiteral("google-adc:robot")}));
    }
};

QTEST_GUILESS_MAIN(GoogleAdcTest)
#include "googleadc.moc"
