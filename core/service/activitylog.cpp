// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/activitylog.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>
#include <QTimer>

namespace keytender::service {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Activity", text);
}

// The database outlives versions of this program: numbers in it must never change their meaning.
constexpr std::array states{profile::CopyState::Held, profile::CopyState::Absent, profile::CopyState::Blank,
                            profile::CopyState::Unreadable, profile::CopyState::Fenced};
constexpr std::array steps{sync::Step::Nothing,          sync::Step::Import,           sync::Step::AdoptNewer,
                           sync::Step::UpgradeToOAuth,   sync::Step::KeepRicher,       sync::Step::KeepNewer,
                           sync::Step::ReplaceAccount,   sync::Step::KeepThroughBlank, sync::Step::KeepThroughAbsence,
                           sync::Step::KeepThroughError, sync::Step::Ambiguous,        sync::Step::KeepAccount};

template <class T, std::size_t N>
int numberOf(const std::array<T, N> &known, T value)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (known[i] == value)
            return static_cast<int>(i);
    }
    return 0;
}

template <class T, std::size_t N>
T fromNumber(const std::array<T, N> &known, int number)
{
    return number >= 0 && number < static_cast<int>(N) ? known[static_cast<std::size_t>(number)] : known[0];
}

// Likewise; the numbers of Deed::Kind are its own.
constexpr std::array stations{refresh::Step::Locked,   refresh::Step::Reread, refresh::Step::Adopted,
                              refresh::Step::Intent,   refresh::Step::Sent,   refresh::Step::Resent,
                              refresh::Step::Received, refresh::Step::Stored, refresh::Step::Published,
                              refresh::Step::Done};

// "3@1795341600000 4@1795341600120"
QString written(const std::vector<refresh::StepTaken> &taken)
{
    QStringList parts;
    for (const refresh::StepTaken &one : taken)
        parts += QStringLiteral("%1@%2").arg(numberOf(stations, one.step)).arg(one.at.time_since_epoch().count());
    return parts.join(u' ');
}

// What this version does not know is left out.
std::vector<Activity::Step> readSteps(const QString &text)
{
    std::vector<Activity::Step> taken;
    for (const QString &part : text.split(u' ', Qt::SkipEmptyParts)) {
        bool isNumber = false;
        bool isTime = false;
        const int number = part.section(u'@', 0, 0).toInt(&isNumber);
        const qint64 at = part.section(u'@', 1).toLongLong(&isTime);
        if (isNumber && isTime && number >= 0 && number < static_cast<int>(stations.size()))
            taken.push_back({base::Timestamp{base::Milliseconds{at}}, textOf(fromNumber(stations, number))});
    }
    return taken;
}

ActivityLine lineOf(const sync::Sighting &sighting, base::Timestamp at)
{
    return {.at = at,
            .profile = sighting.profile,
            .path = sighting.path,
            .state = numberOf(states, sighting.state),
            .step = numberOf(steps, sighting.step),
            .lineage = sighting.lineage.isNull() ? QString() : sighting.lineage.shortText(),
            .note = sighting.note};
}

ActivityLine lineOf(const Deed &deed, base::Timestamp at)
{
    return {.at = at,
            .profile = deed.profile,
            .lineage = deed.fingerprint,
            .note = deed.detail,
            .deed = static_cast<int>(deed.kind),
            .attempt = deed.attemptId,
            .steps = written(deed.steps)};
}

Activity activityOf(const ActivityLine &line)
{
    Activity activity{
        .at = line.at, .profile = line.profile, .path = line.path, .text = {}, .fingerprint = line.lineage};
    if (line.deed == 0) {
        activity.text = textOf(sync::Sighting{.profile = line.profile,
                                              .path = line.path,
                                              .state = fromNumber(states, line.state),
                                              .step = fromNumber(steps, line.step),
                                              .lineage = {},
                                              .note = line.note});
        return activity;
    }
    const auto kind = static_cast<Deed::Kind>(line.deed);
    activity.text = textOf(kind);
    if (activity.text.isEmpty())
        activity.text = translated(QT_TRANSLATE_NOOP("Activity", "something that only a later Keytender can tell"));
    activity.detail = line.note;
    activity.severity = severityOf(kind);
    activity.steps = readSteps(line.steps);
    return activity;
}

} // namespace

