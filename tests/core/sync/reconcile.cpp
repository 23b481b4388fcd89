// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/reconcile.h"

#include <QTest>

using namespace keytender;
using namespace std::chrono_literals;
using profile::Accord;
using profile::Care;
using profile::CopyState;
using profile::CredentialKind;
using sync::Known;
using sync::Step;

Q_DECLARE_METATYPE(keytender::profile::Copy)
Q_DECLARE_METATYPE(keytender::sync::Known)
Q_DECLARE_METATYPE(std::optional<keytender::sync::Known>)
Q_DECLARE_METATYPE(keytender::sync::Step)
Q_DECLARE_METATYPE(keytender::profile::Accord)

namespace {

const base::Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

// What a token set is made of, named shortly: a row reads as a sentence.
struct Tokens {
    int access = 1;
    int refresh = 1; // 0 = none
    std::optional<std::chrono::hours> expires = {};
    std::optional<std::chrono::hours> issued = {};
    std::optional<std::chrono::hours> signInEnds = {};
    CredentialKind kind = CredentialKind::OAuth;
};

base::Fingerprint fingerprint(int number)
{
    base::Fingerprint made;
    made.bytes[0] = static_cast<std::uint8_t>(number);
    return made;
}

std::optional<base::Timestamp> at(std::optional<std::chrono::hours> fromNow)
{
    return fromNow ? std::optional<base::Timestamp>(now + *fromNow) : std::nullopt;
}

profile::CredentialFacts facts(const Tokens &tokens)
{
    return {.kind = tokens.kind,
            .accessToken = fingerprint(tokens.access),
            .refreshToken = tokens.refresh == 0 ? base::Fingerprint() : fingerprint(100 + tokens.refresh),
            .expiresAt = at(tokens.expires),
            .issuedAt = at(tokens.issued),
            .refreshTokenExpiresAt = at(tokens.signInEnds),
            .scopes = {}};
}

Tokens bare(int number, CredentialKind kind = CredentialKind::Token)
{
    return {.access = number, .refresh = 0, .kind = kind};
}

profile::Account account(const QString &id, const QString &organization = {}, const QString &email = {})
{
    return {.id = id, .email = email, .organizationId = organization, .organizationName = {}, .plan = {}};
}

const profile::Account ada = account(QStringLiteral("ada"));
const profile::Account bob = account(QStringLiteral("bob"));

Known known(const Tokens &tokens, const profile::Account &whose = ada, Care care = Care::Watched)
{
    return {.credential = facts(tokens), .account = whose, .care = care, .firstSeenAt = now - 24h};
}

Known alsoElsewhere(Known known)
{
    known.isHeldElsewhere = true;
    return known;
}

Known ended(Known known)
{
    known.isEnded = true;
    return known;
}

profile::Copy held(const Tokens &tokens, const profile::Account &whose = ada)
{
    profile::Copy copy;
    copy.state = CopyState::Held;
    copy.credential = facts(tokens);
    copy.account = whose;
    return copy;
}

profile::Copy changed(profile::Copy copy, std::chrono::hours fromNow)
{
    copy.changedAt = now + fromNow;
    return copy;
}

profile::Copy in(CopyState state)
{
    profile::Copy copy;
    copy.state = state;
    return copy;
}

} // namespace

class Reconcile final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneLook_decides_data();
    void oneLook_decides();
    void copyThatIsNoToken_isNeverTaken_data();
    void copyThatIsNoToken_isNeverTaken();
    void sameTokens_teachOnlyWhatIsNew_data();
    void sameTokens_teachOnlyWhatIsNew();
    void account_keepsWhatTheCopyDoesNotSay();
    void account_isReplacedWhole();
    void account_staysWhereNothingIsTaken();
    void dates_areCompletedNotReplaced();
};

