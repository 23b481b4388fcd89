// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/gh.h"

#include "core/tools/fetching.h"

using namespace keytender;
using fetching::fixture;
using fetching::holds;
using profile::CopyState;
using profile::CredentialKind;
using Kind = tools::CopyPlace::Kind;

class GhTest final : public QObject {
    Q_OBJECT

private:
    const tools::Gh m_tool;
    fakes::TemporaryHome m_home;

    [[nodiscard]] tools::Located locate()
    {
        return m_tool.locate({.environment = m_home.environment(), .extraHomes = {}});
    }
    void writeHosts(const QByteArray &yaml) { m_home.write(QStringLiteral(".config/gh/hosts.yml"), yaml); }

    [[nodiscard]] std::vector<tools::CopyReading> readHosts(const QByteArray &yaml)
    {
        writeHosts(yaml);
        return fetching::readFile(m_tool, locate().places.front(), m_home.environment());
    }

    static QStringList pathsOf(const tools::Located &located)
    {
        QStringList paths;
        for (const auto &place : located.places)
            paths.append(place.path);
        return paths;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void cleanup() { QFile::remove(m_home.path(QStringLiteral(".config/gh/hosts.yml"))); }

    void hosts_writtenByTheRealClient_areHeld_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("user");
        QTest::newRow("signed in") << QStringLiteral("gh/written-by-gh-2.23.0-hosts.yml") << QStringLiteral("octocat");
        QTest::newRow("given a token") << QStringLiteral("gh/written-by-gh-2.23.0-with-token-hosts.yml") << QString();
    }

    void hosts_writtenByTheRealClient_areHeld()
    {
        QFETCH(QString, file);
        const auto readings = readHosts(fixture(file));
        QCOMPARE(fetching::idsOf(m_tool, {}, readings), QStringList{QStringLiteral("gh-cli")});
        QCOMPARE(readings[0].state, CopyState::Held);
        QCOMPARE(readings[0].credential->kind, CredentialKind::Token);
        QVERIFY(holds(readings[0].credential->tokens.accessToken, "gho_dummyOctocat0000000000000000000000001"));
        QVERIFY(!readings[0].credential->tokens.expiresAt);
        QTEST(readings[0].account.id, "user");
        QCOMPARE(pathsOf(locate()).size(), 1); // nothing is in the keychain
    }

    void severalHostsAndUsers_areLoginsOfTheirOwn()
    {
        const auto readings = readHosts(fixture(QStringLiteral("gh/two-hosts-in-file.yml")));
        QCOMPARE(fetching::idsOf(m_tool, {}, readings),
                 (QStringList{QStringLiteral("gh-cli"), QStringLiteral("gh-cli:github.com/second"),
                              QStringLiteral("gh-cli:ghe.corp.test/octo")}));
        QVERIFY(holds(readings[0].credential->tokens.accessToken, "gho_dummyOctocat0000000000000000000000001"));
        QVERIFY(holds(readings[1].credential->tokens.accessToken, "gho_dummySecond00000000000000000000000001"));
        QVERIFY(holds(readings[2].credential->tokens.accessToken, "gho_dummyEnterprise000000000000000000001"));
        QCOMPARE(readings[1].label, QStringLiteral("GitHub CLI · second"));
        QCOMPARE(readings[2].label, QStringLiteral("GitHub CLI · ghe.corp.test/octo"));
        QVERIFY(readings[0].account.differsFrom(readings[2].account));
    }

    void keyringMode_asksForTheItemsThatTheFileNames()
    {
        writeHosts(fixture(QStringLiteral("gh/keyring-mode.yml")));
        const auto located = locate();
        QCOMPARE(pathsOf(located), (QStringList{m_home.path(QStringLiteral(".config/gh/hosts.yml")),
                                                QStringLiteral("keychain: gh:github.com/"),
                                                QStringLiteral("keychain: gh:github.com/octocat"),
                                                QStringLiteral("keychain: gh:github.com/second")}));
        const auto attributes = located.places[1].attributes;
        QCOMPARE(attributes.at(QStringLiteral("service")), QStringLiteral("gh:github.com"));
        QCOMPARE(attributes.at(QStringLiteral("username")), QString());
        QStringList ids;
        for (std::size_t i = 1; i < located.places.size(); ++i) {
            const auto &place = located.places[i];
            const auto readings = fetching::read(m_tool, place, QByteArrayLiteral("gho_x"), m_home.environment());
            QCOMPARE(readings[0].state, CopyState::Held);
            QCOMPARE(readings[0].protection, profile::Protection::Keychain);
            QCOMPARE(readings[0].account.id, i == 3 ? QStringLiteral("second") : QStringLiteral("octocat"));
            ids += fetching::idsOf(m_tool, place, readings);
        }
        QCOMPARE(ids, (QStringList{QStringLiteral("gh-cli"), QStringLiteral("gh-cli"),
                                   QStringLiteral("gh-cli:github.com/second")}));
        // The file itself has no copy of it.
        for (const auto &reading : fetching::readFile(m_tool, located.places[0], m_home.environment()))
            QCOMPARE(reading.state, CopyState::Absent);
    }