QString textOf(const sync::Sighting &sighting)
{
    using sync::Step;
    switch (sighting.step) {
    case Step::Import:
        return translated(QT_TRANSLATE_NOOP("Activity", "found a login"));
    case Step::AdoptNewer:
        return translated(QT_TRANSLATE_NOOP("Activity", "the tool renewed its token"));
    case Step::UpgradeToOAuth:
        return translated(QT_TRANSLATE_NOOP("Activity", "signed in: a renewable login replaces the bare token"));
    case Step::ReplaceAccount:
        return translated(QT_TRANSLATE_NOOP("Activity", "the tool was signed in to another account"));
    case Step::KeepRicher:
        return translated(
            QT_TRANSLATE_NOOP("Activity", "the copy holds less than before; Keytender keeps what it knew"));
    case Step::KeepNewer:
        return translated(QT_TRANSLATE_NOOP("Activity", "an older token came back; Keytender keeps the newer one"));
    case Step::KeepThroughBlank:
        return sighting.state == profile::CopyState::Fenced
                   ? translated(QT_TRANSLATE_NOOP("Activity", "the tool has put its tokens away for a renewal"))
                   : translated(QT_TRANSLATE_NOOP("Activity", "the tool blanked its record"));
    case Step::KeepThroughAbsence:
        return translated(QT_TRANSLATE_NOOP("Activity", "the record is gone"));
    case Step::KeepThroughError:
        return sighting.note.isEmpty() ? translated(QT_TRANSLATE_NOOP("Activity", "could not be read")) : sighting.note;
    case Step::Ambiguous:
        return translated(QT_TRANSLATE_NOOP("Activity", "another token, and neither is provably newer"));
    case Step::KeepAccount:
        return translated(QT_TRANSLATE_NOOP("Activity", "holds another account's login; Keytender keeps this one"));
    case Step::Nothing:
        break;
    }
    switch (sighting.state) {
    case profile::CopyState::Held:
        return translated(QT_TRANSLATE_NOOP("Activity", "in step"));
    case profile::CopyState::Absent:
        return translated(QT_TRANSLATE_NOOP("Activity", "nothing there"));
    case profile::CopyState::Blank:
        return translated(QT_TRANSLATE_NOOP("Activity", "the tool blanked its record"));
    case profile::CopyState::Fenced:
        return translated(QT_TRANSLATE_NOOP("Activity", "the tool has put its tokens away for a renewal"));
    case profile::CopyState::Unreadable:
        return translated(QT_TRANSLATE_NOOP("Activity", "could not be read"));
    }
    return {};
}

ActivityLog::ActivityLog(QString path, QObject *parent) : QObject(parent), m_path(std::move(path)) {}

ActivityLog::~ActivityLog()
{
    flush();
}

ActivityDatabase &ActivityLog::database()
{
    if (!m_database)
        m_database = std::make_unique<ActivityDatabase>(m_path);
    return *m_database;
}

std::optional<base::Error> ActivityLog::problem() const
{
    return m_database ? m_database->problem() : std::nullopt;
}

void ActivityLog::add(const sync::Sighting &sighting, base::Timestamp at)
{
    add(lineOf(sighting, at));
}

void ActivityLog::add(const Deed &deed, base::Timestamp at)
{
    add(lineOf(deed, at));
}

void ActivityLog::add(ActivityLine line)
{
    if (m_pending.empty())
        QTimer::singleShot(0, this, &ActivityLog::flush);
    m_pending.push_back(std::move(line));
}

void ActivityLog::flush()
{
    if (m_pending.empty())
        return;
    const std::vector<ActivityLine> lines = std::exchange(m_pending, {});
    database().append(lines);
    for (const ActivityLine &line : lines)
        Q_EMIT added(line.profile);
}

std::vector<Activity> ActivityLog::of(const QString &profile, int atMost)
{
    std::vector<Activity> activities;
    for (const ActivityLine &line : m_pending) {
        if (line.profile == profile)
            activities.push_back(activityOf(line));
    }
    std::ranges::reverse(activities);
    for (const ActivityLine &line : database().of(profile, atMost))
        activities.push_back(activityOf(line));
    return activities;
}

} // namespace keytender::service
