// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/consentrules.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "base/secret.h"
#include "service/programs/consentpace.h"

using namespace keytender;
using namespace std::chrono_literals;
using service::ConsentCase;
using service::ConsentGround;
using service::ConsentRule;

Q_DECLARE_METATYPE(keytender::service::ConsentCase)
Q_DECLARE_METATYPE(keytender::service::ConsentGround)

namespace {

const QString git = QStringLiteral("/usr/bin/git");
const QString gitHub = QStringLiteral("gh-cli");
const ConsentRule yes{.profileId = gitHub, .program = git};
const ConsentRule no{.profileId = gitHub, .program = git, .isAllowed = false};
const ConsentRule all{.profileId = gitHub, .program = QStringLiteral("*"), .isFromSettings = true};

service::ConsentSubject subject()
{
    return {.program = QStringLiteral("git"),
            .label = QStringLiteral("GitHub"),
            .profileId = gitHub,
            .executable = git,
            .configuration = QStringLiteral("~/.config/keytender/config.json")};
}

} // namespace

class ConsentRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void ground_isTheFirstThatSpeaks_data();
    void ground_isTheFirstThatSpeaks();
    void yes_comesOfARuleAlone();
    void rule_isForThisLoginAndThisProgram_data();
    void rule_isForThisLoginAndThisProgram();
    void rules_ofTheSettings_goInTheirOrder();
    void program_isRememberedByAPathThatLeadsToIt_data();
    void program_isRememberedByAPathThatLeadsToIt();
    void interpreter_isKnownByItsName_data();
    void interpreter_isKnownByItsName();
    void refusal_isOneSentenceWithItsCure_data();
    void refusal_isOneSentenceWithItsCure();
    void refusal_whereNobodyIs_showsALineThatHelps();
    void hostileTexts_areWrittenOut_data();
    void hostileTexts_areWrittenOut();
    void pace_letsABurstPass_thenSoManyAMinute();
    void pace_isKeptByProgramAndLogin();
    void pace_ofProgramsWithoutEnd_endsSomewhere();
};

void ConsentRulesTest::ground_isTheFirstThatSpeaks_data()
{
    QTest::addColumn<ConsentCase>("circumstances");
    QTest::addColumn<ConsentGround>("ground");
    const ConsentCase quiet{.canAsk = true, .hasRoom = true};
    const auto row = [&](const char *name, ConsentGround ground, const std::function<void(ConsentCase &)> &change) {
        ConsentCase circumstances = quiet;
        change(circumstances);
        QTest::newRow(name) << circumstances << ground;
    };
    row("nothing is known", ConsentGround::Ask, [](ConsentCase &) {});
    row("a person said yes", ConsentGround::SaidYes, [](ConsentCase &one) { one.said = &yes; });
    row("a person said never", ConsentGround::SaidNever, [](ConsentCase &one) { one.said = &no; });
    row("the settings allow", ConsentGround::SettingsAllow, [](ConsentCase &one) { one.settings = &yes; });
    row("the settings refuse", ConsentGround::SettingsRefuse, [](ConsentCase &one) { one.settings = &no; });
    row("the settings go before a person's never", ConsentGround::SettingsAllow, [](ConsentCase &one) {
        one.settings = &yes;
        one.said = &no;
    });
    row("the settings go before a person's yes", ConsentGround::SettingsRefuse, [](ConsentCase &one) {
        one.settings = &no;
        one.said = &yes;
    });
    row("the settings hold on a locked screen", ConsentGround::SettingsAllow, [](ConsentCase &one) {
        one.settings = &yes;
        one.isLocked = true;
        one.canAsk = false;
        one.isTooOften = true;
    });
    row("a yes does not hold on a locked screen", ConsentGround::ScreenLocked, [](ConsentCase &one) {
        one.said = &yes;
        one.isLocked = true;
    });
    row("a never is told on a locked screen", ConsentGround::SaidNever, [](ConsentCase &one) {
        one.said = &no;
        one.isLocked = true;
    });
    row("nobody is asked on a locked screen", ConsentGround::ScreenLocked,
        [](ConsentCase &one) { one.isLocked = true; });
    row("nobody is asked where nobody is", ConsentGround::NobodyToAsk, [](ConsentCase &one) { one.canAsk = false; });
    row("a yes holds where nobody is", ConsentGround::SaidYes, [](ConsentCase &one) {
        one.said = &yes;
        one.canAsk = false;
    });
    row("a yes does not hold for a flood", ConsentGround::TooOften, [](ConsentCase &one) {
        one.said = &yes;
        one.isTooOften = true;
    });
    row("a flood asks nobody", ConsentGround::TooOften, [](ConsentCase &one) { one.isTooOften = true; });
    row("a refusal holds for a moment", ConsentGround::RefusedJustNow,
        [](ConsentCase &one) { one.wasRefusedJustNow = true; });
    row("too many questions are open", ConsentGround::OthersWait, [](ConsentCase &one) { one.hasRoom = false; });
    row("the same question is open", ConsentGround::Ask, [](ConsentCase &one) {
        one.hasRoom = false;
        one.isAsked = true;
    });
}