void Reconcile::oneLook_decides_data()
{
    QTest::addColumn<std::optional<Known>>("before");
    QTest::addColumn<profile::Copy>("copy");
    QTest::addColumn<Step>("step");
    QTest::addColumn<Accord>("accord");
    const auto row = [](const char *name, const std::optional<Known> &before, const profile::Copy &copy, Step step,
                        Accord accord = Accord::Agreed) { QTest::newRow(name) << before << copy << step << accord; };
    const Tokens early{.expires = 1h};
    const Tokens late{.access = 2, .refresh = 2, .expires = 8h};
    const profile::Account nobody;

    row("nothing known, held", {}, held(early), Step::Import);
    row("nothing known, a bare token", {}, held(bare(1)), Step::Import);
    row("nothing known, expired long ago", {}, held({.expires = -9000h}), Step::Import);
    row("nothing known, absent", {}, in(CopyState::Absent), Step::Nothing);
    row("nothing known, blank", {}, in(CopyState::Blank), Step::KeepThroughBlank);
    row("nothing known, unreadable", {}, in(CopyState::Unreadable), Step::KeepThroughError);
    row("absent", known(early), in(CopyState::Absent), Step::KeepThroughAbsence);
    row("blank", known(early), in(CopyState::Blank), Step::KeepThroughBlank);
    row("unreadable", known(early), in(CopyState::Unreadable), Step::KeepThroughError);
    row("held, but withheld from us", known(early), in(CopyState::Held), Step::Nothing);

    row("the same", known(early), held(early), Step::Nothing);
    row("the same, undated", known({}), held({}), Step::Nothing);
    row("the same, with other dates", known(early), held({.expires = 5h}), Step::Nothing);
    row("the same bare token", known(bare(1)), held(bare(1)), Step::Nothing);
    row("the same, whose is not said", known(early), held(early, nobody), Step::Nothing);

    row("expires later", known(early), held(late), Step::AdoptNewer);
    row("expires earlier", known(late), held(early), Step::KeepNewer, Accord::KeptNewer);
    row("expires later, was issued earlier", known({.expires = 1h, .issued = -1h}),
        held({.access = 2, .expires = 2h, .issued = -2h}), Step::AdoptNewer);
    row("only the access token is new", known(early), held({.access = 2, .expires = 8h}), Step::AdoptNewer);
    row("only the refresh token is new", known(early), held({.refresh = 2, .expires = 8h}), Step::AdoptNewer);
    row("later, whose is not said", known(early), held(late, nobody), Step::AdoptNewer);
    row("later, whose was not known", known(early, nobody), held(late), Step::AdoptNewer);
    row("later, already expired", known({.expires = -9h}), held({.access = 2, .expires = -1h}), Step::AdoptNewer);
    row("issued later", known({.issued = -9h}), held({.access = 2, .issued = -1h}), Step::AdoptNewer);
    row("issued earlier", known({.issued = -1h}), held({.access = 2, .issued = -9h}), Step::KeepNewer,
        Accord::KeptNewer);
    row("expires alike, issued later", known({.expires = 1h, .issued = -9h}),
        held({.access = 2, .expires = 1h, .issued = -1h}), Step::AdoptNewer);
    row("one side has no expiry, issued later", known({.issued = -9h}),
        held({.access = 2, .expires = 1h, .issued = -1h}), Step::AdoptNewer);
    row("sign-in ends later", known({.signInEnds = 100h}), held({.access = 2, .signInEnds = 700h}), Step::AdoptNewer);
    row("sign-in ends earlier", known({.signInEnds = 700h}), held({.access = 2, .signInEnds = 100h}), Step::KeepNewer,
        Accord::KeptNewer);

    row("expires alike", known(early), held({.access = 2, .refresh = 2, .expires = 1h}), Step::Ambiguous,
        Accord::Ambiguous);
    row("undated", known({}), held({.access = 2, .refresh = 2}), Step::Ambiguous, Accord::Ambiguous);
    row("undated there", known(early), held({.access = 2, .refresh = 2}), Step::Ambiguous, Accord::Ambiguous);
    row("undated here", known({}), held(late), Step::Ambiguous, Accord::Ambiguous);
    row("undated, its file is newer, but refresh tokens are not guessed about", known({}),
        changed(held({.access = 2, .refresh = 2}), -1h), Step::Ambiguous, Accord::Ambiguous);
    row("expires in a hundred years", known(early), held({.access = 2, .expires = 876000h}), Step::Ambiguous,
        Accord::Ambiguous);
    row("known to expire in a hundred years", known({.expires = 876000h, .issued = -2h}),
        held({.access = 2, .expires = 1h, .issued = -1h}), Step::AdoptNewer);
    row("issued next week", known({.issued = -1h}), held({.access = 2, .issued = 168h}), Step::Ambiguous,
        Accord::Ambiguous);

    // gcloud keeps the two apart.
    row("the same sign-in gains its access token", known({.access = 0}), held(early), Step::AdoptNewer);
    row("the same sign-in gains an undated access token", known({.access = 0}), held({}), Step::AdoptNewer);
    row("the same sign-in has no access token any more", known(early), held({.access = 0}), Step::KeepRicher,
        Accord::KeptNewer);
    row("another sign-in without an access token", known(early), held({.access = 0, .refresh = 2}), Step::Ambiguous,
        Accord::Ambiguous);
    row("the same sign-in gains an access token, ours", known({.access = 0}, ada, Care::Own), held(early),
        Step::Ambiguous, Accord::Ambiguous);
    row("the same sign-in gains an access token, another copy holds it without", alsoElsewhere(known({.access = 0})),
        held(early), Step::Ambiguous, Accord::Ambiguous);

    row("token becomes token set", known(bare(1)), held(late), Step::UpgradeToOAuth);
    row("API key becomes token set", known(bare(1, CredentialKind::ApiKey)), held(late), Step::UpgradeToOAuth);
    row("token becomes undated token set", known(bare(1)), held({.access = 2}), Step::UpgradeToOAuth);
    row("token becomes token set, whose is not said", known(bare(1)), held(late, nobody), Step::UpgradeToOAuth);
    row("the same access token gains its refresh token", known(bare(1)), held({}), Step::UpgradeToOAuth);
    row("token set becomes token", known(early), held(bare(2)), Step::KeepRicher, Accord::KeptNewer);
    row("token set becomes API key", known(early), held(bare(2, CredentialKind::ApiKey)), Step::KeepRicher,
        Accord::KeptNewer);
    row("token set loses its refresh token", known(early), held({.access = 2, .refresh = 0, .expires = 8h}),
        Step::KeepRicher, Accord::KeptNewer);
    row("ended sign-in gives way to a later token", known({.expires = -9h, .signInEnds = -1h}),
        held({.access = 2, .refresh = 0, .expires = 8h}), Step::AdoptNewer);

    row("bare token, file written since", known(bare(1)), changed(held(bare(2)), -1h), Step::AdoptNewer);
    row("API key, file written since", known(bare(1, CredentialKind::ApiKey)),
        changed(held(bare(2, CredentialKind::ApiKey)), -1h), Step::AdoptNewer);
    row("bare token, file older than what we saw", known(bare(1)), changed(held(bare(2)), -99h), Step::Ambiguous,
        Accord::Ambiguous);
    row("bare token, undated place", known(bare(1)), held(bare(2)), Step::Ambiguous, Accord::Ambiguous);
    row("bare token, another copy holds the known one", alsoElsewhere(known(bare(1))), changed(held(bare(2)), -1h),
        Step::Ambiguous, Accord::Ambiguous);
    row("bare token, not watched", known(bare(1), ada, Care::Own), changed(held(bare(2)), -1h), Step::Ambiguous,
        Accord::Ambiguous);

    row("another account, watched", known(early), held(late, bob), Step::ReplaceAccount);
    row("another account with an earlier token", known(late), held(early, bob), Step::ReplaceAccount);
    row("another account with a bare token", known(early), held(bare(2), bob), Step::ReplaceAccount);
    row("another organisation of the same person", known(early, account(QStringLiteral("ada"), QStringLiteral("one"))),
        held(late, account(QStringLiteral("ada"), QStringLiteral("two"))), Step::ReplaceAccount);
    row("another e-mail address where one side has no id",
        known(early, account({}, {}, QStringLiteral("ada@example.org"))),
        held(late, account(QStringLiteral("bob"), {}, QStringLiteral("bob@example.org"))), Step::ReplaceAccount);
    row("another e-mail address of the same id",
        known(early, account(QStringLiteral("ada"), {}, QStringLiteral("a@example.org"))),
        held(late, account(QStringLiteral("ada"), {}, QStringLiteral("b@example.org"))), Step::AdoptNewer);
    row("another account, own", known(early, ada, Care::Own), held(late, bob), Step::KeepAccount,
        Accord::DifferentAccount);
    row("another account, shared", known(early, ada, Care::Shared), held(late, bob), Step::KeepAccount,
        Accord::DifferentAccount);
    row("another account, delegated", known(early, ada, Care::Delegated), held(late, bob), Step::ReplaceAccount);
    row("another account, and ours was refused", ended(known(early, ada, Care::Shared)), held(late, bob),
        Step::ReplaceAccount);
    row("another account, ours was refused, and a second copy holds it",
        alsoElsewhere(ended(known(early, ada, Care::Shared))), held(late, bob), Step::KeepAccount,
        Accord::DifferentAccount);
    row("undated, and ours was refused", ended(known({}, ada, Care::Shared)), held({.access = 2, .refresh = 2}),
        Step::AdoptNewer);
    row("earlier, and ours was refused", ended(known(late, ada, Care::Shared)), held(early), Step::KeepNewer,
        Accord::KeptNewer);
    row("another account in one of two copies", alsoElsewhere(known(early)), held(late, bob), Step::KeepAccount,
        Accord::DifferentAccount);
    row("the same tokens under another name, watched", known(early), held(early, bob), Step::Nothing);
    row("the same tokens under another name, shared", known(early, ada, Care::Shared), held(early, bob),
        Step::KeepAccount, Accord::DifferentAccount);
}

