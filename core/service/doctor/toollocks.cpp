// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/toollocks.h"

#include <algorithm>

#include "service/doctor/doctorwords.h"

namespace keytender::service::doctor {

using profile::Severity;
using State = tools::LockStanding::State;

namespace {

void lookAt(const tools::LockPlan &plan, const QString &tool, base::Timestamp now, std::vector<LockLook> &looks)
{
    for (const tools::LockSpec &spec : plan.locks) {
        const bool isKnown =
            std::ranges::any_of(looks, [&](const LockLook &look) { return look.spec.path == spec.path; });
        if (!isKnown)
            looks.push_back({.tool = tool, .spec = spec, .standing = standingOf(spec, now)});
    }
}

void lookAt(const tools::Tool &tool, const LockSearch &search, std::vector<LockLook> &looks)
{
    const auto homes = search.homes.find(tool.facts().id);
    const tools::ToolWorld world{.environment = search.environment,
                                 .extraHomes = homes == search.homes.end() ? QStringList() : homes->second};
    const tools::Located located = tool.locate(world);
    for (const auto &[id, row] : search.rows) {
        for (const profile::Copy &copy : row.profile.copies) {
            if (copy.tool != tool.facts().id || copy.state == profile::CopyState::Absent)
                continue;
            const auto place = std::ranges::find(located.places, copy.path, &tools::CopyPlace::path);
            if (place == located.places.end())
                continue;
            // A copy that may not be written beside its tool has no plan, and its locks are none of our affairs.
            if (const auto plan = tool.writer()->lockPlan(*place, copy.slot, world))
                lookAt(*plan, tool.facts().name, search.now, looks);
        }
    }
}

Finding abandoned(const LockLook &look)
{
    return {
        .id = lockId(look.spec.path),
        .subject = say(QT_TRANSLATE_NOOP("Doctor", "Lock of %1")).arg(look.tool),
        .text = look.spec.kind == tools::LockSpec::Kind::PidFile
                    ? say(QT_TRANSLATE_NOOP("Doctor", "The program that took it has ended without letting it go."))
                    : say(QT_TRANSLATE_NOOP("Doctor", "Nobody has renewed it for long: whoever took it has ended "
                                                      "without letting it go.")),
        .places = {},
        .cure =
            say(QT_TRANSLATE_NOOP("Doctor", "%1 takes it over by itself in time; until then it waits.")).arg(look.tool),
        .severity = Severity::Due,
        .safeCure = say(QT_TRANSLATE_NOOP("Doctor", "Remove the lock"))};
}

Finding future(const LockLook &look, const base::Environment &environment)
{
    const QString when = base::toRfc3339(look.standing.entry->modified());
    return {.id = lockId(look.spec.path),
            .subject = say(QT_TRANSLATE_NOOP("Doctor", "Lock of %1")).arg(look.tool),
            .text =
                say(QT_TRANSLATE_NOOP("Doctor", "It is dated in the future (%1), so that it never grows old, and %2 "
                                                "waits for it without end. Somebody's clock was wrong."))
                    .arg(when, look.tool),
            .places = {},
            // Whether somebody holds it cannot be told, so no button removes it.
            .cure = say(QT_TRANSLATE_NOOP("Doctor", "Make sure that %1 does not run, then remove %2 by hand."))
                        .arg(look.tool, environment.shortened(look.spec.path)),
            .severity = Severity::ActNow};
}

} // namespace

std::vector<LockLook> lookAtLocks(const LockSearch &search)
{
    std::vector<LockLook> looks;
    for (const std::unique_ptr<tools::Tool> &tool : tools::allTools()) {
        if (tool->writer() != nullptr)
            lookAt(*tool, search, looks);
    }
    return looks;
}

std::vector<Finding> lockFindings(const std::vector<LockLook> &looks, const base::Environment &environment)
{
    std::vector<Finding> findings;
    for (const LockLook &look : looks) {
        if (look.standing.state == State::Abandoned)
            findings.push_back(abandoned(look));
        else if (look.standing.state == State::Future && look.standing.entry)
            findings.push_back(future(look, environment));
        else if (look.standing.state == State::Unknown && look.standing.problem)
            findings.push_back(notLookedAt(lockId(look.spec.path),
                                           say(QT_TRANSLATE_NOOP("Doctor", "Lock of %1")).arg(look.tool),
                                           *look.standing.problem));
        else
            continue;
        findings.back().places = QStringList{environment.shortened(look.spec.path)};
    }
    if (findings.empty())
        findings.push_back(inOrder(QStringLiteral("locks"), say(QT_TRANSLATE_NOOP("Doctor", "Locks of the tools")),
                                   say(QT_TRANSLATE_NOOP("Doctor", "None was left behind."))));
    return findings;
}

QString lockId(const QString &path)
{
    return QStringLiteral("lock:") + path;
}

} // namespace keytender::service::doctor
