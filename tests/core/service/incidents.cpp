// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/incidents.h"

#include <functional>

#include <QTest>

using namespace keytender;
using namespace keytender::service;
using namespace std::chrono_literals;
using profile::Care;
using profile::Health;
using profile::Reason;
using profile::Severity;
using Kind = Incident::Kind;
using Action = Incident::Action;

namespace {

constexpr base::Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 9h};

// A well login of our own, which Keytender may renew and sign in to.
Row own(const QString &id = QStringLiteral("anthropic"))
{
    Row row;
    row.profile.id = id;
    row.profile.label = QStringLiteral("Anthropic · me@example.com");
    row.profile.account.email = QStringLiteral("me@example.com");
    row.profile.care = Care::Own;
    row.profile.credential.refreshToken.bytes.fill(7);
    row.profile.firstSeenAt = now - 1h;
    row.providerName = QStringLiteral("Anthropic");
    row.condition.health = Health::Fresh;
    row.condition.expiresAt = now + 7h;
    row.actions = {.refresh = true, .signIn = true, .signOut = true};
    return row;
}

// A well login of a tool.
Row toolsOwn(const QString &id = QStringLiteral("claude-cli"))
{
    Row row = own(id);
    row.profile.label = QStringLiteral("Claude Code");
    row.profile.care = Care::Watched;
    row.signInCommand = QStringLiteral("claude auth login");
    row.actions = {};
    return row;
}

// A key that was handed out by hand.
Row key(const QString &id = QStringLiteral("key"))
{
    Row row = own(id);
    row.profile.label = QStringLiteral("CI key");
    row.profile.account = {};
    row.profile.credential.kind = profile::CredentialKind::ApiKey;
    row.profile.credential.refreshToken = {};
    row.profile.credential.issuedAt = now - 24h * 300;
    row.condition.expiresAt.reset();
    row.actions = {.refresh = false, .signIn = false, .signOut = true};
    return row;
}

Row with(Row row, Health health, Reason reason, Severity severity)
{
    row.condition.health = health;
    row.condition.reason = reason;
    row.condition.severity = severity;
    return row;
}

Row signInEndingIn(Row row, std::chrono::seconds left)
{
    row.condition.signInEndsAt = now + left;
    return row;
}

Row tokenEndingIn(Row row, std::chrono::seconds left)
{
    row.condition.expiresAt = now + left;
    return row;
}

Row clashing(const QString &id, const QStringList &others)
{
    Row row = toolsOwn(id);
    row.profile.label = id;
    row.condition.hasClash = true;
    row.condition.severity = Severity::Due;
    for (const QString &other : others)
        row.profile.duplicates.push_back({.profile = other, .kind = profile::DuplicateKind::SameLineage});
    row.condition.clashesWith = others;
    return row;
}

std::map<QString, Row> rowsOf(const std::vector<Row> &rows)
{
    std::map<QString, Row> byId;
    for (const Row &row : rows)
        byId.emplace(row.profile.id, row);
    return byId;
}

Findings findingsOf(const std::vector<Row> &rows, const Surroundings &surroundings = {},
                    const Ladder &ladder = usualLadder())
{
    return incidentsOf(rowsOf(rows), surroundings, ladder, now);
}

QStringList keysOf(const Findings &findings)
{
    QStringList keys;
    for (const Incident &incident : findings.incidents)
        keys += incident.key;
    return keys;
}

Incident onlyOne(const std::vector<Row> &rows, const Surroundings &surroundings = {})
{
    const Findings findings = findingsOf(rows, surroundings);
    return findings.incidents.size() == 1 ? findings.incidents.front() : Incident{};
}

} // namespace

class IncidentsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void trouble_isOneIncident_data();
    void trouble_isOneIncident();
    void whatNobodyNeedActOn_isNone_data();
    void whatNobodyNeedActOn_isNone();
    void signInEnd_isOnTheLadder_data();
    void signInEnd_isOnTheLadder();
    void signInWithoutTokenExpiry_isOnTheLadderToo();
    void tokenEnd_isOnTheLadder_data();
    void tokenEnd_isOnTheLadder();
    void emptyLadder_remindsOfNothing();
    void endOfASignIn_isToldBesideOtherTrouble();
    void clash_isToldOnce();
    void lockedKeychain_isToldOnce();
    void unusableKeyFile_isTold();
    void gist_doesNotChangeWithTime_data();
    void gist_doesNotChangeWithTime();
    void gist_changesWithWhatIsSaid();
    void whatIsBeingRenewed_isUndecided();
    void closedStore_makesFindingsPartial();
    void order_isUrgentFirst();
};

