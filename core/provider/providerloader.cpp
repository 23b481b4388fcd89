// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "provider/providerloader.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <sys/stat.h>

#include "base/durablefile.h"

// Must stand outside of every namespace. A static library's resources are left out by the linker unless named.
static void nameTheResources()
{
    Q_INIT_RESOURCE(providers);
}

namespace keytender::provider {

namespace {

constexpr std::size_t largestFile = 256u << 10;
constexpr mode_t writableByOthers = S_IWGRP | S_IWOTH;

QString say(const char *text)
{
    return QCoreApplication::translate("Provider", text);
}

base::Error unsafe(const QString &path)
{
    return {.kind = base::ErrorKind::Unsafe,
            .subject = path,
            .place = {},
            .detail = say(QT_TRANSLATE_NOOP("Provider", "its group or everybody may write to it"))};
}

void take(ProviderSet &set, base::Result<Provider> provider)
{
    if (!provider) {
        set.problems.push_back(provider.error());
        return;
    }
    const QString id = provider->id;
    set.byId.insert_or_assign(id, *std::move(provider));
}

void takeBuiltIns(ProviderSet &set)
{
    nameTheResources();
    const QDir directory(QStringLiteral(":/keytender/providers"));
    // A name filter would be a regular expression: half a megabyte for one suffix.
    QStringList names = directory.entryList(QDir::Files, QDir::Name);
    names.removeIf([](const QString &name) { return !name.endsWith(QStringLiteral(".json")); });
    for (const QString &name : names) {
        QFile file(directory.filePath(name));
        const bool isOpen = file.open(QIODevice::ReadOnly);
        const QByteArray bytes = isOpen ? file.readAll() : QByteArray();
        const std::string_view text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        take(set, parseProvider(base::Secret::copyOf(text), file.fileName(), EndpointRule::HttpsOnly));
    }
}

base::Result<Provider> readOverride(const QString &path, uid_t owner, EndpointRule rule)
{
    base::Result<base::FileContent> content = base::readFile(path, {.bytes = largestFile, .owner = owner});
    if (!content)
        return base::unexpected(content.error());
    // A group that may change where tokens are sent is a group that may take them.
    if ((content->facts.mode & writableByOthers) != 0)
        return base::unexpected(unsafe(path));
    base::Result<Provider> provider = parseProvider(std::move(content->bytes), path, rule);
    if (provider)
        provider->isBuiltIn = false;
    return provider;
}

// Nothing where the directory may be used or is missing.
std::optional<base::Error> faultOf(const QString &directory, uid_t owner)
{
    struct stat status {};
    if (stat(QFile::encodeName(directory).constData(), &status) != 0)
        return errno == ENOENT ? std::nullopt : std::optional(base::errorFromErrno(errno, directory));
    if (!S_ISDIR(status.st_mode))
        return base::Error{.kind = base::ErrorKind::Misconfigured,
                           .subject = directory,
                           .place = {},
                           .detail = say(QT_TRANSLATE_NOOP("Provider", "is not a directory"))};
    if (status.st_uid != owner)
        return base::Error{.kind = base::ErrorKind::ForeignOwner, .subject = directory, .place = {}, .detail = {}};
    if ((status.st_mode & writableByOthers) != 0)
        return unsafe(directory);
    return std::nullopt;
}

// Sorted; hidden files are what editors leave behind.
base::Result<QStringList> filesIn(const QString &directory)
{
    QStringList names;
    std::error_code error;
    std::filesystem::directory_iterator entry(QFile::encodeName(directory).toStdString(), error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const QString name = QFile::decodeName(QByteArray::fromStdString(entry->path().filename().string()));
        if (name.endsWith(QLatin1String(".json")) && !name.startsWith(u'.'))
            names.append(name);
    }
    if (error && error.value() != ENOENT)
        return base::unexpected(base::errorFromErrno(error.value(), directory));
    names.sort();
    return names;
}

} // namespace

const Provider *ProviderSet::find(const QString &id) const
{
    const auto found = byId.find(id);
    return found == byId.end() ? nullptr : &found->second;
}

ProviderSet loadProviders(const QString &directory, uid_t owner, EndpointRule rule)
{
    ProviderSet set;
    takeBuiltIns(set);
    if (const std::optional<base::Error> fault = faultOf(directory, owner)) {
        set.problems.push_back(*fault);
        return set;
    }
    const base::Result<QStringList> names = filesIn(directory);
    if (!names) {
        set.problems.push_back(names.error());
        return set;
    }
    for (const QString &name : *names)
        take(set, readOverride(directory + u'/' + name, owner, rule));
    return set;
}

} // namespace keytender::provider
