// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/openclawleftovers.h"

#include <QDir>
#include <QFileInfo>

#include "service/doctor/doctorwords.h"
#include "tools/openclawlocks.h"

namespace keytender::service::doctor {

using profile::Severity;
using tools::OpenClawStore;

namespace {

const QString fixCommand = QStringLiteral("openclaw doctor --fix");

QStringList backupsIn(const QString &directory)
{
    static const QStringList patterns{QStringLiteral("auth*.json.migrated-*"), QStringLiteral("oauth.json.migrated-*"),
                                      QStringLiteral("auth*.json.sqlite-import.*.bak"),
                                      QStringLiteral("oauth.json.sqlite-import.*.bak")};
    QStringList paths;
    const QStringList names = QDir(directory).entryList(patterns, QDir::Files | QDir::Hidden, QDir::Name);
    for (const QString &name : names)
        paths.append(directory + u'/' + name);
    return paths;
}

void note(const QString &path, QStringList &list)
{
    if (!path.isEmpty() && QFileInfo::exists(path) && !list.contains(path))
        list.append(path);
}

void lookAt(const OpenClawStore &store, const tools::ToolWorld &world, OpenClawLeftovers &leftovers)
{
    const QString imports = world.environment.nonEmptyOr(QStringLiteral("OPENCLAW_OAUTH_DIR"),
                                                         store.stateDirectory + QStringLiteral("/credentials"));
    for (const QString &directory : {store.agentDirectory, imports}) {
        if (!directory.isEmpty())
            leftovers.backups += backupsIn(directory);
    }
    const bool isDatabase = store.place.cell.has_value();
    const bool isPresent = QFileInfo::exists(isDatabase ? store.place.cell->file : store.place.path);
    leftovers.isThere = leftovers.isThere || isPresent;
    if (!isPresent)
        return;
    // An installed store is never filled from it again.
    note(imports + QStringLiteral("/oauth.json"), leftovers.ignored);
    if (isDatabase)
        return note(store.leftover, leftovers.ignored);
    const tools::OpenClawEvidence evidence = openClawEvidence(store, world);
    if (evidence.installed)
        leftovers.version = evidence.installed->text();
    if (openClawLocking(tools::Claw::OpenClaw, false, evidence) == tools::OpenClawLocking::NotRead)
        note(store.place.path, leftovers.unread);
}

Finding unreadFinding(const OpenClawLeftovers &leftovers)
{
    return {.id = QStringLiteral("openclaw-unread"),
            .subject = say(QT_TRANSLATE_NOOP("Doctor", "OpenClaw’s old store")),
            .text = say(QT_TRANSLATE_NOOP("Doctor",
                                          "OpenClaw %1 keeps logins in a database and does not read this file any "
                                          "more: its logins are missing there, and commands may fail."))
                        .arg(leftovers.version),
            .places = leftovers.unread,
            .cure = say(QT_TRANSLATE_NOOP("Doctor", "While this machine is online, run: %1")).arg(fixCommand),
            .severity = Severity::ActNow};
}

Finding ignoredFinding(const OpenClawLeftovers &leftovers)
{
    return {.id = QStringLiteral("openclaw-ignored"),
            .subject = say(QT_TRANSLATE_NOOP("Doctor", "OpenClaw’s old store")),
            .text = say(QT_TRANSLATE_NOOP("Doctor", "OpenClaw has its logins elsewhere and does not read this file. It "
                                                    "still holds tokens in plain text; a change in it changes "
                                                    "nothing.")),
            .places = leftovers.ignored,
            .cure =
                say(QT_TRANSLATE_NOOP("Doctor", "While this machine is online, run: %1. What is left after that can be "
                                                "deleted."))
                    .arg(fixCommand),
            .severity = Severity::Due};
}

Finding backupFinding(const OpenClawLeftovers &leftovers)
{
    return {.id = QStringLiteral("openclaw-backups"),
            .subject = say(QT_TRANSLATE_NOOP("Doctor", "OpenClaw’s copies from before its migration")),
            .text = say(QT_TRANSLATE_NOOP("Doctor", "They hold old tokens in plain text, and nobody reads them.")),
            .places = leftovers.backups,
            .cure = say(QT_TRANSLATE_NOOP("Doctor", "Once OpenClaw works with its new store, delete them.")),
            .severity = Severity::Due};
}

} // namespace

OpenClawLeftovers lookForLeftovers(const tools::ToolWorld &world)
{
    OpenClawLeftovers leftovers;
    const tools::OpenClawStores found = openClawStores(tools::Claw::OpenClaw, world);
    for (const OpenClawStore &store : found.stores)
        lookAt(store, world, leftovers);
    for (const base::Error &problem : found.problems) {
        if (problem.kind == base::ErrorKind::Overridden)
            note(problem.subject, leftovers.ignored);
        else
            leftovers.problems.push_back(problem);
    }
    leftovers.backups.removeDuplicates();
    return leftovers;
}

std::vector<Finding> leftoverFindings(const OpenClawLeftovers &leftovers, const base::Environment &environment)
{
    const QString subject = say(QT_TRANSLATE_NOOP("Doctor", "OpenClaw’s old store"));
    std::vector<Finding> findings;
    if (!leftovers.unread.isEmpty())
        findings.push_back(unreadFinding(leftovers));
    if (!leftovers.ignored.isEmpty())
        findings.push_back(ignoredFinding(leftovers));
    if (!leftovers.backups.isEmpty())
        findings.push_back(backupFinding(leftovers));
    for (const base::Error &problem : leftovers.problems)
        findings.push_back(notLookedAt(QStringLiteral("openclaw:") + problem.subject, subject, problem));
    if (findings.empty() && leftovers.isThere)
        findings.push_back(inOrder(QStringLiteral("openclaw"), subject,
                                   say(QT_TRANSLATE_NOOP("Doctor", "No migration left anything behind."))));
    for (Finding &finding : findings) {
        for (QString &place : finding.places)
            place = environment.shortened(place);
    }
    return findings;
}

} // namespace keytender::service::doctor