void IncidentsTest::trouble_isOneIncident_data()
{
    QTest::addColumn<Row>("row");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("title");
    QTest::addColumn<std::vector<Action>>("actions");
    QTest::addColumn<bool>("isUrgent");
    const std::vector signIn{Action::SignIn, Action::Why};
    const std::vector retry{Action::Retry, Action::Why};
    const std::vector why{Action::Why};
    const QString mine = QStringLiteral("Anthropic · me@example.com: ");
    const QString theirs = QStringLiteral("Claude Code · me@example.com: ");

    const auto add = [](const char *name, const Row &row, const QString &key, const QString &title,
                        const std::vector<Action> &actions,
                        bool isUrgent) { QTest::newRow(name) << row << key << title << actions << isUrgent; };
    using enum Health;
    add("refused", with(own(), NeedsSignIn, Reason::Refused, Severity::ActNow),
        QStringLiteral("signInNeeded/anthropic"), mine + QStringLiteral("sign in again"), signIn, true);
    add("answer lost", with(own(), NeedsSignIn, Reason::AnswerLost, Severity::ActNow),
        QStringLiteral("signInNeeded/anthropic"), mine + QStringLiteral("sign in again"), signIn, true);
    add("sign-in ended", with(signInEndingIn(own(), -1h), NeedsSignIn, Reason::SignInEnded, Severity::ActNow),
        QStringLiteral("signInNeeded/anthropic"), mine + QStringLiteral("sign in again"), signIn, true);
    add("a tool's record locked away", with(toolsOwn(), NeedsSignIn, Reason::LockedAwayByTool, Severity::ActNow),
        QStringLiteral("signInNeeded/claude-cli"), theirs + QStringLiteral("sign in again"), why, true);
    add("a tool's record blanked", with(toolsOwn(), NeedsSignIn, Reason::BlankedByTool, Severity::ActNow),
        QStringLiteral("signInNeeded/claude-cli"), theirs + QStringLiteral("sign in again"), why, true);
    add("a tool's sign-in ended",
        with(signInEndingIn(toolsOwn(), -1min), NeedsSignIn, Reason::SignInEnded, Severity::ActNow),
        QStringLiteral("signInNeeded/claude-cli"), theirs + QStringLiteral("sign in again"), why, true);
    add("answered with another account", with(own(), Conflict, Reason::OtherAccount, Severity::ActNow),
        QStringLiteral("unsafe/anthropic"), mine + QStringLiteral("another account"), signIn, true);
    add("a tool's other account", with(toolsOwn(), Conflict, Reason::DifferentAccount, Severity::ActNow),
        QStringLiteral("unsafe/claude-cli"), theirs + QStringLiteral("another account"), why, true);
    add("ambiguous", with(toolsOwn(), Conflict, Reason::Ambiguous, Severity::ActNow),
        QStringLiteral("unsafe/claude-cli"), theirs + QStringLiteral("two versions"), why, true);
    add("unreadable", with(toolsOwn(), Unreadable, Reason::CopyUnreadable, Severity::ActNow),
        QStringLiteral("unsafe/claude-cli"), theirs + QStringLiteral("unreadable"), why, true);
    add("cannot be stored", with(own(), Waiting, Reason::StorageFails, Severity::ActNow),
        QStringLiteral("unsafe/anthropic"), mine + QStringLiteral("cannot be stored"), retry, true);
    add("server trouble, about to lapse", with(own(), Waiting, Reason::ServerTrouble, Severity::Due),
        QStringLiteral("renewalFailing/anthropic"), mine + QStringLiteral("no answer from the server"), retry, false);
    add("offline, others not", with(own(), Waiting, Reason::Offline, Severity::Due),
        QStringLiteral("renewalFailing/anthropic"), mine + QStringLiteral("offline"), retry, false);
    add("blocked", with(own(), Waiting, Reason::Blocked, Severity::Due), QStringLiteral("renewalFailing/anthropic"),
        mine + QStringLiteral("waiting"), retry, false);
    add("misconfigured", with(own(), Waiting, Reason::Misconfigured, Severity::Due),
        QStringLiteral("renewalFailing/anthropic"), mine + QStringLiteral("waiting"), retry, false);
    add("answer unknown", with(own(), Unsure, Reason::AnswerUnknown, Severity::Due),
        QStringLiteral("renewalFailing/anthropic"), mine + QStringLiteral("unsure"), retry, false);
    add("key in use for long", with(key(), Due, Reason::RotationDue, Severity::Due), QStringLiteral("rotationDue/key"),
        QStringLiteral("CI key: replace soon"), why, false);
    add("key ended", with(tokenEndingIn(key(), -1h), Expired, Reason::TokenEnded, Severity::ActNow),
        QStringLiteral("tokenEnds/key"), QStringLiteral("CI key: expired"), why, true);
    Row toolsToken = tokenEndingIn(key(QStringLiteral("aws")), -1min);
    toolsToken.profile.care = Care::Watched;
    add("a tool's token ended", with(toolsToken, Expired, Reason::TokenEnded, Severity::ActNow),
        QStringLiteral("tokenEnds/aws"), QStringLiteral("CI key: expired"), why, false);
}

