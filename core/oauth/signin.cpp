// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/signin.h"

#include <algorithm>
#include <array>
#include <utility>

#include <QCoreApplication>

#include "oauth/identity.h"
#include "oauth/loopbacksockets.h"
#include "oauth/tokenrequests.h"

namespace keytender::oauth {

using base::ErrorKind;
using provider::SignInWay;
using Why = SignInFailure::Why;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("SignIn", text);
}

// A port that nobody is known to listen on, of those that are given out at random: where a loopback address without one
// only serves to be copied from the browser, it should not lead to the machine's web server.
int somePort(base::Random &random)
{
    std::array<std::byte, 2> bytes{};
    random.fill(bytes);
    const int number = std::to_integer<int>(bytes[0]) << 8 | std::to_integer<int>(bytes[1]);
    return 49152 + number % 16384;
}

AuthorizationRequest requestOf(const provider::Provider &provider, const QStringList &scopes, base::Random &random)
{
    AuthorizationRequest request;
    request.endpoint = provider.authorizationEndpoint->value;
    request.clientId = provider.clientId->value;
    request.scopes = scopes;
    if (provider.authorizationParameters) {
        for (const auto &[name, value] : provider.authorizationParameters->value)
            request.furtherOnes.emplace_back(name, value);
    }
    // OpenID Connect Core section 11: without it the server ignores that scope, and gives no refresh token. What the
    // real clients of the built-in providers send is in their facts.
    const bool hasPrompt = std::ranges::any_of(
        request.furtherOnes, [](const auto &parameter) { return parameter.first == QStringLiteral("prompt"); });
    if (!provider.isBuiltIn && !hasPrompt && scopes.contains(QStringLiteral("offline_access")))
        request.furtherOnes.emplace_back(QStringLiteral("prompt"), QStringLiteral("consent"));
    if (provider.issuer)
        request.issuer = provider.issuer->value;
    request.requiresIssuer = provider.issuerInResponse && provider.issuerInResponse->value;
    request.state = makeState(random);
    request.pkce = Pkce::make(random);
    return request;
}

QString firstNotEmpty(const QString &first, const QString &second)
{
    return first.isEmpty() ? second : first;
}

Why whyOf(TokenVerdict verdict)
{
    if (verdict == TokenVerdict::AccessDenied)
        return Why::Refused;
    return verdict == TokenVerdict::ExpiredToken ? Why::Expired : Why::NotGranted;
}

} // namespace

SignIn::SignIn(provider::Provider provider, SignInWorld world, QObject *parent)
    : QObject(parent), m_provider(std::move(provider)), m_world(std::move(world))
{
}

SignIn::~SignIn() = default;

void SignIn::start(SignInWay way, const QStringList &scopes)
{
    if (m_stage != Stage::Idle)
        return;
    m_stage = Stage::Waiting;
    m_scopes = scopes;
    if (!m_provider.offers(way))
        return fail({.why = Why::CannotStart,
                     .error = error(ErrorKind::Misconfigured,
                                    say(QT_TRANSLATE_NOOP("SignIn", "does not offer this way to sign in"))),
                     .errorCode = {}});
    if (way == SignInWay::Device)
        return startDevice(scopes);
    ask(way, scopes);
}

void SignIn::ask(SignInWay way, const QStringList &scopes)
{
    m_request = requestOf(m_provider, scopes, m_world.random);
    if (way == SignInWay::Browser) {
        base::Result<QUrl> redirectUri = listen();
        if (!redirectUri)
            return fail({.why = Why::CannotStart, .error = std::move(redirectUri).error(), .errorCode = {}});
        m_request.redirectUri = *std::move(redirectUri);
    } else {
        m_request.redirectUri = addressForPasting();
    }
    base::Result<base::Secret> address =
        authorizationUrl(m_request, {.scheme = m_world.rule, .hosts = QStringList{m_request.endpoint.host()}});
    if (!address)
        return fail({.why = Why::CannotStart, .error = std::move(address).error(), .errorCode = {}});
    m_address = *std::move(address);
    if (m_listener)
        Q_EMIT progressed(SignInStep::Listening);
    if (m_stage == Stage::Waiting) // whoever heard of that may have cancelled
        openBrowser();
}