void ConsentRulesTest::ground_isTheFirstThatSpeaks()
{
    QFETCH(const ConsentCase, circumstances);
    QTEST(service::groundOf(circumstances), "ground");
}

void ConsentRulesTest::yes_comesOfARuleAlone()
{
    int allowed = 0;
    for (int bits = 0; bits < 1 << 8; ++bits) {
        const auto has = [bits](int bit) { return (bits >> bit & 1) != 0; };
        const ConsentCase one{.settings = nullptr,
                              .said = has(0) ? (has(1) ? &yes : &no) : nullptr,
                              .isTooOften = has(2),
                              .isLocked = has(3),
                              .canAsk = has(4),
                              .isAsked = has(5),
                              .wasRefusedJustNow = has(6),
                              .hasRoom = has(7)};
        if (!service::allows(service::groundOf(one)))
            continue;
        ++allowed;
        QVERIFY(one.said == &yes && !one.isLocked && !one.isTooOften);
    }
    QCOMPARE(allowed, 16);
}

void ConsentRulesTest::rule_isForThisLoginAndThisProgram_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("program");
    QTest::addColumn<bool>("isMet");
    QTest::newRow("it") << gitHub << git << true;
    QTest::newRow("another login") << QStringLiteral("gh-cli@work") << git << false;
    QTest::newRow("another program") << gitHub << QStringLiteral("/usr/bin/git-lfs") << false;
    QTest::newRow("the same name elsewhere") << gitHub << QStringLiteral("/tmp/git") << false;
    QTest::newRow("upper case") << gitHub << QStringLiteral("/usr/bin/GIT") << false;
    QTest::newRow("replaced meanwhile") << gitHub << QStringLiteral("/usr/bin/git (deleted)") << false;
    QTest::newRow("not known") << gitHub << QString() << false;
    QTest::newRow("a star") << gitHub << QStringLiteral("*") << false;
}

void ConsentRulesTest::rule_isForThisLoginAndThisProgram()
{
    QFETCH(const QString, profile);
    QFETCH(const QString, program);
    const ConsentRule empty{.profileId = gitHub, .program = QString()};
    const ConsentRule star{.profileId = gitHub, .program = QStringLiteral("*")}; // not from the settings
    const std::vector<ConsentRule> rules{empty, star, yes};
    QTEST(service::ruleFor(rules, profile, program) == &rules.back(), "isMet");
    QFETCH(const bool, isMet);
    if (!isMet)
        QVERIFY(service::ruleFor(rules, profile, program) == nullptr);
}

void ConsentRulesTest::rules_ofTheSettings_goInTheirOrder()
{
    const std::vector<ConsentRule> strictFirst{no, all};
    QVERIFY(!service::ruleFor(strictFirst, gitHub, git)->isAllowed);
    QVERIFY(service::ruleFor(strictFirst, gitHub, QStringLiteral("/usr/bin/gh"))->isAllowed);
    QVERIFY(service::ruleFor(strictFirst, gitHub, QString())->isAllowed); // "*" is every program
    const std::vector<ConsentRule> allFirst{all, no};
    QVERIFY(service::ruleFor(allFirst, gitHub, git)->isAllowed);
    QVERIFY(service::ruleFor(allFirst, QStringLiteral("claude-cli"), git) == nullptr);
}

void ConsentRulesTest::program_isRememberedByAPathThatLeadsToIt_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isRemembered");
    QTest::newRow("a path") << git << true;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("a name") << QStringLiteral("git") << false;
    QTest::newRow("a relative path") << QStringLiteral("./git") << false;
    QTest::newRow("all") << QStringLiteral("*") << false;
    QTest::newRow("replaced meanwhile") << QStringLiteral("/usr/bin/git (deleted)") << false;
}

void ConsentRulesTest::program_isRememberedByAPathThatLeadsToIt()
{
    QFETCH(const QString, path);
    QTEST(service::isRememberable(path), "isRemembered");
}

void ConsentRulesTest::interpreter_isKnownByItsName_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isOne");
    for (const char *name : {"/usr/bin/bash", "/usr/bin/python3.11", "/opt/node-22/bin/node", "/usr/bin/perl",
                             "/usr/bin/perl5.36-x86_64-linux-gnu", "/bin/sh"})
        QTest::newRow(name) << QString::fromLatin1(name) << true;
    for (const char *name : {"/usr/bin/git", "/usr/bin/bashful", "/usr/bin/pythonista", "/node/bin/codex", ""})
        QTest::newRow(*name == '\0' ? "not known" : name) << QString::fromLatin1(name) << false;
}

void ConsentRulesTest::interpreter_isKnownByItsName()
{
    QFETCH(const QString, path);
    QTEST(service::isInterpreter(path), "isOne");
}

void ConsentRulesTest::refusal_isOneSentenceWithItsCure_data()
{
    QTest::addColumn<ConsentGround>("ground");
    QTest::newRow("the settings") << ConsentGround::SettingsRefuse;
    QTest::newRow("too often") << ConsentGround::TooOften;
    QTest::newRow("never") << ConsentGround::SaidNever;
    QTest::newRow("locked") << ConsentGround::ScreenLocked;
    QTest::newRow("nobody") << ConsentGround::NobodyToAsk;
    QTest::newRow("just now") << ConsentGround::RefusedJustNow;
    QTest::newRow("others") << ConsentGround::OthersWait;
    QTest::newRow("not now") << ConsentGround::NotNow;
    QTest::newRow("ended") << ConsentGround::Ended;
}

