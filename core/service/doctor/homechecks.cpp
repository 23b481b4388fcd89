// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/homechecks.h"

#include <QFile>

#include "service/doctor/doctorwords.h"

namespace keytender::service::doctor {

using profile::Severity;

namespace {

Finding keychainFinding(const HomeFacts &facts)
{
    const QString id = QStringLiteral("keychain");
    const QString subject = say(QT_TRANSLATE_NOOP("Doctor", "Keychain"));
    const KeychainState state = facts.surroundings.keychain;
    if (const QString text = describe(state); !text.isEmpty()) {
        Finding finding = inOrder(id, subject, text);
        const bool standsStill = state == KeychainState::Locked || state == KeychainState::KeyFileUnusable;
        finding.severity = standsStill ? Severity::ActNow : Severity::Due;
        return finding;
    }
    if (!facts.keyLiesInFile)
        return inOrder(id, subject,
                       say(QT_TRANSLATE_NOOP("Doctor", "The key of Keytender's store lies in the keychain.")));
    return {.id = id,
            .subject = subject,
            .text =
                say(QT_TRANSLATE_NOOP("Doctor", "The key of Keytender's store lies in a file beside it, because there "
                                                "was no keychain: whoever can read your files can open the store.")),
            .places = {},
            .cure = say(QT_TRANSLATE_NOOP("Doctor", "Keep the disk encrypted, or run Keytender in a session with a "
                                                    "keychain, such as GNOME Keyring or KWallet.")),
            .severity = Severity::Due};
}

Finding trayFinding(bool hasHost)
{
    const QString id = QStringLiteral("tray");
    const QString subject = say(QT_TRANSLATE_NOOP("Doctor", "Tray"));
    if (hasHost)
        return inOrder(id, subject, say(QT_TRANSLATE_NOOP("Doctor", "Something on this desktop shows tray icons.")));
    return {.id = id,
            .subject = subject,
            .text = say(QT_TRANSLATE_NOOP("Doctor", "Nothing on this desktop shows tray icons. Keytender stands in an "
                                                    "ordinary window instead.")),
            .places = {},
            .cure = say(QT_TRANSLATE_NOOP("Doctor", "On GNOME the extension “AppIndicator and KStatusNotifierItem "
                                                    "Support” shows them.")),
            .severity = Severity::Due};
}

Finding watchFinding(const HomeFacts &facts)
{
    const QString &why = facts.surroundings.watchUnreliability;
    Finding finding = inOrder(QStringLiteral("watches"), say(QT_TRANSLATE_NOOP("Doctor", "Watching files")),
                              say(QT_TRANSLATE_NOOP("Doctor", "A change of a login is seen at once.")));
    if (why.isEmpty())
        return finding;
    finding.text = say(QT_TRANSLATE_NOOP("Doctor", "Changes of logins may be seen late: %1")).arg(why);
    if (facts.watchesAllowed)
        finding.text += u' '
                        + say(QT_TRANSLATE_NOOP("Doctor", "This system allows %1 watches in all "
                                                          "(fs.inotify.max_user_watches)."))
                              .arg(*facts.watchesAllowed);
    finding.cure = say(QT_TRANSLATE_NOOP("Doctor", "Where watches are short: sudo sysctl "
                                                   "fs.inotify.max_user_watches=524288. Until then Keytender reads "
                                                   "everything again every half a minute."));
    finding.severity = Severity::Due;
    return finding;
}

} // namespace

std::optional<qint64> watchesAllowed(const QString &proc)
{
    QFile file(proc + QStringLiteral("/sys/fs/inotify/max_user_watches"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    bool isNumber = false;
    const qint64 number = file.read(32).trimmed().toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

std::vector<Finding> homeFindings(const HomeFacts &facts)
{
    std::vector<Finding> findings{keychainFinding(facts), watchFinding(facts)};
    if (facts.hasTrayHost)
        findings.push_back(trayFinding(*facts.hasTrayHost));
    const QString subject = say(QT_TRANSLATE_NOOP("Doctor", "Keytender's own files"));
    for (const base::Error &problem : facts.surroundings.problems) {
        Finding finding = inOrder(QStringLiteral("problem:") + problem.subject, subject, base::describe(problem));
        finding.severity = Severity::Due;
        findings.push_back(finding);
    }
    if (facts.surroundings.problems.empty())
        findings.push_back(inOrder(QStringLiteral("problem"), subject,
                                   say(QT_TRANSLATE_NOOP("Doctor", "All of them could be read."))));
    return findings;
}

} // namespace keytender::service::doctor
