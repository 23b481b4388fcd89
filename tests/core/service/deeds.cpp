// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/deeds.h"

#include <set>

#include <QTest>

using namespace keytender;
using namespace keytender::service;
using profile::Severity;
using refresh::Ending;
using refresh::SignOutOutcome;

namespace {

constexpr base::Timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{12}};

base::Fingerprint fingerprint(const char16_t *hex)
{
    return base::Fingerprint::fromHex(QStringView(hex));
}

refresh::Outcome outcome(Ending ending)
{
    refresh::Outcome made;
    made.ending = ending;
    made.attemptId = QStringLiteral("a1");
    made.profileIds = {QStringLiteral("own:anthropic")};
    made.spent = fingerprint(u"0123456789abcdef0123456789abcdef");
    made.steps = {{refresh::Step::Locked, noon}, {refresh::Step::Sent, noon + std::chrono::milliseconds(20)}};
    return made;
}

} // namespace

class DeedsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEnding_isToldInWords_orNotAtAll_data();
    void everyEnding_isToldInWords_orNotAtAll();
    void everySignOut_isToldInWords_orNotAtAll_data();
    void everySignOut_isToldInWords_orNotAtAll();
    void sharedAttempt_isADeedOfEachLogin();
    void reason_isWhatTheProviderAndTheSystemSaid();
    void fingerprint_isOfWhatTheLoginHasNow();
    void byHand_saysWhere();
    void everyKind_hasWordsOfItsOwn();
    void everyStep_hasWordsOfItsOwn();
};

void DeedsTest::everyEnding_isToldInWords_orNotAtAll_data()
{
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<QString>("words");
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char *name, Ending ending, const char *words, Severity severity) {
        QTest::newRow(name) << ending << QString::fromUtf8(words) << severity;
    };
    row("renewed", Ending::Renewed, "renewed by Keytender", Severity::Well);
    row("adopted", Ending::Adopted, "a newer token was there already; nothing was sent", Severity::Well);
    row("nothing open", Ending::NothingOpen, "", Severity::Well);
    row("journal", Ending::KeptInJournal, "renewed, and kept in the journal until the vault can be written",
        Severity::Due);
    row("not sent", Ending::NotSent, "not renewed: the provider could not be reached", Severity::Due);
    row("busy", Ending::Busy, "not renewed: another program holds the lock", Severity::Due);
    row("storage", Ending::StorageFault, "not renewed: something could not be read or stored", Severity::Due);
    row("later", Ending::TryLater, "not renewed: the server is not well, or asked for patience", Severity::Due);
    row("misconfigured", Ending::Misconfigured, "not renewed: the server does not accept how it was asked",
        Severity::Due);
    row("unsure", Ending::Unsure, "asked for a renewal, and no answer came", Severity::Due);
    row("unusable", Ending::Unusable, "not renewed: the answer held no access token", Severity::Due);
    row("rejected", Ending::Rejected, "the provider has ended this sign-in", Severity::ActNow);
    row("lost", Ending::AnswerLost, "the provider took the refresh token, and its answer was lost", Severity::ActNow);
    row("other account", Ending::OtherAccount, "another account's login came back; it was put aside", Severity::ActNow);
    row("disagree", Ending::CopiesDisagree, "not renewed: its copies disagree", Severity::Due);
    row("gone", Ending::Gone, "not renewed: there was no login any more", Severity::Well);
    row("cancelled", Ending::Cancelled, "renewing was stopped", Severity::Well);
    row("not now", Ending::NotNow, "", Severity::Well);
}

void DeedsTest::everyEnding_isToldInWords_orNotAtAll()
{
    QFETCH(const Ending, ending);
    QFETCH(const QString, words);
    QFETCH(const Severity, severity);
    const std::vector<Deed> deeds = deedsOf(outcome(ending));
    QCOMPARE(deeds.size(), words.isEmpty() ? 0U : 1U);
    if (words.isEmpty())
        return;
    QCOMPARE(textOf(deeds.front().kind), words);
    QCOMPARE(severityOf(deeds.front().kind), severity);
    // Loud where, and only where, a new sign-in is asked for, or somebody else's login came.
    QCOMPARE(severity == Severity::ActNow, refresh::needsSignIn(ending) || ending == Ending::OtherAccount);
    QCOMPARE(deeds.front().attemptId, QStringLiteral("a1"));
    QCOMPARE(deeds.front().steps.size(), 2U);
}

