// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The decisions around logins of our own, as tables: what an attempt means for a row, what a sign-out does and says,
// what a key is, what a scope is called.

#include <QTest>

#include "base/secret.h"
#include "provider/providerloader.h"
#include "provider/providerwriter.h"
#include "service/renewal.h"
#include "service/signin/signinoffers.h"
#include "service/signin/signoutround.h"
#include "service/signin/staticcredential.h"

using namespace keytender;
using namespace std::chrono_literals;
using profile::Reason;
using profile::Renewal;
using refresh::Ending;
using refresh::Plan;
using End = service::SignOutPreview::Login::End;

namespace {

constexpr base::Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 9h};

base::Secret secretOf(const char *text)
{
    return base::Secret::copyOf(text);
}

provider::Provider builtIn(const char *id)
{
    static const provider::ProviderSet all =
        provider::loadProviders(QStringLiteral("/nonexistent"), 0, provider::EndpointRule::HttpsOnly);
    const provider::Provider *found = all.find(QLatin1String(id));
    return found != nullptr ? *found : provider::Provider{};
}

profile::Profile ownLogin(profile::CredentialKind kind = profile::CredentialKind::OAuth)
{
    profile::Profile login;
    login.id = QStringLiteral("anthropic");
    login.label = QStringLiteral("Anthropic");
    login.care = profile::Care::Own;
    login.credential.kind = kind;
    return login;
}

} // namespace

class OwnValuesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void attempt_meansForItsRow_data();
    void attempt_meansForItsRow();
    void failure_ofATokenThatIsGoodForLong_isNoNews();
    void preview_saysWhatWillHappen();
    void result_saysWhatHappened_data();
    void result_saysWhatHappened();
    void offers_haveTheLeastScopesInWords();
    void providerFile_readsAsTheSameProvider();
    void key_isTakenOrRefusedWithoutACharacterOfIt_data();
    void key_isTakenOrRefusedWithoutACharacterOfIt();
    void keys_getNamesOfTheirOwn();
    void end_ofAKey_isTyped_orReadFromIt_orUnknown();
    void setupToken_endsWhenItsProviderSaysSo();
};

void OwnValuesTest::attempt_meansForItsRow_data()
{
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<Renewal::State>("state");
    QTest::addColumn<Reason>("reason");
    using State = Renewal::State;
    const auto row = [](const char *name, Ending ending, State state, Reason reason) {
        QTest::newRow(name) << ending << state << reason;
    };
    row("renewed", Ending::Renewed, State::Idle, Reason::None);
    row("adopted", Ending::Adopted, State::Idle, Reason::None);
    row("nothing open", Ending::NothingOpen, State::Idle, Reason::None);
    row("kept in the journal", Ending::KeptInJournal, State::Waiting, Reason::StorageFails);
    row("not sent", Ending::NotSent, State::Waiting, Reason::Offline);
    row("busy", Ending::Busy, State::Waiting, Reason::Blocked);
    row("storage fault", Ending::StorageFault, State::Waiting, Reason::StorageFails);
    row("try later", Ending::TryLater, State::Waiting, Reason::ServerTrouble);
    row("misconfigured", Ending::Misconfigured, State::Waiting, Reason::Misconfigured);
    row("unsure", Ending::Unsure, State::Waiting, Reason::AnswerUnknown);
    row("unusable", Ending::Unusable, State::Waiting, Reason::ServerTrouble);
    row("rejected", Ending::Rejected, State::Ended, Reason::Refused);
    row("answer lost", Ending::AnswerLost, State::Ended, Reason::AnswerLost);
    row("other account", Ending::OtherAccount, State::Ended, Reason::OtherAccount);
    row("gone", Ending::Gone, State::Idle, Reason::None);
    row("cancelled", Ending::Cancelled, State::Idle, Reason::None);
    row("not now", Ending::NotNow, State::Idle, Reason::None);
}

void OwnValuesTest::attempt_meansForItsRow()
{
    QFETCH(Ending, ending);
    QFETCH(Renewal::State, state);
    QFETCH(Reason, reason);
    refresh::Outcome outcome;
    outcome.ending = ending;
    outcome.errorCode = QStringLiteral("some_code");
    const Renewal renewal =
        service::renewalAfter(outcome, {.plan = Plan::BackedOff, .in = 4min, .isDoubtful = false}, now);
    QCOMPARE(renewal.state, state);
    QCOMPARE(renewal.reason, reason);
    QCOMPARE(renewal.nextTry.has_value(), state == Renewal::State::Waiting);
    // Only a refusal asks for a sign-in: no other ending ever does.
    QCOMPARE(state == Renewal::State::Ended, refresh::needsSignIn(ending) || ending == Ending::OtherAccount);
}