void Reconcile::oneLook_decides()
{
    QFETCH(const std::optional<Known>, before);
    QFETCH(const profile::Copy, copy);
    const sync::Decision decision = sync::reconcile(before, copy, now);
    QTEST(decision.step, "step");
    QTEST(decision.accord, "accord");
}

void Reconcile::copyThatIsNoToken_isNeverTaken_data()
{
    QTest::addColumn<int>("state");
    QTest::newRow("absent") << static_cast<int>(CopyState::Absent);
    QTest::newRow("blank") << static_cast<int>(CopyState::Blank);
    QTest::newRow("unreadable") << static_cast<int>(CopyState::Unreadable);
}

// F-11, F-12, F-14: whatever else the reading says.
void Reconcile::copyThatIsNoToken_isNeverTaken()
{
    QFETCH(const int, state);
    profile::Copy copy = held({.access = 2, .refresh = 2, .expires = 99h}, bob);
    copy.state = static_cast<CopyState>(state);
    for (const Care care : {Care::Own, Care::Shared, Care::Delegated, Care::Watched}) {
        const sync::Decision decision = sync::reconcile(known({.expires = 1h}, ada, care), copy, now);
        QVERIFY(!decision.takesCopy());
        QVERIFY(!decision.learnsFacts);
    }
    QVERIFY(!sync::reconcile({}, copy, now).takesCopy());
}