void IncidentsTest::trouble_isOneIncident()
{
    QFETCH(const Row, row);
    QFETCH(const QString, key);
    QFETCH(const QString, title);
    QFETCH(const std::vector<Action>, actions);
    QFETCH(const bool, isUrgent);
    const Incident incident = onlyOne({row});
    QCOMPARE(incident.key, key);
    QCOMPARE(incident.profileId, row.profile.id);
    QCOMPARE(incident.title, title);
    QVERIFY(incident.actions == actions);
    QCOMPARE(incident.isUrgent, isUrgent);
    QCOMPARE(incident.text, explanationOf(row, now));
    QVERIFY(!incident.text.isEmpty());
    QVERIFY(!incident.gist.isEmpty());
}

void IncidentsTest::whatNobodyNeedActOn_isNone_data()
{
    QTest::addColumn<Row>("row");
    QTest::addColumn<bool>("isOffline");
    using enum Health;
    QTest::newRow("fresh") << own() << false;
    QTest::newRow("renewing") << with(own(), Refreshing, Reason::None, Severity::Busy) << false;
    QTest::newRow("paused") << with(tokenEndingIn(toolsOwn(), -3h), Paused, Reason::RenewedByItsTool, Severity::Well)
                            << false;
    QTest::newRow("a tool's, due") << with(toolsOwn(), Due, Reason::RenewedByItsTool, Severity::Well) << false;
    QTest::newRow("waiting, and the token works")
        << with(own(), Waiting, Reason::ServerTrouble, Severity::Well) << false;
    QTest::newRow("nobody can be reached") << with(own(), Waiting, Reason::Offline, Severity::Due) << true;
    QTest::newRow("signed out, perhaps meant")
        << with(toolsOwn(), NeedsSignIn, Reason::SignedOut, Severity::Due) << false;
    QTest::newRow("service ended") << with(toolsOwn(), Rejected, Reason::ServiceEnded, Severity::Due) << false;
    QTest::newRow("service ended for some")
        << with(signInEndingIn(toolsOwn(), 1h), NoExpiry, Reason::ServiceEndedForSome, Severity::Well) << false;
    Row stale = with(signInEndingIn(toolsOwn(), -48h), NeedsSignIn, Reason::SignInEnded, Severity::ActNow);
    QTest::newRow("ended before it was seen") << stale << false;
    stale = with(tokenEndingIn(toolsOwn(), -48h), Expired, Reason::TokenEnded, Severity::ActNow);
    stale.profile.credential.refreshToken = {};
    QTest::newRow("a token ended before it was seen") << stale << false;
    QTest::newRow("dead, whatever its dates say")
        << with(signInEndingIn(toolsOwn(), 1h), NeedsSignIn, Reason::SignedOut, Severity::Due) << false;
}

void IncidentsTest::whatNobodyNeedActOn_isNone()
{
    QFETCH(const Row, row);
    QFETCH(const bool, isOffline);
    Surroundings surroundings;
    surroundings.isOffline = isOffline;
    QCOMPARE(keysOf(findingsOf({row}, surroundings)), QStringList());
}

