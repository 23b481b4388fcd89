// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/settings/settingsfile.h"

#include <QCoreApplication>
#include <QFileInfo>

#include "service/settings/settingstext.h"
#include "sync/filewatch.h"

namespace keytender::service {

using base::ErrorKind;
using base::Result;
using base::unexpected;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("SettingsFile", text);
}

Result<base::FileContent> contentOf(const SettingsFile::World &world)
{
    return base::readFile(world.path, {.bytes = mostSettingsBytes, .owner = world.environment.user});
}

base::Error changedMeanwhile(const QString &file, const QString &member)
{
    return {.kind = ErrorKind::Refused,
            .subject = file,
            .place = member,
            .detail = say(QT_TRANSLATE_NOOP("SettingsFile",
                                            "somebody else has changed it meanwhile; look at it and change it again"))};
}

} // namespace

SettingsFile::SettingsFile(World world, QObject *parent) : QObject(parent), m_world(std::move(world))
{
    read();
}

SettingsFile::~SettingsFile() = default;

void SettingsFile::read()
{
    take(loadSettings(m_world.path, m_world.environment, m_world.known));
}

void SettingsFile::take(Result<Settings> settings)
{
    const std::optional<base::Error> problem = settings ? std::nullopt : std::optional(settings.error());
    const bool isOtherProblem = problem != m_problem;
    m_problem = problem;
    const bool isOther = settings && *settings != m_current;
    if (isOther)
        m_current = *std::move(settings);
    if (isOther)
        Q_EMIT changed();
    if (isOtherProblem)
        Q_EMIT problemChanged();
}

void SettingsFile::watch()
{
    if (m_watch)
        return;
    m_watch = std::make_unique<sync::FileWatch>();
    connect(m_watch.get(), &sync::FileWatch::fileChanged, this, &SettingsFile::read);
    connect(m_watch.get(), &sync::FileWatch::everythingChanged, this, &SettingsFile::read);
    m_watch->watch({m_world.path}, {});
    read(); // what changed before it was watched
}

Result<void> SettingsFile::change(const Settings &wanted)
{
    if (wanted == m_current && !m_problem)
        return {};
    Result<Settings> written = write(wanted);
    if (!written)
        return unexpected(std::move(written).error());
    take(std::move(written));
    return {};
}

Result<Settings> SettingsFile::write(const Settings &wanted)
{
    Result<base::FileContent> content = contentOf(m_world);
    std::optional<base::Secret> seen;
    if (content) {
        seen = content->bytes.clone();
    } else if (content.error().kind == ErrorKind::NotFound) {
        content = base::FileContent{.bytes = base::Secret::copyOf(emptySettings), .facts = {}};
        content->facts.path = m_world.path;
    } else {
        return unexpected(std::move(content).error());
    }
    const Result<Settings> there = settingsIn(content->bytes.clone(), m_world.path, m_world.environment, m_world.known);
    if (!there)
        return unexpected(there.error());
    MergedSettings whole = merged(m_current, wanted, *there);
    if (!whole.clash.isEmpty())
        return unexpected(changedMeanwhile(m_world.path, whole.clash));
    const Result<base::Secret> text = settingsText(*content, *there, whole.settings, m_world.environment);
    if (!text)
        return unexpected(text.error());
    // Nothing is written that would not be read again as it was meant.
    const Result<Settings> again = settingsIn(text->clone(), m_world.path, m_world.environment, m_world.known);
    if (!again)
        return unexpected(again.error());
    if (*again != whole.settings)
        return unexpected({.kind = ErrorKind::Refused,
                           .subject = m_world.path,
                           .place = {},
                           .detail = say(QT_TRANSLATE_NOOP("SettingsFile",
                                                           "this cannot be written so that it reads back the same"))});
    if (*again == *there) // it stands there already
        return *again;
    if (const auto replaced = replaceIfSame(m_world, seen, *text); !replaced)
        return unexpected(replaced.error());
    return *again;
}

Result<void> replaceIfSame(const SettingsFile::World &world, const std::optional<base::Secret> &seen,
                           const base::Secret &text)
{
    const QFileInfo place(world.path);
    const base::DurableFile file(place.path(), world.random);
    if (!seen) {
        if (const auto made = file.prepareDirectory(); !made)
            return made;
    }
    const Result<base::FileContent> now = contentOf(world);
    if (!now && now.error().kind != ErrorKind::NotFound)
        return unexpected(now.error());
    const bool isSame = now ? seen && now->bytes.expose() == seen->expose() : !seen;
    if (!isSame)
        return unexpected(changedMeanwhile(world.path, {}));
    return file.write(place.fileName(), text.expose());
}

} // namespace keytender::service
