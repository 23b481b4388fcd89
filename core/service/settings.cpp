// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/settings.h"

#include <QDir>

#include "base/durablefile.h"
#include "base/jsonspans.h"

namespace keytender::service {

using base::JsonValue;
using base::Result;
using base::unexpected;

namespace {

constexpr double knownVersion = 1;

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

} // namespace

Places Places::in(const base::Environment &environment)
{
    return {.configuration = environment.configHome() + QStringLiteral("/keytender"),
            .vault = environment.dataHome() + QStringLiteral("/keytender/vault"),
            .activity = environment.stateHome() + QStringLiteral("/keytender/activity.db")};
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
        if (name == QStringLiteral("version"))
            continue;
        if (name != QStringLiteral("homes"))
            return unexpected(value.error(QStringLiteral("is no setting; the settings are version and homes"),
                                          base::ErrorKind::Misconfigured));
        if (const Result<void> read = readAllHomes(value, environment, toolIds, settings); !read)
            return unexpected(read.error());
    }
    return settings;
}

} // namespace keytender::service