void IncidentsTest::signInEnd_isOnTheLadder_data()
{
    QTest::addColumn<std::chrono::seconds>("left");
    QTest::addColumn<int>("stage"); // -1: nothing is said
    QTest::addColumn<bool>("isUrgent");
    QTest::newRow("8 days") << std::chrono::seconds(24h * 8) << -1 << false;
    QTest::newRow("7 days and a second") << std::chrono::seconds(24h * 7 + 1s) << -1 << false;
    QTest::newRow("7 days") << std::chrono::seconds(24h * 7) << 0 << false;
    QTest::newRow("4 days") << std::chrono::seconds(24h * 4) << 0 << false;
    QTest::newRow("3 days") << std::chrono::seconds(24h * 3) << 1 << false;
    QTest::newRow("25 hours") << std::chrono::seconds(25h) << 1 << false;
    QTest::newRow("1 day") << std::chrono::seconds(24h) << 2 << true;
    QTest::newRow("2 hours") << std::chrono::seconds(2h) << 3 << true;
    QTest::newRow("a second") << 1s << 3 << true;
    QTest::newRow("over, and not judged yet") << 0s << -1 << false;
}

void IncidentsTest::signInEnd_isOnTheLadder()
{
    QFETCH(const std::chrono::seconds, left);
    QFETCH(const int, stage);
    QFETCH(const bool, isUrgent);
    for (const Row &row : {signInEndingIn(own(), left), signInEndingIn(toolsOwn(), left)}) {
        const Findings findings = findingsOf({row});
        QCOMPARE(findings.incidents.size(), stage < 0 ? 0U : 1U);
        if (stage < 0)
            continue;
        const Incident &incident = findings.incidents.front();
        QCOMPARE(incident.key, QStringLiteral("signInEnds/") + row.profile.id);
        QCOMPARE(incident.stage, stage);
        QCOMPARE(incident.isUrgent, isUrgent);
        QVERIFY(incident.isReminder());
        QVERIFY(incident.title.contains(QStringLiteral(": sign-in ends in ")));
        QVERIFY(incident.text.startsWith(QStringLiteral("This sign-in ends in ")));
        QVERIFY(incident.text.contains(row.profile.care == Care::Own ? QStringLiteral("Sign in again.")
                                                                     : QStringLiteral("claude auth login")));
        QCOMPARE(incident.actions.front(), row.profile.care == Care::Own ? Action::SignIn : Action::Why);
    }
}

void IncidentsTest::signInWithoutTokenExpiry_isOnTheLadderToo()
{
    Row row = with(signInEndingIn(own(), 24h * 5), Health::NoExpiry, Reason::None, Severity::Well);
    row.condition.expiresAt.reset();
    QCOMPARE(onlyOne({row}).key, QStringLiteral("signInEnds/anthropic"));
}

void IncidentsTest::tokenEnd_isOnTheLadder_data()
{
    QTest::addColumn<std::chrono::seconds>("life");
    QTest::addColumn<std::chrono::seconds>("left");
    QTest::addColumn<int>("stage");
    const std::chrono::seconds year = 24h * 365;
    QTest::newRow("a year, 8 days left") << year << std::chrono::seconds(24h * 8) << -1;
    QTest::newRow("a year, 7 days left") << year << std::chrono::seconds(24h * 7) << 0;
    QTest::newRow("a year, 1 hour left") << year << std::chrono::seconds(1h) << 3;
    QTest::newRow("8 hours, fresh") << std::chrono::seconds(8h) << std::chrono::seconds(8h) << -1;
    QTest::newRow("8 hours, 2 left") << std::chrono::seconds(8h) << std::chrono::seconds(2h) << 3;
    QTest::newRow("3 hours, 2 left") << std::chrono::seconds(3h) << std::chrono::seconds(2h) << -1;
    QTest::newRow("7 days, fresh") << std::chrono::seconds(24h * 7) << std::chrono::seconds(24h * 7) << -1;
    QTest::newRow("7 days, 3 left") << std::chrono::seconds(24h * 7) << std::chrono::seconds(24h * 3) << 1;
}

