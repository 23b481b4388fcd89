// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/signin/signinsession.h"

#include <algorithm>
#include <utility>

#include <QCoreApplication>

namespace keytender::service {

using oauth::SignInFailure;
using oauth::SignInStep;
using provider::SignInWay;
using Stage = SignInStage;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("SignIn", text);
}

QString textOf(const SignInFailure &failure)
{
    switch (failure.why) {
    case SignInFailure::Why::Refused:
        return failure.error.detail.isEmpty()
                   ? say(QT_TRANSLATE_NOOP("SignIn", "The sign-in was refused."))
                   : say(QT_TRANSLATE_NOOP("SignIn", "The sign-in was refused: %1")).arg(failure.error.detail);
    case SignInFailure::Why::NotReached:
        return say(QT_TRANSLATE_NOOP("SignIn", "The server could not be reached: %1"))
            .arg(base::describe(failure.error));
    case SignInFailure::Why::Cancelled:
    case SignInFailure::Why::CannotStart:
    case SignInFailure::Why::Expired:
    case SignInFailure::Why::AnswerLost:
    case SignInFailure::Why::NotGranted:
        break;
    }
    return base::describe(failure.error);
}

QString waitingText(SignInWay way, const QString &provider)
{
    return way == SignInWay::Paste
               ? say(QT_TRANSLATE_NOOP("SignIn", "Sign in to %1 in the browser, then paste here what it shows."))
                     .arg(provider)
               : say(QT_TRANSLATE_NOOP("SignIn", "Waiting for you to sign in to %1 in the browser.")).arg(provider);
}

} // namespace

SignInSession::SignInSession(SignInWish wish, provider::Provider provider, SignInSessionWorld world, QObject *parent)
    : QObject(parent), m_wish(std::move(wish)), m_provider(std::move(provider)), m_world(std::move(world)),
      m_signIn(m_provider, m_world.oauth)
{
    m_facts.providerId = m_provider.id;
    m_facts.providerName = m_provider.name;
    m_facts.way = m_wish.way;
    for (const vault::RecordFacts &record : m_world.known()) {
        if (record.id == m_wish.profileId)
            m_facts.renewedLabel = record.label;
    }
    connect(&m_signIn, &oauth::SignIn::progressed, this, &SignInSession::follow);
    connect(&m_signIn, &oauth::SignIn::browserFailed, this, [this](const base::Error &error) {
        m_facts.hint = say(QT_TRANSLATE_NOOP("SignIn", "The browser did not open (%1). Copy the link and open it "
                                                       "yourself."))
                           .arg(error.detail.isEmpty() ? base::describe(error) : error.detail);
        m_facts.hasAddress = !m_signIn.address().isEmpty();
        Q_EMIT changed();
    });
    connect(&m_signIn, &oauth::SignIn::finished, this, &SignInSession::receive);
}

SignInSession::~SignInSession()
{
    cancel();
}

void SignInSession::start()
{
    enter(Stage::Preparing, say(QT_TRANSLATE_NOOP("SignIn", "Preparing the sign-in.")));
    m_signIn.start(m_wish.way, m_wish.scopes);
}

bool SignInSession::isOver() const
{
    return m_facts.stage == Stage::Done || m_facts.stage == Stage::Failed || m_facts.stage == Stage::Cancelled;
}

void SignInSession::cancel()
{
    m_signIn.cancel(); // its finished() does the rest
    if (m_facts.stage == Stage::Keeping && m_keeping)
        m_keeping->cancel(); // likewise
    else if (m_facts.canRetry)
        renounce(std::exchange(m_granted, {}));
    m_facts.canRetry = false;
}

base::Result<void> SignInSession::paste(const base::Secret &text)
{
    return m_signIn.paste(text);
}

std::optional<SignInSession::Codes> SignInSession::codes() const
{
    const oauth::DeviceAuthorization *offered = m_signIn.codes();
    if (offered == nullptr)
        return std::nullopt;
    return Codes{.userCode = offered->userCode.clone(), .completeUri = offered->verificationUriComplete.clone()};
}

void SignInSession::follow(SignInStep step)
{
    m_facts.hasAddress = !m_signIn.address().isEmpty();
    switch (step) {
    case SignInStep::Listening:
    case SignInStep::BrowserOpened:
        return enter(Stage::WaitingForBrowser, waitingText(m_wish.way, m_provider.name));
    case SignInStep::CodesOffered:
        m_facts.verificationUri = m_signIn.codes()->verificationUri;
        m_facts.codesEndAt = m_world.oauth.clock.wallTime() + m_signIn.codes()->expiresIn;
        return enter(Stage::ShowingCodes,
                     say(QT_TRANSLATE_NOOP("SignIn", "Open the page and enter the code. Enter it only because you "
                                                     "started this sign-in yourself.")));
    case SignInStep::Received:
    case SignInStep::Exchanging:
        return enter(Stage::Exchanging, say(QT_TRANSLATE_NOOP("SignIn", "Exchanging the code for a login.")));
    case SignInStep::ReadingProfile:
        return enter(Stage::ReadingAccount, say(QT_TRANSLATE_NOOP("SignIn", "Reading whose login it is.")));
    }
}

