// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The whole service with logins of its own, against an authorization server that others wrote: what a person does with
// a program, without its windows.

#include <QSignalSpy>
#include <QTest>

#include "core/oauth/answers.h"
#include "fakes/fakekeychain.h"
#include "fakes/fakeurlopener.h"
#include "fakes/oidcprovider.h"
#include "fakes/plainhttp.h"
#include "fakes/temporaryhome.h"
#include "oauth/networktransport.h"
#include "service/service.h"
#include "service/signin/signinsession.h"

using namespace keytender;
using answers::bytesOf;
using answers::secretOf;
using fakes::OidcProvider;
using profile::Health;
using profile::Reason;
using provider::SignInWay;
using service::Row;
using service::SignInFacts;
using service::SignInStage;
using service::SignOutScope;

namespace {

class FixedKey final : public vault::MasterKeySource {
public:
    void start() override { QMetaObject::invokeMethod(this, &FixedKey::ready, Qt::QueuedConnection); }
    void unlock() override {}
    [[nodiscard]] base::Result<vault::MasterKey> takeKey() override
    {
        return vault::MasterKey{.key = base::Secret(vault::MasterKey::size), .protection = profile::Protection::Sealed};
    }
};

// The real wire, with a plug.
class Line final : public oauth::TokenTransport {
public:
    void post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done) override
    {
        if (!isDown)
            return wire.post(std::move(request), context, std::move(done));
        oauth::Delivery lost;
        lost.error = base::Error{.kind = base::ErrorKind::Unavailable,
                                 .subject = request.endpoint.host(),
                                 .place = {},
                                 .detail = QStringLiteral("unplugged")};
        QTimer::singleShot(0, context,
                           [done = std::move(done), lost = std::make_shared<oauth::Delivery>(std::move(lost))] {
                               done(std::move(*lost));
                           });
    }

    oauth::NetworkTransport wire;
    bool isDown = false;
};

// One run of the program.
struct Program {
    enum class Part { Tends, Looks };

    Program(const fakes::TemporaryHome &home, Line &line, oauth::UrlOpener &opener, Part part = Part::Tends)
        : service({.clock = clock,
                   .random = random,
                   .keychain = keychain,
                   .masterKey = key,
                   .environment = home.environment(),
                   .endpointRule = provider::EndpointRule::HttpsOrLoopback,
                   .outside = part == Part::Tends ? std::optional(
                                  service::Outside{.tokens = line, .documents = line.wire, .opener = opener})
                                                  : std::nullopt})
    {
        service.start();
        (void)QTest::qWaitFor([this] { return service.isSettled(); }, 10'000);
    }

    [[nodiscard]] Row row(const QString &id) const
    {
        const auto found = service.rows().find(id);
        return found == service.rows().end() ? Row{} : found->second;
    }
    [[nodiscard]] QStringList history(const QString &id) const
    {
        QStringList texts;
        for (const service::Activity &entry : service.activityOf(id))
            texts += entry.text;
        return texts;
    }

    base::SystemClock clock;
    base::SystemRandom random;
    fakes::FakeKeychain keychain;
    FixedKey key;
    service::Service service;
};

} // namespace

class TestOwnLogins : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void discoveredServer_isAmongTheOffersFromThenOn();
    void signIn_isARow_afterARestartToo();
    void refreshOnDemand_renews_andIsInTheHistoryWithItsSteps();
    void revokedElsewhere_asksForASignIn_thatPutsItRight();
    void signOut_leavesBothTokensDead();
    void signOut_withoutALine_isALeftover_untilTheLineIsBack();
    void withoutALine_aDueLoginWaits_andSaysSo();
    void withoutALine_aFreshLoginStaysCalm();
    void aProgramThatOnlyLooks_spendsNothing();
    void signInByPaste_cancelled_leavesNothing();
    void key_isARow_isKeptOnce_andIsForgottenWithoutAWord();
    void signOut_askedForDuringAnother_isDoneToo();
    void stop_bringsWhatIsUnderWayToItsEnd();

