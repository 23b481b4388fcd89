// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// From a click to a login in the vault, and out again, over the real wire against an authorization server that others
// wrote. Whether tokens live is what that server says of them.

#include <QTemporaryDir>
#include <QTest>

#include "core/oauth/answers.h"
#include "core/refresh/signoutfixture.h"
#include "fakes/fakeurlopener.h"
#include "fakes/oidcprovider.h"
#include "fakes/plainhttp.h"
#include "oauth/discovery.h"
#include "oauth/networktransport.h"
#include "oauth/signin.h"
#include "refresh/keepsignin.h"

using namespace keytender;
using answers::bytesOf;
using fakes::OidcProvider;
using oauth::SignIn;
using oauth::SignInStep;
using provider::SignInWay;
using refresh::TokenEnd;

namespace {

constexpr auto rule = provider::EndpointRule::HttpsOrLoopback;

} // namespace

class TestSignInOracle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void browser_thenSignOut_leavesBothTokensDead();
    void browser_whenThePersonSaysNo_saysSo();
    void paste_bringsALogin();
    void device_bringsALogin();
    void signingInAgain_replacesTheLoginAndEndsTheOldOne();
    void signOut_withTheServerOutOfReach_isFinishedLater();

private:
    // What the person does with the address or the codes, and what comes of it.
    using Person = std::function<void(SignIn &)>;
    [[nodiscard]] std::optional<SignIn::Taken> signIn(SignInWay way, const Person &person);
    [[nodiscard]] std::optional<SignIn::Taken> signInByBrowser(const QString &account = QStringLiteral("ada"));
    [[nodiscard]] QUrl walk(const SignIn &story, const QString &account = QStringLiteral("ada"))
    {
        return m_server->signInByForms(QUrl::fromEncoded(bytesOf(story.address())), fakes::PersonSays::Yes, account);
    }
    [[nodiscard]] bool isAlive(const base::Secret &token) { return m_server->isActive(bytesOf(token)); }
    [[nodiscard]] std::unique_ptr<refresh::PendingRevocations> pendingOf(oauth::TokenTransport &transport);
    [[nodiscard]] refresh::Placement keep(oauth::SignedIn login);
    [[nodiscard]] refresh::SignOutOutcome signOut(oauth::TokenTransport &transport, const QString &id);
    [[nodiscard]] vault::Record held(const QString &id);

    base::SystemClock m_clock;
    base::SystemRandom m_random;
    oauth::NetworkTransport m_transport;
    fakes::FakeUrlOpener m_opener;
    std::unique_ptr<OidcProvider> m_server;
    provider::Provider m_provider;
    QTemporaryDir m_home;
    std::unique_ptr<tests::SignOutDisk> m_disk;
};

void TestSignInOracle::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    m_disk = std::make_unique<tests::SignOutDisk>(m_home.filePath(QStringLiteral("vault")));
    if (const QString why = OidcProvider::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_server = std::make_unique<OidcProvider>();
    QVERIFY(m_server->isRunning());
    oauth::Discovery discovery(
        {.issuer = m_server->issuer().toString(), .clientId = m_server->clientId(), .rule = rule}, m_transport);
    connect(&discovery, &oauth::Discovery::finished, this, [&](const base::Result<provider::Provider> &found) {
        QVERIFY2(found, found ? "" : qPrintable(base::describe(found.error())));
        m_provider = *found;
    });
    discovery.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_provider.tokenEndpoint, 20'000);
}