void OwnValuesTest::failure_ofATokenThatIsGoodForLong_isNoNews()
{
    refresh::Outcome outcome;
    outcome.ending = Ending::NotSent;
    const refresh::Due later{.plan = Plan::Fresh, .in = 4h, .isDoubtful = false};
    QVERIFY(service::renewalAfter(outcome, later, now) == Renewal{});
    outcome.ending = Ending::Rejected;
    QCOMPARE(service::renewalAfter(outcome, {.plan = Plan::Ended, .in = {}, .isDoubtful = false}, now).state,
             Renewal::State::Ended);
}

void OwnValuesTest::preview_saysWhatWillHappen()
{
    const auto preview = [](const profile::Profile &login, const char *provider, bool forgetsOnly = false) {
        return service::previewOf(login, builtIn(provider), {.what = {}, .id = {}, .forgetsOnly = forgetsOnly});
    };
    QCOMPARE(preview(ownLogin(), "anthropic").end, End::Revoked);
    QCOMPARE(preview(ownLogin(), "anthropic", true).end, End::Kept);
    QCOMPARE(preview(ownLogin(profile::CredentialKind::ApiKey), "anthropic").end, End::Kept);
    QCOMPARE(preview(ownLogin(profile::CredentialKind::Token), "github").end, End::Kept);
    QVERIFY(preview(ownLogin(profile::CredentialKind::Token), "github").revokeByHand.isValid());
    QVERIFY(!preview(ownLogin(), "google").alsoEnds.isEmpty());
    QCOMPARE(preview(ownLogin(), "nobody").end, End::ByHand);
    QCOMPARE(service::requestFor(preview(ownLogin(), "anthropic"), builtIn("anthropic")).purpose,
             refresh::SignOutRequest::Purpose::SignOut);
    QCOMPARE(service::requestFor(preview(ownLogin(), "anthropic", true), builtIn("anthropic")).purpose,
             refresh::SignOutRequest::Purpose::ForgetHere);
}

void OwnValuesTest::result_saysWhatHappened_data()
{
    using Told = refresh::SignOutOutcome::Ending;
    QTest::addColumn<Told>("ending");
    QTest::addColumn<bool>("isComplete");
    QTest::addColumn<QString>("begins");
    const auto row = [](const char *name, Told ending, bool isComplete, const char *begins) {
        QTest::newRow(name) << ending << isComplete << QString::fromUtf8(begins);
    };
    row("confirmed", Told::SignedOut, true, "Signed out; GitHub confirmed it.");
    row("still valid", Told::StillValid, false, "Signed out here; still valid at GitHub.");
    row("by hand", Told::ByHand, false, "Signed out here. Only you can end it at GitHub itself.");
    row("forgotten", Told::Forgotten, false, "Removed here; GitHub was not told, and it stays valid there.");
    row("gone", Told::Gone, true, "There was nothing left");
    row("a tool's", Told::NotOurs, false, "This login belongs to its tool");
    row("busy", Told::Busy, false, "It is being renewed just now; nothing was changed.");
    row("storage", Told::StorageFault, false, "Keytender's store cannot be written.");
    row("cancelled", Told::Cancelled, false, "Cancelled; nothing has changed.");
}

void OwnValuesTest::result_saysWhatHappened()
{
    QFETCH(refresh::SignOutOutcome::Ending, ending);
    QFETCH(bool, isComplete);
    QFETCH(QString, begins);
    refresh::SignOutOutcome outcome;
    outcome.ending = ending;
    outcome.profileId = QStringLiteral("github");
    const service::SignOutResult result = service::resultOf(outcome, builtIn("github"));
    QCOMPARE(result.isComplete, isComplete);
    QVERIFY2(result.text.startsWith(begins), qPrintable(result.text));
    QCOMPARE(result.revokeByHand.isEmpty(), isComplete);
    outcome.mayHaveSuccessor = true;
    QVERIFY(!service::resultOf(outcome, builtIn("github")).isComplete);
}

