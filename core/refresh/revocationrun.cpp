// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/revocationrun.h"

#include <utility>

#include "oauth/tokenrequests.h"

namespace keytender::refresh {

using oauth::RevocationVerdict;

namespace {

TokenEnd endFor(RevocationVerdict verdict)
{
    switch (verdict) {
    case RevocationVerdict::Confirmed:
        return TokenEnd::Confirmed;
    case RevocationVerdict::AlreadyGone:
        return TokenEnd::AlreadyGone;
    case RevocationVerdict::Unsupported:
        return TokenEnd::ByHand;
    case RevocationVerdict::Later:
    case RevocationVerdict::NotConfirmed:
        break;
    }
    return TokenEnd::StillValid;
}

} // namespace

RevocationRun::RevocationRun(provider::Provider provider, oauth::TokenTransport &transport, const base::Clock &clock,
                             QObject *parent)
    : QObject(parent), m_provider(std::move(provider)), m_transport(transport), m_clock(clock)
{
}

void RevocationRun::start(profile::TokenSet tokens, std::function<void(RevocationReport)> done)
{
    m_tokens = std::move(tokens);
    m_done = std::move(done);
    const TokenEnd before = m_provider.revocationEndpoint ? TokenEnd::StillValid : TokenEnd::ByHand;
    m_report.refreshToken = m_tokens.refreshToken.isEmpty() ? TokenEnd::None : before;
    m_report.accessToken = m_tokens.accessToken.isEmpty() ? TokenEnd::None : before;
    if (!m_provider.revocationEndpoint)
        return end();
    ask(Leg::RefreshToken);
}

void RevocationRun::ask(Leg leg)
{
    if (endOf(leg) == TokenEnd::None)
        return leg == Leg::RefreshToken ? ask(Leg::AccessToken) : end();
    profile::TokenSet one;
    if (leg == Leg::RefreshToken)
        one.refreshToken = m_tokens.refreshToken.clone();
    else
        one.accessToken = m_tokens.accessToken.clone();
    std::vector<oauth::Post> posts = oauth::revocationPosts(m_provider, one);
    m_transport.post(std::move(posts.front()), this, [this, leg](const oauth::Delivery &answer) { hear(leg, answer); });
}

void RevocationRun::hear(Leg leg, const oauth::Delivery &answer)
{
    if (!m_done) // given up
        return;
    const oauth::RevocationAnswer meaning = readRevocationAnswer(answer, m_provider, m_clock.wallTime());
    endOf(leg) = endFor(meaning.verdict);
    if (!meaning.isEnded())
        m_report.errorText = meaning.errorText;
    if (meaning.retryAfter)
        m_report.retryAfter = meaning.retryAfter;
    if (leg == Leg::AccessToken || answer.fate != oauth::Fate::Answered)
        return end();
    ask(Leg::AccessToken);
}

void RevocationRun::giveUp()
{
    if (m_done)
        end();
}

void RevocationRun::end()
{
    m_tokens = {};
    const auto done = std::exchange(m_done, nullptr);
    done(m_report);
}

TokenEnd &RevocationRun::endOf(Leg leg)
{
    return leg == Leg::RefreshToken ? m_report.refreshToken : m_report.accessToken;
}

} // namespace keytender::refresh
