// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/gitcheck.h"

#include <algorithm>
#include <map>

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

#include <linux/close_range.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "refresh/commandrun.h"
#include "service/doctor/doctorwords.h"

namespace keytender::service::doctor {

using profile::Severity;

namespace {

constexpr int patience = 800; // ms, each of the two times
constexpr qint64 longestAnswer = qint64{64} * 1024;
constexpr GitVersion firstWithExpiry{.major = 2, .minor = 40};

const QString id = QStringLiteral("git");

QString gitOf(const base::Environment &environment)
{
    QStringList directories =
        environment.nonEmptyOr(QStringLiteral("PATH"), QStringLiteral("/usr/local/bin:/usr/bin:/bin")).split(u':');
    directories.removeIf([](const QString &directory) { return !QDir::isAbsolutePath(directory); });
    return directories.isEmpty() ? QString() : QStandardPaths::findExecutable(QStringLiteral("git"), directories);
}

base::Error silent(const QString &program)
{
    return {.kind = base::ErrorKind::TimedOut, .subject = program, .place = {}, .detail = {}};
}

// What it says on its standard output, with the exit code. Its standard error is never read.
struct Said {
    QByteArray text;
    int exitCode = 0;
};

base::Result<Said> said(const QString &program, const QStringList &arguments, const base::Environment &environment)
{
    QProcess process;
    QProcessEnvironment variables;
    for (const QString &line : refresh::environmentForCommand(environment))
        variables.insert(line.section(u'=', 0, 0), line.section(u'=', 1));
    variables.insert(QStringLiteral("GIT_TERMINAL_PROMPT"), QStringLiteral("0"));
    variables.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    process.setProcessEnvironment(variables);
    process.setWorkingDirectory(QStringLiteral("/")); // no repository's own configuration
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    // Closed by the time git runs, whoever forgot to mark it so.
    process.setChildProcessModifier([] { (void)syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC); });
    process.start(program, arguments, QIODevice::ReadOnly);
    const bool hasEnded = process.waitForFinished(patience);
    if (!hasEnded || process.exitStatus() != QProcess::NormalExit) {
        process.kill();
        (void)process.waitForFinished(patience / 4);
        return base::unexpected(silent(program));
    }
    return Said{.text = process.read(longestAnswer), .exitCode = process.exitCode()};
}

// The name of a helper as git takes it; of anything with a shell in it nothing more than that is wanted.
GitHelper helperNamed(const QString &value)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9/._-]+"));
    QString name = QFileInfo(plain.match(value.trimmed()).captured(0)).fileName();
    if (name.startsWith(QStringLiteral("git-credential-")))
        name = name.sliced(15);
    static const QStringList keepers{QStringLiteral("cache"), QStringLiteral("libsecret"),
                                     QStringLiteral("osxkeychain"), QStringLiteral("wincred")};
    if (name == QStringLiteral("store"))
        return GitHelper::Store;
    if (name == QStringLiteral("oauth"))
        return value.contains(QStringLiteral("-device")) ? GitHelper::OAuthByDevice : GitHelper::OAuth;
    if (name == QStringLiteral("keytender"))
        return GitHelper::Keytender;
    return keepers.contains(name) ? GitHelper::Keeps : GitHelper::Other;
}

bool holds(const GitFacts &facts, GitHelper helper)
{
    return std::ranges::find(facts.helpers, helper) != facts.helpers.end();
}

Finding trouble(const QString &text, const QString &cure)
{
    return {.id = id,
            .subject = QStringLiteral("git"),
            .text = text,
            .places = {},
            .cure = cure,
            .severity = Severity::Due};
}

} // namespace

std::optional<GitVersion> gitVersionIn(const QString &line)
{
    static const QRegularExpression pattern(QStringLiteral("^git version ([0-9]{1,4})\\.([0-9]{1,4})"));
    const QRegularExpressionMatch match = pattern.match(line);
    if (!match.hasMatch())
        return std::nullopt;
    return GitVersion{.major = match.captured(1).toInt(), .minor = match.captured(2).toInt()};
}

