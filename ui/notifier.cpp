// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/notifier.h"

#include <algorithm>
#include <utility>

#include <QDebug>

#include "base/redactor.h"

namespace keytender::ui {

using namespace std::chrono_literals;
using service::Incident;
using Id = DesktopNotifications::Id;

namespace {

constexpr std::size_t mostAlone = 3;
constexpr base::Milliseconds whileAlone = 10min;
constexpr std::size_t mostNamed = 5; // of a group

// The bubble of those who have none of their own.
QString group()
{
    return {};
}

QString keyOf(Incident::Action action)
{
    switch (action) {
    case Incident::Action::SignIn:
        return QStringLiteral("sign-in");
    case Incident::Action::Retry:
        return QStringLiteral("retry");
    case Incident::Action::Why:
        return QStringLiteral("why");
    case Incident::Action::Unlock:
        return QStringLiteral("unlock");
    }
    return {};
}

QString labelOf(Incident::Action action)
{
    switch (action) {
    case Incident::Action::SignIn:
        return Notifier::tr("Sign in");
    case Incident::Action::Retry:
        return Notifier::tr("Retry");
    case Incident::Action::Why:
        return Notifier::tr("Why?");
    case Incident::Action::Unlock:
        return Notifier::tr("Unlock");
    }
    return {};
}

} // namespace

bool Notifier::Message::saysTheSameAs(const Message &other) const
{
    return members == other.members && gist == other.gist && profileId == other.profileId && actions == other.actions
           && notification.isUrgent == other.notification.isUrgent;
}

Notifier::Notifier(NotifierWorld world, QObject *parent)
    : QObject(parent), m_world(std::move(world)), m_desktop(m_world.bus)
{
    connect(&m_desktop, &DesktopNotifications::pressed, this, &Notifier::press);
    connect(&m_desktop, &DesktopNotifications::closed, this, &Notifier::close);
    connect(&m_desktop, &DesktopNotifications::went, this, &Notifier::loseServer);
    connect(&m_desktop, &DesktopNotifications::came, this, &Notifier::showAgain);
    m_save.setSingleShot(true);
    m_save.setInterval(0); // what a turn of the event loop changes is written once
    connect(&m_save, &QTimer::timeout, this, &Notifier::save);
}

Notifier::~Notifier()
{
    for (const auto &[key, bubble] : m_bubbles)
        m_desktop.withdraw(bubble.id);
    save();
}

void Notifier::setIncidents(const service::Findings &findings)
{
    m_world.memory.forgetAllBut(findings);
    std::set<QString> named;
    for (const Incident &incident : findings.incidents) {
        named.insert(incident.key);
        follow(incident);
    }
    for (const Incident &incident : findings.incidents)
        handOver(incident, named);
    endAllBut(named, findings.undecided);
    for (const Incident &incident : findings.incidents)
        giveVoice(m_standing[incident.key]);
    updateAll();
}

void Notifier::follow(const Incident &incident)
{
    const auto [held, isNew] = m_standing.try_emplace(incident.key, Standing{.incident = incident});
    Standing &standing = held->second;
    if (isNew && !m_world.memory.wantsToHear(incident))
        standing.voice = Voice::Silent;
    if (!isNew && incident.stage > standing.incident.stage && standing.voice == Voice::Silent)
        standing.voice = Voice::Unheard;
    // A date that was put off may come near again, and is told again then.
    const auto *told = m_world.memory.find(incident.key);
    if (told != nullptr && incident.stage < told->stage)
        m_world.memory.keep(incident.key, {.stage = incident.stage, .isPutAway = told->isPutAway});
    standing.incident = incident;
}

// What becomes of a login takes the place of what was said of it: "sign-in ends" turns into "sign in again".
void Notifier::handOver(const Incident &incident, const std::set<QString> &named)
{
    Standing &standing = m_standing[incident.key];
    if (standing.voice != Voice::Unheard || incident.profileId.isEmpty() || m_bubbles.contains(incident.key))
        return;
    const auto before = std::ranges::find_if(m_bubbles, [&](const auto &entry) {
        const auto &[key, bubble] = entry;
        const auto owner = m_standing.find(key);
        return owner != m_standing.end() && !named.contains(key) && !bubble.isAsked
               && owner->second.incident.profileId == incident.profileId;
    });
    if (before == m_bubbles.end())
        return;
    auto node = m_bubbles.extract(before);
    m_standing[node.key()].voice = Voice::Silent;
    standing.voice = Voice::Alone;
    node.key() = incident.key;
    m_bubbles.insert(std::move(node));
}

void Notifier::endAllBut(const std::set<QString> &named, const std::set<QString> &undecided)
{
    std::erase_if(m_standing, [&](const auto &entry) {
        const auto &[key, standing] = entry;
        if (named.contains(key))
            return false;
        const bool isUndecided = undecided.contains(standing.incident.profileId);
        // It was asked for: if it fails again, that is an answer to be heard.
        if (isUndecided && standing.wasRetried)
            m_world.memory.forget(key);
        return !isUndecided || standing.wasRetried;
    });
}

void Notifier::giveVoice(Standing &standing)
{
    if (standing.voice != Voice::Unheard)
        return;
    if (!standing.incident.profileId.isEmpty() && !mayAnotherSpeak()) {
        standing.voice = Voice::InGroup;
        return;
    }
    standing.voice = Voice::Alone;
    if (!standing.incident.profileId.isEmpty())
        m_spoke.push_back(m_world.clock.bootTime());
    if (m_spoke.size() > mostAlone)
        m_spoke.pop_front();
}

bool Notifier::mayAnotherSpeak() const
{
    const auto alone = std::ranges::count_if(m_standing, [](const auto &entry) {
        return entry.second.voice == Voice::Alone && !entry.second.incident.profileId.isEmpty();
    });
    const auto lately = std::ranges::count_if(
        m_spoke, [this](base::Milliseconds at) { return m_world.clock.bootTime() - at < whileAlone; });
    return std::cmp_less(alone, mostAlone) && std::cmp_less(lately, mostAlone);
}

std::optional<Notifier::Message> Notifier::messageOf(const QString &bubble) const
{
    if (bubble != group()) {
        const auto found = m_standing.find(bubble);
        if (found == m_standing.end() || found->second.voice != Voice::Alone)
            return std::nullopt;
        return alone(found->second.incident);
    }
    std::vector<const Standing *> members;
    for (const auto &[key, standing] : m_standing)
        if (standing.voice == Voice::InGroup)
            members.push_back(&standing);
    if (members.empty())
        return std::nullopt;
    return members.size() == 1 ? alone(members.front()->incident) : together(members);
}

Notifier::Message Notifier::alone(const Incident &incident) const
{
    Message message{.notification = {.title = base::redacted(incident.title),
                                     .text = base::redacted(incident.text),
                                     .buttons = {},
                                     .isUrgent = incident.isUrgent},
                    .profileId = incident.profileId,
                    .actions = incident.actions,
                    .members = {{incident.key, incident.stage}},
                    .gist = incident.gist};
    for (const Incident::Action action : incident.actions)
        message.notification.buttons.push_back({.key = keyOf(action), .label = labelOf(action)});
    return message;
}

Notifier::Message Notifier::together(const std::vector<const Standing *> &members) const
{
    const int count = static_cast<int>(members.size());
    const bool isUrgent = std::ranges::any_of(members, [](const Standing *each) { return each->incident.isUrgent; });
    QStringList lines;
    Message message;
    for (const Standing *each : members) {
        message.members.emplace(each->incident.key, each->incident.stage);
        if (std::cmp_less(lines.size(), mostNamed))
            lines += each->incident.title;
    }
    if (members.size() > mostNamed)
        lines += QStringLiteral("…");
    message.actions = {Incident::Action::Why};
    message.notification = {.title = isUrgent ? tr("%n more logins need you", nullptr, count)
                                              : tr("%n more logins deserve a look", nullptr, count),
                            .text = base::redacted(lines.join(u'\n')),
                            .buttons = {{.key = keyOf(Incident::Action::Why), .label = tr("Show")}},
                            .isUrgent = isUrgent};
    return message;
}

void Notifier::updateAll()
{
    std::set<QString> keys;
    for (const auto &[key, bubble] : m_bubbles)
        keys.insert(key);
    for (const auto &[key, standing] : m_standing)
        if (standing.voice == Voice::Alone)
            keys.insert(key);
    keys.erase(group());
    for (const QString &key : keys)
        update(key);
    update(group()); // below the others
    if (m_world.memory.isChanged())
        m_save.start();
}

// Brings what is on the screen to what is to be said.
void Notifier::update(const QString &key)
{
    std::optional<Message> message = messageOf(key);
    const auto held = m_bubbles.find(key);
    if (held != m_bubbles.end() && held->second.isAsked) // looked at again with the answer
        return;
    if (!message) {
        if (held != m_bubbles.end()) {
            m_desktop.withdraw(held->second.id);
            m_bubbles.erase(held);
        }
        return;
    }
    Bubble &bubble = m_bubbles[key];
    if (bubble.said && bubble.said->saysTheSameAs(*message))
        return;
    bubble.isAsked = true;
    bubble.said = std::move(message);
    m_desktop.show(bubble.said->notification, bubble.id, [this, key](Id id) { hearShown(key, id); });
}

void Notifier::hearShown(const QString &key, Id id)
{
    const auto held = m_bubbles.find(key);
    if (held == m_bubbles.end())
        return;
    Bubble &bubble = held->second;
    bubble.isAsked = false;
    bubble.id = id;
    const Notification &notification = bubble.said->notification;
    // There a message cannot be replaced: only what is to be heard is worth another one.
    if (id == 0 && bubble.heard != bubble.said->members)
        m_world.fallback(notification.title, notification.text, notification.isUrgent);
    bubble.heard = bubble.said->members;
    for (const auto &[member, stage] : bubble.heard)
        if (const auto found = m_standing.find(member);
            found != m_standing.end() && found->second.voice != Voice::Silent)
            m_world.memory.keep(member, {.stage = stage});
    if (m_world.memory.isChanged())
        m_save.start();
    update(key);
}

void Notifier::silence(const Bubble &bubble, bool isPutAway)
{
    for (const auto &[member, stage] : bubble.said->members) {
        const auto found = m_standing.find(member);
        // One that has risen or joined meanwhile is yet to be heard.
        if (found == m_standing.end() || found->second.incident.stage > stage)
            continue;
        found->second.voice = Voice::Silent;
        m_world.memory.keep(member, {.stage = stage, .isPutAway = isPutAway});
    }
}

void Notifier::press(Id id, const QString &key, const QString &activationToken)
{
    const auto held =
        std::ranges::find_if(m_bubbles, [id](const auto &entry) { return id != 0 && entry.second.id == id; });
    if (held == m_bubbles.end())
        return;
    const Message message = *held->second.said;
    const auto action =
        key == QStringLiteral("default") ? message.actions.begin() : std::ranges::find(message.actions, key, keyOf);
    if (action == message.actions.end())
        return;
    silence(held->second, true);
    for (auto &[standingKey, standing] : m_standing)
        standing.wasRetried =
            standing.wasRetried || (*action == Incident::Action::Retry && message.members.contains(standingKey));
    updateAll();
    Q_EMIT actionInvoked(message.profileId, *action, activationToken);
}

void Notifier::close(Id id, DesktopNotifications::Closed reason)
{
    const auto held =
        std::ranges::find_if(m_bubbles, [id](const auto &entry) { return id != 0 && entry.second.id == id; });
    if (held == m_bubbles.end())
        return;
    held->second.id = 0;
    silence(held->second, reason == DesktopNotifications::Closed::ByPerson);
    updateAll();
}

// Asked again at once is only what nobody has shown yet; the rest waits until somebody comes.
void Notifier::loseServer()
{
    for (auto &[key, bubble] : m_bubbles) {
        bubble.id = 0;
        if (std::exchange(bubble.isAsked, false))
            bubble.said.reset();
    }
    updateAll();
}

void Notifier::showAgain()
{
    for (auto &[key, bubble] : m_bubbles)
        if (!bubble.isAsked)
            bubble.said.reset();
    updateAll();
}

void Notifier::save()
{
    const base::Result<void> saved = m_world.memory.save();
    if (!saved && !std::exchange(m_hasComplained, true))
        qWarning().noquote() << base::describe(saved.error());
}

} // namespace keytender::ui
