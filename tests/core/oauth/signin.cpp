// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Sign-ins with a scripted wire. The listener is real; `opener` stands for the browser.

#include "oauth/signin.h"

#include <deque>

#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>

#include "answers.h"
#include "fakes/fakeclock.h"
#include "fakes/fakeurlopener.h"

using namespace keytender;
using namespace keytender::answers;
using namespace std::chrono_literals;
using oauth::SignIn;
using oauth::SignInStep;
using provider::SignInWay;
using Why = oauth::SignInFailure::Why;

namespace {

const QByteArray granted = R"({"access_token":"at-1","token_type":"bearer","refresh_token":"rt-1","expires_in":60})";

oauth::Delivery lost(oauth::Fate fate)
{
    oauth::Delivery delivery;
    delivery.fate = fate;
    delivery.error = base::Error{.kind = base::ErrorKind::Unavailable,
                                 .subject = QStringLiteral("a.example"),
                                 .place = {},
                                 .detail = QStringLiteral("the line is dead")};
    return delivery;
}

// Answers in turn, once it is let; records what was asked.
class Wire final : public oauth::TokenTransport, public oauth::DocumentTransport {
public:
    void post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done) override
    {
        bodies.append(bytesOf(oauth::bodyOf(request.parameters, request.encoding)));
        answer(answers, context, std::move(done));
    }
    void get(oauth::Get request, QObject *context, std::function<void(oauth::Delivery)> done) override
    {
        bearers.append(bytesOf(request.bearer));
        answer(documents, context, std::move(done));
    }

    std::deque<oauth::Delivery> answers;
    std::deque<oauth::Delivery> documents;
    QByteArrayList bodies;
    QByteArrayList bearers;

private:
    static void answer(std::deque<oauth::Delivery> &from, QObject *context, std::function<void(oauth::Delivery)> done)
    {
        if (from.empty())
            return; // it never comes
        auto delivery = std::make_shared<oauth::Delivery>(std::move(from.front()));
        from.pop_front();
        QTimer::singleShot(0, context, [delivery, done = std::move(done)] { done(std::move(*delivery)); });
    }
};

provider::Provider someProvider()
{
    provider::Provider provider = testProvider();
    provider.authorizationEndpoint = {QUrl(QStringLiteral("https://a.example/authorize")), {}};
    provider.deviceAuthorizationEndpoint = {QUrl(QStringLiteral("https://a.example/device")), {}};
    provider.profileEndpoint = {QUrl(QStringLiteral("https://a.example/me")), {}};
    provider.redirectUris = {
        {QStringLiteral("http://127.0.0.1/callback"), QStringLiteral("https://a.example/shows-the-code")}, {}};
    provider.identity = {{.sources = {provider::IdentitySource::TokenAnswer, provider::IdentitySource::Profile},
                          .id = {QStringLiteral("/account/id")},
                          .email = {QStringLiteral("/account/email")},
                          .organizationId = {},
                          .organizationName = {},
                          .plan = {}},
                         {}};
    return provider;
}

