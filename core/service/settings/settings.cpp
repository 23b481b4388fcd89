// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/settings/settings.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include <QDir>
#include <QRegularExpression>

#include "base/durablefile.h"
#include "base/jsonspans.h"

namespace keytender::service {

using base::Error;
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

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

std::optional<std::chrono::seconds> unitOf(QChar letter)
{
    switch (letter.unicode()) {
    case u'd':
        return std::chrono::hours{24};
    case u'h':
        return std::chrono::hours{1};
    case u'm':
        return std::chrono::minutes{1};
    default:
        return std::nullopt;
    }
}

Error misconfigured(const JsonValue &value, const QString &detail)
{
    return value.error(detail, base::ErrorKind::Misconfigured);
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
        const auto length = rungFrom(*text);
        if (!length)
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

struct Range {
    int least;
    int most;
    QString what; // "a number of days"
};

Result<void> readWhole(const JsonValue &value, const Range &range, int &whole)
{
    const Result<double> number = value.number();
    if (!number)
        return unexpected(number.error());
    if (*number < range.least || *number > range.most || *number != std::floor(*number))
        return unexpected(misconfigured(
            value, QStringLiteral("is not %1 from %2 to %3").arg(range.what).arg(range.least).arg(range.most)));
    whole = static_cast<int>(*number);
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

Result<void> readLanguage(const JsonValue &value, const QStringList &languages, Settings &settings)
{
    const Result<QString> language = value.string();
    if (!language)
        return unexpected(language.error());
    if (!language->isEmpty() && !languages.contains(*language))
        return unexpected(misconfigured(
            value, QStringLiteral("is no language that Keytender speaks; it speaks %1, and \"\" is the session's")
                       .arg(languages.join(QStringLiteral(", ")))));
    settings.language = *language;
    return {};
}

Result<void> readStart(const JsonValue &value, Settings &settings)
{
    const Result<bool> starts = value.boolean();
    if (!starts)
        return unexpected(starts.error());
    settings.startsWithSession = *starts;
    return {};
}

Result<QString> readProgram(const JsonValue &value, const base::Environment &environment)
{
    const Result<QString> program = value.string();
    if (!program)
        return unexpected(program.error());
    if (*program == QStringLiteral("*"))
        return *program;
    const QString absolute = environment.expanded(*program);
    if (!QDir::isAbsolutePath(absolute) || absolute.contains(QChar(0)))
        return unexpected(misconfigured(
            value, QStringLiteral("is neither the absolute path of a program nor \"*\" for any program")));
    return QDir::cleanPath(absolute);
}

Result<QString> readProfile(const JsonValue &value)
{
    Result<QString> profile = value.string();
    if (profile && profile->isEmpty())
        return unexpected(misconfigured(value, QStringLiteral("names no login; keytenderctl status lists them")));
    return profile;
}

Result<ConsentRule> readRule(const JsonValue &value, const base::Environment &environment)
{
    const Result<JsonValue> object = value.object();
    if (!object)
        return unexpected(object.error());
    for (const auto &[name, member] : object->members()) {
        if (name != QStringLiteral("profile") && name != QStringLiteral("program") && name != QStringLiteral("allow"))
            return unexpected(
                misconfigured(member, QStringLiteral("is no part of a rule; it has profile, program and allow")));
    }
    const Result<QString> profile = readProfile(object->member("profile"));
    if (!profile)
        return unexpected(profile.error());
    const Result<QString> program = readProgram(object->member("program"), environment);
    if (!program)
        return unexpected(program.error());
    const Result<bool> allow = object->member("allow").boolean();
    if (!allow)
        return unexpected(allow.error());
    ConsentRule rule;
    rule.profileId = *profile;
    rule.program = *program;
    rule.isAllowed = *allow;
    rule.isFromSettings = true;
    return rule;
}

Result<void> readConsent(const JsonValue &list, const base::Environment &environment, Settings &settings)
{
    if (list.type() != base::JsonType::Array)
        return unexpected(misconfigured(list, QStringLiteral("is not a list of rules")));
    for (const JsonValue &entry : list.elements()) {
        Result<ConsentRule> rule = readRule(entry, environment);
        if (!rule)
            return unexpected(std::move(rule).error());
        settings.consent.push_back(*std::move(rule));
    }
    return {};
}

Result<void> readGitHosts(const JsonValue &hosts, Settings &settings)
{
    const Result<JsonValue> object = hosts.object();
    if (!object)
        return unexpected(object.error());
    for (const auto &[host, value] : object->members()) {
        if (!isGitHost(host))
            return unexpected(misconfigured(
                value, QStringLiteral("is no git host; write host or host:port in lower case, as in github.com or "
                                      "git.example.com:8443, without https://, a user or a path")));
        const Result<QString> profile = readProfile(value);
        if (!profile)
            return unexpected(profile.error());
        settings.gitHosts[host] = *profile;
    }
    return {};
}

Result<void> readMember(const QString &name, const JsonValue &value, const base::Environment &environment,
                        const KnownNames &known, Settings &settings)
{
    if (name == QStringLiteral("version"))
        return {};
    if (name == QStringLiteral("homes"))
        return readAllHomes(value, environment, known.tools, settings);
    if (name == QStringLiteral("reminders"))
        return readReminders(value, settings);
    if (name == QStringLiteral("rotationReminderDays"))
        return readWhole(value, {0, mostRotationDays, QStringLiteral("a number of days")},
                         settings.rotationReminderDays);
    if (name == QStringLiteral("care"))
        return readCare(value, settings);
    if (name == QStringLiteral("renewAtPercent"))
        return readWhole(
            value, {Settings::earliestRenewal, Settings::latestRenewal, QStringLiteral("a whole number of percent")},
            settings.renewAtPercent);
    if (name == QStringLiteral("language"))
        return readLanguage(value, known.languages, settings);
    if (name == QStringLiteral("startsWithSession"))
        return readStart(value, settings);
    if (name == QStringLiteral("consent"))
        return readConsent(value, environment, settings);
    if (name == QStringLiteral("gitHosts"))
        return readGitHosts(value, settings);
    return unexpected(misconfigured(
        value, QStringLiteral("is no setting of version 1, which has version, homes, reminders, rotationReminderDays, "
                              "care, renewAtPercent, language, startsWithSession, consent and gitHosts; a newer "
                              "Keytender may know it")));
}

} // namespace

std::optional<std::chrono::seconds> rungFrom(QStringView text)
{
    if (text.size() < 2 || !std::ranges::all_of(text.chopped(1), isDigit))
        return std::nullopt;
    bool fits = false;
    const int number = text.chopped(1).toInt(&fits);
    const auto unit = unitOf(text.back());
    if (!fits || number <= 0 || number > longestRung / std::chrono::minutes{1} || !unit || *unit * number > longestRung)
        return std::nullopt;
    return *unit * number;
}

QString textOf(std::chrono::seconds rung)
{
    for (const QChar letter : {u'd', u'h'}) {
        if (const auto unit = *unitOf(letter); rung % unit == std::chrono::seconds{0})
            return QString::number(rung / unit) + letter;
    }
    return QString::number(rung / std::chrono::minutes{1}) + u'm';
}

bool isGitHost(QStringView text)
{
    // RFC 952 names and RFC 3986 address literals; a trailing dot would be another word for the same host.
    static const QRegularExpression form(
        QStringLiteral("\\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
                       "|\\[[0-9a-f:]*:[0-9a-f:.]*\\])(?::([1-9][0-9]{0,4}))?\\z"));
    const auto match = form.match(text);
    constexpr qsizetype longestHost = 253 + 6;
    return match.hasMatch() && text.size() <= longestHost && match.capturedView(1).toInt() <= 65535;
}

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

Result<Settings> loadSettings(const QString &file, const base::Environment &environment, const KnownNames &known)
{
    Result<base::FileContent> content = base::readFile(file, {.bytes = mostSettingsBytes, .owner = environment.user});
    if (!content) {
        if (content.error().kind == base::ErrorKind::NotFound)
            return Settings{};
        return unexpected(std::move(content).error());
    }
    return settingsIn(std::move(content->bytes), file, environment, known);
}

QString languageIn(const QString &file, const base::Environment &environment)
{
    Result<base::FileContent> content = base::readFile(file, {.bytes = mostSettingsBytes, .owner = environment.user});
    if (!content)
        return {};
    const Result<base::JsonSpans> parsed = base::JsonSpans::parse(std::move(content->bytes), file);
    if (!parsed)
        return {};
    const Result<QString> language = parsed->root().member("language").string();
    return language ? *language : QString();
}

Result<Settings> settingsIn(base::Secret text, const QString &file, const base::Environment &environment,
                            const KnownNames &known)
{
    const Result<base::JsonSpans> parsed = base::JsonSpans::parse(std::move(text), file);
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
        const Result<void> read = readMember(name, value, environment, known, settings);
        if (!read)
            return unexpected(read.error());
    }
    return settings;
}

} // namespace keytender::service