void IncidentsTest::tokenEnd_isOnTheLadder()
{
    QFETCH(const std::chrono::seconds, life);
    QFETCH(const std::chrono::seconds, left);
    QFETCH(const int, stage);
    Row row = tokenEndingIn(key(), left);
    row.profile.credential.issuedAt = now + left - life;
    const Findings findings = findingsOf({row});
    QCOMPARE(findings.incidents.size(), stage < 0 ? 0U : 1U);
    if (stage < 0)
        return;
    QCOMPARE(findings.incidents.front().key, QStringLiteral("tokenEnds/key"));
    QCOMPARE(findings.incidents.front().stage, stage);
    QVERIFY(findings.incidents.front().title.startsWith(QStringLiteral("CI key: ends in ")));
    QVERIFY(findings.incidents.front().text.contains(QStringLiteral("nothing can renew it")));
}

void IncidentsTest::emptyLadder_remindsOfNothing()
{
    QVERIFY(findingsOf({signInEndingIn(own(), 1h), tokenEndingIn(key(), 1h)}, {}, {}).incidents.empty());
    // That it has ended is no reminder.
    const Row ended = with(tokenEndingIn(key(), -1h), Health::Expired, Reason::TokenEnded, Severity::ActNow);
    QCOMPARE(keysOf(findingsOf({ended}, {}, {})), QStringList(QStringLiteral("tokenEnds/key")));
}

void IncidentsTest::endOfASignIn_isToldBesideOtherTrouble()
{
    const Row failing = with(signInEndingIn(own(), 24h * 5), Health::Waiting, Reason::ServerTrouble, Severity::Due);
    QCOMPARE(keysOf(findingsOf({failing})),
             QStringList({QStringLiteral("renewalFailing/anthropic"), QStringLiteral("signInEnds/anthropic")}));
    const Row renewing = with(signInEndingIn(own(), 24h * 5), Health::Refreshing, Reason::None, Severity::Busy);
    QCOMPARE(keysOf(findingsOf({renewing})), QStringList(QStringLiteral("signInEnds/anthropic")));
}

void IncidentsTest::clash_isToldOnce()
{
    const QString codex = QStringLiteral("codex");
    const QString opencode = QStringLiteral("opencode");
    const Incident incident = onlyOne({clashing(codex, {opencode}), clashing(opencode, {codex})});
    QCOMPARE(incident.key, QStringLiteral("unsafe/codex"));
    QCOMPARE(incident.title, QStringLiteral("codex · me@example.com: will clash"));
    QVERIFY(incident.text.contains(QStringLiteral("codex and opencode share one login")));
    QVERIFY(incident.actions == std::vector{Action::Why});
    // The first of them is dead: the other one speaks.
    Row dead = with(clashing(codex, {opencode}), Health::NeedsSignIn, Reason::SignedOut, Severity::Due);
    dead.condition.hasClash = false;
    QCOMPARE(onlyOne({dead, clashing(opencode, {codex})}).key, QStringLiteral("unsafe/opencode"));
}

void IncidentsTest::lockedKeychain_isToldOnce()
{
    const Row first = with(toolsOwn(QStringLiteral("a")), Health::Unreadable, Reason::KeychainLocked, Severity::Due);
    const Row second = with(toolsOwn(QStringLiteral("b")), Health::Unreadable, Reason::KeychainLocked, Severity::Due);
    Surroundings surroundings;
    const Incident byRows = onlyOne({first, second}, surroundings);
    QCOMPARE(byRows.key, QStringLiteral("keychainLocked"));
    QCOMPARE(byRows.text, explanationOf(first, now));
    surroundings.keychain = KeychainState::Locked;
    const Incident incident = onlyOne({first, second}, surroundings);
    QCOMPARE(incident.key, QStringLiteral("keychainLocked"));
    QVERIFY(incident.profileId.isEmpty());
    QVERIFY(incident.actions == std::vector{Action::Unlock});
    QCOMPARE(incident.text, describe(KeychainState::Locked));
    QVERIFY(!incident.isReminder());
}