// One sign-in and what is heard of it.
struct Attempt {
    explicit Attempt(const provider::Provider &provider = someProvider())
        : signIn(provider, {.clock = clock,
                            .random = random,
                            .tokens = wire,
                            .documents = wire,
                            .opener = opener,
                            .after = [this](base::Milliseconds pause, QObject *context, std::function<void()> next) {
                                clock.advance(pause);
                                QTimer::singleShot(0, context, std::move(next));
                            }})
    {
        QObject::connect(&signIn, &SignIn::progressed, &signIn, [this](SignInStep step) {
            steps.push_back(step);
            if (step == cancelsAt)
                signIn.cancel();
        });
        QObject::connect(&signIn, &SignIn::browserFailed, &signIn, [this](const base::Error &) { ++browserFailures; });
        QObject::connect(&signIn, &SignIn::finished, &signIn, [this] {
            ++ends;
            result.emplace(signIn.takeResult());
        });
    }
    void start(SignInWay way) { signIn.start(way, {QStringLiteral("read"), QStringLiteral("write")}); }
    void waitForEnd() { QTRY_COMPARE(ends, 1); }
    [[nodiscard]] QUrlQuery asked() const { return QUrlQuery(QUrl::fromEncoded(opener.opened.front())); }
    [[nodiscard]] QUrl redirectUri() const
    {
        return QUrl(asked().queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded));
    }
    [[nodiscard]] QByteArray state() const
    {
        return asked().queryItemValue(QStringLiteral("state"), QUrl::FullyDecoded).toLatin1();
    }
    [[nodiscard]] QByteArray link() const { return bytesOf(signIn.address()); }
    [[nodiscard]] Why why() const { return result->error().why; }
    [[nodiscard]] QString detail() const { return result->error().error.detail; }

    fakes::FakeClock clock;
    base::SystemRandom random;
    Wire wire;
    fakes::FakeUrlOpener opener;
    SignIn signIn;
    std::vector<SignInStep> steps;
    std::optional<SignInStep> cancelsAt;
    std::optional<SignIn::Taken> result;
    int browserFailures = 0;
    int ends = 0;
};

// What the browser brings back; the status that it got, 0 = nobody there.
int deliver(const QUrl &redirectUri, const QByteArray &query)
{
    QTcpSocket socket;
    socket.connectToHost(redirectUri.host(), static_cast<quint16>(redirectUri.port()));
    if (!QTest::qWaitFor([&socket] {
            return socket.state() == QTcpSocket::ConnectedState || socket.error() == QTcpSocket::ConnectionRefusedError;
        })
        || socket.state() != QTcpSocket::ConnectedState)
        return 0;
    socket.write("GET /callback?" + query + " HTTP/1.1\r\nHost: " + redirectUri.authority().toLatin1() + "\r\n\r\n");
    (void)QTest::qWaitFor([&socket] { return socket.bytesAvailable() > 12; });
    return socket.readAll().mid(9, 3).toInt();
}

} // namespace

class SignInTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void browser_redirectBringsALogin();
    void browser_opensOnlyWhenTheListenerAccepts();
    void browser_thatCannotBeOpened_leavesTheLink();
    void browser_strayRedirects_changeNothing();
    void browser_nobodyComesBack_expires();
    void portTaken_isSaidWithItsHolder();
    void wayNotOffered_isRefused();
    void providersWord_endsTheAttempt();
    void twoAttempts_doNotCross();
    void paste_wrongOnes_tellWhyAndTheAttemptLivesOn_data();
    void paste_wrongOnes_tellWhyAndTheAttemptLivesOn();
    void paste_rightOnes_bringALogin_data();
    void paste_rightOnes_bringALogin();
    void paste_withoutAProvidersPage_returnsToAPortNobodyListensOn();
    void paste_duringBrowserWay_closesTheListener();
    void exchange_isDeliveredOnce_data();
    void exchange_isDeliveredOnce();
    void successorWithoutAccessToken_isHandedOverToBeRevoked();
    void offlineAccess_isAskedForWithConsent();
    void grantedScopes_areRecorded();
    void profile_thatFails_isNotWorthTheSignIn_data();
    void profile_thatFails_isNotWorthTheSignIn();
    void profile_ofSomebodyElse_addsNothing();
    void device_codesAreOffered_andTheLoginComes();
    void device_ends_data();
    void device_ends();
    void cancel_atEveryStep_closesEverything_data();
    void cancel_atEveryStep_closesEverything();
    void cancel_whileReadingTheProfile_handsTheTokensOver();
};

