// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclawlocks.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include "base/jsonspans.h"

namespace keytender::tools {

namespace {

using namespace std::chrono_literals;

constexpr OpenClawVersion lastWithDirectory{.year = 2026, .month = 2, .release = 12};
constexpr OpenClawVersion firstWithPidFile{.year = 2026, .month = 2, .release = 17};
constexpr OpenClawVersion firstWithRefreshLock{.year = 2026, .month = 4, .release = 0};
constexpr OpenClawVersion firstWithDatabase{.year = 2026, .month = 6, .release = 5};
constexpr OpenClawVersion firstWithShortNames{.year = 2026, .month = 7, .release = 1};

constexpr base::Milliseconds storeStale = 30s;
constexpr base::Milliseconds storeHold = 25s; // early readers take it over after 30 s, whoever lives
constexpr base::Milliseconds refreshStale = 180s;
constexpr base::Milliseconds heartbeat = 10s; // theirs is 15 s
// The others try ten times, at most 10 s apart: all in all some 30 s.
constexpr base::Milliseconds tolerance = 20s;

std::string tupleOf(const QString &provider, const QString &profileId)
{
    const base::Secret first = base::JsonSpans::quoted(provider.toStdString());
    const base::Secret second = base::JsonSpans::quoted(profileId.toStdString());
    std::string tuple = "[";
    tuple.append(first.expose()).append(",").append(second.expose()).append("]");
    return tuple;
}

LockSpec pidFile(const QString &path, LockSpec::Span span, base::Milliseconds stale, base::Milliseconds longestHold)
{
    return {.kind = LockSpec::Kind::PidFile,
            .span = span,
            .path = path + QStringLiteral(".lock"),
            .stale = stale,
            .longestHold = longestHold};
}

// Beside the file that a link leads to: OpenClaw resolves it before it locks.
QString realPathOf(const QString &path)
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    return canonical.isEmpty() ? path : canonical;
}

// From 2026.2.17 on only the directory is resolved.
QString inRealDirectory(const QString &path)
{
    const QFileInfo file(path);
    const QString directory = QFileInfo(file.path()).canonicalFilePath();
    return (directory.isEmpty() ? file.path() : directory) + u'/' + file.fileName();
}

void addRefreshLocks(LockPlan &plan, const OpenClawStore &store, const OpenClawEvidence &evidence,
                     const LockedProfile &profile)
{
    const QString directory = store.stateDirectory + QStringLiteral("/locks/oauth-refresh/");
    const auto add = [&](const QString &name) {
        plan.locks.push_back(pidFile(directory + name, LockSpec::Span::Refresh, refreshStale, 0ms));
    };
    // The name changed between 2026.6.1 and 2026.7.1. Where it may be either, both: the other one is in nobody's way.
    const bool isNew = evidence.installed && *evidence.installed >= firstWithShortNames;
    if (!isNew)
        add(openClawRefreshLock(profile.provider, profile.profileId));
    if (store.place.cell)
        add(openClawShortRefreshLock(profile.provider, profile.profileId));
}

} // namespace

OpenClawLocking openClawLocking(Claw claw, bool isDatabase, const OpenClawEvidence &evidence)
{
    if (isDatabase)
        return OpenClawLocking::Refresh;
    if (claw == Claw::CoderClaw)
        return OpenClawLocking::PidFile;
    const bool isTouchedLater = evidence.touchedBy && *evidence.touchedBy >= firstWithPidFile;
    if (!evidence.installed) {
        if (evidence.hasStateFile)
            return OpenClawLocking::PidFileAndRefresh;
        return isTouchedLater ? OpenClawLocking::PidFileAndRefresh : OpenClawLocking::Unknown;
    }
    if (*evidence.installed >= firstWithDatabase)
        return OpenClawLocking::NotRead;
    if (*evidence.installed >= firstWithRefreshLock)
        return OpenClawLocking::PidFileAndRefresh;
    if (*evidence.installed >= firstWithPidFile)
        return OpenClawLocking::PidFile;
    // A later version was here: perhaps it still is, under another name.
    const bool isAlone = !evidence.hasStateFile && !isTouchedLater;
    return *evidence.installed <= lastWithDirectory && isAlone ? OpenClawLocking::Directory : OpenClawLocking::Unknown;
}

OpenClawEvidence openClawEvidence(const OpenClawStore &store, const ToolWorld &world)
{
    OpenClawEvidence evidence;
    evidence.installed = installedOpenClaw(world.environment);
    if (const auto config = openClawConfigIn(store.configuration, world.environment))
        evidence.touchedBy = config->touchedBy;
    evidence.hasStateFile =
        !store.agentDirectory.isEmpty() && QFileInfo::exists(store.agentDirectory + QStringLiteral("/auth-state.json"));
    return evidence;
}

QString openClawRefreshLock(const QString &provider, const QString &profileId)
{
    const QByteArray text = provider.toUtf8() + '\0' + profileId.toUtf8();
    return QStringLiteral("sha256-")
           + QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

// Two lanes after the manner of FNV-1a, 64 bits each.
QString openClawShortRefreshLock(const QString &provider, const QString &profileId)
{
    constexpr std::uint64_t prime = 1099511628211U;
    constexpr std::uint64_t step = 11400714819323198485U;
    std::uint64_t left = 14695981039346656037U;
    std::uint64_t right = 11160318154034397263U;
    for (const char letter : tupleOf(provider, profileId)) {
        const auto byte = static_cast<unsigned char>(letter);
        left = (left ^ byte) * prime;
        right = (right ^ (byte + step)) * prime;
    }
    return QStringLiteral("lock-%1%2").arg(left, 16, 16, QLatin1Char('0')).arg(right, 16, 16, QLatin1Char('0'));
}

LockPlan openClawLockPlan(const OpenClawStore &store, OpenClawLocking locking, const OpenClawEvidence &evidence,
                          const LockedProfile &profile)
{
    using Span = LockSpec::Span;
    LockPlan plan{.locks = {}, .tolerance = tolerance};
    const bool hasRefreshLock = locking == OpenClawLocking::PidFileAndRefresh || locking == OpenClawLocking::Refresh;
    if (hasRefreshLock && profile.isRenewed)
        addRefreshLocks(plan, store, evidence, profile);
    if (locking == OpenClawLocking::Directory)
        plan.locks.push_back({.kind = LockSpec::Kind::Directory,
                              .span = profile.isRenewed ? Span::Refresh : Span::Write,
                              .path = realPathOf(store.place.path) + QStringLiteral(".lock"),
                              .stale = storeStale,
                              .heartbeat = heartbeat});
    // Before there was a lock for the refresh, this one was held all through it.
    const bool coversRefresh =
        profile.isRenewed
        && (locking == OpenClawLocking::PidFile || !evidence.installed || *evidence.installed < firstWithRefreshLock);
    if (locking == OpenClawLocking::PidFile || locking == OpenClawLocking::PidFileAndRefresh)
        plan.locks.push_back(pidFile(inRealDirectory(store.place.path), coversRefresh ? Span::Refresh : Span::Write,
                                     storeStale, storeHold));
    return plan;
}

} // namespace keytender::tools
