// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/links.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "service/neighbours/changecommand.h"

namespace keytender::service {

using namespace std::chrono_literals;

namespace {

constexpr base::Milliseconds firstPause = 5s;
constexpr base::Milliseconds longestPause = 1h;

QString say(const char *text)
{
    return QCoreApplication::translate("Links", text);
}

base::Error refusal(const QString &subject, const QString &detail)
{
    return {.kind = base::ErrorKind::Refused, .subject = subject, .place = {}, .detail = detail};
}

LinkChoice choiceOf(const Link &link)
{
    LinkChoice choice{.profileId = link.profileId,
                      .way = link.way,
                      .toProfile = {},
                      .file = link.file,
                      .variable = link.variable,
                      .command = link.command};
    if (link.file.isEmpty())
        choice.toProfile = link.id.section(u'>', 1);
    return choice;
}

base::Milliseconds pauseAfter(int failures)
{
    return std::min(longestPause, firstPause * (1 << std::min(failures, 10)));
}

} // namespace

Links::Links(const NeighboursWorld &world, Choices &choices, const LineageHistory &history,
             const vault::CopyBackups &backups)
    : m_world(world), m_choices(choices), m_sinks(world, history, backups)
{
}

Links::~Links() = default;

Link Links::factsOf(const LinkChoice &choice) const
{
    Link link{.id = choice.id(),
              .profileId = choice.profileId,
              .label = {},
              .way = choice.way,
              .offered = {LinkWay::OneWay},
              .file = choice.file,
              .variable = choice.variable,
              .command = choice.command};
    link.label = choice.variable + say(QT_TRANSLATE_NOOP("Links", " in ")) + m_world.environment.shortened(choice.file);
    const auto &profiles = m_world.synchronizer.profiles();
    const auto login = profiles.find(choice.profileId);
    const auto other = profiles.find(choice.toProfile);
    if (!choice.toProfile.isEmpty())
        link.label = other == profiles.end() ? choice.toProfile : other->second.label;
    if (login != profiles.end() && other != profiles.end()) {
        const Sinks::Candidate candidate = m_sinks.candidate(login->second, other->second);
        link.offered = candidate.ways;
        link.whyNot = candidate.whyNot;
    }
    if (const auto state = m_states.find(link.id); state != m_states.end()) {
        link.writtenAt = state->second.writtenAt;
        link.problem = state->second.problem;
    }
    return link;
}

std::vector<Link> Links::of(const QString &profileId) const
{
    std::vector<Link> links;
    for (const LinkChoice &choice : m_choices.links()) {
        if (choice.profileId == profileId)
            links.push_back(factsOf(choice));
    }
    const auto login = m_world.synchronizer.profiles().find(profileId);
    if (login == m_world.synchronizer.profiles().end())
        return links;
    for (const Sinks::Candidate &candidate : m_sinks.candidatesFor(login->second)) {
        const QString id = LinkChoice{.profileId = profileId, .toProfile = candidate.toProfile}.id();
        if (std::ranges::find(links, id, &Link::id) != links.end())
            continue;
        links.push_back({.id = id,
                         .profileId = profileId,
                         .label = candidate.label,
                         .way = LinkWay::Off,
                         .offered = candidate.ways,
                         .whyNot = candidate.whyNot});
    }
    return links;
}

base::Result<void> Links::set(const Link &link)
{
    const LinkChoice choice = choiceOf(link);
    const auto &profiles = m_world.synchronizer.profiles();
    const auto login = profiles.find(choice.profileId);
    if (login == profiles.end())
        return base::unexpected(
            refusal(choice.profileId, say(QT_TRANSLATE_NOOP("Links", "is no login that Keytender knows"))));
    if (choice.way != LinkWay::Off && choice.toProfile.isEmpty()) {
        if (!QDir::isAbsolutePath(choice.file) || choice.variable.isEmpty())
            return base::unexpected(refusal(
                choice.file, say(QT_TRANSLATE_NOOP("Links", "a file with its whole path and a variable are needed"))));
        if (choice.way == LinkWay::Mirror)
            return base::unexpected(
                refusal(choice.file, say(QT_TRANSLATE_NOOP("Links", "a file of variables can only be written to"))));
    }
    if (choice.way != LinkWay::Off && !choice.toProfile.isEmpty()) {
        const auto other = profiles.find(choice.toProfile);
        if (other == profiles.end())
            return base::unexpected(
                refusal(choice.toProfile, say(QT_TRANSLATE_NOOP("Links", "is no login that Keytender knows"))));
        const Sinks::Candidate candidate = m_sinks.candidate(login->second, other->second);
        if (std::ranges::find(candidate.ways, choice.way) == candidate.ways.end())
            return base::unexpected(refusal(other->second.label, candidate.whyNot));
    }
    if (auto kept = m_choices.setLink(choice); !kept)
        return kept;
    m_states.erase(choice.id());
    if (choice.way != LinkWay::Off)
        handOn(choice, login->second);
    Q_EMIT changed(choice.profileId);
    return {};
}

void Links::turnOffInto(const QString &profileId)
{
    const std::vector<LinkChoice> links = m_choices.links();
    for (LinkChoice choice : links) {
        if (choice.toProfile != profileId)
            continue;
        choice.way = LinkWay::Off;
        (void)m_choices.setLink(choice); // it would only be written again
        m_states.erase(choice.id());
        Q_EMIT changed(choice.profileId);
    }
}

void Links::follow(const profile::Profile &login)
{
    for (const LinkChoice &choice : m_choices.links()) {
        if (choice.profileId == login.id) {
            handOn(choice, login);
        } else if (choice.way == LinkWay::Mirror && choice.toProfile == login.id) {
            // A mirror goes both ways.
            LinkChoice back = choice;
            std::swap(back.profileId, back.toProfile);
            handOn(back, login);
        } else if (choice.toProfile == login.id) {
            feedAgain(choice, login);
        }
    }
}

// Somebody wrote another token over what was handed on: once more, and not too often.
void Links::feedAgain(const LinkChoice &choice, const profile::Profile &reader)
{
    State &state = m_states[choice.id()];
    const auto source = m_world.synchronizer.profiles().find(choice.profileId);
    if (state.written.isNull() || reader.credential.accessToken == state.written
        || source == m_world.synchronizer.profiles().end() || m_world.clock.bootTime() < state.notBefore)
        return;
    state.written = {};
    handOn(choice, source->second);
    state.notBefore = std::max(state.notBefore, m_world.clock.bootTime() + firstPause);
}

void Links::look()
{
    for (const LinkChoice &choice : m_choices.links()) {
        const auto login = m_world.synchronizer.profiles().find(choice.profileId);
        if (login != m_world.synchronizer.profiles().end())
            handOn(choice, login->second);
    }
}

void Links::handOn(const LinkChoice &choice, const profile::Profile &login)
{
    State &state = m_states[choice.id()];
    const base::Fingerprint token = login.credential.accessToken;
    if (token.isNull() || state.written == token || m_world.clock.bootTime() < state.notBefore)
        return;
    const base::Result<vault::Record> record = m_world.vault.read(login.id);
    if (!record)
        return conclude(choice, token, base::unexpected(record.error()));
    // What the ledger shows may be ahead of the vault for a moment; it is told again then.
    if (m_world.vault.fingerprintKey().of(record->credential.tokens.accessToken) != token)
        return;
    const base::Result<QString> written = m_sinks.write(choice, *record);
    conclude(choice, token, written);
    if (written)
        runCommand(choice, *record);
}

void Links::conclude(const LinkChoice &choice, const base::Fingerprint &token, const base::Result<QString> &written)
{
    State &state = m_states[choice.id()];
    const QString before = state.problem;
    if (written) {
        state.written = token;
        state.writtenAt = m_world.now();
        state.problem = *written;
        state.failures = 0;
        state.notBefore = base::Milliseconds(0);
        m_world.activity.add({.profile = choice.profileId,
                              .kind = Deed::Kind::LinkWritten,
                              .detail = choice.toProfile.isEmpty() ? choice.variable : choice.toProfile},
                             m_world.now());
    } else {
        state.problem = base::describe(written.error());
        state.notBefore = m_world.clock.bootTime() + pauseAfter(state.failures++);
        if (state.problem != before)
            m_world.activity.add({.profile = choice.profileId, .kind = Deed::Kind::LinkFailed, .detail = state.problem},
                                 m_world.now());
    }
    Q_EMIT changed(choice.profileId);
}

// What a person wants done after each change: "recreate the container".
void Links::runCommand(const LinkChoice &choice, const vault::Record &record)
{
    if (choice.command.isEmpty())
        return;
    State &state = m_states[choice.id()];
    if (!state.command) {
        const bool isFile = choice.toProfile.isEmpty();
        state.command = std::make_unique<ChangeCommand>(
            ChangeCommand::Settings{.words = choice.command,
                                    .directory = isFile ? QFileInfo(choice.file).path() : QString()},
            m_world.environment, m_world.knownSecrets);
        connect(state.command.get(), &ChangeCommand::finished, this,
                [this, choice](const ChangeOutcome &outcome) { noteCommand(choice, outcome); });
    }
    WrittenChange change;
    change.profileId = record.id;
    change.providerId = record.providerId;
    change.account = record.account.email;
    if (choice.toProfile.isEmpty())
        change.accessToken = record.credential.tokens.accessToken.clone();
    state.command->run(std::move(change));
}

void Links::noteCommand(const LinkChoice &choice, const ChangeOutcome &outcome)
{
    using Ending = ChangeOutcome::Ending;
    if (outcome.ending == Ending::Done || outcome.ending == Ending::Cancelled)
        return;
    State &state = m_states[choice.id()];
    const QString command = choice.command.join(u' ');
    state.problem = outcome.ending == Ending::Missing
                        ? say(QT_TRANSLATE_NOOP("Links", "The command was not found: %1")).arg(command)
                    : outcome.ending == Ending::TimedOut
                        ? say(QT_TRANSLATE_NOOP("Links", "The command did not end in time: %1")).arg(command)
                        : say(QT_TRANSLATE_NOOP("Links", "The command failed (%1): %2"))
                              .arg(QString::number(outcome.exitCode), outcome.said);
    m_world.activity.add({.profile = choice.profileId, .kind = Deed::Kind::LinkFailed, .detail = state.problem},
                         m_world.now());
    Q_EMIT changed(choice.profileId);
}

void Links::stop()
{
    for (auto &[id, state] : m_states)
        state.command.reset();
}

} // namespace keytender::service