void SignInTest::browser_redirectBringsALogin()
{
    Attempt attempt;
    attempt.wire.answers.push_back(answered(200, granted));
    attempt.wire.documents.push_back(answered(200, R"({"account":{"id":"7","email":"me@example.com"}})"));
    attempt.start(SignInWay::Browser);
    QCOMPARE(attempt.opener.opened.size(), std::size_t(1));
    QCOMPARE(attempt.link(), attempt.opener.opened.front());
    QCOMPARE(attempt.asked().queryItemValue(QStringLiteral("scope")), QStringLiteral("read+write"));
    const base::Timestamp sentAt = attempt.clock.wall;
    QCOMPARE(deliver(attempt.redirectUri(), "code=c-1&state=" + attempt.state()), 200);
    attempt.waitForEnd();
    QVERIFY(attempt.result->has_value());
    const oauth::SignedIn &login = attempt.result->value();
    QCOMPARE(bytesOf(login.tokens.accessToken), QByteArray("at-1"));
    QCOMPARE(bytesOf(login.tokens.refreshToken), QByteArray("rt-1"));
    QVERIFY(login.tokens.expiresAt == sentAt + 60s);
    QCOMPARE(login.account.email, QStringLiteral("me@example.com"));
    QCOMPARE(attempt.wire.bearers, QByteArrayList{"at-1"});
    QVERIFY(attempt.steps
            == (std::vector{SignInStep::Listening, SignInStep::BrowserOpened, SignInStep::Received,
                            SignInStep::Exchanging, SignInStep::ReadingProfile}));
    QVERIFY(attempt.link().isEmpty());
    const QUrlQuery body(QString::fromLatin1(attempt.wire.bodies.constFirst()));
    QCOMPARE(body.queryItemValue(QStringLiteral("code")), QStringLiteral("c-1"));
    QCOMPARE(QUrl(body.queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded)), attempt.redirectUri());
    const QByteArray verifier = body.queryItemValue(QStringLiteral("code_verifier")).toLatin1();
    QCOMPARE(oauth::challengeOf(secretOf(verifier)),
             attempt.asked().queryItemValue(QStringLiteral("code_challenge")).toLatin1());
}

// L-05, N-05.
void SignInTest::browser_opensOnlyWhenTheListenerAccepts()
{
    QByteArray states;
    for (int round = 0; round < 2; ++round) {
        Attempt attempt;
        int status = -1;
        QObject::connect(&attempt.signIn, &SignIn::progressed, &attempt.signIn, [&](SignInStep step) {
            if (step == SignInStep::Listening) {
                QVERIFY(attempt.opener.opened.empty());
                status = deliver(QUrl(QUrlQuery(QUrl::fromEncoded(attempt.link()))
                                          .queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded)),
                                 "nothing");
            }
        });
        attempt.start(SignInWay::Browser);
        QCOMPARE(status, 400);
        QCOMPARE(attempt.opener.opened.size(), std::size_t(1));
        QVERIFY(attempt.state().size() == 43 && attempt.state() != states);
        states = attempt.state();
    }
}

void SignInTest::browser_thatCannotBeOpened_leavesTheLink()
{
    Attempt attempt;
    attempt.opener.error = base::Error{.kind = base::ErrorKind::NotFound, .subject = {}, .place = {}, .detail = {}};
    attempt.start(SignInWay::Browser);
    QCOMPARE(attempt.browserFailures, 1);
    QVERIFY(attempt.steps == std::vector{SignInStep::Listening});
    QVERIFY(attempt.link().startsWith("https://a.example/authorize?"));

    Attempt later;
    later.start(SignInWay::Browser);
    later.opener.failLater({.kind = base::ErrorKind::NotFound, .subject = {}, .place = {}, .detail = {}});
    QCOMPARE(later.browserFailures, 1);
    QCOMPARE(later.ends, 0);
}

