// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/awssso.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>
#include <QUrl>

#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

// The cache's names are SHA-1 in hexadecimal. Other programs keep files of other names beside them.
bool isCacheName(const std::string &name)
{
    constexpr std::string_view suffix = ".json";
    if (name.size() != 40 + suffix.size() || !name.ends_with(suffix))
        return false;
    return std::all_of(name.begin(), name.begin() + 40, [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    });
}

// Names only, and nothing is asked of each file: there may be thousands.
std::vector<std::string> cacheNames(const QString &directory, Located &located)
{
    std::vector<std::string> names;
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(QFile::encodeName(directory).toStdString(), failure), end;
         !failure && entry != end; entry.increment(failure)) {
        std::string name = entry->path().filename().string();
        if (isCacheName(name))
            names.push_back(std::move(name));
    }
    if (failure && failure.value() != ENOENT)
        located.problems.push_back(base::errorFromErrno(failure.value(), directory));
    std::ranges::sort(names);
    return names;
}

// A session's file is named after the SHA-1 of its name. The configuration may hold keys: only the lines that begin a
// session are looked at.
std::map<QString, QString> sessionNames(const QString &path, const base::Environment &environment)
{
    std::map<QString, QString> names;
    const auto config = base::readFile(path, {.bytes = 1u << 20, .owner = environment.user});
    if (!config)
        return names; // it only makes a label nicer
    static const QRegularExpression header(
        QStringLiteral(R"x(^\s*\[\s*sso-session\s+(?:"([^"]+)"|'([^']+)'|(\S+?))\s*\])x"));
    std::string_view text = config->bytes.expose();
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::size_t first = line.find_first_not_of(" \t");
        if (first == std::string_view::npos || line[first] != '[')
            continue;
        const auto match = header.match(QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size())));
        const QString name = match.captured(match.lastCapturedIndex());
        if (match.hasMatch())
            names.emplace(
                QString::fromLatin1(QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha1).toHex()), name);
    }
    return names;
}

// As the CLI writes it, or as old botocore did: "2020-04-10T13:52:08UTC".
base::Result<std::optional<base::Timestamp>> awsTime(const base::JsonValue &value)
{
    const auto text = value.optionalString();
    if (!text || !text->has_value() || !(*text)->endsWith(QStringLiteral("UTC")))
        return rfc3339Time(value);
    if (const auto time = base::fromRfc3339((*text)->chopped(3) + u'Z'))
        return time;
    return base::unexpected(value.error(QStringLiteral("is not a date and time")));
}

base::Result<CopyReading> readRecord(const base::JsonValue &record)
{
    // The registration of the client lies in the same directory: it is no login.
    if (record.member("accessToken").isMissing())
        return CopyReading();
    auto reading = readTokens(record, {.access = "accessToken", .refresh = "refreshToken"});
    if (!reading || reading->state != profile::CopyState::Held)
        return reading;
    profile::TokenSet &tokens = reading->credential->tokens;
    const auto expiry = awsTime(record.member("expiresAt"));
    if (!expiry)
        return base::unexpected(expiry.error());
    if (!expiry->has_value())
        return base::unexpected(record.member("expiresAt").error(QStringLiteral("is missing")));
    const auto registrationEnd = awsTime(record.member("registrationExpiresAt"));
    if (!registrationEnd)
        return base::unexpected(registrationEnd.error());
    tokens.expiresAt = *expiry;
    // Once the client's registration has ended, no refresh is possible.
    if (!tokens.refreshToken.isEmpty())
        tokens.refreshTokenExpiresAt = *registrationEnd;

    Remarks remarks;
    const QString host = QUrl(remarks.text(record.member("startUrl"))).host();
    if (!host.isEmpty())
        reading->label = QStringLiteral("AWS SSO · ") + host;
    reading->problem = remarks.first();
    return reading;
}

} // namespace

const ToolFacts &AwsSso::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("aws-sso"),
                                 .name = QStringLiteral("AWS SSO"),
                                 .profileName = QStringLiteral("aws-sso"),
                                 .providerId = QStringLiteral("aws-sso"),
                                 .signInCommand = QStringLiteral("aws sso login")};
    return facts;
}

Located AwsSso::locate(const ToolWorld &world) const
{
    Located located;
    // No variable moves the cache.
    for (const Home &home : distinctHomes(world.environment.home + QStringLiteral("/.aws"), world.extraHomes)) {
        const QString directory = home.path + QStringLiteral("/sso/cache");
        located.directories.append(directory);
        const std::vector<std::string> names = cacheNames(directory, located);
        if (names.empty())
            continue;
        const auto sessions = sessionNames(home.path + QStringLiteral("/config"), world.environment);
        for (const std::string &name : names) {
            const QString file = QString::fromStdString(name);
            CopyPlace place;
            place.path = directory + u'/' + file;
            place.homeName = home.name;
            // The hash and not the name, which goes when the session is taken out of the configuration: ids stay.
            place.slot = file.first(12);
            if (const auto session = sessions.find(file.first(40)); session != sessions.end())
                place.label = facts().name + QStringLiteral(" · ") + session->second;
            located.places.push_back(std::move(place));
        }
    }
    return located;
}

std::vector<CopyReading> AwsSso::interpret(const CopyPlace &place, const base::FileContent &content,
                                           const Fetched & /*fetched*/, base::Timestamp /*now*/) const
{
    const auto document = parseObject(place.path, content);
    if (!document)
        return onlyReading(base::unexpected(document.error()), place);
    auto readings = onlyReading(readRecord(document->root()), place);
    // Two sessions may share a start page, so the session's own name is the better one.
    if (!place.label.isEmpty())
        readings.front().label = place.label;
    return readings;
}

} // namespace keytender::tools
