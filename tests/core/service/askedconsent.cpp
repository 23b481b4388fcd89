// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/askedconsent.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include "base/secret.h"
#include "fakes/fakeclock.h"
#include "fakes/temporaryhome.h"
#include "service/settings/settings.h"

using namespace keytender;
using namespace std::chrono_literals;
using service::AskedConsent;
using service::Consent;
using service::ConsentAnswer;
using service::ConsentRule;

Q_DECLARE_METATYPE(keytender::profile::CredentialKind)

namespace {

const QString gitHub = QStringLiteral("gh-cli");
const QString git = QStringLiteral("/usr/bin/git");

Consent::Request wish(const QString &program = git, const QString &profile = gitHub)
{
    return {
        .profileId = profile,
        .label = QStringLiteral("GitHub"),
        .consumer = {.program = {.pid = 100, .startedAt = 7, .executable = program},
                     .parent = service::Consumer::Program{.pid = 50, .executable = QStringLiteral("/usr/bin/bash")}},
        .purpose = QStringLiteral("git asks for github.com.")};
}

profile::Account account(const QString &id)
{
    return {.id = id, .email = {}, .organizationId = {}, .organizationName = {}, .plan = {}};
}

// One who asks, and what was heard.
struct Asker {
    std::vector<Consent::Verdict> heard;
    std::unique_ptr<QObject> context = std::make_unique<QObject>();

    void ask(Consent &consent, const Consent::Request &request)
    {
        consent.ask(request, context.get(), [this](const Consent::Verdict &verdict) { heard.push_back(verdict); });
    }
    [[nodiscard]] bool isAllowed() const { return heard.size() == 1 && heard.front().isAllowed; }
    [[nodiscard]] bool isRefused() const
    {
        return heard.size() == 1 && !heard.front().isAllowed && !heard.front().text.isEmpty();
    }
};

} // namespace

class AskedConsentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void firstUse_asks_andTheAnswerIsHeard_data();
    void firstUse_asks_andTheAnswerIsHeard();
    void firstUse_ofEachKindOfCredential_asks_data();
    void firstUse_ofEachKindOfCredential_asks();
    void forAWhile_isAnHour_byTheClockThatNeverJumps();
    void equalRequests_shareOneQuestion();
    void otherRequests_areQuestionsOfTheirOwn_data();
    void otherRequests_areQuestionsOfTheirOwn();
    void always_answersTheOtherQuestionsOfThisProgram();
    void questions_areThreeAtMost();
    void refusedQuestion_isNotAskedAgainAtOnce();
    void askerThatGoes_withdrawsItsQuestion();
    void flood_isRefused_untilItCalms();
    void lockedScreen_refusesAllButTheSettings();
    void nobodyThere_refuses_withTheLineThatWouldHelp();
    void settings_goFirst_andAreNotRevokedHere();
    void settings_knowAProgramByTheFileItsLinkLeadsTo();
    void revoke_holdsAtOnce_data();
    void revoke_holdsAtOnce();
    void endOfTheLogin_endsWhatWasAllowed_data();
    void endOfTheLogin_endsWhatWasAllowed();
    void unreadableMemory_asksAgain_andSaysSo();
    void lookingOn_takesNothingBack_andReadsWhatTheOtherHasSaid();
    void unknownProgram_isAskedAboutEachTime();
    void askingWhileBeingAnswered_isFine();

private:
    [[nodiscard]] std::unique_ptr<AskedConsent> make()
    {
        auto made = std::make_unique<AskedConsent>(
            AskedConsent::World{.clock = m_clock,
                                .random = m_random,
                                .environment = m_home->environment(),
                                .file = service::Places::in(m_home->environment()).consents,
                                .configuration = QStringLiteral("~/.config/keytender/config.json")});
        made->setCanAsk(true);
        return made;
    }
    void answerFirst(ConsentAnswer answer) { m_consent->answer(m_consent->questions().front().id, answer); }
    [[nodiscard]] bool isAllowedAtOnce(const Consent::Request &request)
    {
        Asker asker;
        asker.ask(*m_consent, request);
        return asker.isAllowed();
    }
    [[nodiscard]] bool isAskedAbout(const Consent::Request &request)
    {
        const auto before = m_consent->questions().size();
        Asker asker;
        asker.ask(*m_consent, request);
        return asker.heard.empty() && m_consent->questions().size() == before + 1;
    }

    base::SystemRandom m_random;
    fakes::FakeClock m_clock;
    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<AskedConsent> m_consent;
};

