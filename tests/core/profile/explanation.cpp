// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <functional>

#include <QTest>

#include "profile/words.h"
#include "samples.h"

using namespace keytender;
using namespace keytender::profile;
using namespace keytender::samples;
using namespace std::chrono_literals;

namespace {

struct Scene {
    Profile profile = login();
    Lifetimes lifetimes = eightHours();
    Circumstances circumstances{.providerName = QStringLiteral("Anthropic"),
                                .signInCommand = QStringLiteral("claude auth login")};
    QStringList clashesWith = {};

    [[nodiscard]] QString explained() const
    {
        Condition condition = conditionOf(profile, lifetimes, now);
        condition.clashesWith = clashesWith;
        return explanation(profile, condition, circumstances, now);
    }
};

using Bend = std::function<void(Scene &)>;

} // namespace

Q_DECLARE_METATYPE(Bend)

class ExplanationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void explanation_saysWhatHappensAndWhatToDo_data();
    void explanation_saysWhatHappensAndWhatToDo();
    void bothSidesOfAClash_readTheSameSentence();
    void explanation_withoutCircumstances_isStillASentence();
};

void ExplanationTest::explanation_saysWhatHappensAndWhatToDo_data()
{
    QTest::addColumn<Bend>("bend");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const QString &sentence, const Bend &bend) {
        QTest::newRow(name) << bend << sentence;
    };
    const std::vector<Duplicate> lineage{{QStringLiteral("other"), DuplicateKind::SameLineage}};

    row("well: nothing to say", {}, [](Scene &) {});
    row("paused: nothing to do", {}, [](Scene &s) { s.profile.credential.expiresAt = now - 3h; });
    row("sign-in ends soon",
        QStringLiteral(
            "This sign-in ends in 2 days, and renewing does not extend it. Sign in again: claude auth login"),
        [](Scene &s) { s.profile.credential.refreshTokenExpiresAt = now + 48h; });
    row("sign-in ended",
        QStringLiteral("This sign-in ended 2 h ago; no renewal helps. Sign in again: claude auth login"),
        [](Scene &s) { s.profile.credential.refreshTokenExpiresAt = now - 2h; });
    row("blank",
        QStringLiteral("Anthropic refused to renew this login, and Claude Code emptied its record. Sign in again: "
                       "claude auth login"),
        [](Scene &s) { s.profile.copies = {copy(CopyState::Blank)}; });
    row("locked away",
        QStringLiteral("Claude Code put its tokens away for a renewal that failed. Rescue puts them back where that is "
                       "safe. Sign in again: claude auth login"),
        [](Scene &s) { s.profile.copies = {copy(CopyState::Fenced)}; });
    row("absent, no command known",
        QStringLiteral("Claude Code holds no login any more: it was signed out. Sign in again with Claude Code."),
        [](Scene &s) {
            s.circumstances.signInCommand.clear();
            s.profile.copies = {copy(CopyState::Absent)};
        });
    row("token ends soon",
        QStringLiteral("This token ends in 6 h, and nothing can renew it. Sign in again: claude auth login"),
        [](Scene &s) { s.profile = lastingToken(); });
    row("key over",
        QStringLiteral("This token ended 1 h ago, and nothing can renew it. Create a new key and give it to Claude "
                       "Code."),
        [](Scene &s) {
            s.profile = lastingToken();
            s.profile.credential.kind = CredentialKind::ApiKey;
            s.profile.credential.expiresAt = now - 1h;
        });
    row("service ended",
        QStringLiteral("Qwen ended the service behind this login on 15 April 2026. What works today: an API key."),
        [](Scene &s) {
            s.lifetimes.service = Lifetimes::Service::Ended;
            s.lifetimes.serviceEndedOn = QDate(2026, 4, 15);
            s.lifetimes.instead = QStringLiteral("an API key");
            s.circumstances = {.providerName = QStringLiteral("Qwen")};
        });
    row("service ended for some",
        QStringLiteral("Google ended this sign-in for some accounts on 18 June 2026, and the record does not say "
                       "whether yours is one of them."),
        [](Scene &s) {
            s.lifetimes.service = Lifetimes::Service::EndedForSome;
            s.lifetimes.serviceEndedOn = QDate(2026, 6, 18);
            s.circumstances = {.providerName = QStringLiteral("Google")};
        });
    row("unreadable: file, place and cure",
        QStringLiteral("/home/u/.claude/.credentials.json, line 3, column 14: is a string, not a number. ")
            + base::cureFor(base::ErrorKind::Malformed),
        [](Scene &s) {
            s.profile.copies = {copy(CopyState::Absent), copy(CopyState::Unreadable, base::ErrorKind::Malformed)};
            s.profile.copies.back().problem->place = QStringLiteral("line 3, column 14");
            s.profile.copies.back().problem->detail = QStringLiteral("is a string, not a number");
        });
    row("keychain locked", QStringLiteral("The keychain is locked. Unlock it, then Keytender goes on by itself."),
        [](Scene &s) { s.profile.copies = {copy(CopyState::Unreadable, base::ErrorKind::Locked)}; });
    row("another account",
        QStringLiteral("Claude Code is signed in to another account now: b@example.com. Keytender changes neither. "
                       "Sign in there to the account you want."),
        [](Scene &s) {
            s.profile.accord = Accord::DifferentAccount;
            s.profile.account.email = QStringLiteral("a@example.com");
            s.profile.copies.front().account.email = QStringLiteral("b@example.com");
        });
    row("ambiguous",
        QStringLiteral("There are two versions of this login, and neither is provably the later one; Keytender changes "
                       "neither. Sign in again: claude auth login"),
        [](Scene &s) { s.profile.accord = Accord::Ambiguous; });
    row("clash",
        QStringLiteral("Codex and opencode share one login. Whichever renews second logs the other out. Sign in to one "
                       "of them separately."),
        [lineage](Scene &s) {
            s.profile.duplicates = lineage;
            s.profile.label = QStringLiteral("opencode");
            s.clashesWith = {QStringLiteral("Codex")};
        });
    row("clash of three",
        QStringLiteral("Codex, Hermes and opencode share one login. Whichever renews first logs the others out. Sign "
                       "in to each of them separately."),
        [lineage](Scene &s) {
            s.profile.duplicates = lineage;
            s.profile.label = QStringLiteral("Codex");
            s.clashesWith = {QStringLiteral("opencode"), QStringLiteral("Hermes")};
        });
    row("clash with who knows whom",
        QStringLiteral("Claude Code shares its login with another tool. Whichever renews second logs the other out. "
                       "Sign in to one of them separately."),
        [lineage](Scene &s) { s.profile.duplicates = lineage; });
    row("a clash is not what matters once the sign-in is over",
        QStringLiteral("This sign-in ended 2 h ago; no renewal helps. Sign in again: claude auth login"),
        [lineage](Scene &s) {
            s.profile.duplicates = lineage;
            s.profile.credential.refreshTokenExpiresAt = now - 2h;
        });
    row("a placeholder in a name is a name",
        QStringLiteral("%2 is signed in to another account now: %1@x. Keytender changes neither. Sign in there to the "
                       "account you want."),
        [](Scene &s) {
            s.profile.accord = Accord::DifferentAccount;
            s.profile.label = QStringLiteral("%2");
            s.profile.account.email = QStringLiteral("a@example.com");
            s.profile.copies.front().account.email = QStringLiteral("%1@x");
        });
}