private:
    void discover(); // m_server, from a program of its own
    [[nodiscard]] SignInFacts signIn(Program &program, const service::SignInWish &wish);
    [[nodiscard]] SignInFacts signIn(Program &program, const QString &renewed = {});
    void signOut(Program &program, const SignOutScope &scope);
    [[nodiscard]] vault::Record recordOf(const QString &id) const;
    [[nodiscard]] bool isAlive(const base::Secret &token) { return m_server->isActive(bytesOf(token)); }

    std::unique_ptr<OidcProvider> m_server;
    std::unique_ptr<fakes::TemporaryHome> m_home;
    Line m_line;
    fakes::FakeUrlOpener m_opener;
    QString m_provider;
    std::vector<service::SignOutResult> m_results;
};

void TestOwnLogins::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    if (const QString why = OidcProvider::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_server = std::make_unique<OidcProvider>();
    QVERIFY(m_server->isRunning());
}

void TestOwnLogins::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_line.isDown = false;
    discover();
}

void TestOwnLogins::discover()
{
    Program program(*m_home, m_line, m_opener);
    QVERIFY(program.service.canSignIn());
    QString why = QStringLiteral("no answer");
    m_provider.clear();
    program.service.discover({.issuer = m_server->issuer().toString(), .clientId = m_server->clientId()}, this,
                             [&](const base::Result<QString> &found) {
                                 m_provider = found ? *found : QString();
                                 why = found ? QString() : base::describe(found.error());
                             });
    QTRY_VERIFY_WITH_TIMEOUT(why != QStringLiteral("no answer"), 20'000);
    QVERIFY2(!m_provider.isEmpty(), qPrintable(why));
}

SignInFacts TestOwnLogins::signIn(Program &program, const service::SignInWish &wish)
{
    const auto session = program.service.newSignIn(wish);
    if (!session)
        return {};
    m_opener.opened.clear();
    session->start();
    if (!m_opener.opened.empty()) {
        const QUrl back = m_server->signInByForms(QUrl::fromEncoded(m_opener.opened.front()));
        (void)fakes::PlainHttp().get(back);
    }
    (void)QTest::qWaitFor([&] { return session->isOver(); }, 20'000);
    return session->facts();
}

SignInFacts TestOwnLogins::signIn(Program &program, const QString &renewed)
{
    return signIn(program,
                  {.providerId = m_provider,
                   .profileId = renewed,
                   .way = SignInWay::Browser,
                   .scopes = {QStringLiteral("openid"), QStringLiteral("email"), QStringLiteral("offline_access")}});
}

void TestOwnLogins::signOut(Program &program, const SignOutScope &scope)
{
    QSignalSpy finished(&program.service, &service::Service::signOutFinished);
    connect(&program.service, &service::Service::signOutFinished, this,
            [this](const std::vector<service::SignOutResult> &results) { m_results = results; });
    program.service.signOut(scope);
    QVERIFY(finished.count() == 1 || finished.wait(20'000));
}

// As it lies in the vault; read beside the program.
vault::Record TestOwnLogins::recordOf(const QString &id) const
{
    base::SystemRandom random;
    const auto opened =
        vault::Vault::open(service::Places::in(m_home->environment()).vault,
                           {.key = base::Secret(vault::MasterKey::size), .protection = profile::Protection::Sealed},
                           vault::Vault::Access::ReadOnly, random);
    if (!opened)
        return {};
    auto record = (*opened)->read(id);
    return record ? *std::move(record) : vault::Record();
}

void TestOwnLogins::discoveredServer_isAmongTheOffersFromThenOn()
{
    const Program program(*m_home, m_line, m_opener);
    const auto offers = program.service.signInOffers();
    const auto found = std::ranges::find(offers, m_provider, &service::SignInOffer::providerId);
    QVERIFY(found != offers.end());
    QVERIFY(std::ranges::find(found->ways, SignInWay::Browser) != found->ways.end());
    QVERIFY(std::ranges::find(found->ways, SignInWay::Device) != found->ways.end());
    const auto least = [&](const char *name) {
        const auto scope = std::ranges::find(found->scopes, QLatin1String(name), &service::SignInOffer::Scope::name);
        return scope != found->scopes.end() && scope->isLeast && !scope->words.isEmpty();
    };
    QVERIFY(least("openid") && least("offline_access"));
    QVERIFY(program.service.surroundings().problems.empty());
}

void TestOwnLogins::signIn_isARow_afterARestartToo()
{
    {
        Program program(*m_home, m_line, m_opener);
        const SignInFacts facts = signIn(program);
        QVERIFY2(facts.stage == SignInStage::Done, qPrintable(facts.text));
        QCOMPARE(facts.profileId, m_provider);
        const Row row = program.row(m_provider);
        QCOMPARE(row.condition.health, Health::Fresh);
        QCOMPARE(row.profile.account.email, QStringLiteral("ada@example.org"));
        QCOMPARE(row.profile.label, facts.label);
        QVERIFY(row.actions.refresh && row.actions.signIn && row.actions.signOut);
        QCOMPARE(program.history(m_provider).size(), 1);
    }
    const Program again(*m_home, m_line, m_opener);
    QCOMPARE(again.row(m_provider).profile.care, profile::Care::Own);
    QVERIFY(again.row(m_provider).actions.signOut);
}

void TestOwnLogins::refreshOnDemand_renews_andIsInTheHistoryWithItsSteps()
{
    Program program(*m_home, m_line, m_opener);
    QCOMPARE(signIn(program).stage, SignInStage::Done);
    const vault::Record before = recordOf(m_provider);
    const base::Fingerprint shown = program.row(m_provider).profile.credential.refreshToken;
    const int deliveries = m_server->deliveries(QStringLiteral("token"));
    program.service.refresh(m_provider);
    QTRY_VERIFY_WITH_TIMEOUT(program.row(m_provider).profile.credential.refreshToken != shown, 20'000);
    QTRY_COMPARE(program.row(m_provider).condition.health, Health::Fresh);
    QCOMPARE(m_server->deliveries(QStringLiteral("token")) - deliveries, 1);
    const vault::Record after = recordOf(m_provider);
    QVERIFY(!(after.credential.tokens.refreshToken == before.credential.tokens.refreshToken));
    QVERIFY(isAlive(after.credential.tokens.refreshToken));
    QTRY_VERIFY(program.service.activityOf(m_provider).size() == 2);
    const service::Activity newest = program.service.activityOf(m_provider).front();
    QVERIFY2(newest.steps.size() >= 5, qPrintable(newest.text));
    // A second click at once is no second delivery.
    program.service.refresh(m_provider);
    QTest::qWait(100);
    QCOMPARE(m_server->deliveries(QStringLiteral("token")) - deliveries, 1);
}

void TestOwnLogins::revokedElsewhere_asksForASignIn_thatPutsItRight()
{
    Program program(*m_home, m_line, m_opener);
    QCOMPARE(signIn(program).stage, SignInStage::Done);
    const QString id = m_provider;
    m_server->revokeEverything();
    program.service.refresh(id);
    QTRY_COMPARE_WITH_TIMEOUT(program.row(id).condition.health, Health::NeedsSignIn, 20'000);
    QCOMPARE(program.row(id).condition.reason, Reason::Refused);
    QVERIFY(service::explanationOf(program.row(id), program.service.now()).endsWith(QStringLiteral("Sign in again.")));
    const SignInFacts facts = signIn(program, id);
    QVERIFY2(facts.stage == SignInStage::Done, qPrintable(facts.text));
    QCOMPARE(facts.profileId, id);
    QCOMPARE(program.row(id).condition.health, Health::Fresh);
    QVERIFY(isAlive(recordOf(id).credential.tokens.refreshToken));
}

void TestOwnLogins::signOut_leavesBothTokensDead()
{
    Program program(*m_home, m_line, m_opener);
    QCOMPARE(signIn(program).stage, SignInStage::Done);
    const vault::Record record = recordOf(m_provider);
    QVERIFY(isAlive(record.credential.tokens.refreshToken) && isAlive(record.credential.tokens.accessToken));
    const SignOutScope everything{.what = SignOutScope::What::Everything, .id = {}};
    QCOMPARE(program.service.signOutPreview(everything).logins.size(), std::size_t{1});
    signOut(program, everything);
    QCOMPARE(m_results.size(), std::size_t{1});
    QVERIFY2(m_results.front().isComplete, qPrintable(m_results.front().text));
    QVERIFY(!isAlive(record.credential.tokens.refreshToken) && !isAlive(record.credential.tokens.accessToken));
    QVERIFY(!program.service.rows().contains(m_provider));
    QVERIFY(recordOf(m_provider).id.isEmpty());
    QVERIFY(program.service.surroundings().leftovers.empty());
    QCOMPARE(program.history(m_provider).size(), 2);
}

void TestOwnLogins::signOut_withoutALine_isALeftover_untilTheLineIsBack()
{
    const SignOutScope one{.what = SignOutScope::What::Profile, .id = m_provider};
    vault::Record record;
    {
        Program program(*m_home, m_line, m_opener);
        QCOMPARE(signIn(program).stage, SignInStage::Done);
        record = recordOf(m_provider);
        m_line.isDown = true;
        signOut(program, one);
        QVERIFY(m_results.front().hasLeftHere && !m_results.front().isComplete);
        QVERIFY(!program.service.rows().contains(m_provider));
        QCOMPARE(program.service.surroundings().leftovers.size(), std::size_t{1});
    }
    QVERIFY(isAlive(record.credential.tokens.refreshToken));
    m_line.isDown = false;
    Program later(*m_home, m_line, m_opener);
    later.service.noteOnline();
    QTRY_VERIFY_WITH_TIMEOUT(later.service.surroundings().leftovers.empty(), 20'000);
    QVERIFY(!isAlive(record.credential.tokens.refreshToken) && !isAlive(record.credential.tokens.accessToken));
}

// Of tokens that live for four seconds: due at the third, without anybody asking.
void TestOwnLogins::withoutALine_aDueLoginWaits_andSaysSo()
{
    std::unique_ptr<OidcProvider> usual =
        std::exchange(m_server, std::make_unique<OidcProvider>(fakes::OidcProviderOptions{.accessTokenSeconds = 4}));
    const auto restore = qScopeGuard([&] { m_server = std::move(usual); });
    m_home = std::make_unique<fakes::TemporaryHome>();
    discover();
    Program program(*m_home, m_line, m_opener);
    QCOMPARE(signIn(program).stage, SignInStage::Done);
    m_line.isDown = true;
    QTRY_COMPARE_WITH_TIMEOUT(program.row(m_provider).condition.health, Health::Waiting, 20'000);
    QCOMPARE(program.row(m_provider).condition.reason, Reason::Offline);
    QVERIFY(program.row(m_provider).condition.nextTry);
    QTRY_VERIFY(program.service.surroundings().isOffline);
    const base::Fingerprint lapsed = program.row(m_provider).profile.credential.accessToken;
    m_line.isDown = false;
    program.service.noteOnline();
    QTRY_VERIFY_WITH_TIMEOUT(program.row(m_provider).profile.credential.accessToken != lapsed, 20'000);
    QVERIFY(!program.service.surroundings().isOffline);
}

// What nobody is in a hurry for is told in the history alone.
void TestOwnLogins::withoutALine_aFreshLoginStaysCalm()
{
    Program program(*m_home, m_line, m_opener);
    QCOMPARE(signIn(program).stage, SignInStage::Done);
    m_line.isDown = true;
    program.service.refresh(m_provider);
    QTRY_COMPARE(program.service.activityOf(m_provider).size(), std::size_t{2});
    QCOMPARE(program.row(m_provider).condition.health, Health::Fresh);
    QVERIFY(!program.service.surroundings().isOffline);
}

void TestOwnLogins::aProgramThatOnlyLooks_spendsNothing()
{
    {
        Program program(*m_home, m_line, m_opener);
        QCOMPARE(signIn(program).stage, SignInStage::Done);
    }
    const int deliveries = m_server->deliveries(QStringLiteral("token"));
    Program looking(*m_home, m_line, m_opener, Program::Part::Looks);
    QVERIFY(!looking.service.canSignIn());
    QVERIFY(!looking.service.newSignIn(
        {.providerId = m_provider, .profileId = {}, .way = SignInWay::Browser, .scopes = {}}));
    looking.service.refresh(m_provider);
    looking.service.signOut({.what = SignOutScope::What::Everything, .id = {}});
    QVERIFY(looking.service.rows().contains(m_provider));
    QVERIFY(looking.row(m_provider).actions == Row::Actions{});
    QCOMPARE(m_server->deliveries(QStringLiteral("token")), deliveries);
}

void TestOwnLogins::signInByPaste_cancelled_leavesNothing()
{
    Program program(*m_home, m_line, m_opener);
    const auto session = program.service.newSignIn(
        {.providerId = m_provider, .profileId = {}, .way = SignInWay::Paste, .scopes = {QStringLiteral("openid")}});
    QVERIFY(session);
    session->start();
    QCOMPARE(session->facts().stage, SignInStage::WaitingForBrowser);
    QVERIFY(session->facts().hasAddress && !session->address().isEmpty());
    QVERIFY(!session->paste(secretOf("code=a&state=b")));
    session->cancel();
    QCOMPARE(session->facts().stage, SignInStage::Cancelled);
    QVERIFY(session->address().isEmpty());
    QVERIFY(program.service.rows().empty());
}

void TestOwnLogins::key_isARow_isKeptOnce_andIsForgottenWithoutAWord()
{
    Program program(*m_home, m_line, m_opener);
    const service::StaticCredentialFacts facts{.providerId = QStringLiteral("anthropic"),
                                               .label = QStringLiteral("CI key"),
                                               .kind = profile::CredentialKind::ApiKey,
                                               .isSetupToken = false,
                                               .issuedAt = {},
                                               .expiresAt = program.service.now() + std::chrono::hours(12)};
    const auto kept = program.service.keepStatic(facts, secretOf("  sk-ant-api03-dummy-dummy-dummy\n"));
    QVERIFY2(kept, kept ? "" : qPrintable(base::describe(kept.error())));
    QCOMPARE(program.row(*kept).profile.label, QStringLiteral("CI key"));
    QCOMPARE(program.row(*kept).condition.reason, Reason::TokenEndsSoon);
    QVERIFY(!program.row(*kept).actions.refresh && program.row(*kept).actions.signOut);
    QCOMPARE(bytesOf(recordOf(*kept).credential.tokens.accessToken), QByteArray("sk-ant-api03-dummy-dummy-dummy"));
    const auto twice = program.service.keepStatic(facts, secretOf("sk-ant-api03-dummy-dummy-dummy"));
    QVERIFY(!twice && twice.error().detail.contains(QStringLiteral("CI key")));
    QVERIFY(!program.service.keepStatic(facts, secretOf("export KEY=sk ant")));
    QVERIFY(!program.service.keepStatic(facts, secretOf(" \n")));

    SignOutScope scope{.what = SignOutScope::What::Everything, .id = {}};
    QVERIFY(program.service.signOutPreview(scope).logins.empty()); // "OAuth only"
    scope.keepsKeys = false;
    QCOMPARE(program.service.signOutPreview(scope).logins.front().end, service::SignOutPreview::Login::End::Kept);
    signOut(program, scope);
    QVERIFY(!program.service.rows().contains(*kept));
    QVERIFY(m_results.front().hasLeftHere);
}

// Whoever waits for the second one must not be told of the first alone.
void TestOwnLogins::signOut_askedForDuringAnother_isDoneToo()
{
    Program program(*m_home, m_line, m_opener);
    QCOMPARE(signIn(program).stage, SignInStage::Done);
    const auto key = program.service.keepStatic({.providerId = QStringLiteral("anthropic"),
                                                 .label = {},
                                                 .kind = profile::CredentialKind::ApiKey,
                                                 .isSetupToken = false,
                                                 .issuedAt = {},
                                                 .expiresAt = {}},
                                                secretOf("sk-ant-api03-dummy-dummy-dummy"));
    QVERIFY(key);
    program.service.signOut({.what = SignOutScope::What::Profile, .id = m_provider}); // waits for the provider
    signOut(program, {.what = SignOutScope::What::Profile, .id = *key});
    QCOMPARE(m_results.size(), std::size_t{2});
    QVERIFY(m_results.front().hasLeftHere && m_results.back().hasLeftHere);
    QVERIFY(program.service.rows().empty());
}

void TestOwnLogins::stop_bringsWhatIsUnderWayToItsEnd()
{
    Program program(*m_home, m_line, m_opener);
    QCOMPARE(signIn(program).stage, SignInStage::Done);
    const base::Secret spent = recordOf(m_provider).credential.tokens.refreshToken.clone();
    QSignalSpy stopped(&program.service, &service::Service::stopped);
    program.service.refresh(m_provider);
    QTRY_COMPARE_WITH_TIMEOUT(program.row(m_provider).condition.health, Health::Refreshing, 10'000);
    program.service.stop();
    QVERIFY(stopped.wait(6000));
    // Sent or not: what the vault holds is alive.
    QVERIFY(isAlive(recordOf(m_provider).credential.tokens.refreshToken));
    QVERIFY(!program.service.newSignIn(
        {.providerId = m_provider, .profileId = {}, .way = SignInWay::Browser, .scopes = {}}));
}

QTEST_GUILESS_MAIN(TestOwnLogins)
#include "ownlogins.moc"
