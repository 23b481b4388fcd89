// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/minimax.h"

#include "base/secret.h"
#include "core/tools/fetching.h"

using namespace keytender;
using fetching::fixture;
using fetching::fixtureEnd;
using fetching::holds;
using profile::CopyState;
using profile::CredentialKind;

class MiniMaxTest final : public QObject {
    Q_OBJECT

private:
    const tools::MiniMax m_tool;

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void configuration_holdsASignInAndAKey()
    {
        const auto readings = fetching::read(m_tool, {}, fixture(QStringLiteral("minimax/config.json")));
        QCOMPARE(fetching::idsOf(m_tool, {}, readings),
                 (QStringList{QStringLiteral("minimax-cli"), QStringLiteral("minimax-cli:api-key")}));
        QCOMPARE(readings[0].state, CopyState::Held);
        QCOMPARE(readings[0].credential->kind, CredentialKind::OAuth);
        QVERIFY(holds(readings[0].credential->tokens.accessToken, "dummyMiniMaxAccess0001"));
        QVERIFY(holds(readings[0].credential->tokens.refreshToken, "dummyMiniMaxRefresh0001"));
        QCOMPARE(readings[0].credential->tokens.expiresAt, fixtureEnd);
        QCOMPARE(readings[0].account.email, QStringLiteral("user@example.test"));
        QCOMPARE(readings[1].credential->kind, CredentialKind::ApiKey);
        QVERIFY(holds(readings[1].credential->tokens.accessToken, "dummyMiniMaxKey0001"));
        QVERIFY(!readings[1].credential->tokens.expiresAt);
        QCOMPARE(readings[1].label, QStringLiteral("MiniMax CLI · API key"));
    }

    void configuration_isJudged_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QList<CopyState>>("states");
        using States = QList<CopyState>;
        QTest::newRow("signed out") << QByteArrayLiteral(R"({"region":"cn"})") << States{CopyState::Absent};
        QTest::newRow("key alone") << QByteArrayLiteral(R"({"api_key":"k"})")
                                   << States{CopyState::Absent, CopyState::Held};
        QTest::newRow("empty key") << QByteArrayLiteral(R"({"api_key":""})") << States{CopyState::Absent};
        QTest::newRow("key a list") << QByteArrayLiteral(R"({"api_key":[]})")
                                    << States{CopyState::Absent, CopyState::Unreadable};
        QTest::newRow("sign-in a string")
            << QByteArrayLiteral(R"({"oauth":"x","api_key":"k"})") << States{CopyState::Unreadable, CopyState::Held};
        QTest::newRow("sign-in emptied") << QByteArrayLiteral(R"({"oauth":{"access_token":"","refresh_token":""}})")
                                         << States{CopyState::Blank};
        QTest::newRow("end a number") << QByteArrayLiteral(
            R"({"oauth":{"access_token":"a","expires_at":1795345200000}})")
                                      << States{CopyState::Unreadable};
        QTest::newRow("end no date") << QByteArrayLiteral(R"({"oauth":{"access_token":"a","expires_at":"soon"}})")
                                     << States{CopyState::Unreadable};
        QTest::newRow("no end") << QByteArrayLiteral(R"({"oauth":{"access_token":"a"}})") << States{CopyState::Held};
        QTest::newRow("a list") << QByteArrayLiteral("[]") << States{CopyState::Unreadable};
    }

    void configuration_isJudged()
    {
        QFETCH(QByteArray, json);
        QFETCH(QList<CopyState>, states);
        const auto readings = fetching::read(m_tool, {}, json);
        QList<CopyState> found;
        for (const auto &reading : readings)
            found.append(reading.state);
        QCOMPARE(found, states);
    }

    void directoryOfTheVariable_isAFurtherHome()
    {
        base::Environment environment{.home = QStringLiteral("/home/u"), .variables = {}, .user = 1};
        environment.variables.insert(QStringLiteral("MMX_CONFIG_DIR"), QStringLiteral("/srv/mmx"));
        const auto located = m_tool.locate({.environment = environment, .extraHomes = {QStringLiteral("/srv/second")}});
        QCOMPARE(located.places.size(), 3u);
        QCOMPARE(located.places[0].path, QStringLiteral("/home/u/.mmx/config.json"));
        QCOMPARE(located.places[1].path, QStringLiteral("/srv/mmx/config.json"));
        QCOMPARE(located.places[2].homeName, QStringLiteral("second"));
    }
};

QTEST_GUILESS_MAIN(MiniMaxTest)
#include "minimax.moc"