void OwnValuesTest::offers_haveTheLeastScopesInWords()
{
    const auto offers = service::signInOffersOf(
        provider::loadProviders(QStringLiteral("/nonexistent"), 0, provider::EndpointRule::HttpsOnly));
    QVERIFY(!offers.empty() && !offers.front().ways.empty());
    for (const service::SignInOffer &offer : offers) {
        QVERIFY2(offer.ways.empty() != offer.whyNone.isEmpty(), qPrintable(offer.providerId));
        if (offer.ways.empty())
            continue;
        QVERIFY(std::ranges::any_of(offer.scopes, &service::SignInOffer::Scope::isLeast));
        for (const service::SignInOffer::Scope &scope : offer.scopes)
            QVERIFY2(!scope.words.isEmpty(), qPrintable(scope.name));
    }
}

void OwnValuesTest::providerFile_readsAsTheSameProvider()
{
    provider::Provider made;
    made.id = QStringLiteral("login-example-com");
    made.name = QStringLiteral("login.example.com");
    made.isBuiltIn = true; // whoever loads the file says that it is not
    using provider::Evidence;
    const auto at = [](const char *path) {
        return provider::Fact<QUrl>{QUrl(QStringLiteral("https://login.example.com") + QLatin1String(path)),
                                    Evidence::Measured};
    };
    made.issuer = {QStringLiteral("https://login.example.com"), Evidence::Measured};
    made.issuerInResponse = {true, Evidence::Measured};
    made.authorizationEndpoint = at("/auth?tenant=a%20b");
    made.tokenEndpoint = at("/token");
    made.deviceAuthorizationEndpoint = at("/device");
    made.revocationEndpoint = at("/revoke");
    made.profileEndpoint = at("/me");
    made.clientId = {QStringLiteral("a \"client\""), Evidence::Measured};
    made.scopes = {{QStringLiteral("openid"), QStringLiteral("grüße")}, Evidence::Measured};
    made.leastScopes = {{QStringLiteral("openid")}, Evidence::Assumed};
    made.redirectUris = {{QStringLiteral("http://127.0.0.1/callback")}, Evidence::Assumed};
    made.exchangeEncoding = {provider::BodyEncoding::Form, Evidence::Measured};
    made.refreshEncoding = {provider::BodyEncoding::Json, Evidence::Measured};
    made.revocationEncoding = {provider::BodyEncoding::JsonLists, Evidence::Measured};
    provider::Identity identity;
    identity.sources = {provider::IdentitySource::TokenAnswer, provider::IdentitySource::IdToken,
                        provider::IdentitySource::AccessToken, provider::IdentitySource::Profile};
    identity.id = {QStringLiteral("/sub")};
    identity.plan = {QStringLiteral("/plan"), QStringLiteral("/tier")};
    made.identity = {identity, Evidence::Assumed};
    made.errorCodes.emplace(QStringLiteral("invalid_grant"),
                            provider::Fact<provider::Verdict>{provider::Verdict::GrantRejected, Evidence::Measured});

    const QByteArray text = provider::providerFile(made);
    const auto read =
        provider::parseProvider(base::Secret::copyOf({text.constData(), static_cast<std::size_t>(text.size())}),
                                QStringLiteral("/providers/login-example-com.json"), provider::EndpointRule::HttpsOnly);
    QVERIFY2(read, read ? "" : qPrintable(base::describe(read.error())));
    QVERIFY(*read == made);
}

void OwnValuesTest::key_isTakenOrRefusedWithoutACharacterOfIt_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("fault");
    QTest::newRow("plain") << QByteArray("sk-ant-api03-AAAA") << QString();
    QTest::newRow("with white space around") << QByteArray("\r\n sk-ant-api03-AAAA \t\n") << QString();
    QTest::newRow("empty") << QByteArray(" \n") << QStringLiteral("nothing was given");
    QTest::newRow("a line of a shell") << QByteArray("export KEY=sk-ant-AAAA") << QStringLiteral("more than one word");
    QTest::newRow("two lines") << QByteArray("sk-ant-AAAA\nsk-ant-BBBB") << QStringLiteral("more than one word");
    QTest::newRow("not ASCII") << QByteArray("sk-ant-\xC3\xA4") << QStringLiteral("no key is made of");
    QTest::newRow("a null byte") << QByteArray("sk-ant\0AAAA", 11) << QStringLiteral("no key is made of");
    QTest::newRow("a whole file") << QByteArray(20'000, 'A') << QStringLiteral("longer than any key");
}