void AskedConsentTest::init()
{
    m_consent.reset();
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_consent = make();
}

void AskedConsentTest::firstUse_asks_andTheAnswerIsHeard_data()
{
    QTest::addColumn<int>("answer");
    QTest::addColumn<bool>("isAllowed");
    QTest::addColumn<bool>("isAllowedAgain");
    QTest::addColumn<bool>("isAllowedAfterAStart");
    QTest::addColumn<std::size_t>("rules");
    QTest::newRow("this time") << int(ConsentAnswer::ThisTime) << true << false << false << std::size_t{0};
    QTest::newRow("for an hour") << int(ConsentAnswer::ForAWhile) << true << true << false << std::size_t{1};
    QTest::newRow("always") << int(ConsentAnswer::Always) << true << true << true << std::size_t{1};
    QTest::newRow("never") << int(ConsentAnswer::Never) << false << false << false << std::size_t{1};
    QTest::newRow("not now") << int(ConsentAnswer::NotNow) << false << false << false << std::size_t{0};
}

void AskedConsentTest::firstUse_asks_andTheAnswerIsHeard()
{
    QFETCH(const int, answer);
    QFETCH(const bool, isAllowed);
    QSignalSpy changed(m_consent.get(), &Consent::questionsChanged);
    Asker asker;
    asker.ask(*m_consent, wish());
    QVERIFY(asker.heard.empty());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_consent->questions().size(), 1U);
    const service::ConsentQuestion question = m_consent->questions().front();
    QVERIFY(question.consumer == wish().consumer);
    QCOMPARE(question.label, QStringLiteral("GitHub"));
    QCOMPARE(question.purpose, QStringLiteral("git asks for github.com."));
    m_consent->answer(question.id + 1, ConsentAnswer::Always); // of no question
    QVERIFY(asker.heard.empty());
    answerFirst(ConsentAnswer(answer));
    QCOMPARE(isAllowed ? asker.isAllowed() : asker.isRefused(), true);
    QVERIFY(m_consent->questions().empty());
    QTEST(m_consent->rules().size(), "rules");
    QTEST(isAllowedAtOnce(wish()), "isAllowedAgain");
    m_consent = make();
    QTEST(isAllowedAtOnce(wish()), "isAllowedAfterAStart");
    const bool isNever = ConsentAnswer(answer) == ConsentAnswer::Never;
    QFETCH(const bool, isAllowedAfterAStart);
    QCOMPARE(isAskedAbout(wish()), !isNever && !isAllowedAfterAStart);
}

// CVE-2023-28531: a new kind came in without the restrictions of the old ones. Here no kind is told apart at all.
void AskedConsentTest::firstUse_ofEachKindOfCredential_asks_data()
{
    using profile::CredentialKind;
    QTest::addColumn<CredentialKind>("kind");
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("purpose");
    QTest::newRow("own login") << CredentialKind::OAuth << QStringLiteral("anthropic:work") << QStringLiteral("token");
    QTest::newRow("tool's login") << CredentialKind::OAuth << QStringLiteral("claude-cli")
                                  << QStringLiteral("api-key-helper");
    QTest::newRow("setup token") << CredentialKind::Token << QStringLiteral("key:ci") << QStringLiteral("run");
    QTest::newRow("git token") << CredentialKind::Token << QStringLiteral("gh-cli") << QStringLiteral("git");
    QTest::newRow("API key") << CredentialKind::ApiKey << QStringLiteral("key:openai") << QStringLiteral("mcp");
    QTest::newRow("cloud login") << CredentialKind::OAuth << QStringLiteral("aws-sso:dev") << QStringLiteral("aws");
    QTest::newRow("registry") << CredentialKind::Token << QStringLiteral("ghcr") << QStringLiteral("docker");
    QTest::newRow("a kind to come") << CredentialKind(99) << QStringLiteral("passkey:new") << QStringLiteral("new");
}