void DeedsTest::everySignOut_isToldInWords_orNotAtAll_data()
{
    QTest::addColumn<SignOutOutcome::Ending>("ending");
    QTest::addColumn<SignOutOccasion>("occasion");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, SignOutOutcome::Ending ending, const char *words, const char *again) {
        QTest::newRow(name) << ending << SignOutOccasion::AskedFor << QString::fromUtf8(words);
        QTest::addRow("%s, again", name) << ending << SignOutOccasion::TriedAgain << QString::fromUtf8(again);
    };
    row("signed out", SignOutOutcome::Ending::SignedOut, "signed out; the provider confirmed it",
        "the provider confirmed that an earlier sign-in has ended");
    row("still valid", SignOutOutcome::Ending::StillValid,
        "signed out here; still valid at the provider, to be tried again",
        "an earlier sign-in is still valid at the provider; tried again");
    row("by hand", SignOutOutcome::Ending::ByHand, "signed out here; at the provider only you can end it",
        "signed out here; at the provider only you can end it");
    row("forgotten", SignOutOutcome::Ending::Forgotten, "forgotten here; the provider was not told",
        "forgotten here; the provider was not told");
    row("busy", SignOutOutcome::Ending::Busy, "not signed out", "not signed out");
    row("storage", SignOutOutcome::Ending::StorageFault, "not signed out", "not signed out");
    row("gone", SignOutOutcome::Ending::Gone, "", "");
    row("not ours", SignOutOutcome::Ending::NotOurs, "", "");
    row("cancelled", SignOutOutcome::Ending::Cancelled, "", "");
}

void DeedsTest::everySignOut_isToldInWords_orNotAtAll()
{
    QFETCH(const SignOutOutcome::Ending, ending);
    QFETCH(const SignOutOccasion, occasion);
    QFETCH(const QString, words);
    SignOutOutcome made;
    made.ending = ending;
    made.profileId = QStringLiteral("own:google");
    const std::optional<Deed> deed = deedOf(made, occasion);
    QCOMPARE(deed.has_value(), !words.isEmpty());
    if (!deed)
        return;
    QCOMPARE(textOf(deed->kind), words);
    QCOMPARE(deed->profile, QStringLiteral("own:google"));
}

void DeedsTest::sharedAttempt_isADeedOfEachLogin()
{
    refresh::Outcome shared = outcome(Ending::Renewed);
    shared.profileIds += QStringLiteral("claude-cli");
    const std::vector<Deed> deeds = deedsOf(shared);
    QCOMPARE(deeds.size(), 2U);
    QCOMPARE(deeds.at(0).profile, QStringLiteral("own:anthropic"));
    QCOMPARE(deeds.at(1).profile, QStringLiteral("claude-cli"));
    QCOMPARE(deeds.at(0).attemptId, deeds.at(1).attemptId);
}

void DeedsTest::reason_isWhatTheProviderAndTheSystemSaid()
{
    refresh::Outcome refused = outcome(Ending::Rejected);
    refused.errorCode = QStringLiteral("invalid_grant");
    refused.errorText = QStringLiteral("Token has been revoked.");
    QCOMPARE(deedsOf(refused).front().detail, QStringLiteral("invalid_grant: Token has been revoked."));
    refused.errorText.clear();
    QCOMPARE(deedsOf(refused).front().detail, QStringLiteral("invalid_grant"));
    refused.errorCode.clear();
    refused.error = base::Error{.kind = base::ErrorKind::TimedOut,
                                .subject = QStringLiteral("https://login.example.com/token"),
                                .place = {},
                                .detail = QStringLiteral("no answer in 30 s")};
    QVERIFY(deedsOf(refused).front().detail.contains(QStringLiteral("no answer in 30 s")));
}

void DeedsTest::fingerprint_isOfWhatTheLoginHasNow()
{
    refresh::Outcome renewed = outcome(Ending::Renewed);
    QCOMPARE(deedsOf(renewed).front().fingerprint, QStringLiteral("01234567"));
    renewed.held.refreshToken = fingerprint(u"fedcba98765432100123456789abcdef");
    QCOMPARE(deedsOf(renewed).front().fingerprint, QStringLiteral("fedcba98"));
}

void DeedsTest::byHand_saysWhere()
{
    SignOutOutcome byHand;
    byHand.ending = SignOutOutcome::Ending::ByHand;
    byHand.revokeByHand = QUrl(QStringLiteral("https://github.com/settings/applications"));
    QCOMPARE(deedOf(byHand)->detail, QStringLiteral("https://github.com/settings/applications"));
}

void DeedsTest::everyKind_hasWordsOfItsOwn()
{
    std::set<QString> told;
    int known = 0;
    for (int number = 1; number < 50; ++number) {
        const QString words = textOf(static_cast<Deed::Kind>(number));
        if (words.isEmpty())
            continue;
        ++known;
        told.insert(words);
    }
    QCOMPARE(known, 26);
    QCOMPARE(static_cast<int>(told.size()), known);
}

void DeedsTest::everyStep_hasWordsOfItsOwn()
{
    std::set<QString> told;
    for (int step = 0; step <= static_cast<int>(refresh::Step::Done); ++step) {
        const QString words = textOf(static_cast<refresh::Step>(step));
        QVERIFY(!words.isEmpty());
        QVERIFY(told.insert(words).second);
    }
}

QTEST_GUILESS_MAIN(DeedsTest)
#include "deeds.moc"