    void keyringItem_thatIsPromisedAndNotThere_isNotSignedOut()
    {
        writeHosts(fixture(QStringLiteral("gh/keyring-mode.yml")));
        const auto located = locate();
        const auto read = [&](std::size_t index, base::ErrorKind kind) {
            const auto &place = located.places[index];
            return fetching::read(m_tool, place,
                                  base::unexpected({.kind = kind, .subject = place.path, .place = {}, .detail = {}}))[0]
                .state;
        };
        QCOMPARE(read(1, base::ErrorKind::NotFound), CopyState::Unreadable);
        QCOMPARE(read(2, base::ErrorKind::NotFound), CopyState::Absent); // older versions do not write this one
        QCOMPARE(read(3, base::ErrorKind::NotFound), CopyState::Unreadable);
        QCOMPARE(read(2, base::ErrorKind::Locked), CopyState::Unreadable);
    }

    void keyringItem_isJudged()
    {
        writeHosts(fixture(QStringLiteral("gh/keyring-mode.yml")));
        const auto place = locate().places[1];
        QCOMPARE(fetching::read(m_tool, place, QByteArray())[0].state, CopyState::Blank);
        QCOMPARE(fetching::read(m_tool, place, QByteArrayLiteral("two words"))[0].state, CopyState::Unreadable);
        QCOMPARE(fetching::read(m_tool, place, QByteArrayLiteral("gho_\xc3\xa4"))[0].state, CopyState::Unreadable);
    }