void AskedConsentTest::firstUse_ofEachKindOfCredential_asks()
{
    QFETCH(const QString, profile);
    Consent::Request request = wish(git, profile);
    QFETCH(const QString, purpose);
    request.purpose = purpose;
    QVERIFY(isAskedAbout(request));
    m_consent->setLocked(true);
    QVERIFY(!isAllowedAtOnce(request) && m_consent->questions().empty());
    m_consent->setLocked(false);
    m_consent->setCanAsk(false);
    QVERIFY(!isAllowedAtOnce(request) && m_consent->questions().empty());
}

void AskedConsentTest::forAWhile_isAnHour_byTheClockThatNeverJumps()
{
    Asker asker;
    asker.ask(*m_consent, wish());
    answerFirst(ConsentAnswer::ForAWhile);
    m_clock.wall -= 48h;
    m_clock.boot += 1h - 1ms;
    QVERIFY(isAllowedAtOnce(wish()));
    QVERIFY(!isAllowedAtOnce(wish(QStringLiteral("/usr/bin/gh"))));
    QCOMPARE(m_consent->rules().size(), 1U);
    QVERIFY(m_consent->rules().front().until.has_value());
    m_clock.boot += 1ms;
    QVERIFY(m_consent->rules().empty());
    QVERIFY(isAskedAbout(wish()));
}

void AskedConsentTest::equalRequests_shareOneQuestion()
{
    std::vector<Asker> askers(50);
    for (std::size_t i = 0; i < askers.size(); ++i) {
        Consent::Request request = wish();
        request.consumer.program.pid = static_cast<pid_t>(100 + i);
        askers[i].ask(*m_consent, request);
    }
    QCOMPARE(m_consent->questions().size(), 1U);
    askers[7].context.reset();
    answerFirst(ConsentAnswer::ThisTime);
    for (std::size_t i = 0; i < askers.size(); ++i)
        QCOMPARE(askers[i].heard.size(), i == 7 ? 0U : 1U);
    QVERIFY(askers.back().isAllowed());
    QVERIFY(isAskedAbout(wish())); // this time was that time
}

void AskedConsentTest::otherRequests_areQuestionsOfTheirOwn_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("parent");
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("purpose");
    const Consent::Request usual = wish();
    const QString bash = QStringLiteral("/usr/bin/bash");
    QTest::newRow("program") << QStringLiteral("/usr/bin/gh") << bash << gitHub << usual.purpose;
    QTest::newRow("parent") << git << QStringLiteral("/tmp/x") << gitHub << usual.purpose;
    QTest::newRow("login") << git << bash << QStringLiteral("gh-cli@work") << usual.purpose;
    QTest::newRow("purpose") << git << bash << gitHub << QStringLiteral("git asks for evil.example.");
}

void AskedConsentTest::otherRequests_areQuestionsOfTheirOwn()
{
    QFETCH(const QString, program);
    QFETCH(const QString, parent);
    QFETCH(const QString, profile);
    QFETCH(const QString, purpose);
    Asker first;
    first.ask(*m_consent, wish());
    Consent::Request other = wish(program, profile);
    other.consumer.parent->executable = parent;
    other.purpose = purpose;
    Asker second;
    second.ask(*m_consent, other);
    QCOMPARE(m_consent->questions().size(), 2U);
    answerFirst(ConsentAnswer::ThisTime);
    QVERIFY(first.isAllowed());
    QVERIFY(second.heard.empty());
}

void AskedConsentTest::always_answersTheOtherQuestionsOfThisProgram()
{
    Consent::Request other = wish();
    other.purpose = QStringLiteral("git asks for gist.github.com.");
    Asker one;
    Asker two;
    Asker three;
    one.ask(*m_consent, wish());
    two.ask(*m_consent, other);
    three.ask(*m_consent, wish(QStringLiteral("/usr/bin/gh")));
    answerFirst(ConsentAnswer::Always);
    QVERIFY(one.isAllowed() && two.isAllowed());
    QVERIFY(three.heard.empty());
    QCOMPARE(m_consent->questions().size(), 1U);
}

