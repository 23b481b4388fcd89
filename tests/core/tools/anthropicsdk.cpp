// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/anthropicsdk.h"

#include <QTest>

#include "look.h"

using namespace keytender;
using namespace keytender::fetching;
using profile::CopyState;

namespace {

const QString credentials = QStringLiteral(".config/anthropic/credentials/default.json");

}

class AnthropicSdkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void profile_isRead_withItsTimesInSeconds();
    void versionsOneOfBothKinds_areKnown_data();
    void versionsOneOfBothKinds_areKnown();
    void everyProfile_isFound();
    void credentialsPath_isFollowed();
    void configDirVariable_addsAHome();
    void fileThatOthersMayRead_isRemarkedUpon();
    void brokenConfig_isAProblem();

private:
    const tools::AnthropicSdk m_tool;
};

void AnthropicSdkTest::profile_isRead_withItsTimesInSeconds()
{
    fakes::TemporaryHome home;
    home.write(credentials, fixture(QStringLiteral("anthropic-sdk/credentials.json")));
    home.write(QStringLiteral(".config/anthropic/configs/default.json"),
               fixture(QStringLiteral("anthropic-sdk/config.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("anthropic-sdk:default")).reading;
    QCOMPARE(reading.state, CopyState::Held);
    QVERIFY(!reading.problem);
    QVERIFY(reading.credential->tokens.expiresAt == base::Timestamp(std::chrono::seconds{1795345200}));
    QCOMPARE(reading.account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(reading.account.organizationId, QStringLiteral("22222222-aaaa-4bbb-8ccc-000000000002"));
    QCOMPARE(reading.label, QStringLiteral("Anthropic SDK · default"));
}

void AnthropicSdkTest::versionsOneOfBothKinds_areKnown_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<CopyState>("state");
    QTest::newRow("text") << QByteArray("\"1.0\"") << CopyState::Held;
    QTest::newRow("number") << QByteArray("1") << CopyState::Held;
    QTest::newRow("next number") << QByteArray("2") << CopyState::Unreadable;
    QTest::newRow("next text") << QByteArray("\"2.0\"") << CopyState::Unreadable;
    QTest::newRow("null") << QByteArray("null") << CopyState::Unreadable;
}

void AnthropicSdkTest::versionsOneOfBothKinds_areKnown()
{
    QFETCH(QByteArray, version);
    fakes::TemporaryHome home;
    home.write(credentials, fixture(QStringLiteral("anthropic-sdk/credentials.json")).replace("\"1.0\"", version));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("anthropic-sdk:default")).reading;
    QTEST(reading.state, "state");
    if (reading.problem)
        QCOMPARE(reading.problem->kind, base::ErrorKind::UnknownVersion);
}

void AnthropicSdkTest::everyProfile_isFound()
{
    fakes::TemporaryHome home;
    const QByteArray good = fixture(QStringLiteral("anthropic-sdk/credentials.json"));
    home.write(credentials, good);
    home.write(QStringLiteral(".config/anthropic/credentials/work.json"), good);
    home.write(QStringLiteral(".config/anthropic/configs/configured.json"), "{}");
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(seen.size(), std::size_t{3});
    QCOMPARE(seen.at(QStringLiteral("anthropic-sdk:work")).reading.state, CopyState::Held);
    QCOMPARE(seen.at(QStringLiteral("anthropic-sdk:configured")).reading.state, CopyState::Absent);
}

void AnthropicSdkTest::credentialsPath_isFollowed()
{
    fakes::TemporaryHome home;
    home.write(QStringLiteral(".config/anthropic/configs/work.json"),
               "{\"authentication\":{\"credentials_path\":\"~/elsewhere/tokens.json\"}}");
    home.write(QStringLiteral("elsewhere/tokens.json"), fixture(QStringLiteral("anthropic-sdk/credentials.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(seen.at(QStringLiteral("anthropic-sdk:work")).reading.state, CopyState::Held);
}

void AnthropicSdkTest::configDirVariable_addsAHome()
{
    fakes::TemporaryHome home;
    home.environment().variables = {{QStringLiteral("ANTHROPIC_CONFIG_DIR"), home.path(QStringLiteral("ant"))}};
    home.write(QStringLiteral("ant/credentials/default.json"),
               fixture(QStringLiteral("anthropic-sdk/credentials.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(seen.at(QStringLiteral("anthropic-sdk:default@ant")).reading.state, CopyState::Held);
}

void AnthropicSdkTest::fileThatOthersMayRead_isRemarkedUpon()
{
    fakes::TemporaryHome home;
    const QString path = home.write(credentials, fixture(QStringLiteral("anthropic-sdk/credentials.json")));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("anthropic-sdk:default")).reading;
    QCOMPARE(reading.state, CopyState::Held);
    QCOMPARE(reading.problem->kind, base::ErrorKind::Unsafe);
    QCOMPARE(reading.protection, profile::Protection::SharedFile);
}

void AnthropicSdkTest::brokenConfig_isAProblem()
{
    fakes::TemporaryHome home;
    const QString path = home.write(QStringLiteral(".config/anthropic/configs/default.json"), "{");
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(located.problems.size(), std::size_t{1});
    QCOMPARE(located.problems.front().subject, path);
}

QTEST_GUILESS_MAIN(AnthropicSdkTest)
#include "anthropicsdk.moc"