void SignInTest::browser_strayRedirects_changeNothing()
{
    Attempt attempt;
    attempt.wire.answers.push_back(answered(200, granted));
    attempt.start(SignInWay::Browser);
    QCOMPARE(deliver(attempt.redirectUri(), "error=access_denied"), 400);
    QCOMPARE(deliver(attempt.redirectUri(), "code=c-1&state=somebody"), 400);
    QVERIFY(attempt.ends == 0 && attempt.wire.bodies.isEmpty());
    QCOMPARE(deliver(attempt.redirectUri(), "code=c-1&state=" + attempt.state()), 200);
    QTRY_COMPARE(attempt.wire.bodies.size(), 1);
    QCOMPARE(deliver(attempt.redirectUri(), "code=c-1&state=" + attempt.state()), 200); // a reload (L-19)
    attempt.signIn.cancel();
    QCOMPARE(attempt.wire.bodies.size(), 1);
}

void SignInTest::browser_nobodyComesBack_expires()
{
    Attempt attempt;
    attempt.start(SignInWay::Browser);
    const QUrl redirectUri = attempt.redirectUri();
    attempt.clock.advance(6min);
    QCOMPARE(deliver(redirectUri, "code=c-1&state=" + attempt.state()), 0);
    attempt.waitForEnd();
    QCOMPARE(attempt.why(), Why::Expired);
    QVERIFY(attempt.link().isEmpty());
}

// L-04.
void SignInTest::portTaken_isSaidWithItsHolder()
{
    Attempt first;
    first.start(SignInWay::Browser);
    provider::Provider fixed = someProvider();
    fixed.redirectUris->value = QStringList{first.redirectUri().toString()};
    Attempt second(fixed);
    second.start(SignInWay::Browser);
    QCOMPARE(second.ends, 1);
    QCOMPARE(second.why(), Why::CannotStart);
    QCOMPARE(second.result->error().error.kind, base::ErrorKind::AlreadyRunning);
    QVERIFY(second.result->error().error.subject.contains(QString::number(first.redirectUri().port())));
    QVERIFY(second.opener.opened.empty());

    Attempt third(fixed); // the same address, pasted
    third.start(SignInWay::Paste);
    QCOMPARE(third.redirectUri(), first.redirectUri());
    QVERIFY(third.ends == 0);
}

void SignInTest::wayNotOffered_isRefused()
{
    provider::Provider provider = someProvider();
    provider.signInWays = provider::SignInWays{.ways = {SignInWay::Paste}, .whyNone = {}, .evidence = {}};
    Attempt attempt(provider);
    attempt.start(SignInWay::Browser);
    QCOMPARE(attempt.ends, 1);
    QCOMPARE(attempt.why(), Why::CannotStart);
    QVERIFY(attempt.opener.opened.empty());
}

// L-11.
void SignInTest::providersWord_endsTheAttempt()
{
    Attempt attempt;
    attempt.start(SignInWay::Browser);
    const QUrl redirectUri = attempt.redirectUri();
    QCOMPARE(deliver(redirectUri, "error=access_denied&error_description=Not%20you&state=" + attempt.state()), 200);
    attempt.waitForEnd();
    QCOMPARE(attempt.why(), Why::Refused);
    QCOMPARE(attempt.result->error().errorCode, QStringLiteral("access_denied"));
    QCOMPARE(attempt.detail(), QStringLiteral("Not you"));
    QVERIFY(attempt.wire.bodies.isEmpty());
    QCOMPARE(deliver(redirectUri, "code=c"), 0);
}

// L-24.
void SignInTest::twoAttempts_doNotCross()
{
    Attempt one;
    Attempt other;
    one.start(SignInWay::Browser);
    other.start(SignInWay::Browser);
    QCOMPARE(deliver(one.redirectUri(), "code=c&state=" + other.state()), 400);
    QVERIFY(!one.signIn.paste(secretOf("code=c&state=" + other.state())));
    QVERIFY(one.ends == 0 && other.ends == 0);
}

