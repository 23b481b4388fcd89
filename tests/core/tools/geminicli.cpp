// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/geminicli.h"

#include "base/secret.h"
#include "core/tools/fetching.h"

using namespace keytender;
using fetching::fixture;
using fetching::fixtureEnd;
using fetching::holds;
using profile::CopyState;

class GeminiCliTest final : public QObject {
    Q_OBJECT

private:
    const tools::GeminiCli m_tool;
    fakes::TemporaryHome m_home;

    [[nodiscard]] std::vector<tools::CopyPlace> places()
    {
        return m_tool.locate({.environment = m_home.environment(), .extraHomes = {}}).places;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void cleanup() { QFile::remove(m_home.path(QStringLiteral(".gemini/google_accounts.json"))); }

    void places_areKeychainThenEncryptedThenPlain()
    {
        const auto all = places();
        QCOMPARE(all.size(), 3u);
        QCOMPARE(all[0].kind, tools::CopyPlace::Kind::KeychainItem);
        QCOMPARE(all[0].attributes.at(QStringLiteral("service")), QStringLiteral("gemini-cli-oauth"));
        QCOMPARE(all[0].attributes.at(QStringLiteral("account")), QStringLiteral("main-account"));
        QCOMPARE(all[1].path, m_home.path(QStringLiteral(".gemini/gemini-credentials.json")));
        QCOMPARE(all[2].path, m_home.path(QStringLiteral(".gemini/oauth_creds.json")));
    }

    void homeOfTheVariable_hasFilesButNoSecondKeychainItem()
    {
        base::Environment environment = m_home.environment();
        environment.variables.insert(QStringLiteral("GEMINI_CLI_HOME"), QStringLiteral("/srv/work"));
        const auto all = m_tool.locate({.environment = environment, .extraHomes = {}}).places;
        QCOMPARE(all.size(), 5u);
        QCOMPARE(all[4].path, QStringLiteral("/srv/work/.gemini/oauth_creds.json"));
        QCOMPARE(all[4].homeName, QStringLiteral("work"));
        QCOMPARE(all[3].path, QStringLiteral("/srv/work/.gemini/gemini-credentials.json"));
    }

    void plainFile_withoutAccountsFile_isHeldUnderTheIdTokensAddress()
    {
        const auto readings = fetching::read(
            m_tool, places()[2], fixture(QStringLiteral("gemini-cli/oauth_creds.json")), m_home.environment());
        const tools::CopyReading &reading = readings.front();
        QCOMPARE(reading.state, CopyState::Held);
        QVERIFY(holds(reading.credential->tokens.accessToken, "ya29.dummyGeminiAccess0001"));
        QVERIFY(holds(reading.credential->tokens.refreshToken, "1//dummyGeminiRefresh0001"));
        QCOMPARE(reading.credential->tokens.expiresAt, fixtureEnd);
        QCOMPARE(reading.credential->tokens.scopes.size(), 3);
        QCOMPARE(reading.account.email, QStringLiteral("user@example.test"));
        QCOMPARE(reading.account.id, QStringLiteral("100000000000000000001"));
        QCOMPARE(tools::profileIdOf(m_tool.facts(), places()[2], reading), QStringLiteral("gemini-cli"));
    }

    void plainFile_withActiveAccount_isTheirs()
    {
        m_home.write(QStringLiteral(".gemini/google_accounts.json"),
                     fixture(QStringLiteral("gemini-cli/google_accounts.json")));
        const auto readings = fetching::read(
            m_tool, places()[2], fixture(QStringLiteral("gemini-cli/oauth_creds.json")), m_home.environment());
        QCOMPARE(readings.front().account.email, QStringLiteral("active@example.test"));
        // The id token is somebody else's.
        QCOMPARE(readings.front().account.id, QString());
        QVERIFY(!readings.front().problem);
    }

    void plainFile_withDamagedAccountsFile_isHeldWithARemark()
    {
        m_home.write(QStringLiteral(".gemini/google_accounts.json"), "{\"active\":");
        const auto readings = fetching::read(
            m_tool, places()[2], fixture(QStringLiteral("gemini-cli/oauth_creds.json")), m_home.environment());
        QCOMPARE(readings.front().state, CopyState::Held);
        QCOMPARE(readings.front().account.email, QStringLiteral("user@example.test"));
        QCOMPARE(readings.front().problem->subject, m_home.path(QStringLiteral(".gemini/google_accounts.json")));
    }

    void keychainItem_isHeld()
    {
        const auto readings = fetching::read(
            m_tool, places()[0], fixture(QStringLiteral("gemini-cli/keychain-item.json")), m_home.environment());
        const tools::CopyReading &reading = readings.front();
        QCOMPARE(reading.state, CopyState::Held);
        QCOMPARE(reading.protection, profile::Protection::Keychain);
        QVERIFY(holds(reading.credential->tokens.accessToken, "ya29.dummyGeminiAccess0002"));
        QVERIFY(holds(reading.credential->tokens.refreshToken, "1//dummyGeminiRefresh0002"));
        QCOMPARE(reading.credential->tokens.expiresAt, fixtureEnd);
        QCOMPARE(reading.credential->tokens.scopes.size(), 3);
    }

    void keychainItem_withoutToken_isUnreadable()
    {
        for (const char *json : {"{}", R"({"token":"x"})", R"({"token":[]})"})
            QCOMPARE(fetching::read(m_tool, places()[0], QByteArray(json)).front().state, CopyState::Unreadable);
    }

    void encryptedFile_isUnreadableAndNeverAbsent_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<base::ErrorKind>("kind");
        const QByteArray whole = fixture(QStringLiteral("gemini-cli/gemini-credentials.json"));
        QTest::newRow("whole") << whole << base::ErrorKind::Encrypted;
        QTest::newRow("empty") << QByteArray() << base::ErrorKind::Incomplete;
        QTest::newRow("cut in the iv") << whole.first(10) << base::ErrorKind::Incomplete;
        QTest::newRow("cut at the tag") << whole.first(25) << base::ErrorKind::Incomplete;
        QTest::newRow("cut in the ciphertext") << whole.chopped(1) << base::ErrorKind::Incomplete;
        QTest::newRow("something else") << QByteArrayLiteral("{}") << base::ErrorKind::Malformed;
        QTest::newRow("iv too long") << '0' + whole << base::ErrorKind::Malformed;
    }

