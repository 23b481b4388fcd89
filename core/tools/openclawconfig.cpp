// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclawconfig.h"

#include <QFileInfo>
#include <QRegularExpression>

#include "base/durablefile.h"
#include "base/jsonspans.h"
#include "tools/json5text.h"

namespace keytender::tools {

namespace {

constexpr int parentsToLookIn = 4; // from node_modules/openclaw/dist/entry.js upwards

std::optional<OpenClawVersion> versionOfPackageAbove(const QString &program, const base::Environment &environment)
{
    QString directory = QFileInfo(program).path();
    for (int i = 0; i < parentsToLookIn; ++i, directory = QFileInfo(directory).path()) {
        const QString path = directory + QStringLiteral("/package.json");
        // Installed by root or by the user.
        for (const uid_t owner : {environment.user, uid_t{0}}) {
            auto content = base::readFile(path, {.bytes = 1u << 20, .owner = owner});
            if (!content)
                continue;
            const auto package = base::JsonSpans::parse(std::move(content->bytes), path);
            if (!package)
                return std::nullopt;
            const auto version = package->root().member("version").optionalString();
            return version ? openClawVersionIn(version->value_or(QString())) : std::nullopt;
        }
    }
    return std::nullopt;
}

base::Result<base::JsonSpans> parsed(base::Secret text, const QString &path)
{
    auto json = base::JsonSpans::parse(text.clone(), path);
    if (json)
        return json;
    auto converted = jsonFromJson5(text, path);
    if (!converted)
        return base::unexpected(converted.error());
    auto json5 = base::JsonSpans::parse(std::move(*converted), path);
    // Lines and columns of what was converted would lead nowhere.
    if (!json5)
        return base::unexpected({.kind = json.error().kind,
                                 .subject = path,
                                 .place = {},
                                 .detail = QStringLiteral("is not JSON5 that Keytender can read: further agents in it "
                                                          "are not seen")});
    return json5;
}

} // namespace

QString OpenClawVersion::text() const
{
    return QStringLiteral("%1.%2.%3").arg(year).arg(month).arg(release);
}

std::optional<OpenClawVersion> openClawVersionIn(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(20\\d\\d)\\.(\\d{1,2})\\.(\\d{1,3})(?!\\d)"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return OpenClawVersion{
        .year = match.captured(1).toInt(), .month = match.captured(2).toInt(), .release = match.captured(3).toInt()};
}

std::optional<OpenClawVersion> installedOpenClaw(const base::Environment &environment)
{
    const QStringList directories = environment.nonEmptyOr(QStringLiteral("PATH"), {}).split(u':', Qt::SkipEmptyParts);
    for (const QString &directory : directories) {
        for (const char *name : {"openclaw", "moltbot", "clawdbot"}) {
            const QString program = QFileInfo(directory + u'/' + QString::fromLatin1(name)).canonicalFilePath();
            if (!program.isEmpty())
                return versionOfPackageAbove(program, environment);
        }
    }
    return std::nullopt;
}

base::Result<OpenClawConfig> openClawConfigIn(const QString &path, const base::Environment &environment)
{
    OpenClawConfig config;
    auto content = base::readFile(path, {.owner = environment.user});
    if (!content && content.error().kind == base::ErrorKind::NotFound)
        return config;
    if (!content)
        return base::unexpected(content.error());
    const auto document = parsed(std::move(content->bytes), path);
    if (!document)
        return base::unexpected(document.error());
    const base::JsonValue root = document->root();
    for (const base::JsonValue &agent : root.member("agents").member("list").elements()) {
        const auto id = agent.member("id").optionalString();
        const auto directory = agent.member("agentDir").optionalString();
        if (id && *id && directory)
            config.agents.push_back({.id = **id, .directory = directory->value_or(QString())});
    }
    const auto touched = root.member("meta").member("lastTouchedVersion").optionalString();
    if (touched)
        config.touchedBy = openClawVersionIn(touched->value_or(QString()));
    return config;
}

} // namespace keytender::tools