void Reconcile::sameTokens_teachOnlyWhatIsNew_data()
{
    QTest::addColumn<std::optional<Known>>("before");
    QTest::addColumn<profile::Copy>("copy");
    QTest::addColumn<bool>("learnsFacts");
    const auto row = [](const char *name, const Known &before, const profile::Copy &copy, bool learnsFacts) {
        QTest::newRow(name) << std::optional<Known>(before) << copy << learnsFacts;
    };
    profile::Account richer = ada;
    richer.plan = QStringLiteral("max");

    row("nothing new", known({.expires = 1h}), held({.expires = 1h}), false);
    row("the end of the sign-in", known({.expires = 1h}), held({.expires = 1h, .signInEnds = 700h}), true);
    row("the expiry", known({}), held({.expires = 1h}), true);
    row("the copy knows less", known({.expires = 1h, .issued = -1h}), held({.expires = 1h}), false);
    row("another date is not a new date", known({.expires = 1h}), held({.expires = 2h}), false);
    row("the plan", known({}), held({}, richer), true);
    row("no plan any more", known({}, richer), held({}), false);
    row("another name of the account", known({}), held({}, bob), true);
    row("another name, while a second copy says the first", alsoElsewhere(known({})), held({}, bob), false);
    row("the account, at last", known({}, {}), held({}), true);
}