    void encryptedFile_isUnreadableAndNeverAbsent()
    {
        QFETCH(QByteArray, bytes);
        const auto readings = fetching::read(m_tool, places()[1], bytes, m_home.environment());
        QCOMPARE(readings.front().state, CopyState::Unreadable);
        QCOMPARE(readings.front().protection, profile::Protection::Obscured);
        QTEST(readings.front().problem->kind, "kind");
        QCOMPARE(readings.front().problem->subject, places()[1].path);
    }

    void record_isJudged_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<CopyState>("state");
        QTest::newRow("nothing in it") << QByteArrayLiteral("{}") << CopyState::Absent;
        QTest::newRow("emptied") << QByteArrayLiteral(R"({"access_token":"","refresh_token":""})") << CopyState::Blank;
        QTest::newRow("end null: no end")
            << QByteArrayLiteral(R"({"refresh_token":"r","expiry_date":null})") << CopyState::Held;
        QTest::newRow("refresh token alone") << QByteArrayLiteral(R"({"refresh_token":"r"})") << CopyState::Held;
        QTest::newRow("end in seconds") << QByteArrayLiteral(R"({"refresh_token":"r","expiry_date":1795345200})")
                                        << CopyState::Unreadable;
        QTest::newRow("end a string") << QByteArrayLiteral(R"({"refresh_token":"r","expiry_date":"1"})")
                                      << CopyState::Unreadable;
        QTest::newRow("access token a number") << QByteArrayLiteral(R"({"access_token":5})") << CopyState::Unreadable;
        QTest::newRow("token twice") << QByteArrayLiteral(R"({"refresh_token":"r","refresh_token":"s"})")
                                     << CopyState::Unreadable;
    }

    void record_isJudged()
    {
        QFETCH(QByteArray, json);
        const auto readings = fetching::read(m_tool, places()[2], json, m_home.environment());
        QTEST(readings.front().state, "state");
    }
};

QTEST_GUILESS_MAIN(GeminiCliTest)
#include "geminicli.moc"