// Before the browser opens (L-05).
base::Result<QUrl> SignIn::listen()
{
    m_listener = std::make_unique<RedirectListener>(expectedResponse(m_request), m_world.clock);
    connect(m_listener.get(), &RedirectListener::received, this, [this] {
        if (std::optional<AuthorizationResponse> response = m_listener->takeResponse())
            receive(*std::move(response));
    });
    connect(m_listener.get(), &RedirectListener::expired, this, [this] {
        fail({.why = Why::Expired,
              .error = error(ErrorKind::TimedOut, say(QT_TRANSLATE_NOOP("SignIn", "nobody came back from the browser "
                                                                                  "in time; please start over"))),
              .errorCode = {}});
    });
    return m_listener->listen(m_provider.redirectUris->value);
}

// The provider's own page, which shows the code; else an address of this machine that the browser will not reach.
QUrl SignIn::addressForPasting()
{
    QUrl local;
    for (const QString &text : m_provider.redirectUris->value) {
        const QUrl url(text, QUrl::StrictMode);
        if (!isLoopbackRedirect(url))
            return url;
        if (local.isEmpty())
            local = url;
    }
    if (local.port() < 0)
        local.setPort(somePort(m_world.random));
    return local;
}

void SignIn::openBrowser()
{
    const auto opened =
        m_world.opener.open(m_address, {.scheme = m_world.rule, .hosts = QStringList{m_request.endpoint.host()}}, this,
                            [this](const base::Error &why) {
                                if (m_stage == Stage::Waiting)
                                    Q_EMIT browserFailed(why);
                            });
    if (opened)
        Q_EMIT progressed(SignInStep::BrowserOpened);
    else
        Q_EMIT browserFailed(opened.error());
}

base::Result<void> SignIn::paste(const base::Secret &text)
{
    if (m_stage != Stage::Waiting || m_address.isEmpty())
        return base::unexpected(
            error(ErrorKind::Cancelled, say(QT_TRANSLATE_NOOP("SignIn", "no sign-in is waiting for this"))));
    AuthorizationResponse response = readPastedResponse(text, expectedResponse(m_request), m_request.redirectUri);
    if (std::holds_alternative<NotOurs>(response))
        return base::unexpected(error(ErrorKind::Malformed, say(QT_TRANSLATE_NOOP("SignIn", "this belongs to another "
                                                                                            "sign-in"))));
    if (const auto *refused = std::get_if<RefusedResponse>(&response))
        return base::unexpected(error(ErrorKind::Malformed, refused->reason));
    if (m_listener)
        m_listener->close();
    receive(std::move(response));
    return {};
}

void SignIn::receive(AuthorizationResponse response)
{
    if (m_stage != Stage::Waiting) // it was pasted meanwhile
        return;
    m_stage = Stage::Exchanging;
    m_address = {};
    Q_EMIT progressed(SignInStep::Received);
    if (m_stage != Stage::Exchanging)
        return;
    if (const auto *word = std::get_if<ProviderError>(&response))
        return fail({.why = Why::Refused,
                     .error = error(ErrorKind::PermissionDenied, firstNotEmpty(word->description, word->code)),
                     .errorCode = word->code});
    if (const auto *refused = std::get_if<RefusedResponse>(&response))
        return fail({.why = Why::NotGranted, .error = error(ErrorKind::Malformed, refused->reason), .errorCode = {}});
    exchange(std::get<AuthorizationCode>(response).code);
}

void SignIn::exchange(const base::Secret &code)
{
    Q_EMIT progressed(SignInStep::Exchanging);
    if (m_stage != Stage::Exchanging)
        return;
    const base::Timestamp sentAt = m_world.clock.wallTime();
    m_world.tokens.post(exchangePost(m_provider, m_request, code), this,
                        [this, sentAt](const Delivery &answer) { receiveTokens(answer, sentAt); });
}

void SignIn::receiveTokens(const Delivery &answer, base::Timestamp sentAt)
{
    if (m_stage != Stage::Exchanging)
        return;
    if (answer.fate == Fate::Answered)
        return take(readTokenResponse(answer, m_provider, m_world.clock.wallTime()), sentAt);
    const ErrorKind kind = answer.error ? answer.error->kind : ErrorKind::Unavailable;
    if (answer.fate == Fate::NotSent)
        return fail({.why = Why::NotReached,
                     .error = error(kind, answer.error ? answer.error->detail : QString()),
                     .errorCode = {}});
    fail({.why = Why::AnswerLost,
          .error = error(kind, say(QT_TRANSLATE_NOOP("SignIn", "the answer was lost on its way, and a code works only "
                                                               "once; please start over"))),
          .errorCode = {}});
}

