// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFile>
#include <QtTest>

#include "fakes/temporaryhome.h"
#include "tools/tool.h"

// What a tool's reader gets from its caller, for tests of the adapters.
namespace keytender::fetching {

// 2026-11-22T11:00:00Z, the end of every access token in the fixtures.
inline constexpr base::Timestamp fixtureEnd{std::chrono::milliseconds{1'795'345'200'000}};
inline constexpr base::Timestamp now{fixtureEnd - std::chrono::hours{1}};

inline QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(KEYTENDER_FIXTURES "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no fixture %s", qPrintable(name));
    return file.readAll();
}

inline base::Secret secretOf(const QByteArray &bytes)
{
    return base::Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

inline base::FileContent contentOf(const QByteArray &bytes)
{
    base::FileContent content;
    content.bytes = secretOf(bytes);
    content.facts.mode = 0600;
    return content;
}

inline std::vector<tools::CopyReading> read(const tools::Tool &tool, const tools::CopyPlace &place,
                                            base::Result<base::FileContent> content,
                                            const base::Environment &environment = {})
{
    tools::Fetched fetched{.content = std::move(content), .companions = {}};
    for (const QString &path : place.companions)
        fetched.companions.emplace(path, base::readFile(path, {.bytes = 1u << 20, .owner = environment.user}));
    return tool.read(place, fetched, now);
}

inline std::vector<tools::CopyReading> read(const tools::Tool &tool, const tools::CopyPlace &place,
                                            const QByteArray &bytes, const base::Environment &environment = {})
{
    return read(tool, place, contentOf(bytes), environment);
}

// As the file lies on the disk.
inline std::vector<tools::CopyReading> readFile(const tools::Tool &tool, const tools::CopyPlace &place,
                                                const base::Environment &environment)
{
    return read(tool, place, base::readFile(place.path, {.bytes = 1u << 20, .owner = environment.user}), environment);
}

inline QStringList idsOf(const tools::Tool &tool, const tools::CopyPlace &place,
                         const std::vector<tools::CopyReading> &readings)
{
    QStringList ids;
    for (const tools::CopyReading &reading : readings)
        ids.append(tools::profileIdOf(tool.facts(), place, reading));
    return ids;
}

inline bool holds(const base::Secret &secret, const char *text)
{
    return secret.expose() == text;
}

} // namespace keytender::fetching

Q_DECLARE_METATYPE(keytender::profile::CopyState)
Q_DECLARE_METATYPE(keytender::profile::CredentialKind)
Q_DECLARE_METATYPE(keytender::base::ErrorKind)
