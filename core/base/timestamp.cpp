// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/timestamp.h"

#include <cmath>

#include <QDateTime>
#include <QTimeZone>

namespace keytender::base {

namespace {

constexpr Timestamp earliest{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
constexpr Timestamp latest{std::chrono::sys_days{std::chrono::year{2200} / 1 / 1}};

} // namespace

bool isPlausible(Timestamp time)
{
    return time >= earliest && time < latest;
}

std::optional<Timestamp> fromEpochMilliseconds(double milliseconds)
{
    constexpr auto low = static_cast<double>(earliest.time_since_epoch().count());
    constexpr auto high = static_cast<double>(latest.time_since_epoch().count());
    if (!std::isfinite(milliseconds) || milliseconds < low || milliseconds >= high)
        return std::nullopt;
    return Timestamp{Milliseconds{static_cast<std::int64_t>(milliseconds)}};
}

std::optional<Timestamp> fromEpochSeconds(double seconds)
{
    return fromEpochMilliseconds(seconds * 1000);
}

std::optional<Timestamp> fromRfc3339(QStringView text)
{
    // QDateTime also takes dates without a time or an offset; RFC 3339 section 5.6 wants both.
    const bool hasOffset = text.endsWith(u'Z') || text.endsWith(u'z')
                           || (text.size() > 6 && (text[text.size() - 6] == u'+' || text[text.size() - 6] == u'-')
                               && text[text.size() - 3] == u':');
    if (text.size() < 20 || !hasOffset)
        return std::nullopt;
    // Qt reads at most milliseconds; Codex writes nanoseconds.
    QString shortened = text.toString().toUpper();
    if (const qsizetype point = shortened.indexOf(u'.'); point >= 0) {
        qsizetype end = point + 1;
        while (end < shortened.size() && shortened[end].isDigit())
            ++end;
        if (end - point > 4)
            shortened.remove(point + 4, end - point - 4);
    }
    const QDateTime time = QDateTime::fromString(shortened, Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    return fromEpochMilliseconds(static_cast<double>(time.toMSecsSinceEpoch()));
}

QString toRfc3339(Timestamp time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    return QDateTime::fromSecsSinceEpoch(seconds.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate);
}

} // namespace keytender::base