std::optional<SignIn::Taken> TestSignInOracle::signIn(SignInWay way, const Person &person)
{
    SignIn story(m_provider, {.clock = m_clock,
                              .random = m_random,
                              .tokens = m_transport,
                              .documents = m_transport,
                              .opener = m_opener,
                              .after = oauth::afterByTimer(),
                              .rule = rule});
    std::optional<SignIn::Taken> taken;
    connect(&story, &SignIn::progressed, this, [&](SignInStep step) {
        if (step == SignInStep::BrowserOpened || step == SignInStep::CodesOffered)
            QTimer::singleShot(0, &story, [&] { person(story); });
    });
    connect(&story, &SignIn::finished, this, [&] { taken.emplace(story.takeResult()); });
    story.start(way, {QStringLiteral("openid"), QStringLiteral("email"), QStringLiteral("offline_access")});
    (void)QTest::qWaitFor([&taken] { return taken.has_value(); }, 40'000);
    return taken;
}

std::optional<SignIn::Taken> TestSignInOracle::signInByBrowser(const QString &account)
{
    return signIn(SignInWay::Browser, [this, account](SignIn &story) {
        const fakes::PlainAnswer page = fakes::PlainHttp().get(walk(story, account));
        QCOMPARE(page.status, 200);
    });
}

std::unique_ptr<refresh::PendingRevocations> TestSignInOracle::pendingOf(oauth::TokenTransport &transport)
{
    return std::make_unique<refresh::PendingRevocations>(
        m_disk->world(transport), [this](const QString &) { return std::optional(m_provider); }, oauth::afterByTimer());
}

refresh::Placement TestSignInOracle::keep(oauth::SignedIn login)
{
    const auto pending = pendingOf(m_transport);
    refresh::SignInToKeep signIn;
    signIn.placement = refresh::placeFor(m_provider, login.account, m_disk->vault->readFacts().records);
    signIn.record = refresh::recordOf(signIn.placement.profileId, m_provider, login.account, std::move(login.tokens),
                                      m_clock.wallTime());
    signIn.provider = m_provider;
    const refresh::Placement placement = signIn.placement;
    refresh::KeepSignIn story(std::move(signIn), m_disk->world(m_transport), *pending);
    const auto kept = tests::runToItsEnd(story, &refresh::KeepSignIn::finished);
    if (kept.error)
        qWarning().noquote() << base::describe(*kept.error);
    if (kept.isRevoking)
        (void)QTest::qWaitFor([this] { return m_disk->notes->readAll().notes.empty(); }, 20'000);
    return placement;
}

refresh::SignOutOutcome TestSignInOracle::signOut(oauth::TokenTransport &transport, const QString &id)
{
    refresh::SignOut story(
        {.purpose = refresh::SignOutRequest::Purpose::SignOut, .profileId = id, .provider = m_provider},
        m_disk->world(transport));
    return tests::runToItsEnd(story, &refresh::SignOut::finished);
}

vault::Record TestSignInOracle::held(const QString &id)
{
    auto record = m_disk->vault->read(id);
    return record ? *std::move(record) : vault::Record();
}

void TestSignInOracle::browser_thenSignOut_leavesBothTokensDead()
{
    if (!m_server)
        QSKIP("no server");
    const int exchanges = m_server->deliveries(QStringLiteral("token"));
    auto taken = signInByBrowser();
    QVERIFY(taken);
    QVERIFY2(taken->has_value(), taken->has_value() ? "" : qPrintable(base::describe(taken->error().error)));
    QCOMPARE(m_server->deliveries(QStringLiteral("token")) - exchanges, 1);
    oauth::SignedIn login = std::move(*taken).value();
    QCOMPARE(login.account.id, QStringLiteral("ada"));
    QCOMPARE(login.account.email, QStringLiteral("ada@example.org"));
    QVERIFY(login.grantedScopes.contains(QStringLiteral("offline_access")));
    const base::Secret refreshToken = login.tokens.refreshToken.clone();
    const base::Secret accessToken = login.tokens.accessToken.clone();
    QVERIFY(isAlive(refreshToken) && isAlive(accessToken));

    const refresh::Placement placement = keep(std::move(login));
    QCOMPARE(placement.profileId, m_provider.id);
    QVERIFY(held(placement.profileId).label.endsWith(QStringLiteral("ada@example.org")));
    const refresh::SignOutOutcome outcome = signOut(m_transport, placement.profileId);
    QVERIFY2(outcome.ending == refresh::SignOutOutcome::Ending::SignedOut, qPrintable(outcome.errorText));
    QVERIFY(outcome.refreshToken == TokenEnd::Confirmed && outcome.accessToken == TokenEnd::Confirmed);
    QVERIFY(!isAlive(refreshToken) && !isAlive(accessToken));
    QVERIFY(m_disk->isEmpty());
}

void TestSignInOracle::browser_whenThePersonSaysNo_saysSo()
{
    if (!m_server)
        QSKIP("no server");
    const auto taken = signIn(SignInWay::Browser, [this](SignIn &story) {
        const QUrl redirect =
            m_server->signInByForms(QUrl::fromEncoded(bytesOf(story.address())), fakes::PersonSays::No);
        (void)fakes::PlainHttp().get(redirect);
    });
    QVERIFY(taken && !taken->has_value());
    QCOMPARE(taken->error().why, oauth::SignInFailure::Why::Refused);
    QCOMPARE(taken->error().errorCode, QStringLiteral("access_denied"));
    QCOMPARE(taken->error().error.detail, QStringLiteral("The person said no"));
}

void TestSignInOracle::paste_bringsALogin()
{
    if (!m_server)
        QSKIP("no server");
    const auto taken = signIn(SignInWay::Paste, [this](SignIn &story) {
        QVERIFY(!story.paste(answers::secretOf("code=made-up&state=made-up")));
        const base::Result<void> pasted = story.paste(answers::secretOf(walk(story).toEncoded()));
        QVERIFY2(pasted, pasted ? "" : qPrintable(base::describe(pasted.error())));
    });
    QVERIFY(taken);
    QVERIFY2(taken->has_value(), taken->has_value() ? "" : qPrintable(base::describe(taken->error().error)));
    QVERIFY(isAlive(taken->value().tokens.refreshToken));
}

void TestSignInOracle::device_bringsALogin()
{
    if (!m_server)
        QSKIP("no server");
    const auto taken = signIn(SignInWay::Device, [this](SignIn &story) {
        (void)m_server->signInByForms(QUrl::fromEncoded(bytesOf(story.codes()->verificationUriComplete)));
    });
    QVERIFY(taken);
    QVERIFY2(taken->has_value(), taken->has_value() ? "" : qPrintable(base::describe(taken->error().error)));
    QVERIFY(isAlive(taken->value().tokens.accessToken));
    QCOMPARE(taken->value().account.id, QStringLiteral("ada"));
}

// F-108.
void TestSignInOracle::signingInAgain_replacesTheLoginAndEndsTheOldOne()
{
    if (!m_server)
        QSKIP("no server");
    auto first = signInByBrowser();
    QVERIFY(first && first->has_value());
    const base::Secret old = first->value().tokens.refreshToken.clone();
    const refresh::Placement placement = keep(std::move(*first).value());
    auto other = signInByBrowser(QStringLiteral("bob"));
    auto again = signInByBrowser();
    QVERIFY(other && other->has_value() && again && again->has_value());
    m_provider.isBuiltIn = true; // as if somebody had measured that it ends nothing else
    const refresh::Placement beside = keep(std::move(*other).value());
    QCOMPARE(beside.profileId, m_provider.id + QStringLiteral(":bob"));
    QVERIFY(isAlive(old));
    const refresh::Placement same = keep(std::move(*again).value());
    QVERIFY(same.isKnown && same.profileId == placement.profileId);
    QVERIFY(!isAlive(old));
    QVERIFY(isAlive(held(same.profileId).credential.tokens.refreshToken));
    QVERIFY(isAlive(held(beside.profileId).credential.tokens.refreshToken));
    m_provider.isBuiltIn = false;
}

void TestSignInOracle::signOut_withTheServerOutOfReach_isFinishedLater()
{
    if (!m_server)
        QSKIP("no server");
    const tests::SharedRevocationBook book;
    tests::RevocationServer deadLine(*book);
    deadLine.isDown = true;
    const vault::Record record = held(m_provider.id);
    QVERIFY(isAlive(record.credential.tokens.refreshToken));
    const refresh::SignOutOutcome outcome = signOut(deadLine, m_provider.id);
    QCOMPARE(outcome.ending, refresh::SignOutOutcome::Ending::StillValid);
    QVERIFY(isAlive(record.credential.tokens.refreshToken));
    const auto pending = pendingOf(m_transport);
    pending->tryNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_disk->notes->readAll().notes.empty(), 20'000);
    QVERIFY(!isAlive(record.credential.tokens.refreshToken));
    QVERIFY(!isAlive(record.credential.tokens.accessToken));
}

QTEST_GUILESS_MAIN(TestSignInOracle)
#include "signinoracle.moc"
