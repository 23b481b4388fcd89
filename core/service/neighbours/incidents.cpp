// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/incidents.h"

#include <algorithm>
#include <optional>

#include <QCoreApplication>

#include "profile/words.h"

namespace keytender::service {

using namespace std::chrono_literals;
using base::Timestamp;
using profile::Condition;
using profile::Health;
using profile::Reason;
using profile::Severity;
using Kind = Incident::Kind;

namespace {

constexpr base::Milliseconds urgentBefore = 24h; // of an end: it would be missed over night

QString say(const char *text)
{
    return QCoreApplication::translate("Incidents", text);
}

// Of a login, and of one thing at most that is the matter with it.
struct Case {
    const Row &row;
    const Ladder &ladder;
    Timestamp now;
};

QString keyOf(Kind kind)
{
    switch (kind) {
    case Kind::SignInNeeded:
        return QStringLiteral("signInNeeded");
    case Kind::RenewalFailing:
        return QStringLiteral("renewalFailing");
    case Kind::SignInEnds:
        return QStringLiteral("signInEnds");
    case Kind::TokenEnds:
        return QStringLiteral("tokenEnds");
    case Kind::RotationDue:
        return QStringLiteral("rotationDue");
    case Kind::Unsafe:
        return QStringLiteral("unsafe");
    case Kind::KeychainLocked:
        return QStringLiteral("keychainLocked");
    }
    return {};
}

// What cannot be renewed or stored is tried again; everything else about a sign-in takes a new one.
std::vector<Incident::Action> actionsFor(Kind kind, Reason reason, const Row::Actions &can)
{
    const bool isAboutTrying = kind == Kind::RenewalFailing || reason == Reason::StorageFails;
    const bool isAboutSignIn = kind == Kind::SignInNeeded || kind == Kind::SignInEnds || kind == Kind::Unsafe;
    if (isAboutTrying && can.refresh)
        return {Incident::Action::Retry, Incident::Action::Why};
    if (isAboutSignIn && !isAboutTrying && can.signIn)
        return {Incident::Action::SignIn, Incident::Action::Why};
    return {Incident::Action::Why};
}

// "Claude Code · dev@example.com", where the label does not say it already.
QString nameOf(const profile::Profile &profile)
{
    const QString &who = profile.account.email.isEmpty() ? profile.account.id : profile.account.email;
    if (who.isEmpty() || profile.label.contains(who))
        return profile.label;
    return profile.label + QStringLiteral(" · ") + who;
}

QString sentence(const Case &subject, const Condition &condition, Timestamp now)
{
    return profile::explanation(subject.row.profile, condition,
                                {.providerName = subject.row.providerName, .signInCommand = subject.row.signInCommand},
                                now);
}

// `condition` is the row's own, or what it would be with nothing else the matter.
Incident incidentOf(const Case &subject, Kind kind, Condition condition)
{
    const profile::Profile &profile = subject.row.profile;
    condition.nextTry.reset(); // it passes by and by, and would be news at each look
    const QString statement = kind == Kind::SignInEnds ? profile::signInEnd(condition, subject.now)
                                                       : profile::headline(profile, condition, subject.now);
    return {.key = keyOf(kind) + u'/' + profile.id,
            .kind = kind,
            .profileId = profile.id,
            .title = nameOf(profile) + QStringLiteral(": ") + statement,
            .text = sentence(subject, condition, subject.now),
            .actions = actionsFor(kind, condition.reason, subject.row.actions),
            .isUrgent = false,
            .stage = 0,
            .gist = sentence(subject, condition, Timestamp{})};
}

// Those who share a lineage clash all together: the first of them speaks for all.
bool speaksForItsClash(const Row &row, const std::map<QString, Row> &rows)
{
    return std::ranges::none_of(row.profile.duplicates, [&](const profile::Duplicate &other) {
        if (other.kind != profile::DuplicateKind::SameLineage || other.profile >= row.profile.id)
            return false;
        const auto found = rows.find(other.profile);
        return found != rows.end() && found->second.condition.hasClash;
    });
}

std::optional<Kind> troubleOf(const Row &row)
{
    const Condition &condition = row.condition;
    if (condition.hasClash && condition.severity != Severity::ActNow)
        return Kind::Unsafe;
    switch (condition.reason) {
    case Reason::Refused:
    case Reason::AnswerLost:
    case Reason::LockedAwayByTool:
    case Reason::BlankedByTool:
    case Reason::SignInEnded:
        return Kind::SignInNeeded;
    case Reason::OtherAccount:
    case Reason::DifferentAccount:
    case Reason::Ambiguous:
    case Reason::CopyUnreadable:
    case Reason::StorageFails:
        return Kind::Unsafe;
    case Reason::Offline:
    case Reason::ServerTrouble:
    case Reason::Blocked:
    case Reason::Misconfigured:
    case Reason::AnswerUnknown:
        return condition.severity >= Severity::Due ? std::optional(Kind::RenewalFailing) : std::nullopt;
    case Reason::TokenEnded:
        return Kind::TokenEnds;
    case Reason::RotationDue:
        return Kind::RotationDue;
    case Reason::None:
    case Reason::RenewedByItsTool:
    case Reason::SignInEndsSoon: // on the ladder
    case Reason::TokenEndsSoon:
    case Reason::SignedOut: // perhaps it was meant
    case Reason::ServiceEnded:
    case Reason::ServiceEndedForSome:
    case Reason::KeychainLocked: // told once for all
        break;
    }
    return std::nullopt;
}

bool hadEndedBefore(const Row &row)
{
    const auto &end =
        row.condition.reason == Reason::SignInEnded ? row.condition.signInEndsAt : row.condition.expiresAt;
    const bool hasEnded = row.condition.reason == Reason::SignInEnded || row.condition.reason == Reason::TokenEnded;
    return hasEnded && row.profile.care != profile::Care::Own && end && *end <= row.profile.firstSeenAt;
}

bool isUrgent(Kind kind, const Row &row)
{
    switch (kind) {
    case Kind::SignInNeeded:
        return true;
    case Kind::Unsafe:
        return row.condition.severity == Severity::ActNow;
    case Kind::TokenEnds: // of tools, some end every evening
        return row.profile.care == profile::Care::Own;
    default:
        return false;
    }
}

// What is the matter now.
std::optional<Incident> troubleIncident(const Case &subject, const std::map<QString, Row> &rows, bool isOffline)
{
    const Row &row = subject.row;
    const auto kind = troubleOf(row);
    if (!kind || hadEndedBefore(row))
        return std::nullopt;
    if (*kind == Kind::RenewalFailing && row.condition.reason == Reason::Offline && isOffline)
        return std::nullopt;
    const bool isClash = row.condition.hasClash && row.condition.severity != Severity::ActNow;
    if (isClash && !speaksForItsClash(row, rows))
        return std::nullopt;
    Incident incident = incidentOf(subject, *kind, row.condition);
    incident.isUrgent = isUrgent(*kind, row);
    if (isClash) // signing in to one of them is up to the person
        incident.actions = {Incident::Action::Why};
    if (*kind == Kind::TokenEnds) // past the last rung
        incident.stage = static_cast<int>(subject.ladder.size());
    return incident;
}

bool isAlive(const Condition &condition)
{
    switch (condition.health) {
    case Health::Fresh:
    case Health::Due:
    case Health::Paused:
    case Health::Refreshing:
    case Health::Waiting:
    case Health::Unsure:
        return true;
    case Health::NoExpiry:
        return condition.reason != Reason::ServiceEndedForSome;
    default:
        return false;
    }
}

// The deepest rung reached; of what lives so shortly that a rung says nothing, that rung does not count.
std::optional<int> stageOf(const Ladder &ladder, base::Milliseconds left, std::optional<base::Milliseconds> life)
{
    std::optional<int> stage;
    for (std::size_t rung = 0; rung < ladder.size(); ++rung)
        if (left <= ladder[rung] && (!life || ladder[rung] * 2 <= *life))
            stage = static_cast<int>(rung);
    return stage;
}

// What will end, on the ladder. The condition speaks of it from three days before only, and other reasons hide it.
std::optional<Incident> reminderOf(const Case &subject)
{
    const profile::Profile &profile = subject.row.profile;
    Condition condition = subject.row.condition;
    const bool isSignIn = profile.credential.canBeRefreshed();
    const auto end = isSignIn ? condition.signInEndsAt : condition.expiresAt;
    if (!isAlive(condition) || !end || *end <= subject.now)
        return std::nullopt;
    std::optional<base::Milliseconds> life;
    const Timestamp since = profile.credential.issuedAt.value_or(profile.firstSeenAt);
    if (!isSignIn && base::isPlausible(since))
        life = *end - since;
    const auto stage = stageOf(subject.ladder, *end - subject.now, life);
    if (!stage)
        return std::nullopt;
    condition.hasClash = false;
    condition.reason = isSignIn ? Reason::SignInEndsSoon : Reason::TokenEndsSoon;
    condition.health = Health::Due;
    Incident incident = incidentOf(subject, isSignIn ? Kind::SignInEnds : Kind::TokenEnds, condition);
    incident.stage = *stage;
    incident.isUrgent = *end - subject.now <= urgentBefore && (isSignIn || profile.care == profile::Care::Own);
    incident.gist = sentence(subject, condition, *end); // a date that moves is no news
    return incident;
}

Incident ofTheKeychain(Kind kind, const QString &text)
{
    Incident incident{.key = keyOf(kind),
                      .kind = kind,
                      .profileId = {},
                      .title = say(QT_TRANSLATE_NOOP("Incidents", "Keytender cannot open its store")),
                      .text = text,
                      .actions = {Incident::Action::Why},
                      .isUrgent = true,
                      .stage = 0,
                      .gist = text};
    if (kind == Kind::KeychainLocked) {
        incident.title = say(QT_TRANSLATE_NOOP("Incidents", "The keychain is locked"));
        incident.actions = {Incident::Action::Unlock};
        incident.isUrgent = false; // it is at the start of many a session
    }
    return incident;
}

std::optional<Incident> keychainIncident(const std::map<QString, Row> &rows, const Surroundings &surroundings,
                                         Timestamp now)
{
    if (surroundings.keychain == KeychainState::Locked)
        return ofTheKeychain(Kind::KeychainLocked, describe(surroundings.keychain));
    if (surroundings.keychain == KeychainState::KeyFileUnusable)
        return ofTheKeychain(Kind::Unsafe, describe(surroundings.keychain));
    const auto locked = std::ranges::find_if(
        rows, [](const auto &entry) { return entry.second.condition.reason == Reason::KeychainLocked; });
    if (locked == rows.end())
        return std::nullopt;
    return ofTheKeychain(Kind::KeychainLocked, explanationOf(locked->second, now));
}

std::vector<const Row *> inOrder(const std::map<QString, Row> &rows)
{
    std::vector<const Row *> ordered;
    ordered.reserve(rows.size());
    for (const auto &[id, row] : rows)
        ordered.push_back(&row);
    std::ranges::sort(ordered, [](const Row *left, const Row *right) { return comesBefore(*left, *right); });
    return ordered;
}

} // namespace

bool Incident::isReminder() const
{
    return kind == Kind::SignInEnds || kind == Kind::TokenEnds || kind == Kind::RotationDue;
}

Ladder usualLadder()
{
    return {168h, 72h, 24h, 2h};
}

Findings incidentsOf(const std::map<QString, Row> &rows, const Surroundings &surroundings, const Ladder &ladder,
                     base::Timestamp now)
{
    Findings findings;
    findings.isWhole = surroundings.keychain == KeychainState::Usable || surroundings.keychain == KeychainState::Absent;
    for (const Row *row : inOrder(rows)) {
        const Case subject{*row, ladder, now};
        if (row->condition.health == Health::Refreshing || row->condition.reason == Reason::KeychainLocked)
            findings.undecided.insert(row->profile.id);
        if (auto trouble = troubleIncident(subject, rows, surroundings.isOffline))
            findings.incidents.push_back(*std::move(trouble));
        if (auto reminder = reminderOf(subject))
            findings.incidents.push_back(*std::move(reminder));
    }
    std::ranges::stable_partition(findings.incidents, &Incident::isUrgent);
    if (auto keychain = keychainIncident(rows, surroundings, now))
        findings.incidents.insert(findings.incidents.begin(), *std::move(keychain));
    return findings;
}

} // namespace keytender::service
