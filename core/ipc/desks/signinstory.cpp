// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/desks/signinstory.h"

#include <utility>

#include "ipc/requestfields.h"

namespace keytender::ipc {

using service::SignInFacts;
using service::SignInStage;
using wire::Outcome;

namespace {

std::string_view wordOf(SignInStage stage)
{
    switch (stage) {
    case SignInStage::Preparing:
        return "preparing";
    case SignInStage::WaitingForBrowser:
        return "waiting-for-browser";
    case SignInStage::ShowingCodes:
        return "showing-codes";
    case SignInStage::Exchanging:
        return "exchanging";
    case SignInStage::ReadingAccount:
        return "reading-account";
    case SignInStage::Keeping:
        return "keeping";
    case SignInStage::Done:
        return "done";
    case SignInStage::Failed:
        return "failed";
    case SignInStage::Cancelled:
        break;
    }
    return "cancelled";
}

std::string lineOf(const QString &text)
{
    return terminalText(text).toStdString();
}

} // namespace

SignInStory::SignInStory(Inquiry &inquiry, std::unique_ptr<service::SignInSession> session)
    : QObject(&inquiry), m_inquiry(inquiry), m_session(std::move(session))
{
    connect(m_session.get(), &service::SignInSession::changed, this, &SignInStory::tell);
    connect(m_session.get(), &service::SignInSession::finished, this, &SignInStory::end);
    connect(&m_inquiry, &Inquiry::received, this, &SignInStory::take);
    // Nobody is there any more to bring it to its end.
    connect(&m_inquiry, &Inquiry::abandoned, this, [this] {
        m_isOver = true;
        m_session->cancel();
    });
}

SignInStory::~SignInStory()
{
    m_session->disconnect(this); // its end is nobody's business here
}

void SignInStory::start()
{
    m_session->start();
}

void SignInStory::tell()
{
    const SignInFacts facts = m_session->facts();
    if (m_isOver || facts == m_told)
        return;
    m_told = facts;
    wire::Message more(wire::Kind::More);
    more.set("stage", wordOf(facts.stage));
    more.set("line", lineOf(facts.hint.isEmpty() ? facts.text : facts.text + u' ' + facts.hint));
    if (const base::Secret address = m_session->address(); !address.isEmpty())
        more.set("address", address.expose());
    if (const auto codes = m_session->codes()) {
        more.set("user-code", codes->userCode.expose());
        if (!codes->completeUri.isEmpty())
            more.set("complete-uri", codes->completeUri.expose());
        more.set("verification-uri", facts.verificationUri.toEncoded().toStdString());
        if (facts.codesEndAt) {
            const auto seconds = std::chrono::floor<std::chrono::seconds>(facts.codesEndAt->time_since_epoch()).count();
            more.set("expires-at", std::to_string(seconds));
        }
    }
    m_inquiry.tell(more);
}

void SignInStory::take(const wire::Message &more)
{
    const auto pasted = more.find("paste");
    if (m_isOver || !pasted)
        return;
    const auto taken = m_session->paste(base::Secret::copyOf(*pasted));
    if (taken || m_isOver)
        return;
    wire::Message again(wire::Kind::More); // the attempt lives on
    again.set("stage", wordOf(m_session->facts().stage)).set("line", lineOf(base::describe(taken.error())));
    m_inquiry.tell(again);
}

void SignInStory::end()
{
    if (std::exchange(m_isOver, true))
        return;
    const SignInFacts &facts = m_session->facts();
    if (facts.stage != SignInStage::Done) {
        const Outcome outcome = facts.stage == SignInStage::Cancelled ? Outcome::Unavailable : Outcome::Failed;
        const QString text =
            facts.cure.isEmpty() || facts.text.contains(facts.cure) ? facts.text : facts.text + u' ' + facts.cure;
        return m_inquiry.answer(answerOf(outcome, text));
    }
    wire::Message message = answerOf(Outcome::Ok);
    message.set("profile", facts.profileId.toStdString()).set("label", facts.label.toStdString());
    m_inquiry.answer(message);
}

} // namespace keytender::ipc