void AskedConsentTest::questions_areThreeAtMost()
{
    std::vector<Asker> askers(4);
    for (std::size_t i = 0; i < askers.size(); ++i)
        askers[i].ask(*m_consent, wish(QStringLiteral("/opt/%1").arg(i)));
    QCOMPARE(m_consent->questions().size(), 3U);
    QVERIFY(askers.back().isRefused());
    Asker again;
    again.ask(*m_consent, wish(QStringLiteral("/opt/0"))); // shares the question that is open
    QVERIFY(again.heard.empty());
    answerFirst(ConsentAnswer::ThisTime);
    QVERIFY(isAskedAbout(wish(QStringLiteral("/opt/3"))));
}

void AskedConsentTest::refusedQuestion_isNotAskedAgainAtOnce()
{
    Asker first;
    first.ask(*m_consent, wish());
    answerFirst(ConsentAnswer::NotNow);
    Consent::Request reworded = wish();
    reworded.purpose = QStringLiteral("Please.");
    for (const Consent::Request &request : {wish(), reworded}) {
        Asker again;
        again.ask(*m_consent, request);
        QVERIFY(again.isRefused());
    }
    QVERIFY(isAskedAbout(wish(QStringLiteral("/usr/bin/gh"))));
    m_clock.boot += 30s;
    QVERIFY(isAskedAbout(wish()));
}

void AskedConsentTest::askerThatGoes_withdrawsItsQuestion()
{
    Asker one;
    Asker two;
    one.ask(*m_consent, wish());
    two.ask(*m_consent, wish());
    one.context.reset();
    QCOMPARE(m_consent->questions().size(), 1U);
    QSignalSpy changed(m_consent.get(), &Consent::questionsChanged);
    two.context.reset();
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_consent->questions().empty());
    QVERIFY(one.heard.empty() && two.heard.empty());
}

void AskedConsentTest::flood_isRefused_untilItCalms()
{
    Asker first;
    first.ask(*m_consent, wish());
    answerFirst(ConsentAnswer::Always);
    int allowed = 1;
    for (int i = 0; i < 1000; ++i)
        allowed += isAllowedAtOnce(wish()) ? 1 : 0;
    QCOMPARE(allowed, service::ConsentLimits().requestsAMinute);
    Asker other;
    other.ask(*m_consent, wish());
    QVERIFY(other.isRefused());
    QVERIFY(other.heard.front().text.contains(QStringLiteral("300")));
    m_clock.boot += 1min;
    QVERIFY(isAllowedAtOnce(wish()));
}

void AskedConsentTest::lockedScreen_refusesAllButTheSettings()
{
    m_consent->setSettings({{.profileId = QStringLiteral("codex-cli"), .program = git}});
    Asker first;
    first.ask(*m_consent, wish());
    answerFirst(ConsentAnswer::Always);
    Asker waiting;
    waiting.ask(*m_consent, wish(QStringLiteral("/usr/bin/gh")));
    m_consent->setLocked(true);
    QVERIFY(waiting.isRefused());
    QVERIFY(m_consent->questions().empty());
    Asker asker;
    asker.ask(*m_consent, wish());
    QVERIFY(asker.isRefused());
    QVERIFY(asker.heard.front().text.contains(QStringLiteral("locked")));
    QVERIFY(isAllowedAtOnce(wish(git, QStringLiteral("codex-cli"))));
    m_consent->setLocked(false);
    QVERIFY(isAllowedAtOnce(wish()));
    QVERIFY(isAskedAbout(wish(QStringLiteral("/usr/bin/gh")))); // a locked screen was no answer
}

void AskedConsentTest::nobodyThere_refuses_withTheLineThatWouldHelp()
{
    Asker waiting;
    waiting.ask(*m_consent, wish());
    m_consent->setCanAsk(false);
    QVERIFY(waiting.isRefused());
    const QString line = QStringLiteral(R"({ "profile": "gh-cli", "program": "/usr/bin/git", "allow": true })");
    QVERIFY2(waiting.heard.front().text.contains(line), qPrintable(waiting.heard.front().text));
    QVERIFY(m_consent->questions().empty());
    QVERIFY(!isAllowedAtOnce(wish()));
}