void SignInTest::paste_wrongOnes_tellWhyAndTheAttemptLivesOn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another sign-in's") << QByteArray("c-1#another");
    QTest::newRow("its address") << QByteArray("https://a.example/shows-the-code?code=c&state=another");
    QTest::newRow("another address") << QByteArray("https://b.example/x?code=c&state={state}");
    QTest::newRow("the address that was opened") << QByteArray("https://a.example/authorize?state={state}");
    QTest::newRow("no code") << QByteArray("state={state}");
    QTest::newRow("two codes") << QByteArray("code=a&code=b&state={state}");
    QTest::newRow("prose") << QByteArray("my code is 7");
}

void SignInTest::paste_wrongOnes_tellWhyAndTheAttemptLivesOn()
{
    QFETCH(QByteArray, text);
    Attempt attempt;
    attempt.wire.answers.push_back(answered(200, granted));
    attempt.wire.documents.push_back(answered(500, ""));
    attempt.start(SignInWay::Paste);
    const auto refused = attempt.signIn.paste(secretOf(text.replace("{state}", attempt.state())));
    QVERIFY(!refused);
    QVERIFY(!refused.error().detail.isEmpty());
    QVERIFY(!base::describe(refused.error()).contains(QString::fromLatin1(attempt.state())));
    QVERIFY(attempt.ends == 0 && attempt.wire.bodies.isEmpty());
    QVERIFY(attempt.signIn.paste(secretOf("c-1#" + attempt.state())));
    attempt.waitForEnd();
    QVERIFY(attempt.result->has_value());
}

void SignInTest::paste_rightOnes_bringALogin_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("the whole address") << QByteArray("https://a.example/shows-the-code?code=c-1&state={state}");
    QTest::newRow("its query") << QByteArray("code=c-1&state={state}");
    QTest::newRow("code and state") << QByteArray("  c-1#{state}\n");
    QTest::newRow("the bare code") << QByteArray("c-1");
}

void SignInTest::paste_rightOnes_bringALogin()
{
    QFETCH(QByteArray, text);
    Attempt attempt;
    attempt.wire.answers.push_back(answered(200, granted));
    attempt.wire.documents.push_back(answered(200, "{}"));
    attempt.start(SignInWay::Paste);
    QCOMPARE(attempt.redirectUri(), QUrl(QStringLiteral("https://a.example/shows-the-code")));
    QVERIFY(attempt.steps == std::vector{SignInStep::BrowserOpened});
    QVERIFY(attempt.signIn.paste(secretOf(text.replace("{state}", attempt.state()))));
    QVERIFY(!attempt.signIn.paste(secretOf("c-1#" + attempt.state()))); // one code, one exchange
    attempt.waitForEnd();
    QVERIFY(attempt.result->has_value());
    QCOMPARE(attempt.wire.bodies.size(), 1);
    QVERIFY(attempt.wire.bodies.constFirst().contains("code=c-1&"));
}

void SignInTest::paste_withoutAProvidersPage_returnsToAPortNobodyListensOn()
{
    provider::Provider provider = someProvider();
    provider.redirectUris->value = QStringList{QStringLiteral("http://127.0.0.1/callback")};
    Attempt attempt(provider);
    attempt.start(SignInWay::Paste);
    const QUrl redirectUri = attempt.redirectUri();
    QVERIFY(redirectUri.port() >= 49152);
    QCOMPARE(deliver(redirectUri, "code=c-1&state=" + attempt.state()), 0);
    attempt.wire.answers.push_back(answered(200, granted));
    attempt.wire.documents.push_back(lost(oauth::Fate::NotSent));
    QVERIFY(attempt.signIn.paste(secretOf(redirectUri.toEncoded() + "?code=c-1&state=" + attempt.state())));
    attempt.waitForEnd();
    QVERIFY(attempt.result->has_value());
}

void SignInTest::paste_duringBrowserWay_closesTheListener()
{
    Attempt attempt;
    attempt.start(SignInWay::Browser);
    const QUrl redirectUri = attempt.redirectUri();
    QVERIFY(attempt.signIn.paste(secretOf(redirectUri.toEncoded() + "?code=c-1&state=" + attempt.state())));
    QCOMPARE(deliver(redirectUri, "code=c-2&state=" + attempt.state()), 0);
    QCOMPARE(attempt.wire.bodies.size(), 1);
}