void ConsentRulesTest::refusal_isOneSentenceWithItsCure()
{
    QFETCH(const ConsentGround, ground);
    const QString text = service::refusal(ground, subject());
    QVERIFY(text.contains(QStringLiteral("git")) && text.contains(QStringLiteral("GitHub")));
    QVERIFY2(text.endsWith(u'.') && !text.contains(QStringLiteral(". ")), qPrintable(text));
    QVERIFY(text.contains(u':'));
    QVERIFY2(!text.contains(u'%'), qPrintable(text));
    QVERIFY(!service::allows(ground));
}

void ConsentRulesTest::refusal_whereNobodyIs_showsALineThatHelps()
{
    service::ConsentSubject odd = subject();
    odd.executable = QStringLiteral("/opt/my \"git\"\n\u202e/git");
    odd.program = service::programName(odd.executable);
    const QString text = service::refusal(ConsentGround::NobodyToAsk, odd);
    QVERIFY(!text.contains(u'\n') && !text.contains(QChar(0x202e)));
    const QString line = text.mid(text.indexOf(u'{'), text.lastIndexOf(u'}') - text.indexOf(u'{') + 1);
    const QJsonObject rule = QJsonDocument::fromJson(line.toUtf8()).object();
    QCOMPARE(rule, QJsonObject({{QStringLiteral("profile"), gitHub},
                                {QStringLiteral("program"), odd.executable},
                                {QStringLiteral("allow"), true}}));
    QVERIFY(text.contains(QStringLiteral("~/.config/keytender/config.json")));
    odd.executable.clear();
    QVERIFY(!service::refusal(ConsentGround::NobodyToAsk, odd).contains(u'{'));
}

void ConsentRulesTest::hostileTexts_areWrittenOut_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QStringLiteral("/usr/bin/git") << QStringLiteral("/usr/bin/git");
    QTest::newRow("umlaut") << QStringLiteral("/opt/gr\u00fcn") << QStringLiteral("/opt/gr\u00fcn");
    QTest::newRow("line") << QStringLiteral("git\nallowed") << QStringLiteral("git\\u{000a}allowed");
    QTest::newRow("return") << QStringLiteral("a\rb") << QStringLiteral("a\\u{000d}b");
    QTest::newRow("direction") << QStringLiteral("a\u202eb") << QStringLiteral("a\\u{202e}b");
    QTest::newRow("line separator") << QStringLiteral("a\u2028b") << QStringLiteral("a\\u{2028}b");
    QTest::newRow("no width") << QStringLiteral("a\u200bb") << QStringLiteral("a\\u{200b}b");
    QTest::newRow("tag") << QString::fromUcs4(U"a\U000E0041b") << QStringLiteral("a\\u{e0041}b");
    QTest::newRow("lone surrogate") << QString(QChar(0xd800)) << QString(QChar(0xfffd));
}

void ConsentRulesTest::hostileTexts_areWrittenOut()
{
    QFETCH(const QString, text);
    QTEST(service::legible(text), "shown");
}

void ConsentRulesTest::pace_letsABurstPass_thenSoManyAMinute()
{
    service::ConsentPace pace(120);
    base::Milliseconds now = 5h;
    for (int i = 0; i < 120; ++i)
        QVERIFY(pace.take(gitHub, git, now));
    for (int i = 0; i < 1000; ++i)
        QVERIFY(!pace.take(gitHub, git, now));
    now += 1s; // two more a second
    QVERIFY(pace.take(gitHub, git, now));
    QVERIFY(pace.take(gitHub, git, now));
    QVERIFY(!pace.take(gitHub, git, now));
    now += 1min;
    for (int i = 0; i < 120; ++i)
        QVERIFY(pace.take(gitHub, git, now));
    QVERIFY(!pace.take(gitHub, git, now));
}

void ConsentRulesTest::pace_isKeptByProgramAndLogin()
{
    service::ConsentPace pace(1);
    QVERIFY(pace.take(gitHub, git, 1h));
    QVERIFY(!pace.take(gitHub, git, 1h));
    QVERIFY(pace.take(QStringLiteral("claude-cli"), git, 1h));
    QVERIFY(pace.take(gitHub, QStringLiteral("/usr/bin/gh"), 1h));
}

void ConsentRulesTest::pace_ofProgramsWithoutEnd_endsSomewhere()
{
    service::ConsentPace pace(60);
    int passed = 0;
    for (int i = 0; i < 5000; ++i)
        passed += pace.take(gitHub, QStringLiteral("/tmp/%1").arg(i), 1h) ? 1 : 0;
    QCOMPARE(passed, 1024);
    QVERIFY(pace.take(gitHub, git, 1h + 1min));
}

QTEST_GUILESS_MAIN(ConsentRulesTest)
#include "consentrules.moc"
