// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QTest>

#include "core/tools/fetching.h"
#include "fakes/fakeclock.h"
#include "fakes/fakekeychain.h"
#include "sync/synchronizer.h"
#include "tools/hermes.h"

using namespace keytender;
using fetching::fixture;

// Hermes' files through the whole pipe: several files say the same login, and it is one.
class HermesFollowedTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void severalFiles_areOneLogin();
    void rowThatWasRenewed_winsOverAStaleFile();
    void newProfile_isNoticed();

private:
    [[nodiscard]] std::unique_ptr<sync::Synchronizer> start()
    {
        std::vector<std::unique_ptr<tools::Tool>> tools;
        tools.push_back(std::make_unique<tools::Hermes>());
        auto made = std::make_unique<sync::Synchronizer>(std::move(tools),
                                                         sync::SynchronizerWorld{.clock = m_clock,
                                                                                 .keychain = m_keychain,
                                                                                 .environment = m_home.environment(),
                                                                                 .extraHomes = {},
                                                                                 .knownSecrets = {}});
        made->start();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(made->isSettled(), 5000); }();
        return made;
    }

    fakes::FakeClock m_clock;
    fakes::FakeKeychain m_keychain;
    fakes::TemporaryHome m_home;
};

void HermesFollowedTest::severalFiles_areOneLogin()
{
    m_home.write(QStringLiteral(".hermes/auth.json"), fixture(QStringLiteral("hermes/auth-2026-08.json")));
    m_home.write(QStringLiteral(".hermes/.anthropic_oauth.json"),
                 fixture(QStringLiteral("hermes/anthropic_oauth.json")));
    m_home.write(QStringLiteral(".hermes/shared/nous_auth.json"), fixture(QStringLiteral("hermes/nous_auth.json")));
    m_home.write(QStringLiteral(".hermes/profiles/coder/config.yaml"), "model: x\n");
    const auto synchronizer = start();
    QStringList ids;
    for (const auto &[id, profile] : synchronizer->profiles()) {
        ids.append(id);
        QVERIFY2(profile.duplicates.empty()
                     || std::ranges::all_of(profile.duplicates,
                                            [](const profile::Duplicate &duplicate) {
                                                return duplicate.kind == profile::DuplicateKind::SameAccount;
                                            }),
                 qPrintable(id));
        QCOMPARE(profile.accord, profile::Accord::Agreed);
    }
    QCOMPARE(ids.join(u' '), QStringLiteral("hermes:anthropic hermes:anthropic:c1b2c3 hermes:nous hermes:openai-codex "
                                            "hermes:openai-codex:e1b2c3"));
    QCOMPARE(synchronizer->profiles().at(QStringLiteral("hermes:anthropic")).copies.size(), 2u);
    QCOMPARE(synchronizer->profiles().at(QStringLiteral("hermes:nous")).copies.size(), 2u);
    QCOMPARE(synchronizer->profiles().at(QStringLiteral("hermes:openai-codex")).copies.size(), 1u);
}

// In August Hermes wrote what it had renewed into the row alone (#92606).
void HermesFollowedTest::rowThatWasRenewed_winsOverAStaleFile()
{
    QByteArray store = fixture(QStringLiteral("hermes/auth-2026-08.json"));
    store.replace("dummy-hermes-pkce-access", "dummy-later-access");
    store.replace("dummy-hermes-pkce-refresh", "dummy-later-refresh");
    store.replace("1795345200000", "1795374000000");
    m_home.write(QStringLiteral(".hermes/auth.json"), store);
    m_home.write(QStringLiteral(".hermes/.anthropic_oauth.json"),
                 fixture(QStringLiteral("hermes/anthropic_oauth.json")));
    const auto synchronizer = start();
    const auto &profile = synchronizer->profiles().at(QStringLiteral("hermes:anthropic"));
    QCOMPARE(profile.credential.expiresAt, base::fromEpochMilliseconds(1795374000000));
}

void HermesFollowedTest::newProfile_isNoticed()
{
    m_home.write(QStringLiteral(".hermes/auth.json"), fixture(QStringLiteral("hermes/auth-2026-08.json")));
    const auto synchronizer = start();
    m_home.write(QStringLiteral(".hermes/profiles/night/auth.json"),
                 "{\"providers\":{\"nous\":{\"access_token\":\"A\",\"refresh_token\":\"dummy-night\"}}}");
    QTRY_VERIFY(synchronizer->profiles().contains(QStringLiteral("hermes:nous@night")));
}

QTEST_GUILESS_MAIN(HermesFollowedTest)
#include "hermesfollowed.moc"