void SignIn::startDevice(const QStringList &scopes)
{
    m_device = std::make_unique<DeviceGrant>(
        m_provider, scopes,
        DeviceWorld{.clock = m_world.clock, .transport = m_world.tokens, .after = m_world.after, .rule = m_world.rule});
    connect(m_device.get(), &DeviceGrant::offered, this, [this] {
        m_hasCodes = true;
        Q_EMIT progressed(SignInStep::CodesOffered);
    });
    connect(m_device.get(), &DeviceGrant::finished, this, &SignIn::receiveDevice);
    m_device->start();
}

void SignIn::receiveDevice(const DeviceOutcome &outcome)
{
    m_hasCodes = false;
    if (m_stage != Stage::Waiting)
        return;
    if (outcome.error)
        return fail({.why = Why::CannotStart, .error = *outcome.error, .errorCode = {}});
    m_stage = Stage::Exchanging;
    Q_EMIT progressed(SignInStep::Received);
    if (m_stage == Stage::Exchanging)
        take(outcome.response, outcome.sentAt);
}

const DeviceAuthorization *SignIn::codes() const
{
    return m_hasCodes && m_stage == Stage::Waiting ? &m_device->authorization() : nullptr;
}

void SignIn::take(const TokenResponse &response, base::Timestamp sentAt)
{
    if (response.verdict != TokenVerdict::Granted)
        return fail(failureOf(response));
    profile::TokenSet asked;
    asked.scopes = m_scopes; // no answer about them means: as requested (N-29)
    m_signedIn.tokens = tokenSetOf(response, asked, m_provider, sentAt);
    m_signedIn.grantedScopes = m_signedIn.tokens.scopes;
    m_signedIn.oddities = response.oddities;
    m_signedIn.account = response.account;
    if (!wantsProfile(m_signedIn.account, m_provider))
        return finish();
    m_stage = Stage::ReadingProfile;
    Q_EMIT progressed(SignInStep::ReadingProfile);
    if (m_stage != Stage::ReadingProfile)
        return;
    m_world.documents.get(
        profileRequest(m_signedIn.tokens.accessToken, m_provider), this, [this](const Delivery &answer) {
            if (m_stage != Stage::ReadingProfile)
                return;
            m_signedIn.account = completed(std::move(m_signedIn.account), readProfile(answer, m_provider));
            finish();
        });
}

SignInFailure SignIn::failureOf(const TokenResponse &response) const
{
    QString text = firstNotEmpty(response.errorText, response.errorCode);
    if (response.verdict == TokenVerdict::ExpiredToken && text.isEmpty())
        text = say(QT_TRANSLATE_NOOP("SignIn", "the code was not entered in time; please start over"));
    SignInFailure failure{.why = whyOf(response.verdict),
                          .error = error(response.verdict == TokenVerdict::ExpiredToken ? ErrorKind::TimedOut
                                                                                        : ErrorKind::PermissionDenied,
                                         text),
                          .errorCode = response.errorCode};
    failure.unwanted.refreshToken = response.refreshToken.clone();
    return failure;
}

void SignIn::cancel()
{
    if (m_stage == Stage::Over)
        return;
    // What it was granted a moment ago would live on at the provider.
    fail({.why = Why::Cancelled,
          .error = error(ErrorKind::Cancelled, {}),
          .errorCode = {},
          .unwanted = std::move(m_signedIn.tokens)});
}

void SignIn::finish()
{
    m_result.emplace(std::move(m_signedIn));
    end(); // the listener shows its page for a moment longer, and closes by itself (L-19)
}

void SignIn::fail(SignInFailure failure)
{
    if (m_stage == Stage::Over)
        return;
    if (m_listener)
        m_listener->close(); // at once: its port may be wanted for the next attempt
    m_result.emplace(base::Unexpected<SignInFailure>(std::move(failure)));
    end();
}

void SignIn::end()
{
    m_stage = Stage::Over;
    m_request = {};
    m_address = {};
    m_signedIn = {};
    m_hasCodes = false;
    if (m_device)
        m_device->cancel();
    Q_EMIT finished();
}

SignIn::Taken SignIn::takeResult()
{
    if (!m_result)
        return base::Unexpected<SignInFailure>(
            {.why = Why::Cancelled, .error = error(ErrorKind::Cancelled, {}), .errorCode = {}});
    Taken result = *std::move(m_result);
    m_result.reset();
    return result;
}

base::Error SignIn::error(ErrorKind kind, const QString &detail) const
{
    return {.kind = kind, .subject = firstNotEmpty(m_provider.name, m_provider.id), .place = {}, .detail = detail};
}

} // namespace keytender::oauth