void SignInSession::receive()
{
    oauth::SignIn::Taken taken = m_signIn.takeResult();
    if (taken)
        return keep(*std::move(taken));
    failWith(taken.error());
}

void SignInSession::failWith(const SignInFailure &failure)
{
    renounce(failure.unwanted);
    if (failure.why == SignInFailure::Why::Cancelled)
        return end(Stage::Cancelled, say(QT_TRANSLATE_NOOP("SignIn", "Cancelled; nothing has changed.")));
    m_facts.cure = base::cureFor(failure.error.kind);
    end(Stage::Failed, textOf(failure));
}

void SignInSession::keep(oauth::SignedIn signedIn)
{
    m_granted = std::move(signedIn.tokens);
    m_account = std::move(signedIn.account);
    m_oddities = std::move(signedIn.oddities);
    if (m_world.logins && m_world.logins->world().knownSecrets) {
        m_world.logins->world().knownSecrets->learn(m_granted.accessToken);
        m_world.logins->world().knownSecrets->learn(m_granted.refreshToken);
    }
    if (!m_world.logins)
        return end(Stage::Failed, say(QT_TRANSLATE_NOOP("SignIn", "Keytender's store was closed meanwhile.")));
    store();
}

// What was granted goes into the vault; it stays here until it is durable there (F-74).
void SignInSession::store()
{
    m_placement = refresh::placeFor(m_provider, m_account, m_world.known(), m_wish.profileId);
    vault::Record record = refresh::recordOf(m_placement.profileId, m_provider, m_account, m_granted.clone(),
                                             m_world.oauth.clock.wallTime());
    m_label = record.label;
    m_keeping = std::make_unique<refresh::KeepSignIn>(
        refresh::SignInToKeep{.record = std::move(record), .placement = m_placement, .provider = m_provider},
        m_world.logins->signOutWorld(), m_world.logins->pendingRevocations());
    connect(m_keeping.get(), &refresh::KeepSignIn::finished, this, &SignInSession::conclude);
    retry();
}

// By the same story: a write that failed may have left the new login in its place.
void SignInSession::retry()
{
    if (!m_keeping || !m_world.logins)
        return;
    m_facts.canRetry = false;
    enter(Stage::Keeping, say(QT_TRANSLATE_NOOP("SignIn", "Storing the login.")));
    m_keeping->start();
}

void SignInSession::conclude(const refresh::KeptSignIn &kept)
{
    if (kept.error && kept.error->kind == base::ErrorKind::Cancelled) {
        dropStory();
        renounce(std::exchange(m_granted, {}));
        return end(Stage::Cancelled, say(QT_TRANSLATE_NOOP("SignIn", "Cancelled; nothing has changed.")));
    }
    if (kept.error) {
        m_facts.canRetry = true;
        m_facts.cure = base::cureFor(kept.error->kind);
        return end(Stage::Failed, say(QT_TRANSLATE_NOOP("SignIn", "You are signed in, but the login cannot be stored: "
                                                                  "%1"))
                                      .arg(base::describe(*kept.error)));
    }
    dropStory();
    const bool isRenewable = !std::exchange(m_granted, {}).refreshToken.isEmpty();
    m_facts.profileId = m_placement.profileId;
    m_facts.label = m_label;
    Q_EMIT this->kept(m_placement.profileId, !m_placement.isKnown, m_oddities);
    if (m_placement.isOtherAccount)
        return end(Stage::Done, say(QT_TRANSLATE_NOOP("SignIn", "This is another account than before; “%1” stays as "
                                                                "it is."))
                                    .arg(m_facts.renewedLabel));
    end(Stage::Done, isRenewable ? say(QT_TRANSLATE_NOOP("SignIn", "Keytender keeps it fresh from now on."))
                                 : say(QT_TRANSLATE_NOOP("SignIn", "The server gave nothing to renew it with: sign in "
                                                                   "again when it ends.")));
}

void SignInSession::dropStory()
{
    m_keeping.release()->deleteLater(); // it is still telling us its end
}

void SignInSession::renounce(const profile::TokenSet &tokens)
{
    if (!m_world.logins || (tokens.accessToken.isEmpty() && tokens.refreshToken.isEmpty()))
        return;
    const vault::Record record =
        refresh::recordOf(m_provider.id, m_provider, m_account, tokens.clone(), m_world.oauth.clock.wallTime());
    // Where even the note cannot be written, the tokens lapse by themselves: nobody holds them.
    (void)m_world.logins->pendingRevocations().add(
        refresh::noteOf(record, vault::RevocationNote::Phase::Pending, m_world.logins->signOutWorld()));
    m_world.logins->readLeftovers();
}

void SignInSession::enter(Stage stage, const QString &text)
{
    m_facts.stage = stage;
    m_facts.text = text;
    Q_EMIT changed();
}

void SignInSession::end(Stage stage, const QString &text)
{
    m_facts.hasAddress = false;
    m_facts.hint.clear();
    enter(stage, text);
    Q_EMIT finished();
}

} // namespace keytender::service
