// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/settings.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include <QDir>

#include "base/durablefile.h"
#include "base/jsonspans.h"

namespace keytender::service {

using base::JsonValue;
using base::Result;
using base::unexpected;

namespace {

constexpr double knownVersion = 1;
constexpr std::chrono::seconds longestRung = std::chrono::hours{24 * 366};
constexpr int mostRotationDays = 3660;

Result<QStringList> readHomes(const JsonValue &list, const base::Environment &environment)
{
    if (list.type() != base::JsonType::Array)
        return unexpected(list.error(QStringLiteral("is not a list of directories"), base::ErrorKind::Misconfigured));
    QStringList homes;
    for (const JsonValue &entry : list.elements()) {
        const Result<QString> path = entry.string();
        if (!path)
            return unexpected(path.error());
        const QString absolute = environment.expanded(*path);
        if (!QDir::isAbsolutePath(absolute))
            return unexpected(entry.error(QStringLiteral("is not an absolute path and does not begin with ~/"),
                                          base::ErrorKind::Misconfigured));
        homes.append(QDir::cleanPath(absolute));
    }
    return homes;
}

Result<void> readAllHomes(const JsonValue &homes, const base::Environment &environment, const QStringList &toolIds,
                          Settings &settings)
{
    const Result<JsonValue> object = homes.object();
    if (!object)
        return unexpected(object.error());
    for (const auto &[tool, list] : object->members()) {
        if (!toolIds.contains(tool))
            return unexpected(list.error(
                QStringLiteral("is no tool that Keytender knows; it knows %1").arg(toolIds.join(QStringLiteral(", "))),
                base::ErrorKind::Misconfigured));
        Result<QStringList> paths = readHomes(list, environment);
        if (!paths)
            return unexpected(std::move(paths).error());
        settings.homes[tool] = *std::move(paths);
    }
    return {};
}

// "7d", "2h", "30m"
std::optional<std::chrono::seconds> lengthOf(QStringView text)
{
    const auto isDigit = [](QChar character) { return character >= u'0' && character <= u'9'; };
    if (text.size() < 2 || !std::ranges::all_of(text.chopped(1), isDigit))
        return std::nullopt;
    bool fits = false;
    const int number = text.chopped(1).toInt(&fits);
    if (!fits || number <= 0 || number > longestRung / std::chrono::minutes{1})
        return std::nullopt;
    switch (text.back().unicode()) {
    case u'd':
        return std::chrono::hours{24} * number;
    case u'h':
        return std::chrono::hours{number};
    case u'm':
        return std::chrono::minutes{number};
    default:
        return std::nullopt;
    }
}

Result<Ladder> readLadder(const JsonValue &list)
{
    if (list.type() != base::JsonType::Array)
        return unexpected(list.error(QStringLiteral("is not a list of times"), base::ErrorKind::Misconfigured));
    Ladder ladder;
    for (const JsonValue &entry : list.elements()) {
        const Result<QString> text = entry.string();
        if (!text)
            return unexpected(text.error());
        const auto length = lengthOf(*text);
        if (!length || *length > longestRung)
            return unexpected(entry.error(QStringLiteral("is not a time such as 7d, 2h or 30m, of a year at most"),
                                          base::ErrorKind::Misconfigured));
        ladder.push_back(*length);
    }
    std::ranges::sort(ladder, std::greater());
    const auto doubles = std::ranges::unique(ladder);
    ladder.erase(doubles.begin(), doubles.end());
    return ladder;
}

Result<void> readReminders(const JsonValue &reminders, Settings &settings)
{
    const Result<JsonValue> object = reminders.object();
    if (!object)
        return unexpected(object.error());
    for (const auto &[name, value] : object->members()) {
        if (name != QStringLiteral("signInEnds"))
            return unexpected(
                value.error(QStringLiteral("is no reminder; there is signInEnds"), base::ErrorKind::Misconfigured));
        Result<Ladder> ladder = readLadder(value);
        if (!ladder)
            return unexpected(std::move(ladder).error());
        settings.signInEnds = *std::move(ladder);
    }
    return {};
}

Result<void> readRotation(const JsonValue &days, Settings &settings)
{
    const Result<double> number = days.number();
    if (!number)
        return unexpected(number.error());
    if (*number < 0 || *number > mostRotationDays || *number != std::floor(*number))
        return unexpected(days.error(QStringLiteral("is not a number of days from 0 to %1").arg(mostRotationDays),
                                     base::ErrorKind::Misconfigured));
    settings.rotationReminderDays = static_cast<int>(*number);
    return {};
}

Result<void> readCare(const JsonValue &care, Settings &settings)
{
    using profile::Care;
    static const std::map<QString, Care> words{{QStringLiteral("shared"), Care::Shared},
                                               {QStringLiteral("delegated"), Care::Delegated},
                                               {QStringLiteral("watched"), Care::Watched}};
    const Result<JsonValue> object = care.object();
    if (!object)
        return unexpected(object.error());
    for (const auto &[profile, value] : object->members()) {
        const Result<QString> word = value.string();
        if (!word)
            return unexpected(word.error());
        const auto known = words.find(*word);
        if (known == words.end())
            return unexpected(value.error(QStringLiteral("is neither shared nor delegated nor watched"),
                                          base::ErrorKind::Misconfigured));
        settings.care[profile] = known->second;
    }
    return {};
}

} // namespace

Places Places::in(const base::Environment &environment)
{
    return {.configuration = environment.configHome() + QStringLiteral("/keytender"),
            .vault = environment.dataHome() + QStringLiteral("/keytender/vault"),
            .activity = environment.stateHome() + QStringLiteral("/keytender/activity.db"),
            .notices = environment.stateHome() + QStringLiteral("/keytender/notices.json"),
            .choices = environment.dataHome() + QStringLiteral("/keytender/neighbours.json"),
            .lineages = environment.stateHome() + QStringLiteral("/keytender/lineages.json"),
            .locks = environment.stateHome() + QStringLiteral("/keytender/locks.json"),
            .consents = environment.dataHome() + QStringLiteral("/keytender/consents.json")};
}

Result<Settings> loadSettings(const QString &file, const base::Environment &environment, const QStringList &toolIds)
{
    Result<base::FileContent> content = base::readFile(file, {.bytes = 1u << 20, .owner = environment.user});
    if (!content) {
        if (content.error().kind == base::ErrorKind::NotFound)
            return Settings{};
        return unexpected(std::move(content).error());
    }
    const Result<base::JsonSpans> parsed = base::JsonSpans::parse(std::move(content->bytes), file);
    if (!parsed)
        return unexpected(parsed.error());
    const JsonValue root = parsed->root();
    const Result<double> version = root.member("version").number();
    if (!version)
        return unexpected(version.error());
    if (*version != knownVersion)
        return unexpected(root.member("version").error(QStringLiteral("is not 1"), base::ErrorKind::UnknownVersion));

    Settings settings;
    for (const auto &[name, value] : root.members()) {
        Result<void> read;
        if (name == QStringLiteral("homes"))
            read = readAllHomes(value, environment, toolIds, settings);
        else if (name == QStringLiteral("reminders"))
            read = readReminders(value, settings);
        else if (name == QStringLiteral("rotationReminderDays"))
            read = readRotation(value, settings);
        else if (name == QStringLiteral("care"))
            read = readCare(value, settings);
        else if (name != QStringLiteral("version"))
            read = unexpected(value.error(QStringLiteral("is no setting; the settings are version, homes, reminders, "
                                                         "rotationReminderDays and care"),
                                          base::ErrorKind::Misconfigured));
        if (!read)
            return unexpected(std::move(read).error());
    }
    return settings;
}

} // namespace keytender::service