void Reconcile::sameTokens_teachOnlyWhatIsNew()
{
    QFETCH(const std::optional<Known>, before);
    QFETCH(const profile::Copy, copy);
    const sync::Decision decision = sync::reconcile(before, copy, now);
    QCOMPARE(decision.step, Step::Nothing);
    QVERIFY(!decision.takesCopy());
    QTEST(decision.learnsFacts, "learnsFacts");
}

void Reconcile::account_keepsWhatTheCopyDoesNotSay()
{
    profile::Account before = account(QStringLiteral("ada"), QStringLiteral("one"), QStringLiteral("ada@example.org"));
    before.plan = QStringLiteral("pro");
    profile::Account says;
    says.plan = QStringLiteral("max");
    profile::Account expected = before;
    expected.plan = QStringLiteral("max");
    QCOMPARE(sync::accountAfter({.step = Step::AdoptNewer}, known({}, before), says), expected);
    QCOMPARE(sync::accountAfter({.learnsFacts = true}, known({}, before), says), expected);
    QCOMPARE(sync::accountAfter({.learnsFacts = true}, alsoElsewhere(known({}, before)), says), before);
}

void Reconcile::account_isReplacedWhole()
{
    profile::Account before = account(QStringLiteral("ada"), {}, QStringLiteral("ada@example.org"));
    QCOMPARE(sync::accountAfter({.step = Step::ReplaceAccount}, known({}, before), bob), bob);
    QCOMPARE(sync::accountAfter({.learnsFacts = true}, known({}, before), bob), bob);
    QCOMPARE(sync::accountAfter({.step = Step::Import}, {}, bob), bob);
}

void Reconcile::account_staysWhereNothingIsTaken()
{
    QCOMPARE(sync::accountAfter({.step = Step::KeepNewer}, known({}), bob), ada);
    QCOMPARE(sync::accountAfter({.step = Step::KeepAccount}, known({}), bob), ada);
}

void Reconcile::dates_areCompletedNotReplaced()
{
    profile::TokenSet tokens;
    tokens.expiresAt = now + 2h;
    auto before = facts({.expires = 1h, .issued = -1h, .signInEnds = 700h});
    before.scopes = QStringList{QStringLiteral("user:inference")};
    sync::completeFrom(before, tokens);
    QCOMPARE(tokens.expiresAt, std::optional<base::Timestamp>(now + 2h));
    QCOMPARE(tokens.issuedAt, std::optional<base::Timestamp>(now - 1h));
    QCOMPARE(tokens.refreshTokenExpiresAt, std::optional<base::Timestamp>(now + 700h));
    QCOMPARE(tokens.scopes, QStringList{QStringLiteral("user:inference")});
}

QTEST_GUILESS_MAIN(Reconcile)
#include "reconcile.moc"
