// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/settings/settings.h"

#include <QTest>

#include "base/secret.h"
#include "fakes/temporaryhome.h"

using namespace keytender;
using service::loadSettings;
using service::Settings;
using namespace std::chrono_literals;

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void aMissingFile_meansDefaults();
    void homes_areMadeAbsolute();
    void reminders_areReadInAnyOrder_data();
    void reminders_areReadInAnyOrder();
    void rotation_isReadInDays();
    void everyMember_isRead();
    void language_isReadFromAFileThatIsWrongElsewhere_data();
    void language_isReadFromAFileThatIsWrongElsewhere();
    void gitHost_hasNoSchemeUserOrPath_data();
    void gitHost_hasNoSchemeUserOrPath();
    void rung_isWrittenInTheLargestUnit();
    void unknownMember_isNotGuessedAt_andSaysWhichVersionThisIs();
    void badFile_namesFileAndPlace_data();
    void badFile_namesFileAndPlace();

private:
    static void addNewMembers();
    static inline const service::KnownNames known{.tools = {QStringLiteral("claude-code"), QStringLiteral("codex")},
                                                  .languages = {QStringLiteral("de"), QStringLiteral("en")}};
};

void SettingsTest::aMissingFile_meansDefaults()
{
    fakes::TemporaryHome home;
    const auto settings = loadSettings(home.path(QStringLiteral("config.json")), home.environment(), known);
    QVERIFY(settings.has_value());
    QCOMPARE(*settings, Settings{});
}

void SettingsTest::homes_areMadeAbsolute()
{
    fakes::TemporaryHome home;
    const QString file = home.write(QStringLiteral("config.json"),
                                    R"({"version": 1, "homes": {"claude-code": ["~/.claude-work/", "/srv/claude"]}})");
    const auto settings = loadSettings(file, home.environment(), known);
    QVERIFY(settings.has_value());
    QCOMPARE(settings->homes.at(QStringLiteral("claude-code")),
             (QStringList{home.path(QStringLiteral(".claude-work")), QStringLiteral("/srv/claude")}));
}

void SettingsTest::reminders_areReadInAnyOrder_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<service::Ladder>("ladder");
    QTest::newRow("as usual") << QByteArray(R"(["7d", "3d", "1d", "2h"])") << service::usualLadder();
    QTest::newRow("any order, no doubles")
        << QByteArray(R"(["30m", "24h", "2d", "1d"])") << service::Ladder{48h, 24h, 30min};
    QTest::newRow("none") << QByteArray("[]") << service::Ladder{};
    QTest::newRow("a year") << QByteArray(R"(["366d"])") << service::Ladder{24h * 366};
}

void SettingsTest::reminders_areReadInAnyOrder()
{
    QFETCH(const QByteArray, list);
    QFETCH(const service::Ladder, ladder);
    fakes::TemporaryHome home;
    const QString file =
        home.write(QStringLiteral("config.json"), R"({"version": 1, "reminders": {"signInEnds": )" + list + "}}");
    const auto settings = loadSettings(file, home.environment(), known);
    QVERIFY(settings.has_value());
    QCOMPARE(settings->signInEnds, ladder);
}

void SettingsTest::rotation_isReadInDays()
{
    fakes::TemporaryHome home;
    const QString file = home.write(QStringLiteral("config.json"), R"({"version": 1, "rotationReminderDays": 0})");
    const auto settings = loadSettings(file, home.environment(), known);
    QVERIFY(settings.has_value());
    QCOMPARE(settings->rotationReminderDays, 0);
    QCOMPARE(Settings().rotationReminderDays, 90);
}

void SettingsTest::everyMember_isRead()
{
    fakes::TemporaryHome home;
    const QString file = home.write(QStringLiteral("config.json"), R"({"version": 1, "renewAtPercent": 95,
        "language": "de", "startsWithSession": true,
        "consent": [{"profile": "gh-cli", "program": "/usr/bin/../bin/git", "allow": true},
                    {"allow": false, "program": "*", "profile": "claude-cli"},
                    {"profile": "codex-cli", "program": "~/bin/agent", "allow": true}],
        "gitHosts": {"github.com": "gh-cli", "git.example.com:8443": "own:example"}})");
    const auto settings = loadSettings(file, home.environment(), known);
    QVERIFY2(settings.has_value(), settings ? "" : qPrintable(base::describe(settings.error())));
    QCOMPARE(settings->renewAtPercent, 95);
    QCOMPARE(settings->renewalShare(), 0.95);
    QCOMPARE(settings->language, QStringLiteral("de"));
    QVERIFY(settings->startsWithSession);
    const auto rule = [](const QString &profile, const QString &program, bool isAllowed) {
        service::ConsentRule made;
        made.profileId = profile;
        made.program = program;
        made.isAllowed = isAllowed;
        made.isFromSettings = true;
        return made;
    };
    QCOMPARE(settings->consent,
             (std::vector{rule(QStringLiteral("gh-cli"), QStringLiteral("/usr/bin/git"), true),
                          rule(QStringLiteral("claude-cli"), QStringLiteral("*"), false),
                          rule(QStringLiteral("codex-cli"), home.path(QStringLiteral("bin/agent")), true)}));
    QCOMPARE(settings->gitHosts,
             (std::map<QString, QString>{{QStringLiteral("github.com"), QStringLiteral("gh-cli")},
                                         {QStringLiteral("git.example.com:8443"), QStringLiteral("own:example")}}));
}