void ExplanationTest::explanation_saysWhatHappensAndWhatToDo()
{
    QFETCH(Bend, bend);
    QFETCH(QString, sentence);
    Scene scene;
    bend(scene);
    QCOMPARE(scene.explained(), sentence);
}

void ExplanationTest::bothSidesOfAClash_readTheSameSentence()
{
    Scene left;
    left.profile.duplicates = {{QStringLiteral("other"), DuplicateKind::SameLineage}};
    Scene right = left;
    left.profile.label = QStringLiteral("Codex");
    left.clashesWith = {QStringLiteral("opencode · OpenAI")};
    right.profile.label = QStringLiteral("opencode · OpenAI");
    right.circumstances.clashesWith = {QStringLiteral("Codex")}; // either way of knowing them will do
    QCOMPARE(left.explained(), right.explained());
}

void ExplanationTest::explanation_withoutCircumstances_isStillASentence()
{
    Scene scene;
    scene.circumstances = {};
    scene.profile.copies = {copy(CopyState::Blank)};
    QCOMPARE(scene.explained(), QStringLiteral("The provider refused to renew this login, and Claude Code emptied its "
                                               "record. Sign in again with Claude Code."));
    QCOMPARE(
        explanation(scene.profile, conditionOf(scene.profile, scene.lifetimes, now), QStringLiteral("Anthropic"), now),
        QStringLiteral("Anthropic refused to renew this login, and Claude Code emptied its record. Sign in again "
                       "with Claude Code."));
}

QTEST_GUILESS_MAIN(ExplanationTest)
#include "explanation.moc"
