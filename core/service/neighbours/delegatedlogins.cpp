// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/delegatedlogins.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <QCoreApplication>
#include <QTimer>

#include "tools/renewcommand.h"

namespace keytender::service {

namespace {

using refresh::DelegationOutcome;

// What a tool that was asked wrote may show a moment after its end.
constexpr base::Milliseconds settling = refresh::Delegation::usualSettling;

// What its tool renewed may still be too short for a program that asks time and again.
constexpr base::Milliseconds programsPause = std::chrono::minutes(1);

QString detailOf(const DelegationOutcome &outcome)
{
    using Ending = DelegationOutcome::Ending;
    switch (outcome.ending) {
    case Ending::CommandMissing:
        return QCoreApplication::translate("Delegation", "the program was not found");
    case Ending::CommandFailed:
        return outcome.error.isEmpty()
                   ? QCoreApplication::translate("Delegation", "it ended with exit code %1").arg(outcome.exitCode)
                   : outcome.error;
    case Ending::TimedOut:
        return QCoreApplication::translate("Delegation", "it did not end in time");
    case Ending::NothingChanged:
        return QCoreApplication::translate("Delegation", "it left its login as it was");
    case Ending::Renewed:
    case Ending::Cancelled:
        break;
    }
    return {};
}

} // namespace

DelegatedLogins::DelegatedLogins(const NeighboursWorld &world) : m_world(world) {}

DelegatedLogins::~DelegatedLogins() = default;

base::Result<refresh::Command> DelegatedLogins::commandOf(const QString &profileId) const
{
    base::Error problem{
        .kind = base::ErrorKind::Unavailable,
        .subject = profileId,
        .place = {},
        .detail = QCoreApplication::translate("Delegation", "There is no command that makes its tool renew it.")};
    for (const auto &where : m_world.synchronizer.whereaboutsOf(profileId)) {
        const auto renew = tools::renewCommandFor(where.tool->facts(), where.place, where.slot, m_world.environment);
        if (renew)
            return refresh::commandFor(*renew, m_world.environment);
        if (!where.tool->facts().renewCommand.isEmpty())
            problem = renew.error();
    }
    return base::unexpected(std::move(problem));
}

QString DelegatedLogins::objection(const QString &profileId) const
{
    const auto command = commandOf(profileId);
    return command ? QString() : command.error().detail;
}

double DelegatedLogins::draw() const
{
    std::array<std::byte, 4> bytes{};
    m_world.random.fill(bytes);
    std::uint32_t number = 0;
    std::memcpy(&number, bytes.data(), sizeof number);
    return static_cast<double>(number) / static_cast<double>(UINT32_MAX);
}

refresh::Moment DelegatedLogins::moment() const
{
    const base::Timestamp wall = m_world.clock.wallTime();
    return {.wall = wall, .machineWall = wall, .boot = m_world.clock.bootTime()};
}

void DelegatedLogins::follow(const profile::Profile &login)
{
    if (login.care != profile::Care::Delegated)
        return release(login.id);
    const auto [place, isNew] = m_wards.try_emplace(login.id);
    Ward &ward = place->second;
    const profile::CredentialFacts before = std::exchange(ward.credential, login.credential);
    if (isNew || before.accessToken != login.credential.accessToken)
        ward.jitter = draw();
    const bool isLater =
        before.expiresAt && login.credential.expiresAt && *before.expiresAt < *login.credential.expiresAt;
    if (!isNew && ward.running && (before.accessToken != login.credential.accessToken || isLater))
        ward.running->noteChange();
}

void DelegatedLogins::release(const QString &profileId)
{
    m_wards.erase(profileId);
}

QStringList DelegatedLogins::runningTools() const
{
    QStringList tools;
    for (const auto &[id, ward] : m_wards) {
        const auto login = m_world.synchronizer.profiles().find(id);
        if (ward.running && login != m_world.synchronizer.profiles().end())
            tools.append(login->second.toolId);
    }
    return tools;
}

void DelegatedLogins::look()
{
    if (m_isStopping)
        return;
    std::vector<refresh::DelegationCandidate> due;
    for (const auto &[id, ward] : m_wards) {
        const auto login = m_world.synchronizer.profiles().find(id);
        if (ward.running || login == m_world.synchronizer.profiles().end())
            continue;
        const provider::Provider *provider = m_world.providerFor(login->second.providerId);
        const refresh::PlannedLogin planned{.credential = ward.credential,
                                            .care = profile::Care::Delegated,
                                            .firstSeenAt = login->second.firstSeenAt,
                                            .lifetimes =
                                                provider != nullptr ? provider->lifetimes() : profile::Lifetimes()};
        if (refresh::delegationDue(planned, ward.history, moment(), ward.jitter).isNow())
            due.push_back({.profileId = id,
                           .toolId = login->second.toolId,
                           .lapses = ward.credential.expiresAt.value_or(base::Timestamp{})});
    }
    for (const QString &id : refresh::startableDelegations(std::move(due), runningTools()))
        start(id, m_wards.at(id));
}

void DelegatedLogins::askNow(const QString &profileId)
{
    const auto ward = m_wards.find(profileId);
    if (ward != m_wards.end() && !ward->second.running && !m_isStopping)
        start(profileId, ward->second);
}

void DelegatedLogins::ask(const QString &profileId, QObject *context, const Ended &ended)
{
    const auto ward = m_wards.find(profileId);
    const auto mayStart = [&] {
        const auto &[lastStart, notBefore, failures] = ward->second.history;
        const base::Milliseconds now = m_world.clock.bootTime();
        return !m_isStopping && (!notBefore || now >= *notBefore) && (!lastStart || now - *lastStart >= programsPause);
    };
    if (ward == m_wards.end() || (!ward->second.running && !mayStart())) {
        QTimer::singleShot(0, context, [ended] { ended({}); });
        return;
    }
    ward->second.askers.emplace_back(context, ended);
    askNow(profileId);
}

void DelegatedLogins::start(const QString &profileId, Ward &ward)
{
    auto command = commandOf(profileId);
    ward.history.lastStart = m_world.clock.bootTime();
    if (!command)
        return conclude(profileId, {.ending = DelegationOutcome::Ending::CommandMissing});
    ward.running = std::make_unique<refresh::Delegation>(*std::move(command), settling);
    connect(ward.running.get(), &refresh::Delegation::finished, this,
            [this, profileId](const DelegationOutcome &outcome) { conclude(profileId, outcome); });
    ward.running->start();
    Q_EMIT changed(profileId);
}

void DelegatedLogins::conclude(const QString &profileId, const DelegationOutcome &outcome)
{
    const auto found = m_wards.find(profileId);
    if (found == m_wards.end())
        return;
    Ward &ward = found->second;
    if (ward.running)
        ward.running.release()->deleteLater(); // it is still telling us this
    ward.history = refresh::historyAfter(ward.history, outcome, m_world.clock.bootTime(), draw());
    using Ending = DelegationOutcome::Ending;
    if (outcome.ending != Ending::Cancelled)
        m_world.activity.add(
            {.profile = profileId,
             .kind = outcome.ending == Ending::Renewed ? Deed::Kind::RenewedByTool : Deed::Kind::ToolDidNotRenew,
             .detail = detailOf(outcome)},
            m_world.now());
    const auto askers = std::exchange(ward.askers, {});
    Q_EMIT changed(profileId);
    for (const auto &[context, ended] : askers) {
        if (context)
            ended(detailOf(outcome));
    }
}

void DelegatedLogins::stop()
{
    m_isStopping = true;
    for (auto &[id, ward] : m_wards) {
        if (ward.running)
            ward.running->cancel();
    }
}

} // namespace keytender::service
