// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/signin/signoutround.h"

#include <algorithm>
#include <utility>

#include <QCoreApplication>

namespace keytender::service {

using refresh::SignOutOutcome;
using End = SignOutPreview::Login::End;
using Purpose = refresh::SignOutRequest::Purpose;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("SignOut", text);
}

QString withServersWord(const QString &sentence, const SignOutOutcome &outcome)
{
    return outcome.errorText.isEmpty() ? sentence : sentence + QStringLiteral(" (") + outcome.errorText + u')';
}

QString textOf(const SignOutOutcome &outcome, const QString &provider)
{
    switch (outcome.ending) {
    case SignOutOutcome::Ending::SignedOut:
        return say(QT_TRANSLATE_NOOP("SignOut", "Signed out; %1 confirmed it.")).arg(provider);
    case SignOutOutcome::Ending::StillValid:
        return withServersWord(say(QT_TRANSLATE_NOOP("SignOut", "Signed out here; still valid at %1. Keytender tries "
                                                                "again until %1 confirms it."))
                                   .arg(provider),
                               outcome);
    case SignOutOutcome::Ending::ByHand:
        return withServersWord(
            say(QT_TRANSLATE_NOOP("SignOut", "Signed out here. Only you can end it at %1 itself.")).arg(provider),
            outcome);
    case SignOutOutcome::Ending::Forgotten:
        return say(QT_TRANSLATE_NOOP("SignOut", "Removed here; %1 was not told, and it stays valid there."))
            .arg(provider);
    case SignOutOutcome::Ending::Gone:
        return say(QT_TRANSLATE_NOOP("SignOut", "There was nothing left to sign out of."));
    case SignOutOutcome::Ending::NotOurs:
        return say(QT_TRANSLATE_NOOP("SignOut", "This login belongs to its tool: sign out there."));
    case SignOutOutcome::Ending::Busy:
        return say(QT_TRANSLATE_NOOP("SignOut", "It is being renewed just now; nothing was changed. Try again in a "
                                                "moment."));
    case SignOutOutcome::Ending::StorageFault:
        return outcome.error ? base::describe(*outcome.error)
                             : say(QT_TRANSLATE_NOOP("SignOut", "Keytender's store cannot be written."));
    case SignOutOutcome::Ending::Cancelled:
        return say(QT_TRANSLATE_NOOP("SignOut", "Cancelled; nothing has changed."));
    }
    return {};
}

} // namespace

SignOutPreview::Login previewOf(const profile::Profile &login, const provider::Provider &provider,
                                const SignOutScope &scope)
{
    SignOutPreview::Login preview;
    preview.profileId = login.id;
    preview.label = login.label;
    if (provider.revokeByHand)
        preview.revokeByHand = provider.revokeByHand->value;
    // What was handed out by hand is taken back by hand: no provider promises that its token endpoints know it.
    const bool isSignIn = login.credential.kind == profile::CredentialKind::OAuth;
    if (scope.forgetsOnly || !isSignIn) {
        preview.end = End::Kept;
        return preview;
    }
    preview.end = provider.revocationEndpoint ? End::Revoked : End::ByHand;
    if (preview.end == End::Revoked && provider.revocationEffect)
        preview.alsoEnds = provider.revocationEffect->value;
    return preview;
}

refresh::SignOutRequest requestFor(const SignOutPreview::Login &login, const provider::Provider &provider)
{
    return {.purpose = login.end == End::Kept ? Purpose::ForgetHere : Purpose::SignOut,
            .profileId = login.profileId,
            .provider = provider};
}

SignOutResult resultOf(const SignOutOutcome &outcome, const provider::Provider &provider)
{
    using Ending = SignOutOutcome::Ending;
    SignOutResult result;
    result.profileId = outcome.profileId;
    result.label = outcome.label.isEmpty() ? outcome.profileId : outcome.label;
    result.hasLeftHere = outcome.hasLeftHere;
    result.text = textOf(outcome, provider.name.isEmpty() ? provider.id : provider.name);
    if (outcome.mayHaveSuccessor)
        result.text += u' '
                       + say(QT_TRANSLATE_NOOP("SignOut", "A renewal was under way whose answer was lost: look at the "
                                                          "provider's own list of sign-ins."));
    result.isComplete = (outcome.ending == Ending::SignedOut || outcome.ending == Ending::Gone) && !outcome.error
                        && !outcome.mayHaveSuccessor;
    if (!result.isComplete && provider.revokeByHand)
        result.revokeByHand = provider.revokeByHand->value;
    return result;
}

SignOutRound::SignOutRound(std::vector<refresh::SignOutRequest> requests, refresh::SignOutWorld world, QObject *parent)
    : QObject(parent), m_waiting(std::make_move_iterator(requests.begin()), std::make_move_iterator(requests.end())),
      m_world(world)
{
}

SignOutRound::~SignOutRound() = default;

void SignOutRound::start()
{
    next();
}

void SignOutRound::add(std::vector<refresh::SignOutRequest> requests)
{
    m_waiting.insert(m_waiting.end(), std::make_move_iterator(requests.begin()),
                     std::make_move_iterator(requests.end()));
    QMetaObject::invokeMethod(this, &SignOutRound::next, Qt::QueuedConnection);
}

void SignOutRound::cancel()
{
    m_waiting.clear();
    std::vector<refresh::SignOut *> running; // cancelling one may end it at once
    for (const auto &signOut : m_running)
        running.push_back(signOut.get());
    for (refresh::SignOut *signOut : running)
        signOut->cancel();
}

void SignOutRound::next()
{
    while (!m_waiting.empty() && m_running.size() < atOnce) {
        refresh::SignOutRequest request = std::move(m_waiting.front());
        m_waiting.pop_front();
        const provider::Provider provider = request.provider;
        m_running.push_back(std::make_unique<refresh::SignOut>(std::move(request), m_world));
        refresh::SignOut *signOut = m_running.back().get();
        connect(signOut, &refresh::SignOut::finished, this, [this, signOut, provider](const SignOutOutcome &outcome) {
            const auto found = std::ranges::find(m_running, signOut, &std::unique_ptr<refresh::SignOut>::get);
            found->release()->deleteLater(); // it is still telling us this
            m_running.erase(found);
            Q_EMIT ended(outcome, provider);
            QMetaObject::invokeMethod(this, &SignOutRound::next, Qt::QueuedConnection);
        });
        signOut->start();
    }
    if (m_isOver || !m_waiting.empty() || !m_running.empty())
        return;
    m_isOver = true;
    Q_EMIT finished();
}

} // namespace keytender::service
