// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/lineageclashes.h"

#include <set>

#include "service/doctor/doctorwords.h"

namespace keytender::service::doctor {

using profile::Severity;

namespace {

using Group = std::set<QString>; // ids of profiles

void gather(const QString &id, const std::map<QString, Row> &rows, Group &group)
{
    const auto found = rows.find(id);
    if (found == rows.end() || !group.insert(id).second)
        return;
    for (const profile::Duplicate &other : found->second.profile.duplicates) {
        if (other.kind == profile::DuplicateKind::SameLineage)
            gather(other.profile, rows, group);
    }
}

Finding findingOf(const Group &group, const std::map<QString, Row> &rows)
{
    QStringList names;
    for (const QString &id : group)
        names.append(rows.at(id).profile.label);
    const QString all = names.join(QStringLiteral(", "));
    return {.id = QStringLiteral("same-login:") + QStringList(group.begin(), group.end()).join(u'+'),
            .subject = say(QT_TRANSLATE_NOOP("Doctor", "One sign-in in several tools")),
            .text = say(QT_TRANSLATE_NOOP("Doctor",
                                          "%1 hold the same refresh token. It can be spent once: as soon as one of "
                                          "them renews it, the others are logged out."))
                        .arg(all),
            .places = names,
            .cure = say(QT_TRANSLATE_NOOP("Doctor", "Let Keytender keep one of them fresh and open its links: a mirror "
                                                    "keeps the others in step. Or sign in anew in each tool.")),
            .severity = Severity::ActNow};
}

} // namespace

std::vector<Finding> clashFindings(const std::map<QString, Row> &rows)
{
    std::vector<Finding> findings;
    Group seen;
    for (const auto &[id, row] : rows) {
        if (!row.condition.hasClash || seen.contains(id))
            continue;
        Group group;
        gather(id, rows, group);
        seen.insert(group.begin(), group.end());
        findings.push_back(findingOf(group, rows));
    }
    if (findings.empty())
        findings.push_back(inOrder(QStringLiteral("same-login"),
                                   say(QT_TRANSLATE_NOOP("Doctor", "One sign-in in several tools")),
                                   say(QT_TRANSLATE_NOOP("Doctor", "No two tools would log each other out."))));
    return findings;
}

} // namespace keytender::service::doctor
