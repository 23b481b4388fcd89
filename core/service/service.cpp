// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/service.h"

#include <algorithm>
#include <cmath>

#include <QFileInfo>
#include <QRegularExpression>
#include <QTimer>

#include "service/neighbours/toolneighbours.h"
#include "service/programs/tokengiver.h"
#include "service/settings/settingsfile.h"
#include "service/signin/customservers.h"
#include "service/signin/ownlogins.h"
#include "service/signin/signinsession.h"
#include "service/signin/signoutround.h"
#include "tools/refusingwriter.h"

namespace keytender::service {

using namespace std::chrono_literals;
using vault::MasterKeySource;

namespace {

constexpr auto lookInterval = 30s;  // design: the plan is re-evaluated at least this often
constexpr auto scanInterval = 1h;   // the safety net under the watches
constexpr auto jumpTolerance = 20s; // beyond it a clock was set or the machine slept

KeychainState stateOf(MasterKeySource::Obstacle obstacle)
{
    switch (obstacle) {
    case MasterKeySource::Obstacle::None:
        return KeychainState::Usable;
    case MasterKeySource::Obstacle::KeychainLocked:
        return KeychainState::Locked;
    case MasterKeySource::Obstacle::KeychainSilent:
        return KeychainState::Silent;
    case MasterKeySource::Obstacle::KeychainGone:
        return KeychainState::Absent;
    case MasterKeySource::Obstacle::KeyFileUnusable:
        return KeychainState::KeyFileUnusable;
    }
    return KeychainState::Usable;
}

// The share of a token's life grows with every look; a row is told anew only when its bar moves by what one can see.
constexpr double visibleShare = 0.005;

bool looksDifferent(const Row &known, Row row)
{
    const auto &before = known.condition.elapsed;
    auto &after = row.condition.elapsed;
    if (before && after && std::abs(*before - *after) < visibleShare)
        after = before;
    return known != row;
}

} // namespace

Service::Service(ServiceWorld world, QObject *parent)
    : QObject(parent), m_world(std::move(world)), m_places(Places::in(m_world.environment)),
      m_activity(std::make_unique<ActivityLog>(m_places.activity))
{
    loadProviderFiles();
    m_problems = m_providers.problems;

    std::vector<std::unique_ptr<tools::Tool>> tools = tools::allTools();
    QStringList toolIds;
    for (const auto &tool : tools) {
        toolIds.append(tool->facts().id);
        m_tools.emplace(tool->facts().id, tool->facts());
        if (tool->writer() != nullptr && dynamic_cast<const tools::RefusingWriter *>(tool->writer()) == nullptr)
            m_keepable.insert(tool->facts().id);
    }
    m_settings =
        std::make_unique<SettingsFile>(SettingsFile::World{.path = m_places.settings(),
                                                           .environment = m_world.environment,
                                                           .known = {.tools = toolIds, .languages = m_world.languages},
                                                           .random = m_world.random});
    connect(m_settings.get(), &SettingsFile::changed, this, &Service::applySettings);
    connect(m_settings.get(), &SettingsFile::problemChanged, this, &Service::surroundingsChanged);

    m_synchronizer = std::make_unique<sync::Synchronizer>(
        std::move(tools), sync::SynchronizerWorld{.clock = m_world.clock,
                                                  .keychain = m_world.keychain,
                                                  .environment = m_world.environment,
                                                  .extraHomes = settings().homes,
                                                  .knownSecrets = m_world.knownSecrets});

    // The pipe tells, the rows follow.
    connect(m_synchronizer.get(), &sync::Synchronizer::profileChanged, this, [this](const QString &id) {
        if (const auto found = m_synchronizer->profiles().find(id); found != m_synchronizer->profiles().end())
            followLogin(found->second);
        updateRow(id);
        if (const auto found = m_synchronizer->profiles().find(id);
            m_neighbours && found != m_synchronizer->profiles().end())
            m_neighbours->follow(found->second);
    });
    connect(m_synchronizer.get(), &sync::Synchronizer::profileRemoved, this, [this](const QString &id) {
        if (m_logins)
            m_logins->release(id);
        if (m_neighbours)
            m_neighbours->release(id);
        m_rows.erase(id);
        Q_EMIT rowRemoved(id);
    });
    connect(m_synchronizer.get(), &sync::Synchronizer::sighted, this, [this](const sync::Sighting &sighting) {
        m_activity->add(sighting, now());
        if (m_neighbours)
            m_neighbours->note(sighting);
    });
    connect(m_activity.get(), &ActivityLog::added, this, &Service::activityAdded);
    connect(m_synchronizer.get(), &sync::Synchronizer::scanned, this, [this] {
        m_lastScanAt = now();
        m_lastScanBoot = m_world.clock.bootTime();
        if (m_neighbours)
            m_neighbours->noteScanned();
        Q_EMIT surroundingsChanged();
    });
    connect(m_synchronizer.get(), &sync::Synchronizer::settled, this, &Service::settleIfDone);
    connect(m_synchronizer.get(), &sync::Synchronizer::watchUnreliabilityChanged, this, &Service::surroundingsChanged);
    connect(m_synchronizer.get(), &sync::Synchronizer::problemFound, this, &Service::note);

    // The key may come late; until then everything is shown from the copies alone.
    connect(&m_world.masterKey, &MasterKeySource::ready, this, &Service::openVault);
    connect(&m_world.masterKey, &MasterKeySource::obstacleChanged, this, [this](MasterKeySource::Obstacle obstacle) {
        m_keychain = stateOf(obstacle);
        m_vaultIsDecided = m_vaultIsDecided || obstacle != MasterKeySource::Obstacle::None;
        settleIfDone();
        Q_EMIT surroundingsChanged();
    });
}

Service::~Service() = default;

void Service::loadProviderFiles()
{
    m_providers = provider::loadProviders(m_places.configuration + QStringLiteral("/providers"),
                                          m_world.environment.user, m_world.endpointRule);
}

void Service::note(const base::Error &problem)
{
    if (std::ranges::find(m_problems, problem) != m_problems.end())
        return;
    m_problems.push_back(problem);
    Q_EMIT surroundingsChanged();
}

void Service::start(Part part)
{
    m_part = part;
    m_lastLookBoot = m_world.clock.bootTime();
    m_lastLookAt = now();
    auto *timer = new QTimer(this);
    timer->setTimerType(Qt::VeryCoarseTimer);
    connect(timer, &QTimer::timeout, this, &Service::look);
    timer->start(lookInterval);

    m_settings->watch();
    m_world.masterKey.start();
    m_synchronizer->start();
}

void Service::keepStore()
{
    m_part = Part::Keeps;
    if (isLookingOn() && !m_isStopping) // else the store is about to be opened, and that will be for writing
        m_world.masterKey.start();
}

void Service::rescan()
{
    m_synchronizer->rescan(sync::Synchronizer::Keychain::Now);
}

void Service::unlockKeychain()
{
    m_world.masterKey.unlock();
}

namespace {

// Where another Keytender keeps this vault already, this one only looks.
base::Result<std::unique_ptr<vault::Vault>> openWhatIsFree(const QString &directory, vault::MasterKey key,
                                                           Service::Part part, base::Random &random)
{
    using Access = vault::Vault::Access;
    if (part == Service::Part::LooksOn)
        return vault::Vault::open(directory, std::move(key), Access::ReadOnly, random);
    vault::MasterKey second{.key = key.key.clone(), .protection = key.protection};
    auto opened = vault::Vault::open(directory, std::move(key), Access::ReadWrite, random);
    if (opened || opened.error().kind != base::ErrorKind::AlreadyRunning)
        return opened;
    return vault::Vault::open(directory, std::move(second), Access::ReadOnly, random);
}

} // namespace

void Service::openVault()
{
    base::Result<vault::MasterKey> key = m_world.masterKey.takeKey();
    auto opened = key ? openWhatIsFree(m_places.vault, *std::move(key), m_part, m_world.random)
                      : base::Result<std::unique_ptr<vault::Vault>>(base::unexpected(std::move(key).error()));
    const bool isFirst = m_synchronizer->vault() == nullptr;
    if (!opened) {
        note(opened.error());
    } else if (isFirst || (*opened)->access() == vault::Vault::Access::ReadWrite) {
        m_synchronizer->setVault(*std::move(opened));
        openLogins(*m_synchronizer->vault());
        if (!isFirst) // what only lies in keychains was shown so far, and is to be kept from now on
            m_synchronizer->rescan(sync::Synchronizer::Keychain::Now);
    }
    m_keychain = KeychainState::Usable;
    m_vaultIsDecided = true;
    settleIfDone();
    Q_EMIT surroundingsChanged();
}

// Two never keep one store; which of them does is told by the store's own lock.
bool Service::isLookingOn() const
{
    const vault::Vault *vault = m_synchronizer->vault();
    return m_world.outside && vault != nullptr && vault->access() == vault::Vault::Access::ReadOnly;
}

// What the other Keytender has renewed is read again; the tools' logins are read from their files by both.
void Service::lookOn()
{
    QStringList own;
    for (const auto &[id, profile] : m_synchronizer->profiles())
        if (profile.care == profile::Care::Own)
            own += id;
    for (const QString &id : own)
        m_synchronizer->reload(id);
    if (m_part == Part::Keeps && !m_isStopping)
        m_world.masterKey.start();
}

namespace {

// As a shell takes it: "~/.claude-work" goes as it is, anything unusual is quoted.
QString shellWord(const QString &path)
{
    static const QRegularExpression plain(QStringLiteral("^(~/)?[A-Za-z0-9._/-]+$"));
    if (plain.match(path).hasMatch())
        return path;
    QString quoted = path;
    return u'\'' + quoted.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

// In a further home the bare command would sign in to the usual one.
QString signInCommandFor(const profile::Profile &profile, const tools::ToolFacts &tool,
                         const base::Environment &environment)
{
    if (!profile.id.contains(u'@'))
        return tool.signInCommand;
    if (tool.homeVariable.isEmpty() || profile.copies.empty() || !profile.copies.front().path.startsWith(u'/'))
        return {};
    const QString home = QFileInfo(profile.copies.front().path).path();
    const QString shortened = shellWord(environment.shortened(home));
    return tool.homeVariable + u'=' + (shortened.startsWith(u'\'') ? shellWord(home) : shortened) + u' '
           + tool.signInCommand;
}

} // namespace

Row Service::rowOf(const profile::Profile &profile) const
{
    const provider::Provider *provider = m_providers.find(profile.providerId);
    profile::Lifetimes lifetimes = provider != nullptr ? provider->lifetimes() : profile::Lifetimes();
    if (settings().rotationReminderDays > 0)
        lifetimes.rotation = std::chrono::days(settings().rotationReminderDays);
    lifetimes.renewalShare = settings().renewalShare();
    const auto tool = m_tools.find(profile.toolId);
    Row row{.profile = profile,
            .condition = profile::conditionOf(profile, lifetimes,
                                              m_logins ? m_logins->renewalOf(profile.id) : profile::Renewal{}, now()),
            .providerName = provider != nullptr ? provider->name : profile.providerId,
            .signInCommand =
                tool != m_tools.end() ? signInCommandFor(profile, tool->second, m_world.environment) : QString(),
            .actions = actionsOf(profile, provider)};
    nameClash(row, m_synchronizer->profiles());
    return row;
}

void Service::updateRow(const QString &id)
{
    const auto found = m_synchronizer->profiles().find(id);
    if (found == m_synchronizer->profiles().end())
        return;
    Row row = rowOf(found->second);
    const auto known = m_rows.find(id);
    if (known != m_rows.end() && !looksDifferent(known->second, row))
        return;
    m_rows.insert_or_assign(id, std::move(row));
    Q_EMIT rowChanged(id);
}

// Time alone changes health. Wall time may have been set and the machine may have slept: both show as a difference
// between the clocks, and then every copy is worth another look.
void Service::look()
{
    const base::Milliseconds boot = m_world.clock.bootTime();
    const base::Timestamp wall = now();
    const base::Milliseconds elapsed = boot - m_lastLookBoot;
    const base::Milliseconds drift = wall - m_lastLookAt - elapsed;
    const bool slept = elapsed > lookInterval + jumpTolerance;
    const bool jumped = std::chrono::abs(drift) > jumpTolerance;
    m_lastLookBoot = boot;
    m_lastLookAt = wall;

    if (isLookingOn())
        lookOn();
    for (const auto &[id, profile] : m_synchronizer->profiles())
        updateRow(id);
    if (m_logins && (slept || jumped))
        m_logins->look();
    if (m_neighbours)
        m_neighbours->look();
    if (slept || jumped || boot - m_lastScanBoot >= scanInterval)
        m_synchronizer->rescan(sync::Synchronizer::Keychain::WhenDue);
    Q_EMIT looked();
}

Surroundings Service::surroundings() const
{
    Surroundings surroundings{.keychain = m_keychain,
                              .watchUnreliability = m_synchronizer->watchUnreliability(),
                              .rereadInterval = {},
                              .looked = {},
                              .problems = m_problems,
                              .lastScanAt = m_lastScanAt,
                              .isOffline = m_logins && m_logins->isOffline(),
                              .leftovers = m_logins ? m_logins->leftovers() : std::vector<Surroundings::Leftover>()};
    if (!surroundings.watchUnreliability.isEmpty())
        surroundings.rereadInterval = sync::Synchronizer::rereadInterval;
    if (isLookingOn())
        surroundings.problems.insert(surroundings.problems.begin(),
                                     {.kind = base::ErrorKind::AlreadyRunning,
                                      .subject = {},
                                      .place = {},
                                      .detail = tr("Another Keytender tends these logins. This one only looks on, and "
                                                   "takes over by itself once that one has ended.")});
    if (m_settings->problem())
        surroundings.problems.push_back(*m_settings->problem());
    // A locked keychain speaks for itself; what is lost or damaged needs its name.
    if (const auto problem = m_world.masterKey.problem(); problem && problem->kind != base::ErrorKind::Locked)
        surroundings.problems.push_back(*problem);
    if (m_activity->problem())
        surroundings.problems.push_back(*m_activity->problem());
    for (const sync::Synchronizer::Looked &looked : m_synchronizer->looked())
        surroundings.looked.push_back({.tool = looked.tool, .path = m_world.environment.shortened(looked.path)});
    return surroundings;
}

std::vector<Activity> Service::activityOf(const QString &profile) const
{
    return m_activity->of(profile);
}

bool Service::isSettled() const
{
    return m_isSettled;
}

void Service::settleIfDone()
{
    if (m_isSettled || !m_vaultIsDecided || !m_synchronizer->isSettled())
        return;
    m_isSettled = true;
    Q_EMIT settled();
}

} // namespace keytender::service