void AskedConsentTest::settings_goFirst_andAreNotRevokedHere()
{
    Asker first;
    first.ask(*m_consent, wish());
    answerFirst(ConsentAnswer::Always);
    Asker waiting;
    waiting.ask(*m_consent, wish(QStringLiteral("/usr/bin/gh")));
    QSignalSpy changed(m_consent.get(), &Consent::rulesChanged);
    m_consent->setSettings({{.profileId = gitHub, .program = QStringLiteral("/usr/bin/gh")},
                            {.profileId = gitHub, .program = QStringLiteral("*"), .isAllowed = false}});
    QCOMPARE(changed.count(), 1);
    QVERIFY(waiting.isAllowed()); // they speak of a question that is open, too
    QVERIFY(!isAllowedAtOnce(wish()));
    QVERIFY(isAllowedAtOnce(wish(QStringLiteral("/usr/bin/gh"))));
    const std::vector<ConsentRule> rules = m_consent->rules();
    QCOMPARE(rules.size(), 3U);
    QCOMPARE(rules[0].program, QStringLiteral("/usr/bin/gh"));
    QCOMPARE(rules[1].program, QStringLiteral("*"));
    QVERIFY(rules[0].isFromSettings && rules[1].isFromSettings && !rules[2].isFromSettings);
    QVERIFY(!m_consent->revoke(rules[0]).has_value());
    QCOMPARE(m_consent->rules().size(), 3U);
}

void AskedConsentTest::settings_knowAProgramByTheFileItsLinkLeadsTo()
{
    const QString real = m_home->write(QStringLiteral("opt/python3.11"), "");
    const QString link = m_home->path(QStringLiteral("opt/python3"));
    QVERIFY(QFile::link(real, link));
    m_consent->setSettings({{.profileId = gitHub, .program = link}});
    QVERIFY(isAllowedAtOnce(wish(QFileInfo(real).canonicalFilePath())));
    QCOMPARE(m_consent->rules().front().program, link);
    QVERIFY(m_consent->rules().front().lastUsedAt.has_value());
}

void AskedConsentTest::revoke_holdsAtOnce_data()
{
    QTest::addColumn<int>("answer");
    QTest::newRow("always") << int(ConsentAnswer::Always);
    QTest::newRow("for an hour") << int(ConsentAnswer::ForAWhile);
    QTest::newRow("never") << int(ConsentAnswer::Never);
}

void AskedConsentTest::revoke_holdsAtOnce()
{
    QFETCH(const int, answer);
    Asker first;
    first.ask(*m_consent, wish());
    answerFirst(ConsentAnswer(answer));
    QSignalSpy changed(m_consent.get(), &Consent::rulesChanged);
    QVERIFY(m_consent->revoke(m_consent->rules().front()).has_value());
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_consent->rules().empty());
    QVERIFY(isAskedAbout(wish()));
    m_consent = make();
    QVERIFY(isAskedAbout(wish()));
}

void AskedConsentTest::endOfTheLogin_endsWhatWasAllowed_data()
{
    QTest::addColumn<int>("answer");
    QTest::addColumn<bool>("isSignOut");
    for (const bool isSignOut : {true, false}) {
        const char *how = isSignOut ? "sign-out" : "another account";
        QTest::addRow("%s, always", how) << int(ConsentAnswer::Always) << isSignOut;
        QTest::addRow("%s, for an hour", how) << int(ConsentAnswer::ForAWhile) << isSignOut;
    }
}