void IncidentsTest::unusableKeyFile_isTold()
{
    Surroundings surroundings;
    surroundings.keychain = KeychainState::KeyFileUnusable;
    const Incident incident = onlyOne({own()}, surroundings);
    QCOMPARE(incident.key, QStringLiteral("unsafe"));
    QVERIFY(incident.isUrgent);
    for (const KeychainState state : {KeychainState::Absent, KeychainState::Silent}) {
        surroundings.keychain = state;
        QVERIFY(findingsOf({own()}, surroundings).incidents.empty());
    }
}

void IncidentsTest::gist_doesNotChangeWithTime_data()
{
    QTest::addColumn<Row>("row");
    QTest::newRow("sign-in ends") << signInEndingIn(own(), 24h * 6);
    QTest::newRow("token ends") << tokenEndingIn(key(), 24h * 6);
    QTest::newRow("sign-in ended") << with(signInEndingIn(own(), -1h), Health::NeedsSignIn, Reason::SignInEnded,
                                           Severity::ActNow);
    QTest::newRow("token ended") << with(tokenEndingIn(key(), -1h), Health::Expired, Reason::TokenEnded,
                                         Severity::ActNow);
    QTest::newRow("rotation") << with(key(), Health::Due, Reason::RotationDue, Severity::Due);
    Row waiting = with(own(), Health::Waiting, Reason::ServerTrouble, Severity::Due);
    waiting.condition.nextTry = now + 24h * 2;
    QTest::newRow("waiting") << waiting;
}

void IncidentsTest::gist_doesNotChangeWithTime()
{
    QFETCH(const Row, row);
    const auto sooner = incidentsOf(rowsOf({row}), {}, usualLadder(), now).incidents;
    const auto later = incidentsOf(rowsOf({row}), {}, usualLadder(), now + 26h).incidents;
    QCOMPARE(sooner.size(), 1U);
    QCOMPARE(later.size(), 1U);
    QCOMPARE(later.front().gist, sooner.front().gist);
    QCOMPARE(later.front().stage, sooner.front().stage);
}

void IncidentsTest::gist_changesWithWhatIsSaid()
{
    Row row = with(own(), Health::Waiting, Reason::ServerTrouble, Severity::Due);
    const QString before = onlyOne({row}).gist;
    row.condition.detail = QStringLiteral("maintenance until noon");
    QVERIFY(onlyOne({row}).gist != before);
    // When it will be tried again is no news.
    const Incident untimed = onlyOne({row});
    row.condition.nextTry = now + 4min;
    QCOMPARE(onlyOne({row}), untimed);
}

void IncidentsTest::whatIsBeingRenewed_isUndecided()
{
    const Row renewing = with(own(), Health::Refreshing, Reason::None, Severity::Busy);
    const Row locked = with(toolsOwn(), Health::Unreadable, Reason::KeychainLocked, Severity::Due);
    QCOMPARE(findingsOf({renewing, locked, key()}).undecided,
             (std::set{QStringLiteral("anthropic"), QStringLiteral("claude-cli")}));
}

void IncidentsTest::closedStore_makesFindingsPartial()
{
    Surroundings surroundings;
    for (const auto &[state, isWhole] :
         {std::pair(KeychainState::Usable, true), std::pair(KeychainState::Absent, true),
          std::pair(KeychainState::Locked, false), std::pair(KeychainState::Silent, false),
          std::pair(KeychainState::KeyFileUnusable, false)}) {
        surroundings.keychain = state;
        QCOMPARE(findingsOf({}, surroundings).isWhole, isWhole);
    }
}

void IncidentsTest::order_isUrgentFirst()
{
    Surroundings surroundings;
    surroundings.keychain = KeychainState::Locked;
    const Row refused = with(own(QStringLiteral("z-refused")), Health::NeedsSignIn, Reason::Refused, Severity::ActNow);
    const Row failing = with(own(QStringLiteral("b-failing")), Health::Waiting, Reason::Blocked, Severity::Due);
    const Row ending = signInEndingIn(own(QStringLiteral("a-ending")), 2h);
    QCOMPARE(keysOf(findingsOf({ending, failing, refused}, surroundings)),
             QStringList({QStringLiteral("keychainLocked"), QStringLiteral("signInNeeded/z-refused"),
                          QStringLiteral("signInEnds/a-ending"), QStringLiteral("renewalFailing/b-failing")}));
}

QTEST_GUILESS_MAIN(IncidentsTest)
#include "incidents.moc"