    void hosts_areJudged_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QList<CopyState>>("states");
        using States = QList<CopyState>;
        QTest::newRow("signed out of everything") << QByteArrayLiteral("{}\n") << States{CopyState::Absent};
        QTest::newRow("settings of a host")
            << QByteArrayLiteral("ghe.corp.test:\n    git_protocol: ssh\n") << States{CopyState::Absent};
        QTest::newRow("empty") << QByteArray() << States{CopyState::Unreadable};
        QTest::newRow("as JSON") << QByteArrayLiteral(R"({"github.com": {"user": "o", "oauth_token": "gho_x"}})")
                                 << States{CopyState::Held};
        QTest::newRow("no last line break")
            << QByteArrayLiteral("github.com:\n    user: o\n    oauth_token: gho_x") << States{CopyState::Unreadable};
        QTest::newRow("emptied token") << QByteArrayLiteral("github.com:\n    user: o\n    oauth_token: \"\"\n")
                                       << States{CopyState::Blank};
        QTest::newRow("token a map") << QByteArrayLiteral("github.com:\n    user: o\n    oauth_token: {a: b}\n")
                                     << States{CopyState::Unreadable};
        QTest::newRow("token of the active user stands with them")
            << QByteArrayLiteral("github.com:\n    user: o\n    users:\n        o:\n            oauth_token: gho_x\n")
            << States{CopyState::Held};
        QTest::newRow("one damaged beside a good one") << QByteArrayLiteral(
            "github.com:\n    user: o\n    oauth_token: gho_x\n    users:\n        o:\n        p:\n"
            "            oauth_token: [1]\n") << States{CopyState::Held, CopyState::Unreadable};
        QTest::newRow("users without an active one")
            << QByteArrayLiteral("github.com:\n    users:\n        o:\n") << States{CopyState::Unreadable};
        QTest::newRow("user with a line break")
            << QByteArrayLiteral("github.com:\n    user: \"a\\nb\"\n") << States{CopyState::Unreadable};
        QTest::newRow("host a text") << QByteArrayLiteral("github.com: x\n") << States{CopyState::Unreadable};
        QTest::newRow("a list") << QByteArrayLiteral("- a\n") << States{CopyState::Unreadable};
        QTest::newRow("no YAML") << QByteArrayLiteral("github.com:\n\tuser: o\n") << States{CopyState::Unreadable};
    }

    void hosts_areJudged()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QList<CopyState>, states);
        QList<CopyState> found;
        for (const auto &reading : readHosts(yaml)) {
            found.append(reading.state);
            QCOMPARE(reading.problem.has_value(), reading.state == CopyState::Unreadable);
            if (reading.problem)
                QCOMPARE(reading.problem->subject, m_home.path(QStringLiteral(".config/gh/hosts.yml")));
        }
        QCOMPARE(found, states);
    }

    void damage_namesItsLine()
    {
        const auto readings = readHosts("github.com:\n    user: o\n    oauth_token: [1]\n");
        QCOMPARE(readings[0].problem->place, QStringLiteral("line 3"));
    }

    // A text that is cut off may still be YAML, but half a token is never taken for one.
    void everyBeginning_holdsTheWholeTokenOrNone()
    {
        const QByteArray whole = fixture(QStringLiteral("gh/written-by-gh-2.23.0-hosts.yml"));
        tools::CopyPlace place;
        for (qsizetype size = 0; size < whole.size(); ++size) {
            for (const auto &reading : fetching::read(m_tool, place, whole.first(size))) {
                if (reading.state == CopyState::Held)
                    QVERIFY(holds(reading.credential->tokens.accessToken, "gho_dummyOctocat0000000000000000000000001"));
                else if (!whole.first(size).endsWith('\n'))
                    QCOMPARE(reading.state, CopyState::Unreadable);
            }
        }
    }

    void variable_thatHidesTheStoredLogin_isTold_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QStringList>("hosts");
        const QString usual = QStringLiteral("github.com");
        QTest::newRow("none") << QString() << QStringList();
        QTest::newRow("GH_TOKEN") << QStringLiteral("GH_TOKEN") << QStringList{usual};
        QTest::newRow("GITHUB_TOKEN") << QStringLiteral("GITHUB_TOKEN") << QStringList{usual};
        QTest::newRow("GH_ENTERPRISE_TOKEN")
            << QStringLiteral("GH_ENTERPRISE_TOKEN") << QStringList{QStringLiteral("ghe.corp.test")};
    }

    void variable_thatHidesTheStoredLogin_isTold()
    {
        QFETCH(QString, variable);
        QFETCH(QStringList, hosts);
        writeHosts(fixture(QStringLiteral("gh/two-hosts-in-file.yml")));
        base::Environment environment = m_home.environment();
        if (!variable.isEmpty())
            environment.variables.insert(variable, base::Environment::withheld);
        const auto located = m_tool.locate({.environment = environment, .extraHomes = {}});
        QCOMPARE(located.problems.size(), static_cast<std::size_t>(hosts.size()));
        for (qsizetype i = 0; i < hosts.size(); ++i) {
            const base::Error &problem = located.problems[static_cast<std::size_t>(i)];
            QCOMPARE(problem.kind, base::ErrorKind::Overridden);
            QCOMPARE(problem.subject, variable);
            QVERIFY(problem.detail.contains(hosts[i]));
        }
    }

    void homes_areThoseOfXdgAndOfTheVariable()
    {
        base::Environment environment{.home = QStringLiteral("/home/u"), .variables = {}, .user = 1};
        const auto pathsIn = [&] { return pathsOf(m_tool.locate({.environment = environment, .extraHomes = {}})); };
        QCOMPARE(pathsIn(), QStringList{QStringLiteral("/home/u/.config/gh/hosts.yml")});
        environment.variables.insert(QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("/x"));
        QCOMPARE(pathsIn(), QStringList{QStringLiteral("/x/gh/hosts.yml")});
        environment.variables.insert(QStringLiteral("GH_CONFIG_DIR"), QStringLiteral("/g"));
        QCOMPARE(pathsIn(), (QStringList{QStringLiteral("/x/gh/hosts.yml"), QStringLiteral("/g/hosts.yml")}));
    }
};

QTEST_GUILESS_MAIN(GhTest)
#include "gh.moc"
