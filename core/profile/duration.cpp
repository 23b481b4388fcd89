// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QCoreApplication>

#include "profile/words.h"

namespace keytender::profile {

using namespace std::chrono_literals;

namespace {

constexpr auto day = 24h;
constexpr auto year = 365 * day;

// Languages with one plural form for all and those with six both come right through %n; English needs no translator.
QString years(int count)
{
    return count == 1 ? QCoreApplication::translate("Words", "1 year")
                      : QCoreApplication::translate("Words", "%n years", nullptr, count);
}

QString days(int count)
{
    return count == 1 ? QCoreApplication::translate("Words", "1 day")
                      : QCoreApplication::translate("Words", "%n days", nullptr, count);
}

QString hours(int count)
{
    return QCoreApplication::translate("Words", "%n h", nullptr, count);
}

QString minutes(int count)
{
    return QCoreApplication::translate("Words", "%n min", nullptr, count);
}

QString joined(const QString &larger, const QString &smaller)
{
    return QCoreApplication::translate("Words", "%1 %2", "two units of a duration: 5 h 12 min").arg(larger, smaller);
}

} // namespace

QString duration(std::chrono::seconds length)
{
    if (length < 1min)
        return QCoreApplication::translate("Words", "less than a minute");
    const auto wholeYears = static_cast<int>(length / year);
    const auto wholeDays = static_cast<int>(length / day);
    const auto wholeHours = static_cast<int>(length % day / 1h);
    const auto wholeMinutes = static_cast<int>(length % 1h / 1min);
    if (wholeYears >= 2)
        return years(wholeYears);
    if (wholeDays >= 3) // by then nobody counts hours
        return days(wholeDays);
    if (wholeDays > 0)
        return wholeHours > 0 ? joined(days(wholeDays), hours(wholeHours)) : days(wholeDays);
    if (wholeHours > 0)
        return wholeMinutes > 0 ? joined(hours(wholeHours), minutes(wholeMinutes)) : hours(wholeHours);
    return minutes(wholeMinutes);
}

} // namespace keytender::profile
