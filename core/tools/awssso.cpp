// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/awssso.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/refusingwriter.h"
#include "tools/renewcommand.h"
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

QString hashOf(const QString &sessionName)
{
    return QString::fromLatin1(QCryptographicHash::hash(sessionName.toUtf8(), QCryptographicHash::Sha1).toHex());
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
            names.emplace(hashOf(name), name);
    }
    return names;
}

// Profiles by the members that count here; all else in the configuration, which may be keys, is passed over.
struct Profile {
    QString name;
    QString session;
    bool hasAccount = false;
    bool hasRole = false;
};

std::vector<Profile> profilesIn(std::string_view text)
{
    static const QRegularExpression header(
        QStringLiteral(R"x(^\s*\[\s*(?:(default)|profile\s+(?:"([^"]+)"|'([^']+)'|(\S+?)))\s*\])x"));
    static const QRegularExpression member(
        QStringLiteral(R"x(^(sso_session|sso_account_id|sso_role_name)\s*=\s*(.*?)\s*$)x"));
    std::vector<Profile> profiles;
    bool isInProfile = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        const std::size_t first = line.find_first_not_of(" \t");
        if (first != std::string_view::npos && line[first] == '[') {
            const auto match = header.match(QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size())));
            isInProfile = match.hasMatch();
            if (isInProfile)
                profiles.push_back({.name = match.captured(match.lastCapturedIndex()), .session = {}});
        } else if (isInProfile && line.starts_with("sso_")) { // else never a QString
            const auto match = member.match(QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size())));
            Profile &profile = profiles.back();
            const QString key = match.captured(1);
            if (key == QStringLiteral("sso_session"))
                profile.session = match.captured(2);
            profile.hasAccount = profile.hasAccount || key == QStringLiteral("sso_account_id");
            profile.hasRole = profile.hasRole || key == QStringLiteral("sso_role_name");
        }
    }
    return profiles;
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

constexpr const char *noProfile = QT_TRANSLATE_NOOP(
    "Neighbours", "No profile with an account and a role uses this session, so AWS's programs cannot be asked.");

} // namespace

base::Result<QString> awsProfileUsing(const CopyPlace &place, const base::Environment &environment)
{
    const QString name = QFileInfo(place.path).completeBaseName();
    const QString usual = QFileInfo(place.path).path() + QStringLiteral("/../../config");
    const QString path = QDir::cleanPath(environment.nonEmptyOr(QStringLiteral("AWS_CONFIG_FILE"), usual));
    const auto config = base::readFile(path, {.bytes = 1u << 20, .owner = environment.user});
    if (!config)
        return base::unexpected(config.error());
    for (const Profile &profile : profilesIn(config->bytes.expose()))
        if (!profile.session.isEmpty() && hashOf(profile.session) == name && profile.hasAccount && profile.hasRole
            && !profile.name.startsWith(u'-')) // it would be taken for an option
            return profile.name;
    CopyPlace asked = place;
    asked.path = path;
    return refusedWrite(asked, neighbourText(noProfile));
}

const ToolFacts &AwsSso::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("aws-sso"),
                                 .name = QStringLiteral("AWS SSO"),
                                 .profileName = QStringLiteral("aws-sso"),
                                 .providerId = QStringLiteral("aws-sso"),
                                 .signInCommand = QStringLiteral("aws sso login"),
                                 // Renews the session in its last 15 minutes, then asks for a role's credentials, which
                                 // costs nothing and opens nothing.
                                 .renewCommand = {QStringLiteral("aws"), QStringLiteral("configure"),
                                                  QStringLiteral("export-credentials"), QStringLiteral("--profile"),
                                                  awsProfileWord}};
    return facts;
}

const CopyWriter *AwsSso::writer() const
{
    static const RefusingWriter refusing(
        {.share = QT_TRANSLATE_NOOP("Neighbours", "AWS's programs have no lock that Keytender could take, but they "
                                                  "renew the session themselves when they are asked to."),
         .write = QT_TRANSLATE_NOOP(
             "Neighbours",
             "AWS's programs have no lock that Keytender could take, so it does not write their sessions.")});
    return &refusing;
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
