// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/tool.h"

#include <QDir>

namespace keytender::tools {

namespace {

CopyReading readingOf(const CopyPlace &place, const base::Error &error)
{
    CopyReading reading;
    reading.slot = place.slot;
    reading.label = place.label;
    if (error.kind == base::ErrorKind::NotFound && !place.isPromised)
        return reading;
    reading.state = profile::CopyState::Unreadable;
    reading.problem = error;
    return reading;
}

profile::Protection protectionAt(const CopyPlace &place, const base::FileContent &content)
{
    return place.kind == CopyPlace::Kind::KeychainItem ? profile::Protection::Keychain : protectionOf(content.facts);
}

} // namespace

std::vector<CopyReading> Tool::read(const CopyPlace &place, const Fetched &fetched, base::Timestamp now) const
{
    std::vector<CopyReading> readings;
    if (fetched.content)
        readings = interpret(place, *fetched.content, fetched, now);
    else
        readings.push_back(readingOf(place, fetched.content.error()));

    // A record that holds no login says the same as a missing file.
    if (readings.empty()) {
        CopyReading nothing;
        nothing.slot = place.slot;
        nothing.label = place.label;
        readings.push_back(std::move(nothing));
    }
    if (fetched.content) {
        for (CopyReading &reading : readings) {
            if (reading.label.isEmpty())
                reading.label = place.label;
            if (reading.protection == profile::Protection::Unknown)
                reading.protection = protectionAt(place, *fetched.content);
        }
    }
    return readings;
}

QString profileIdOf(const ToolFacts &facts, const CopyPlace &place, const CopyReading &reading)
{
    QString id = facts.profileName;
    if (!reading.slot.isEmpty())
        id += u':' + reading.slot;
    if (!place.homeName.isEmpty())
        id += u'@' + place.homeName;
    return id;
}

QString shortHomeName(const QString &path)
{
    const QString last = QDir::cleanPath(path).section(u'/', -1);
    QString name;
    for (const QChar character : last) {
        if (name.isEmpty() && character == u'.')
            continue;
        // Nothing that has a meaning in a profile's id or in a file name.
        const bool isPlain = character.isLetterOrNumber() || character == u'.' || character == u'_';
        name += isPlain || character.isSurrogate() ? character : u'-';
    }
    return name.isEmpty() ? QStringLiteral("home") : name;
}

profile::Protection protectionOf(const base::FileFacts &facts)
{
    return facts.isReadableByOthers() ? profile::Protection::SharedFile : profile::Protection::PrivateFile;
}

} // namespace keytender::tools
