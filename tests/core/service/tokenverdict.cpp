// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/tokenverdict.h"

#include <QTest>

using namespace keytender;
using namespace std::chrono_literals;
using profile::Care;
using profile::CredentialKind;
using profile::Health;
using profile::Reason;
using service::TokenRefusal;
using Step = service::TokenVerdict::Step;
using Why = TokenRefusal::Why;

Q_DECLARE_METATYPE(keytender::service::TokenVerdict::Step)
Q_DECLARE_METATYPE(keytender::service::TokenRefusal::Why)

namespace {

const base::Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 9h};

base::Fingerprint some(std::uint8_t first)
{
    base::Fingerprint fingerprint;
    fingerprint.bytes[0] = first;
    return fingerprint;
}

struct Case {
    Care care = Care::Own;
    CredentialKind kind = CredentialKind::OAuth;
    bool isRenewable = true;
    std::optional<base::Milliseconds> left = 1h;
    base::Milliseconds life = 8h;
    Health health = Health::Fresh;
    Reason reason = Reason::None;
    std::chrono::seconds wish = 5min;
};

} // namespace

Q_DECLARE_METATYPE(Case)

class TestTokenVerdict : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void verdict_followsHealthTokenAndCare_data();
    void verdict_followsHealthTokenAndCare();
    void watchedLogin_namesTheToolThatHasToRenewIt();
    void loginWithoutAnAccessToken_isRenewedFirst();
};

void TestTokenVerdict::verdict_followsHealthTokenAndCare_data()
{
    QTest::addColumn<Case>("it");
    QTest::addColumn<Step>("step");
    QTest::addColumn<Why>("why");
    const auto row = [](const char *name, const Case &it, Step step, Why why = Why::Failed) {
        QTest::newRow(name) << it << step << why;
    };
    row("long enough", {}, Step::Give);
    row("just long enough", {.left = 5min}, Step::Give);
    row("a millisecond too short", {.left = 5min - 1ms}, Step::Renew);
    row("over", {.left = 0ms}, Step::Renew);
    row("long over", {.left = -30h}, Step::Renew);
    row("over, and nobody minds how long", {.left = 0ms, .wish = 0s}, Step::Renew);
    row("no end known", {.left = std::nullopt}, Step::Give);
    row("paused", {.left = -1h, .health = Health::Paused}, Step::Renew);
    row("being renewed, and good", {.health = Health::Refreshing}, Step::Give);
    row("shared", {.care = Care::Shared, .left = 1min}, Step::Renew);
    row("delegated", {.care = Care::Delegated, .left = 1min}, Step::Renew);
    row("watched, and good", {.care = Care::Watched}, Step::Give);
    row("watched, and short", {.care = Care::Watched, .left = 1min}, Step::Refuse, Why::Unavailable);
    row("watched, and over", {.care = Care::Watched, .left = -1min}, Step::Refuse, Why::Unavailable);
    row("key", {.kind = CredentialKind::ApiKey, .isRenewable = false, .left = std::nullopt}, Step::Give);
    row("static token", {.kind = CredentialKind::Token, .isRenewable = false, .left = 90h}, Step::Give);
    row("static token, over", {.kind = CredentialKind::Token, .isRenewable = false, .left = 0ms}, Step::Refuse,
        Why::NeedsSignIn);
    row("static token, short", {.kind = CredentialKind::Token, .isRenewable = false, .left = 1min}, Step::Refuse,
        Why::Failed);
    row("nothing to renew it with, over", {.isRenewable = false, .left = -1s}, Step::Refuse, Why::NeedsSignIn);
    row("refused by the provider, and good by its date", {.health = Health::NeedsSignIn, .reason = Reason::Refused},
        Step::Refuse, Why::NeedsSignIn);
    row("signed out in its tool", {.care = Care::Watched, .health = Health::NeedsSignIn, .reason = Reason::SignedOut},
        Step::Refuse, Why::NeedsSignIn);
    row("sign-in ended by its date, token good", {.health = Health::NeedsSignIn, .reason = Reason::SignInEnded},
        Step::Give);
    row("sign-in ended by its date, token over",
        {.left = -1s, .health = Health::NeedsSignIn, .reason = Reason::SignInEnded}, Step::Refuse, Why::NeedsSignIn);
    row("another account in the tool", {.health = Health::Conflict, .reason = Reason::DifferentAccount}, Step::Refuse,
        Why::Failed);
    row("service ended", {.health = Health::Rejected, .reason = Reason::ServiceEnded}, Step::Refuse, Why::Failed);
    row("offline, and good", {.health = Health::Waiting, .reason = Reason::Offline}, Step::Give);
    row("tokens that never live that long", {.left = 9min, .life = 10min, .wish = 15min}, Step::Refuse, Why::Failed);
    row("the same, over", {.left = -1s, .life = 10min, .wish = 15min}, Step::Renew);
}

void TestTokenVerdict::verdict_followsHealthTokenAndCare()
{
    QFETCH(const Case, it);
    QFETCH(const Step, step);
    QFETCH(const Why, why);
    profile::CredentialFacts held;
    held.kind = it.kind;
    held.accessToken = some(1);
    if (it.isRenewable)
        held.refreshToken = some(2);
    if (it.left) {
        held.expiresAt = now + *it.left;
        held.issuedAt = *held.expiresAt - it.life;
    }
    service::Row row;
    row.profile.label = QStringLiteral("Claude Code");
    row.profile.care = it.care;
    row.profile.credential = held;
    row.condition.health = it.health;
    row.condition.reason = it.reason;
    const service::TokenVerdict verdict = service::judgeToken(row, held, it.wish, now);
    QCOMPARE(int(verdict.step), int(step));
    if (step != Step::Refuse)
        return;
    QCOMPARE(int(verdict.refusal.why), int(why));
    QVERIFY2(verdict.refusal.text.contains(row.profile.label), qPrintable(verdict.refusal.text));
    QVERIFY2(!verdict.refusal.text.contains(u'%'), qPrintable(verdict.refusal.text));
}

void TestTokenVerdict::watchedLogin_namesTheToolThatHasToRenewIt()
{
    profile::CredentialFacts held;
    held.accessToken = some(1);
    held.refreshToken = some(2);
    held.expiresAt = now + 3min;
    service::Row row;
    row.profile.label = QStringLiteral("Claude Code");
    row.profile.toolId = QStringLiteral("claude-code");
    row.profile.care = Care::Watched;
    QCOMPARE(service::judgeToken(row, held, 5min, now).refusal.text,
             QStringLiteral("Its access token ends in 3 min. Claude Code has to renew it: use Claude Code once, or let "
                            "Keytender keep it fresh."));
}

void TestTokenVerdict::loginWithoutAnAccessToken_isRenewedFirst()
{
    profile::CredentialFacts held;
    held.refreshToken = some(2);
    service::Row row;
    row.profile.care = Care::Own;
    QCOMPARE(int(service::judgeToken(row, held, 0s, now).step), int(Step::Renew));
}

QTEST_GUILESS_MAIN(TestTokenVerdict)
#include "tokenverdict.moc"