// S-56
void AskedConsentTest::endOfTheLogin_endsWhatWasAllowed()
{
    QFETCH(const int, answer);
    QFETCH(const bool, isSignOut);
    m_consent->noteAccount(gitHub, account(QStringLiteral("octocat")));
    Asker spy;
    spy.ask(*m_consent, wish(QStringLiteral("/opt/spy")));
    answerFirst(ConsentAnswer::Never);
    Asker first;
    first.ask(*m_consent, wish());
    answerFirst(ConsentAnswer(answer));
    Asker waiting;
    waiting.ask(*m_consent, wish(QStringLiteral("/usr/bin/gh")));
    m_consent->noteAccount(gitHub, {}); // not known just now
    m_consent->noteAccount(QStringLiteral("codex-cli"), account(QStringLiteral("hubot")));
    QVERIFY(isAllowedAtOnce(wish()));
    if (isSignOut)
        m_consent->forget(gitHub);
    else
        m_consent->noteAccount(gitHub, account(QStringLiteral("hubot")));
    QVERIFY(waiting.isRefused()); // they were asked about another login
    QCOMPARE(m_consent->rules().size(), 1U);
    QVERIFY(isAskedAbout(wish()));
    m_consent = make();
    QCOMPARE(m_consent->rules().size(), 1U);
    QVERIFY(!m_consent->rules().front().isAllowed);
}

void AskedConsentTest::unreadableMemory_asksAgain_andSaysSo()
{
    m_home->write(QStringLiteral(".local/share/keytender/consents.json"), "{");
    m_consent = make();
    QVERIFY(m_consent->problem().contains(QStringLiteral("consents.json")));
    Asker asker;
    asker.ask(*m_consent, wish());
    QVERIFY(asker.heard.empty());
    answerFirst(ConsentAnswer::Always);
    QVERIFY(asker.isAllowed()); // this once: what was said is true, but was not kept
    QVERIFY(m_consent->rules().empty());
    QVERIFY(isAskedAbout(wish()));
    QCOMPARE(m_home->read(QStringLiteral(".local/share/keytender/consents.json")), QByteArray("{"));
}

// Another Keytender keeps the file meanwhile: what is written over is lost there.
void AskedConsentTest::lookingOn_takesNothingBack_andReadsWhatTheOtherHasSaid()
{
    Asker asker;
    asker.ask(*m_consent, wish());
    answerFirst(ConsentAnswer::Always);
    auto onlooker = make();
    onlooker->setLookingOn(true);
    QCOMPARE(onlooker->rules(), m_consent->rules());
    const auto refused = onlooker->revoke(onlooker->rules().front());
    QVERIFY(!refused && refused.error().detail.contains(QStringLiteral("another Keytender")));
    QCOMPARE(make()->rules().size(), 1U);
    QVERIFY(m_consent->revoke(m_consent->rules().front()).has_value());
    onlooker->setLookingOn(false);
    QVERIFY(onlooker->rules().empty());
    onlooker.swap(m_consent);
    QVERIFY(isAskedAbout(wish()));
}

void AskedConsentTest::unknownProgram_isAskedAboutEachTime()
{
    Asker one;
    one.ask(*m_consent, wish({}));
    Consent::Request other = wish({});
    other.consumer.program.pid = 101;
    Asker two;
    two.ask(*m_consent, other);
    QCOMPARE(m_consent->questions().size(), 2U); // whose path is not known shares with nobody
    answerFirst(ConsentAnswer::Always);
    QVERIFY(one.isAllowed());
    QVERIFY(two.heard.empty());
    QVERIFY(m_consent->rules().empty());
    QVERIFY(isAskedAbout(wish({})));
}

void AskedConsentTest::askingWhileBeingAnswered_isFine()
{
    QObject context;
    std::vector<bool> heard;
    m_consent->ask(wish(), &context, [&](const Consent::Verdict &) {
        m_consent->ask(wish(QStringLiteral("/usr/bin/gh")), &context,
                       [&](const Consent::Verdict &verdict) { heard.push_back(verdict.isAllowed); });
    });
    Asker gone;
    m_consent->ask(wish(), &context, [&](const Consent::Verdict &) { gone.context.reset(); });
    gone.ask(*m_consent, wish());
    answerFirst(ConsentAnswer::ThisTime);
    QVERIFY(gone.heard.empty());
    QCOMPARE(m_consent->questions().size(), 1U);
    answerFirst(ConsentAnswer::ThisTime);
    QCOMPARE(heard, std::vector{true});
}

QTEST_GUILESS_MAIN(AskedConsentTest)
#include "askedconsent.moc"