void SettingsTest::language_isReadFromAFileThatIsWrongElsewhere_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("language");
    QTest::newRow("alone") << QByteArray(R"({"version": 1, "language": "de"})") << QStringLiteral("de");
    QTest::newRow("beside a fault") << QByteArray(R"({"language": "de", "homes": 7})") << QStringLiteral("de");
    QTest::newRow("not given") << QByteArray(R"({"version": 1})") << QString();
    QTest::newRow("no text") << QByteArray(R"({"version": 1, "language": 1})") << QString();
    QTest::newRow("no JSON") << QByteArray("language = de") << QString();
}

void SettingsTest::language_isReadFromAFileThatIsWrongElsewhere()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, language);
    fakes::TemporaryHome home;
    const QString file = home.write(QStringLiteral("config.json"), bytes);
    QCOMPARE(service::languageIn(file, home.environment()), language);
    QCOMPARE(service::languageIn(home.path(QStringLiteral("none.json")), home.environment()), QString());
}

void SettingsTest::gitHost_hasNoSchemeUserOrPath_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isHost");
    for (const char *host : {"github.com", "localhost", "git.example.com:8443", "10.0.0.7:80", "[::1]:8443",
                             "[fd00::1]", "xn--bcher-kva.example", "a-b.c", "host:65535"})
        QTest::newRow(host) << QString::fromLatin1(host) << true;
    for (const char *text : {"",
                             "https://github.com",
                             "github.com/",
                             "github.com/a",
                             "user@github.com",
                             "GitHub.com",
                             "github.com:",
                             "github.com:0",
                             "github.com:65536",
                             "github.com:080",
                             "github.com:8443:1",
                             ".github.com",
                             "github..com",
                             "github.com.",
                             "-a.com",
                             "a-.com",
                             "a b",
                             "github.com\n",
                             "git_hub.com",
                             "*.github.com",
                             "[1]",
                             "::1"})
        QTest::newRow(qPrintable(QStringLiteral("not \"%1\"").arg(QLatin1String(text).trimmed())
                                 + (QByteArrayView(text).endsWith('\n') ? QStringLiteral("\\n") : QString())))
            << QString::fromLatin1(text) << false;
}

void SettingsTest::gitHost_hasNoSchemeUserOrPath()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isHost);
    QCOMPARE(service::isGitHost(text), isHost);
}

void SettingsTest::rung_isWrittenInTheLargestUnit()
{
    QCOMPARE(service::textOf(48h), QStringLiteral("2d"));
    QCOMPARE(service::textOf(36h), QStringLiteral("36h"));
    QCOMPARE(service::textOf(90min), QStringLiteral("90m"));
    for (const std::chrono::seconds rung : {std::chrono::seconds(168h), std::chrono::seconds(2h), 30min + 0s})
        QCOMPARE(service::rungFrom(service::textOf(rung)), std::optional(rung));
}

void SettingsTest::unknownMember_isNotGuessedAt_andSaysWhichVersionThisIs()
{
    fakes::TemporaryHome home;
    const QString file = home.write(QStringLiteral("config.json"), R"({"version": 1, "theme": "dark"})");
    const auto settings = loadSettings(file, home.environment(), known);
    QVERIFY(!settings);
    QVERIFY2(settings.error().detail.contains(QStringLiteral("version 1")), qPrintable(settings.error().detail));
    QVERIFY(settings.error().detail.contains(QStringLiteral("gitHosts")));
}