void SignInTest::exchange_isDeliveredOnce_data()
{
    QTest::addColumn<int>("fate");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Why>("why");
    QTest::addColumn<QString>("errorCode");
    const auto row = [](const char *name, oauth::Fate fate, int status, const char *body, Why why,
                        const char *code = "") {
        QTest::newRow(name) << int(fate) << status << QByteArray(body) << why << QString::fromLatin1(code);
    };
    row("nothing left this machine", oauth::Fate::NotSent, 0, "", Why::NotReached);
    row("its answer was lost", oauth::Fate::Unknown, 0, "", Why::AnswerLost);
    row("the code is spent", oauth::Fate::Answered, 400, R"({"error":"invalid_grant"})", Why::NotGranted,
        "invalid_grant");
    row("the client is unknown", oauth::Fate::Answered, 401, R"({"error":"invalid_client"})", Why::NotGranted,
        "invalid_client");
    row("denied", oauth::Fate::Answered, 403, R"({"error":"access_denied"})", Why::Refused, "access_denied");
    row("out of order", oauth::Fate::Answered, 503, "", Why::NotGranted);
    row("a captive portal", oauth::Fate::Answered, 200, "<html>", Why::NotGranted);
    row("no token", oauth::Fate::Answered, 200, "{}", Why::NotGranted);
}

// N-23, F-107.
void SignInTest::exchange_isDeliveredOnce()
{
    QFETCH(const int, fate);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, errorCode);
    Attempt attempt;
    oauth::Delivery delivery = lost(static_cast<oauth::Fate>(fate));
    attempt.wire.answers.push_back(status == 0 ? std::move(delivery) : answered(status, body));
    attempt.start(SignInWay::Browser);
    QCOMPARE(deliver(attempt.redirectUri(), "code=c-1&state=" + attempt.state()), 200);
    attempt.waitForEnd();
    QTEST(attempt.why(), "why");
    QCOMPARE(attempt.result->error().errorCode, errorCode);
    QVERIFY(!attempt.detail().isEmpty());
    QCOMPARE(attempt.result->error().error.subject, QStringLiteral("Test"));
    QCOMPARE(attempt.wire.bodies.size(), 1);
    QVERIFY(attempt.wire.bearers.isEmpty());
    if (attempt.why() == Why::AnswerLost)
        QVERIFY(attempt.detail().contains(QStringLiteral("start over")));
}

void SignInTest::successorWithoutAccessToken_isHandedOverToBeRevoked()
{
    Attempt attempt;
    attempt.wire.answers.push_back(answered(200, R"({"token_type":"bearer","refresh_token":"rt-1"})"));
    attempt.start(SignInWay::Paste);
    QVERIFY(attempt.signIn.paste(secretOf("c-1")));
    attempt.waitForEnd();
    QCOMPARE(attempt.why(), Why::NotGranted);
    QCOMPARE(bytesOf(attempt.result->error().unwanted.refreshToken), QByteArray("rt-1"));
}

// OpenID Connect Core section 11; the built-in providers get what their own clients send.
void SignInTest::offlineAccess_isAskedForWithConsent()
{
    const QString prompt = QStringLiteral("prompt");
    for (const bool isBuiltIn : {false, true}) {
        provider::Provider provider = someProvider();
        provider.isBuiltIn = isBuiltIn;
        Attempt attempt(provider);
        attempt.signIn.start(SignInWay::Paste, {QStringLiteral("offline_access")});
        QCOMPARE(attempt.asked().queryItemValue(prompt), isBuiltIn ? QString() : QStringLiteral("consent"));
        Attempt without(provider);
        without.start(SignInWay::Paste);
        QVERIFY(!without.asked().hasQueryItem(prompt));
        provider.authorizationParameters = {{{prompt, QStringLiteral("login")}}, {}};
        Attempt other(provider);
        other.signIn.start(SignInWay::Paste, {QStringLiteral("offline_access")});
        QCOMPARE(other.asked().queryItemValue(prompt), QStringLiteral("login"));
    }
}