void OwnValuesTest::key_isTakenOrRefusedWithoutACharacterOfIt()
{
    QFETCH(QByteArray, secret);
    QFETCH(QString, fault);
    base::SystemRandom random;
    const base::FingerprintKey key = base::FingerprintKey::random(random);
    const auto record =
        service::staticRecord({.providerId = QStringLiteral("Example.com"),
                               .label = QStringLiteral("CI"),
                               .kind = {},
                               .isSetupToken = false,
                               .issuedAt = {},
                               .expiresAt = {}},
                              base::Secret::copyOf({secret.constData(), static_cast<std::size_t>(secret.size())}),
                              {.known = {}, .key = key, .now = now});
    QCOMPARE(record.has_value(), fault.isEmpty());
    if (record) {
        QCOMPARE(record->credential.tokens.accessToken.expose(), std::string_view("sk-ant-api03-AAAA"));
        QCOMPARE(record->providerId, QStringLiteral("example.com"));
        QCOMPARE(*record->credential.tokens.issuedAt, now);
        return;
    }
    const QString told = base::describe(record.error());
    QVERIFY2(told.contains(fault), qPrintable(told));
    QVERIFY(!told.contains(QStringLiteral("sk-ant")));
}

void OwnValuesTest::keys_getNamesOfTheirOwn()
{
    base::SystemRandom random;
    const base::FingerprintKey key = base::FingerprintKey::random(random);
    std::vector<vault::RecordFacts> known;
    QStringList ids;
    for (const char *text : {"key-one-AAAA", "key-two-AAAA", "key-three-AAAA"}) {
        const auto record = service::staticRecord({.providerId = QStringLiteral("openai"),
                                                   .label = QStringLiteral("CI key"),
                                                   .kind = profile::CredentialKind::ApiKey,
                                                   .isSetupToken = false,
                                                   .issuedAt = {},
                                                   .expiresAt = {}},
                                                  secretOf(text), {.known = known, .key = key, .now = now});
        QVERIFY(record);
        known.push_back(vault::factsOf(*record, key));
        ids += record->id;
    }
    QCOMPARE(ids, (QStringList{QStringLiteral("openai"), QStringLiteral("openai:ci-key"),
                               QStringLiteral("openai:ci-key-2")}));
}

void OwnValuesTest::end_ofAKey_isTyped_orReadFromIt_orUnknown()
{
    base::SystemRandom random;
    const base::FingerprintKey key = base::FingerprintKey::random(random);
    const auto endOf = [&key](const QByteArray &text, std::optional<base::Timestamp> typed) {
        const auto record = service::staticRecord({.providerId = QStringLiteral("example"),
                                                   .label = {},
                                                   .kind = profile::CredentialKind::Token,
                                                   .isSetupToken = false,
                                                   .issuedAt = {},
                                                   .expiresAt = typed},
                                                  secretOf(text.constData()), {.known = {}, .key = key, .now = now});
        return record ? record->credential.tokens.expiresAt : std::nullopt;
    };
    const base::Timestamp end{std::chrono::seconds(1'800'000'000)};
    const QByteArray token =
        "e30." + QByteArray(R"({"exp":1800000000})").toBase64(QByteArray::Base64UrlEncoding) + ".c2ln";
    QCOMPARE(endOf(token, std::nullopt), end);
    QCOMPARE(endOf(token, now + 24h), now + 24h);
    QCOMPARE(endOf("ghp_dummydummydummy", std::nullopt), std::nullopt);
}

void OwnValuesTest::setupToken_endsWhenItsProviderSaysSo()
{
    base::SystemRandom random;
    const base::FingerprintKey key = base::FingerprintKey::random(random);
    const auto endOf = [&key](bool isSetupToken) {
        const auto record = service::staticRecord(
            {.providerId = QStringLiteral("anthropic"),
             .label = {},
             .kind = profile::CredentialKind::Token,
             .isSetupToken = isSetupToken,
             .issuedAt = now - 24h,
             .expiresAt = {}},
            secretOf("sk-ant-oat01-dummy"), {.known = {}, .key = key, .now = now, .provider = builtIn("anthropic")});
        return record ? record->credential.tokens.expiresAt : std::nullopt;
    };
    QCOMPARE(endOf(true), now + 364 * 24h);
    QCOMPARE(endOf(false), std::nullopt);
}

QTEST_GUILESS_MAIN(OwnValuesTest)
#include "ownvalues.moc"
