// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/httpheaders.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

namespace keytender::oauth {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds longestWait = 1h;

std::optional<std::chrono::seconds> secondsIn(const QByteArray &text)
{
    if (text.isEmpty() || !std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; }))
        return std::nullopt;
    bool isSmall = false;
    const qlonglong seconds = text.toLongLong(&isSmall);
    return isSmall ? std::chrono::seconds(std::min<qlonglong>(seconds, longestWait.count())) : longestWait;
}

} // namespace

std::optional<QByteArray> headerIn(const Headers &headers, const char *name)
{
    const auto found = std::ranges::find_if(
        headers, [name](const auto &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; });
    return found == headers.end() ? std::nullopt : std::optional(found->second);
}

std::optional<base::Timestamp> fromHttpDate(const QByteArray &text)
{
    // The weekday says nothing, and beside a year of two digits Qt looks for it in the wrong century.
    QString date = QString::fromLatin1(text).simplified();
    date.remove(0, date.indexOf(u',') + 1);
    date = date.trimmed();
    for (const QString &form :
         {QStringLiteral("dd MMM yyyy HH:mm:ss 'GMT'"), QStringLiteral("dd-MMM-yy HH:mm:ss 'GMT'"),
          QStringLiteral("ddd MMM d HH:mm:ss yyyy")}) {
        QDateTime moment = QLocale::c().toDateTime(date, form);
        if (!moment.isValid())
            continue;
        moment.setTimeSpec(Qt::UTC);
        if (form.contains(QLatin1String("-yy ")))
            moment = moment.addYears(100);
        const base::Timestamp time{base::Milliseconds(moment.toMSecsSinceEpoch())};
        return base::isPlausible(time) ? std::optional(time) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::chrono::seconds> retryAfterIn(const Delivery &answer, base::Timestamp now)
{
    const std::optional<QByteArray> text = headerIn(answer.headers, "Retry-After");
    if (!text)
        return std::nullopt;
    std::optional<std::chrono::seconds> wait = secondsIn(text->trimmed());
    if (!wait) {
        if (const std::optional<base::Timestamp> until = fromHttpDate(*text))
            wait = std::chrono::ceil<std::chrono::seconds>(*until - answer.serverTime.value_or(now));
    }
    return wait ? std::optional(std::clamp<std::chrono::seconds>(*wait, 1s, longestWait)) : std::nullopt;
}

QString redirectTarget(const Delivery &answer)
{
    const std::optional<QByteArray> location = headerIn(answer.headers, "Location");
    return location ? QUrl::fromEncoded(*location, QUrl::StrictMode).host() : QString();
}

} // namespace keytender::oauth