// N-29.
void SignInTest::grantedScopes_areRecorded()
{
    for (const bool isNarrower : {false, true}) {
        Attempt attempt;
        QByteArray body = granted;
        if (isNarrower)
            body.replace("}", R"(,"scope":"read"})");
        attempt.wire.answers.push_back(answered(200, body));
        attempt.wire.documents.push_back(answered(500, ""));
        attempt.start(SignInWay::Paste);
        QVERIFY(attempt.signIn.paste(secretOf("c-1")));
        attempt.waitForEnd();
        QCOMPARE(attempt.result->value().grantedScopes.join(u' '),
                 isNarrower ? QStringLiteral("read") : QStringLiteral("read write"));
    }
}

void SignInTest::profile_thatFails_isNotWorthTheSignIn_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("unreachable") << 0 << QByteArray();
    QTest::newRow("refused") << 403 << QByteArray(R"({"error":"forbidden"})");
    QTest::newRow("a page") << 200 << QByteArray("<html>");
    QTest::newRow("another shape") << 200 << QByteArray(R"({"account":[1]})");
}

void SignInTest::profile_thatFails_isNotWorthTheSignIn()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    Attempt attempt;
    attempt.wire.answers.push_back(answered(200, granted));
    attempt.wire.documents.push_back(status == 0 ? lost(oauth::Fate::Unknown) : answered(status, body));
    attempt.start(SignInWay::Paste);
    QVERIFY(attempt.signIn.paste(secretOf("c-1")));
    attempt.waitForEnd();
    QVERIFY(attempt.result->has_value());
    QCOMPARE(attempt.result->value().account, profile::Account());
}

void SignInTest::profile_ofSomebodyElse_addsNothing()
{
    Attempt attempt;
    QByteArray body = granted;
    attempt.wire.answers.push_back(answered(200, body.replace("}", R"(,"account":{"id":"7"}})")));
    attempt.wire.documents.push_back(answered(200, R"({"account":{"id":"8","email":"x@example.com"}})"));
    attempt.start(SignInWay::Paste);
    QVERIFY(attempt.signIn.paste(secretOf("c-1")));
    attempt.waitForEnd();
    QCOMPARE(attempt.result->value().account.id, QStringLiteral("7"));
    QVERIFY(attempt.result->value().account.email.isEmpty());
}

namespace {

const QByteArray codes = R"({"device_code":"dc-1","user_code":"WDJB","verification_uri":"https://a.example/device"})";

} // namespace

void SignInTest::device_codesAreOffered_andTheLoginComes()
{
    Attempt attempt;
    QByteArray userCode;
    QObject::connect(&attempt.signIn, &SignIn::progressed, &attempt.signIn, [&](SignInStep step) {
        if (step == SignInStep::CodesOffered)
            userCode = bytesOf(attempt.signIn.codes()->userCode);
    });
    attempt.wire.answers.push_back(answered(200, codes));
    attempt.wire.answers.push_back(answered(400, R"({"error":"authorization_pending"})"));
    attempt.wire.answers.push_back(answered(200, granted));
    attempt.wire.documents.push_back(answered(200, R"({"account":{"id":"7"}})"));
    attempt.start(SignInWay::Device);
    attempt.waitForEnd();
    QCOMPARE(userCode, QByteArray("WDJB"));
    QVERIFY(attempt.result->has_value());
    QCOMPARE(attempt.result->value().account.id, QStringLiteral("7"));
    QVERIFY(attempt.result->value().tokens.expiresAt == attempt.clock.wall + 60s);
    QVERIFY(attempt.opener.opened.empty() && attempt.link().isEmpty() && attempt.signIn.codes() == nullptr);
    QVERIFY(attempt.steps == (std::vector{SignInStep::CodesOffered, SignInStep::Received, SignInStep::ReadingProfile}));
}

