// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/googleadc.h"

#include <QFileInfo>

#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/refusingwriter.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

constexpr QLatin1String fileName("application_default_credentials.json");

// The refresh token is all of it: there is no access token, and so no end either.
base::Result<CopyReading> readUser(const base::JsonValue &record)
{
    auto refreshToken = record.member("refresh_token").secret();
    if (!refreshToken)
        return base::unexpected(refreshToken.error());
    if (refreshToken->isEmpty()) {
        CopyReading blank;
        blank.state = profile::CopyState::Blank;
        return blank;
    }
    profile::Credential credential;
    credential.tokens.refreshToken = std::move(*refreshToken);
    CopyReading reading = held(std::move(credential));
    Remarks remarks;
    reading.account.email = remarks.text(record.member("account"));
    reading.account.organizationName = remarks.text(record.member("quota_project_id"));
    reading.problem = remarks.first();
    return reading;
}

base::Result<CopyReading> readServiceAccount(const base::JsonValue &record)
{
    auto key = record.member("private_key").secret();
    if (!key)
        return base::unexpected(key.error());
    if (key->isEmpty())
        return base::unexpected(record.member("private_key").error(QStringLiteral("is empty")));
    profile::Credential credential;
    credential.kind = profile::CredentialKind::ApiKey;
    credential.tokens.accessToken = std::move(*key);
    CopyReading reading = held(std::move(credential));
    reading.label = QStringLiteral("Google ADC · service account");
    Remarks remarks;
    reading.account.email = remarks.text(record.member("client_email"));
    reading.account.id = remarks.text(record.member("client_id"));
    reading.account.organizationName = remarks.text(record.member("project_id"));
    reading.problem = remarks.first();
    return reading;
}

base::Result<CopyReading> readRecord(const base::JsonValue &record)
{
    const auto type = record.member("type").string();
    if (!type)
        return base::unexpected(type.error());
    if (*type == QStringLiteral("authorized_user") || *type == QStringLiteral("external_account_authorized_user"))
        return readUser(record);
    if (*type == QStringLiteral("service_account"))
        return readServiceAccount(record);
    if (*type == QStringLiteral("impersonated_service_account")) {
        const auto source = record.member("source_credentials").object();
        return source ? readUser(*source) : base::unexpected(source.error());
    }
    // A description of where a token is to be had; it holds no login itself.
    if (*type == QStringLiteral("external_account"))
        return CopyReading();
    return base::unexpected(
        record.member("type").error(QStringLiteral("is \"%1\", which Keytender does not know").arg(type->left(40)),
                                    base::ErrorKind::UnknownVersion));
}

} // namespace

const ToolFacts &GoogleAdc::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("google-adc"),
                                 .name = QStringLiteral("Google ADC"),
                                 .profileName = QStringLiteral("google-adc"),
                                 .providerId = QStringLiteral("google-adc"),
                                 .signInCommand = QStringLiteral("gcloud auth application-default login")};
    return facts;
}

const CopyWriter *GoogleAdc::writer() const
{
    static const RefusingWriter refusing(
        {.share = QT_TRANSLATE_NOOP("Neighbours", "Google's programs renew for themselves and never change this file, "
                                                  "so there is nothing in it to keep fresh."),
         .write = QT_TRANSLATE_NOOP("Neighbours", "This file holds no access token that could be kept fresh.")});
    return &refusing;
}

Located GoogleAdc::locate(const ToolWorld &world) const
{
    Located located;
    QStringList paths;
    // gcloud does not look at XDG_CONFIG_HOME.
    const QString usual = world.environment.home + QStringLiteral("/.config/gcloud");
    for (const Home &home : homesIn(world, usual, QStringLiteral("CLOUDSDK_CONFIG"), located.problems)) {
        CopyPlace place;
        place.path = home.path + u'/' + fileName;
        place.homeName = home.name;
        paths.append(place.path);
        located.places.push_back(std::move(place));
    }
    // It names a file and not a home, so it gets a slot of its own.
    const auto file =
        directoryFrom(world.environment, QStringLiteral("GOOGLE_APPLICATION_CREDENTIALS"), located.problems);
    if (file && !paths.contains(*file)) {
        CopyPlace place;
        place.path = *file;
        place.slot = shortHomeName(QFileInfo(*file).completeBaseName());
        place.label = facts().name + QStringLiteral(" · ") + QFileInfo(*file).fileName();
        located.places.push_back(std::move(place));
    }
    return located;
}

std::vector<CopyReading> GoogleAdc::interpret(const CopyPlace &place, const base::FileContent &content,
                                              const Fetched & /*fetched*/, base::Timestamp /*now*/) const
{
    return onlyRecord(content, place, readRecord);
}

} // namespace keytender::tools