// Of one member each: {"version": 1, MEMBER}
void SettingsTest::addNewMembers()
{
    const auto row = [](const char *member, const char *place) {
        QTest::newRow(member) << QByteArray(R"({"version": 1, )") + member + "}" << QString::fromLatin1(place);
    };
    for (const char *percent : {"49", "96", "80.5", "-80", "\"80\"", "null", "1e400"})
        QTest::addRow("renewed at %s", percent)
            << QByteArray(R"({"version": 1, "renewAtPercent": )") + percent + "}"
            << (qstrcmp(percent, "1e400") == 0 ? QStringLiteral("line 1") : QStringLiteral("renewAtPercent"));
    row(R"("language": "fr")", "language");
    row(R"("language": "DE")", "language");
    row(R"("language": null)", "language");
    row(R"("startsWithSession": 1)", "startsWithSession");
    row(R"("startsWithSession": "yes")", "startsWithSession");
    row(R"("consent": {})", "consent");
    row(R"("consent": ["gh-cli"])", "consent[0]");
    row(R"("consent": [{"profile": "a", "program": "/b", "allow": true}, {}])", "consent[1].profile");
    row(R"("consent": [{"profile": "", "program": "/b", "allow": true}])", "consent[0].profile");
    row(R"("consent": [{"profile": "a", "program": "git", "allow": true}])", "consent[0].program");
    row(R"("consent": [{"profile": "a", "program": "", "allow": true}])", "consent[0].program");
    row(R"("consent": [{"profile": "a", "program": "/usr/*\u0000", "allow": true}])", "consent[0].program");
    row(R"("consent": [{"profile": "a", "program": "/b"}])", "consent[0].allow");
    row(R"("consent": [{"profile": "a", "program": "/b", "allow": "no"}])", "consent[0].allow");
    row(R"("consent": [{"profile": "a", "program": "/b", "allow": true, "until": 7}])", "consent[0].until");
    row(R"("consent": [{"profile": "a", "program": "/b", "allow": true, "allow": false}])", "consent[0].allow");
    row(R"("gitHosts": [])", "gitHosts");
    row(R"("gitHosts": {"https://github.com": "gh-cli"})", "gitHosts");
    row(R"("gitHosts": {"GitHub.com": "gh-cli"})", "gitHosts[\"GitHub.com\"]");
    row(R"("gitHosts": {"github.com": 7})", "gitHosts[\"github.com\"]");
    row(R"("gitHosts": {"github.com": ""})", "gitHosts[\"github.com\"]");
    row(R"("gitHosts": {"github.com": "a", "github.com": "b"})", "gitHosts[\"github.com\"]");
    row(R"("language": "de", "language": "en")", "language");
}

void SettingsTest::badFile_namesFileAndPlace_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("place");
    QTest::newRow("no version") << QByteArray("{}") << QStringLiteral("version");
    QTest::newRow("newer version") << QByteArray(R"({"version": 2})") << QStringLiteral("version");
    QTest::newRow("unknown setting") << QByteArray("{\"version\": 1,\n \"home\": {}}") << QStringLiteral("line 2");
    QTest::newRow("unknown tool") << QByteArray(R"({"version": 1, "homes": {"cloude": []}})")
                                  << QStringLiteral("homes.cloude");
    QTest::newRow("homes is a list") << QByteArray(R"({"version": 1, "homes": []})") << QStringLiteral("homes");
    QTest::newRow("home is a number") << QByteArray(R"({"version": 1, "homes": {"codex": [7]}})")
                                      << QStringLiteral("homes.codex");
    QTest::newRow("home is relative") << QByteArray(R"({"version": 1, "homes": {"codex": ["x"]}})")
                                      << QStringLiteral("homes.codex");
    QTest::newRow("reminders is a list") << QByteArray(R"({"version": 1, "reminders": ["7d"]})")
                                         << QStringLiteral("reminders");
    QTest::newRow("unknown reminder") << QByteArray(R"({"version": 1, "reminders": {"tokenEnds": ["7d"]}})")
                                      << QStringLiteral("reminders.tokenEnds");
    QTest::newRow("reminders given twice")
        << QByteArray(R"({"version": 1, "reminders": {"signInEnds": ["7d"], "signInEnds": []}})")
        << QStringLiteral("reminders.signInEnds");
    for (const char *time : {"7", "d", "7 d", "-1d", "0h", "1.5d", "7w", "+7d", "", "367d", "99999999999d", "7D"})
        QTest::addRow("reminder \"%s\"", time)
            << QByteArray(R"({"version": 1, "reminders": {"signInEnds": ["3d", ")") + time + R"("]}})"
            << QStringLiteral("reminders.signInEnds[1]");
    QTest::newRow("reminder is a number") << QByteArray(R"({"version": 1, "reminders": {"signInEnds": [7]}})")
                                          << QStringLiteral("reminders.signInEnds[0]");
    for (const char *days : {"-1", "1.5", "3661", "\"90\"", "null", "[]"})
        QTest::addRow("rotation %s", days) << QByteArray(R"({"version": 1, "rotationReminderDays": )") + days + "}"
                                           << QStringLiteral("rotationReminderDays");
    addNewMembers();
    QTest::newRow("no JSON") << QByteArray("homes = ~/x") << QStringLiteral("line 1");
}

void SettingsTest::badFile_namesFileAndPlace()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, place);
    fakes::TemporaryHome home;
    const QString file = home.write(QStringLiteral("config.json"), bytes);
    const auto settings = loadSettings(file, home.environment(), known);
    QVERIFY(!settings.has_value());
    QCOMPARE(settings.error().subject, file);
    QVERIFY2(settings.error().place.contains(place), qPrintable(settings.error().place));
}

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings.moc"