void SignInTest::device_ends_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<Why>("why");
    QTest::newRow("denied") << QByteArray("access_denied") << Why::Refused;
    QTest::newRow("too late") << QByteArray("expired_token") << Why::Expired;
    QTest::newRow("never entered") << QByteArray("authorization_pending") << Why::Expired;
    QTest::newRow("no such client") << QByteArray("invalid_client") << Why::NotGranted;
    QTest::newRow("no codes") << QByteArray() << Why::CannotStart;
}

void SignInTest::device_ends()
{
    QFETCH(const QByteArray, error);
    Attempt attempt;
    attempt.wire.answers.push_back(error.isEmpty() ? answered(500, "") : answered(200, codes));
    for (int poll = 0; poll < 400; ++poll)
        attempt.wire.answers.push_back(answered(400, R"({"error":")" + error + R"("})"));
    attempt.start(SignInWay::Device);
    attempt.waitForEnd();
    QTEST(attempt.why(), "why");
    QVERIFY(!base::describe(attempt.result->error().error).isEmpty());
}

void SignInTest::cancel_atEveryStep_closesEverything_data()
{
    QTest::addColumn<int>("step");
    for (const SignInStep step : {SignInStep::Listening, SignInStep::BrowserOpened, SignInStep::Received,
                                  SignInStep::Exchanging, SignInStep::ReadingProfile})
        QTest::addRow("step %d", int(step)) << int(step);
}

// L-21.
void SignInTest::cancel_atEveryStep_closesEverything()
{
    QFETCH(const int, step);
    Attempt attempt;
    attempt.cancelsAt = static_cast<SignInStep>(step);
    attempt.wire.answers.push_back(answered(200, granted));
    QUrl redirectUri;
    QObject::connect(&attempt.signIn, &SignIn::progressed, &attempt.signIn, [&](SignInStep) {
        const QUrlQuery query(QUrl::fromEncoded(attempt.link()));
        if (redirectUri.isEmpty())
            redirectUri = QUrl(query.queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded));
    });
    attempt.start(SignInWay::Browser);
    if (attempt.ends == 0) {
        redirectUri = attempt.redirectUri();
        (void)deliver(redirectUri, "code=c-1&state=" + attempt.state());
        attempt.waitForEnd();
    }
    QCOMPARE(attempt.why(), Why::Cancelled);
    QCOMPARE(attempt.opener.opened.size(), std::size_t(step == int(SignInStep::Listening) ? 0 : 1));
    QCOMPARE(attempt.wire.bodies.size(), step == int(SignInStep::ReadingProfile) ? 1 : 0);
    if (!redirectUri.isEmpty())
        QCOMPARE(deliver(redirectUri, "code=c-1"), 0);
    attempt.signIn.cancel();
    QVERIFY(!attempt.signIn.paste(secretOf("c-1")));
    QCOMPARE(attempt.ends, 1);
}

void SignInTest::cancel_whileReadingTheProfile_handsTheTokensOver()
{
    Attempt attempt;
    attempt.wire.answers.push_back(answered(200, granted)); // and a profile that never comes
    attempt.start(SignInWay::Paste);
    QVERIFY(attempt.signIn.paste(secretOf("c-1")));
    QTRY_COMPARE(attempt.wire.bearers.size(), 1);
    attempt.signIn.cancel();
    QCOMPARE(attempt.why(), Why::Cancelled);
    QCOMPARE(bytesOf(attempt.result->error().unwanted.refreshToken), QByteArray("rt-1"));
    QCOMPARE(bytesOf(attempt.result->error().unwanted.accessToken), QByteArray("at-1"));
}

QTEST_GUILESS_MAIN(SignInTest)
#include "signin.moc"
