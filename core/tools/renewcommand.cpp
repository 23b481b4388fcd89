// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/renewcommand.h"

#include <QFileInfo>

#include "tools/awssso.h"
#include "tools/gcloud.h"
#include "tools/refusingwriter.h"

namespace keytender::tools {

namespace {

constexpr const char *noCommand = QT_TRANSLATE_NOOP("Neighbours", "%1 has no command that renews its login.");
constexpr const char *usualOnly =
    QT_TRANSLATE_NOOP("Neighbours", "%1 cannot be asked to renew a login outside of its usual folder.");

// Part of its option, so that none is taken for an option itself. Versions that know one universe alone refuse the
// other.
void nameAccount(const GcloudAccount &account, QStringList &words)
{
    words.replaceInStrings(gcloudAccountWord, account.name);
    if (!account.universe.isEmpty())
        words.append(QStringLiteral("--universe-domain=") + account.universe);
}

} // namespace

base::Result<RenewCommand> renewCommandFor(const ToolFacts &facts, const CopyPlace &place, const QString &slot,
                                           const base::Environment &environment)
{
    if (facts.renewCommand.isEmpty())
        return refusedWrite(place, neighbourText(noCommand).arg(facts.name));
    RenewCommand command{.words = facts.renewCommand, .variables = {}};
    if (!facts.homeVariable.isEmpty() && place.kind == CopyPlace::Kind::File)
        command.variables = {facts.homeVariable + u'=' + QFileInfo(place.path).path()};
    else if (!place.homeName.isEmpty())
        return refusedWrite(place, neighbourText(usualOnly).arg(facts.name));
    if (!command.words.filter(gcloudAccountWord).isEmpty()) {
        if (slot.isEmpty()) // of databases that could not be read
            return refusedWrite(place, neighbourText(noCommand).arg(facts.name));
        nameAccount(gcloudAccountOf(slot), command.words);
        return command;
    }
    if (!command.words.contains(awsProfileWord))
        return command;
    const auto profile = awsProfileUsing(place, environment);
    if (!profile)
        return base::unexpected(profile.error());
    command.words.replaceInStrings(awsProfileWord, *profile);
    return command;
}

} // namespace keytender::tools
