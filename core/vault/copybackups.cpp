// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/copybackups.h"

#include <unistd.h>

#include "base/durablefile.h"
#include "vault/framing.h"

namespace keytender::vault {

namespace {

constexpr std::uint64_t backupVersion = 1;
constexpr std::size_t largestFile = std::size_t{16} << 20;

base::Secret bytesOf(const CopyBackup &backup)
{
    FrameWriter writer;
    writer.number(backupVersion);
    writer.text(backup.profileId);
    writer.text(backup.path);
    writer.number(static_cast<std::uint64_t>(backup.why));
    writer.time(backup.at);
    writer.text(backup.bytes.expose());
    return writer.take();
}

base::Result<CopyBackup> backupFrom(std::string_view bytes, const QString &file)
{
    FrameReader reader(bytes);
    const std::uint64_t version = reader.number();
    if (version != backupVersion)
        return base::unexpected({.kind = base::ErrorKind::UnknownVersion,
                                 .subject = file,
                                 .place = {},
                                 .detail = QStringLiteral("has version %1").arg(version)});
    CopyBackup backup;
    backup.profileId = reader.words();
    backup.path = reader.words();
    backup.why = static_cast<CopyBackup::Why>(reader.number());
    backup.at = reader.time();
    backup.bytes = base::Secret::copyOf(reader.text());
    if (reader.isWhole())
        return backup;
    return base::unexpected(
        {.kind = base::ErrorKind::Malformed, .subject = file, .place = {}, .detail = QStringLiteral("is cut off")});
}

} // namespace

CopyBackups::CopyBackups(QString directory, const base::Secret &key, base::Random &random)
    : m_directory(std::move(directory)), m_seal(std::make_shared<const Seal>(key)), m_random(random)
{
}

base::Result<void> CopyBackups::keep(const CopyBackup &backup) const
{
    const QString name = fileName(backup.path);
    const base::Secret plain = bytesOf(backup);
    return base::DurableFile(m_directory, m_random)
        .write(name, m_seal->seal(plain.expose(), name.toStdString(), m_random));
}

base::Result<CopyBackup> CopyBackups::of(const QString &path) const
{
    const QString name = fileName(path);
    const QString file = m_directory + u'/' + name;
    const auto content = base::readFile(file, {.bytes = largestFile, .owner = geteuid()});
    if (!content)
        return base::unexpected(content.error());
    base::Secret plain(content->bytes.size());
    const auto length = m_seal->open(content->bytes.expose(), name.toStdString(), plain.writable());
    if (!length) {
        base::Error error = length.error();
        error.subject = file;
        return base::unexpected(std::move(error));
    }
    return backupFrom(plain.expose().substr(0, *length), file);
}

base::Result<void> CopyBackups::forget(const QString &path) const
{
    return base::DurableFile(m_directory, m_random).remove(fileName(path));
}

QString CopyBackups::fileName(const QString &path) const
{
    return QString::fromStdString(m_seal->fileName(QStringLiteral("copy:") + path)).first(32)
           + QStringLiteral(".before");
}

} // namespace keytender::vault
