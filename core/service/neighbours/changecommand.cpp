// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/changecommand.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/jsonspans.h"
#include "base/knownsecrets.h"
#include "base/redactor.h"
#include "refresh/commandrun.h"

namespace keytender::service {

namespace {

using Ending = ChangeOutcome::Ending;

struct Member {
    std::string_view key;
    base::Secret value; // quoted
};

base::Secret quoted(const QString &text)
{
    const QByteArray bytes = text.toUtf8(); // a name, no secret
    return base::JsonSpans::quoted({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

ChangeOutcome outcomeOf(const refresh::CommandEnd &end)
{
    switch (end.how) {
    case refresh::CommandEnd::How::Exited:
        return {.ending = end.exitCode == 0 ? Ending::Done : Ending::Failed, .exitCode = end.exitCode};
    case refresh::CommandEnd::How::Killed:
        return {.ending = Ending::Failed};
    case refresh::CommandEnd::How::TimedOut:
        return {.ending = Ending::TimedOut};
    case refresh::CommandEnd::How::Cancelled:
        return {.ending = Ending::Cancelled};
    case refresh::CommandEnd::How::Missing:
        return {.ending = Ending::Missing, .exitCode = 0, .said = end.error};
    case refresh::CommandEnd::How::NotStarted:
        return {.ending = Ending::NotStarted, .exitCode = 0, .said = end.error};
    }
    return {};
}

} // namespace

WrittenChange WrittenChange::clone() const
{
    return {.profileId = profileId, .providerId = providerId, .account = account, .accessToken = accessToken.clone()};
}

base::Secret messageOf(const WrittenChange &change)
{
    std::vector<Member> members;
    members.push_back({.key = "{\"profile\":", .value = quoted(change.profileId)});
    members.push_back({.key = ",\"provider\":", .value = quoted(change.providerId)});
    if (!change.account.isEmpty())
        members.push_back({.key = ",\"account\":", .value = quoted(change.account)});
    if (!change.accessToken.isEmpty())
        members.push_back({.key = ",\"accessToken\":", .value = base::JsonSpans::quoted(change.accessToken.expose())});
    constexpr std::string_view end = "}\n";
    std::size_t size = end.size();
    for (const Member &member : members)
        size += member.key.size() + member.value.size();
    base::Secret message(size);
    auto at = message.writable().begin();
    for (const Member &member : members) {
        at = std::ranges::copy(member.key, at).out;
        at = std::ranges::copy(member.value.expose(), at).out;
    }
    std::ranges::copy(end, at);
    return message;
}

ChangeCommand::ChangeCommand(Settings settings, base::Environment environment,
                             std::shared_ptr<const base::KnownSecrets> known, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)), m_environment(std::move(environment)), m_known(std::move(known))
{
}

ChangeCommand::~ChangeCommand() = default;

void ChangeCommand::run(WrittenChange change)
{
    if (m_run)
        m_next = std::move(change);
    else
        start(std::move(change));
}

void ChangeCommand::cancel()
{
    m_next.reset();
    if (m_run)
        m_run->cancel();
}

void ChangeCommand::start(WrittenChange change)
{
    refresh::Command command{.words = m_settings.words,
                             .environment = m_environment,
                             .variables = {},
                             .directory = m_settings.directory,
                             .input = messageOf(change),
                             .limit = m_settings.limit,
                             .errors = refresh::Command::Errors::Kept};
    m_run = std::make_unique<refresh::CommandRun>(std::move(command));
    connect(m_run.get(), &refresh::CommandRun::finished, this, &ChangeCommand::conclude);
    m_run->start();
}

void ChangeCommand::conclude(const refresh::CommandEnd &end)
{
    ChangeOutcome outcome = outcomeOf(end);
    if (outcome.said.isEmpty())
        outcome.said = redacted(m_run->lastErrors());
    m_run.release()->deleteLater(); // it is calling us
    if (m_next)
        start(*std::exchange(m_next, std::nullopt));
    Q_EMIT finished(outcome);
}

// First redacted and then cut: half a token is nothing that anybody would know. What would move a terminal's cursor is
// left out.
QString ChangeCommand::redacted(const base::Secret &errors) const
{
    const std::string_view bytes = errors.expose();
    QString text = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
    if (m_known)
        text = m_known->redacted(text);
    text = base::redacted(text);
    std::ranges::replace_if(
        text, [](QChar letter) { return letter != u'\n' && !letter.isPrint(); }, QChar(u' '));
    return text.trimmed().right(ChangeOutcome::longestSaid);
}

} // namespace keytender::service
