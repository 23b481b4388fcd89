// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/clockcheck.h"

#include <algorithm>

#include <sys/timex.h>

#include "service/doctor/doctorwords.h"

namespace keytender::service::doctor {

using namespace std::chrono_literals;
using profile::Severity;

namespace {

constexpr base::Milliseconds tolerance = 5min; // what tools take off the end of a token

const QString id = QStringLiteral("clock");

Finding trouble(const QString &text)
{
    return {.id = id,
            .subject = say(QT_TRANSLATE_NOOP("Doctor", "Clock")),
            .text = text,
            .places = {},
            .cure = say(QT_TRANSLATE_NOOP("Doctor", "Have the system keep the time: timedatectl set-ntp true")),
            .severity = Severity::Due};
}

Finding wrongByServer(base::Milliseconds ahead)
{
    const auto minutes = static_cast<int>(std::chrono::round<std::chrono::minutes>(std::chrono::abs(ahead)).count());
    Finding finding =
        trouble((ahead > 0ms ? say(QT_TRANSLATE_NOOP("Doctor", "This machine's clock is %1 min behind that "
                                                               "of a provider."))
                             : say(QT_TRANSLATE_NOOP("Doctor", "This machine's clock is %1 min ahead of "
                                                               "that of a provider.")))
                    .arg(minutes));
    finding.text += u' '
                    + say(QT_TRANSLATE_NOOP("Doctor", "Tools take tokens for valid that are not, or renew them "
                                                      "too early."));
    finding.severity = Severity::ActNow;
    return finding;
}

Finding wrongByFiles(const std::vector<FutureFile> &files)
{
    Finding finding = trouble(say(QT_TRANSLATE_NOOP("Doctor", "Logins were written at times that are still to come: "
                                                              "the clock is behind, or was ahead then.")));
    for (const FutureFile &file : files)
        finding.places.append(file.path + QStringLiteral(" · ") + base::toRfc3339(file.changedAt));
    return finding;
}

} // namespace

std::optional<bool> isClockSynchronized()
{
    timex state{};
    if (::adjtimex(&state) < 0)
        return std::nullopt;
    constexpr long largestError = 16'000'000; // µs: the kernel's own mark of a clock that nobody keeps
    return state.maxerror < largestError;
}

std::vector<FutureFile> futureFilesOf(const std::map<QString, Row> &rows, base::Timestamp now)
{
    std::vector<FutureFile> files;
    for (const auto &[profile, row] : rows) {
        for (const profile::Copy &copy : row.profile.copies) {
            const bool isKnown = std::ranges::any_of(files, [&](const FutureFile &f) { return f.path == copy.path; });
            if (copy.changedAt && *copy.changedAt > now + tolerance && !isKnown)
                files.push_back({.path = copy.path, .changedAt = *copy.changedAt});
        }
    }
    return files;
}

std::vector<Finding> clockFindings(const ClockFacts &facts)
{
    if (facts.serverAhead && std::chrono::abs(*facts.serverAhead) > tolerance)
        return {wrongByServer(*facts.serverAhead)};
    if (!facts.futureFiles.empty())
        return {wrongByFiles(facts.futureFiles)};
    if (facts.isSynchronized == false && !facts.serverAhead)
        return {trouble(say(QT_TRANSLATE_NOOP("Doctor", "No time service keeps this machine's clock. Should it go "
                                                        "wrong, tools renew tokens too early or too late.")))};
    if (!facts.isSynchronized && !facts.serverAhead)
        return {trouble(say(QT_TRANSLATE_NOOP("Doctor", "It could not be looked at whether a time service keeps this "
                                                        "machine's clock.")))};
    return {inOrder(id, say(QT_TRANSLATE_NOOP("Doctor", "Clock")),
                    say(QT_TRANSLATE_NOOP("Doctor", "Nothing speaks against this machine's clock.")))};
}

} // namespace keytender::service::doctor