std::vector<GitHelper> gitHelpersIn(const QByteArray &listing)
{
    std::map<QByteArray, std::vector<GitHelper>> byKey;
    for (const QByteArray &entry : listing.split('\0')) {
        const qsizetype line = entry.indexOf('\n');
        const QString value = line < 0 ? QString() : QString::fromUtf8(entry.sliced(line + 1)).trimmed();
        std::vector<GitHelper> &helpers = byKey[line < 0 ? entry : entry.first(line)];
        if (value.isEmpty())
            helpers.clear();
        else
            helpers.push_back(helperNamed(value));
    }
    std::vector<GitHelper> all;
    for (const auto &[key, helpers] : byKey)
        all.insert(all.end(), helpers.begin(), helpers.end());
    return all;
}

GitFacts askGit(const base::Environment &environment)
{
    GitFacts facts;
    const QString program = gitOf(environment);
    facts.isInstalled = !program.isEmpty();
    if (!facts.isInstalled)
        return facts;
    facts.hasDisplay = !environment.nonEmptyOr(QStringLiteral("DISPLAY"), {}).isEmpty()
                       || !environment.nonEmptyOr(QStringLiteral("WAYLAND_DISPLAY"), {}).isEmpty();
    const auto version = said(program, {QStringLiteral("--version")}, environment);
    if (version) {
        const QString line = QString::fromUtf8(version->text).section(u'\n', 0, 0);
        facts.version = gitVersionIn(line);
        facts.versionText = facts.version ? line.section(u' ', 2, 2) : QString();
    }
    const auto listing = said(program,
                              {QStringLiteral("config"), QStringLiteral("--null"), QStringLiteral("--get-regexp"),
                               QStringLiteral("^credential\\.(.*\\.)?helper$")},
                              environment);
    constexpr int nothingSet = 1;
    if (listing && listing->exitCode == 0)
        facts.helpers = gitHelpersIn(listing->text);
    if (!version || !facts.version || !listing || (listing->exitCode != 0 && listing->exitCode != nothingSet))
        facts.problem = !version ? version.error() : !listing ? listing.error() : silent(program);
    return facts;
}

std::vector<Finding> gitFindings(const GitFacts &facts)
{
    if (!facts.isInstalled)
        return {};
    if (facts.problem || !facts.version)
        return {notLookedAt(id, QStringLiteral("git"), facts.problem.value_or(silent(QStringLiteral("git"))))};
    const bool signsIn = holds(facts, GitHelper::OAuth) || holds(facts, GitHelper::OAuthByDevice);
    const QString servedByUs = say(QT_TRANSLATE_NOOP("Doctor", "Or let Keytender answer: git config --global "
                                                               "credential.helper keytender"));
    if (signsIn && *facts.version < firstWithExpiry)
        return {trouble(
            say(QT_TRANSLATE_NOOP("Doctor", "git %1 does not know that a password may have an end, and uses one "
                                            "that has expired."))
                .arg(facts.versionText),
            say(QT_TRANSLATE_NOOP("Doctor", "Use git 2.40 or later.")) + u' ' + servedByUs)};
    if (signsIn && holds(facts, GitHelper::Store) && !holds(facts, GitHelper::Keeps))
        return {
            trouble(say(QT_TRANSLATE_NOOP("Doctor", "The helper “store” forgets when a password ends and what renews "
                                                    "it, so that “oauth” behind it cannot renew it.")),
                    say(QT_TRANSLATE_NOOP("Doctor", "Put a helper in its place that keeps both: cache, or "
                                                    "libsecret."))
                        + u' ' + servedByUs)};
    if (holds(facts, GitHelper::OAuth) && !facts.hasDisplay)
        return {
            trouble(say(QT_TRANSLATE_NOOP("Doctor", "The helper “oauth” opens a browser when a password has ended, and "
                                                    "git waits for it: there is no display here.")),
                    say(QT_TRANSLATE_NOOP("Doctor", "Have it ask with a device code: credential.helper \"oauth "
                                                    "-device\".")))};
    return {inOrder(
        id, QStringLiteral("git"),
        *facts.version < firstWithExpiry
            ? say(QT_TRANSLATE_NOOP("Doctor", "git %1 ignores when a password ends (2.40 does not); none of its "
                                              "helpers here depends on it."))
                  .arg(facts.versionText)
            : say(QT_TRANSLATE_NOOP("Doctor", "git %1 and its helpers can keep passwords that end."))
                  .arg(facts.versionText))};
}

} // namespace keytender::service::doctor
