// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QMap>

#include "base/random.h"
#include "vault/vault.h"

namespace keytender::tests {

inline constexpr const char *refreshToken = "rt-1-Ab3dEf6hIj9lMn2pQr5tUv8xYz";
inline constexpr const char *accessToken = "at-1-kL0mN9oP8qR7sT6uV5wX4yZ3aB";
inline constexpr const char *email = "ada.lovelace@example.org";

inline base::Timestamp at(std::int64_t milliseconds)
{
    return base::Timestamp(base::Milliseconds(milliseconds));
}

inline vault::MasterKey masterKey(char fill = 'k', profile::Protection protection = profile::Protection::Sealed)
{
    return {.key = base::Secret::copyOf(std::string(vault::MasterKey::size, fill)), .protection = protection};
}

inline vault::Record record(const QString &id = QStringLiteral("claude-cli"))
{
    vault::Record record;
    record.id = id;
    record.providerId = QStringLiteral("anthropic");
    record.toolId = QStringLiteral("claude-code");
    record.label = QStringLiteral("Claude Code \u00b7 \u05d0\u05d1 \"\\\n\u0001");
    record.account = {.id = QStringLiteral("acc-1"),
                      .email = QString::fromLatin1(email),
                      .organizationId = QStringLiteral("org-1"),
                      .organizationName = QStringLiteral("Analytical Engines"),
                      .plan = QStringLiteral("max")};
    record.care = profile::Care::Shared;
    record.credential = {.kind = profile::CredentialKind::OAuth,
                         .tokens = {.accessToken = base::Secret::copyOf(accessToken),
                                    .refreshToken = base::Secret::copyOf(refreshToken),
                                    .expiresAt = at(1'795'000'000'123),
                                    .issuedAt = at(1'794'971'200'123),
                                    .refreshTokenExpiresAt = at(1'797'000'000'000),
                                    .scopes = {QStringLiteral("user:inference"), QStringLiteral("user:profile")}}};
    record.firstSeenAt = at(1'794'971'300'001);
    record.lastChangedAt = at(1'794'971'300'002);
    return record;
}

inline bool isSame(const vault::Record &left, const vault::Record &right)
{
    const profile::TokenSet &a = left.credential.tokens;
    const profile::TokenSet &b = right.credential.tokens;
    return left.id == right.id && left.providerId == right.providerId && left.toolId == right.toolId
           && left.label == right.label && left.account == right.account && left.care == right.care
           && left.credential.kind == right.credential.kind && a.accessToken == b.accessToken
           && a.refreshToken == b.refreshToken && a.expiresAt == b.expiresAt && a.issuedAt == b.issuedAt
           && a.refreshTokenExpiresAt == b.refreshTokenExpiresAt && a.scopes == b.scopes
           && left.firstSeenAt == right.firstSeenAt && left.lastChangedAt == right.lastChangedAt;
}

inline QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate, QFile::ReadOwner | QFile::WriteOwner)
        || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

// Everything in a directory, by name.
inline QMap<QString, QByteArray> contentsOf(const QString &directory)
{
    QMap<QString, QByteArray> contents;
    const QStringList names = QDir(directory).entryList(QDir::Files | QDir::Hidden);
    for (const QString &name : names)
        contents.insert(name, bytesOf(directory + u'/' + name));
    return contents;
}

inline QStringList sealedFilesIn(const QString &directory)
{
    QStringList paths;
    const QStringList names = QDir(directory).entryList({QStringLiteral("*.sealed")}, QDir::Files);
    for (const QString &name : names)
        paths += directory + u'/' + name;
    return paths;
}

} // namespace keytender::tests
