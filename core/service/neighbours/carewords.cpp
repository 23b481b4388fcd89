// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/carewords.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDateTime>

#include "profile/words.h"

namespace keytender::service {

namespace {

using profile::Care;

QString say(const char *text)
{
    return QCoreApplication::translate("Care", text);
}

CareChoice shared(const CareSubject &subject)
{
    CareChoice choice;
    choice.care = Care::Shared;
    choice.title = say(QT_TRANSLATE_NOOP("Care", "Keep fresh"));
    choice.text =
        say(QT_TRANSLATE_NOOP(
                "Care", "Keytender renews it ahead of time, under %1's own lock, and writes the result back into %1's "
                        "file. %1 notices nothing but a login that does not run out."))
            .arg(subject.toolName);
    choice.whyNot = subject.sharingObjection;
    choice.isOffered = choice.whyNot.isEmpty();
    return choice;
}

CareChoice delegated(const CareSubject &subject)
{
    CareChoice choice;
    choice.care = Care::Delegated;
    choice.title = say(QT_TRANSLATE_NOOP("Care", "Ask %1 to renew it")).arg(subject.toolName);
    choice.text =
        say(QT_TRANSLATE_NOOP(
                "Care", "When it runs out, Keytender starts %1 once, so that it renews its login by itself. Keytender "
                        "neither spends nor writes anything and tells you when that does not help."))
            .arg(subject.toolName);
    return choice;
}

CareChoice watched(const CareSubject &subject)
{
    CareChoice choice;
    choice.care = Care::Watched;
    choice.title = say(QT_TRANSLATE_NOOP("Care", "Only watch"));
    choice.text =
        say(QT_TRANSLATE_NOOP(
                "Care", "Keytender shows how long it lasts and tells you before it ends. It spends nothing and writes "
                        "nothing; %1 renews it when it is used."))
            .arg(subject.toolName);
    return choice;
}

QString stamp(base::Timestamp at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate);
}

} // namespace

std::vector<CareChoice> careChoices(const CareSubject &subject)
{
    std::vector<CareChoice> choices{shared(subject), watched(subject)};
    // Of most tools there is nothing to ask, and that is worth no line.
    if (subject.delegationObjection.isEmpty())
        choices.insert(choices.begin() + 1, delegated(subject));
    std::ranges::stable_partition(choices, &CareChoice::isOffered);
    return choices;
}

QString renewalWords(const provider::Provider &provider, double renewalShare)
{
    const QString host = provider.tokenEndpoint ? provider.tokenEndpoint->value.host() : provider.name;
    if (!provider.accessTokenLifetime)
        return say(QT_TRANSLATE_NOOP("Care", "ahead of its end, at %1")).arg(host);
    const auto early =
        std::chrono::duration_cast<std::chrono::seconds>(provider.accessTokenLifetime->value * (1.0 - renewalShare));
    return say(QT_TRANSLATE_NOOP("Care", "about %1 before it ends, at %2")).arg(profile::duration(early), host);
}

QString lineageReport(const profile::Profile &login, const std::vector<Generation> &generations,
                      const base::Environment &environment)
{
    QStringList lines{QStringLiteral("Keytender lineage report"),
                      QStringLiteral("login: %1 (%2), %3").arg(login.id, login.providerId, profile::key(login.care))};
    for (const profile::Copy &copy : login.copies)
        lines += QStringLiteral("copy: %1, %2, %3")
                     .arg(copy.tool, environment.shortened(copy.path), profile::key(copy.state));
    lines += QStringLiteral("refresh tokens by fingerprint, the newest first:");
    for (const Generation &generation : generations) {
        QString line = QStringLiteral("  %1  %2  written by %3")
                           .arg(stamp(generation.seenAt), generation.fingerprint, generation.writer);
        if (!generation.evidence.isEmpty())
            line += QStringLiteral(" (%1)").arg(generation.evidence);
        if (generation.spentAt)
            line += QStringLiteral("; spent %1 by %2").arg(stamp(*generation.spentAt), generation.spentBy);
        if (!generation.end.isEmpty())
            line += QStringLiteral("; %1").arg(generation.end);
        lines += line;
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace keytender::service
