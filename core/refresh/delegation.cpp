// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/delegation.h"

#include <utility>

namespace keytender::refresh {

namespace {

using Ending = DelegationOutcome::Ending;

DelegationOutcome outcomeOf(const CommandEnd &end)
{
    switch (end.how) {
    case CommandEnd::How::Exited:
        return {.ending = end.exitCode == 0 ? Ending::NothingChanged : Ending::CommandFailed, .exitCode = end.exitCode};
    case CommandEnd::How::Killed:
    case CommandEnd::How::NotStarted:
        return {.ending = Ending::CommandFailed, .exitCode = 0, .error = end.error};
    case CommandEnd::How::Missing:
        return {.ending = Ending::CommandMissing, .exitCode = 0, .error = end.error};
    case CommandEnd::How::TimedOut:
        return {.ending = Ending::TimedOut};
    case CommandEnd::How::Cancelled:
        return {.ending = Ending::Cancelled};
    }
    return {};
}

bool hasRun(const CommandEnd &end)
{
    return end.how != CommandEnd::How::Missing && end.how != CommandEnd::How::NotStarted;
}

} // namespace

Delegation::Delegation(Command command, base::Milliseconds settling, QObject *parent)
    : QObject(parent), m_run(std::move(command)), m_settlingTime(settling)
{
    m_settling.setSingleShot(true);
    connect(&m_settling, &QTimer::timeout, this, [this] {
        if (m_isDone)
            return;
        m_isDone = true;
        Q_EMIT finished(*m_outcome);
    });
    connect(&m_run, &CommandRun::finished, this, [this](const CommandEnd &end) {
        if (m_outcome) // cancelled
            return;
        m_outcome = outcomeOf(end);
        if (m_hasChanged)
            conclude({.ending = Ending::Renewed});
        else if (end.how == CommandEnd::How::Cancelled || !hasRun(end))
            conclude(*m_outcome);
        else
            m_settling.start(m_settlingTime);
    });
}

void Delegation::start()
{
    m_run.start();
}

void Delegation::cancel()
{
    if (m_isDone)
        return;
    if (m_outcome) // the command is over
        conclude({.ending = Ending::Cancelled});
    else
        m_run.cancel();
}

void Delegation::noteChange()
{
    m_hasChanged = true;
    if (m_outcome)
        conclude({.ending = Ending::Renewed});
}

void Delegation::conclude(DelegationOutcome outcome)
{
    m_outcome = std::move(outcome);
    m_settling.start(0);
}

Command commandFor(const tools::RenewCommand &renew, const base::Environment &environment)
{
    return {.words = renew.words,
            .environment = environment,
            .variables = renew.variables,
            .directory = environment.home,
            .input = {},
            .limit = Delegation::usualLimit};
}

} // namespace keytender::refresh
