// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/revocationnotes.h"

#include <unistd.h>

#include "base/durablefile.h"
#include "vault/framing.h"
#include "vault/sealedfiles.h"

namespace keytender::vault {

namespace {

constexpr std::uint64_t noteVersion = 1;
constexpr std::size_t largestFile = std::size_t{4} << 20;
constexpr qsizetype hashDigits = 32;

QString suffix()
{
    return QStringLiteral(".revocation");
}

base::Unexpected<base::Error> failure(base::ErrorKind kind, const QString &path, const QString &detail)
{
    return base::unexpected({.kind = kind, .subject = path, .place = {}, .detail = detail});
}

base::Secret bytesOf(const RevocationNote &note)
{
    FrameWriter writer;
    writer.number(noteVersion);
    writer.number(static_cast<std::uint64_t>(note.phase));
    writer.text(note.profileId);
    writer.text(note.providerId);
    writer.text(note.label);
    writer.fingerprint(note.lineage);
    writer.time(note.begunAt);
    writer.time(note.nextTry);
    writer.number(note.tries);
    writer.number(note.mayHaveSuccessor ? 1 : 0);
    writer.text(note.refreshToken.expose());
    writer.text(note.accessToken.expose());
    return writer.take();
}

base::Result<RevocationNote> noteFrom(std::string_view bytes, const QString &path)
{
    FrameReader reader(bytes);
    if (const std::uint64_t version = reader.number(); version != noteVersion)
        return failure(base::ErrorKind::UnknownVersion, path, QStringLiteral("has version %1").arg(version));
    RevocationNote note;
    const std::uint64_t phase = reader.number();
    if (phase > static_cast<std::uint64_t>(RevocationNote::Phase::Pending))
        return failure(base::ErrorKind::UnknownVersion, path, QStringLiteral("has a phase from a newer version"));
    note.phase = static_cast<RevocationNote::Phase>(phase);
    note.profileId = reader.words();
    note.providerId = reader.words();
    note.label = reader.words();
    note.lineage = reader.fingerprint();
    note.begunAt = reader.time();
    note.nextTry = reader.time();
    note.tries = reader.number();
    note.mayHaveSuccessor = reader.number() != 0;
    note.refreshToken = base::Secret::copyOf(reader.text());
    note.accessToken = base::Secret::copyOf(reader.text());
    if (!reader.isWhole())
        return failure(base::ErrorKind::Malformed, path, QStringLiteral("is cut off"));
    return note;
}

} // namespace

RevocationNote RevocationNote::clone() const
{
    return {.phase = phase,
            .profileId = profileId,
            .providerId = providerId,
            .label = label,
            .lineage = lineage,
            .begunAt = begunAt,
            .nextTry = nextTry,
            .tries = tries,
            .mayHaveSuccessor = mayHaveSuccessor,
            .refreshToken = refreshToken.clone(),
            .accessToken = accessToken.clone()};
}

RevocationNotes::RevocationNotes(QString directory, const base::Secret &key, base::Random &random)
    : m_directory(std::move(directory)), m_seal(std::make_shared<const Seal>(key)), m_random(random)
{
}

base::Result<void> RevocationNotes::write(const RevocationNote &note) const
{
    const QString name = fileName(note.lineage);
    if (const auto present = open(name); !present && present.error().kind != base::ErrorKind::NotFound)
        return base::unexpected(present.error());
    const base::Secret plain = bytesOf(note);
    return base::DurableFile(m_directory, m_random)
        .write(name, m_seal->seal(plain.expose(), name.toStdString(), m_random));
}

base::Result<RevocationNote> RevocationNotes::read(const base::Fingerprint &lineage) const
{
    return open(fileName(lineage));
}

base::Result<void> RevocationNotes::remove(const base::Fingerprint &lineage) const
{
    return base::DurableFile(m_directory, m_random).remove(fileName(lineage));
}

RevocationNotes::Contents RevocationNotes::readAll() const
{
    Contents contents;
    for (const QString &name : namesEndingIn(suffix(), m_directory)) {
        auto note = open(name);
        if (note)
            contents.notes.push_back(*std::move(note));
        else if (note.error().kind != base::ErrorKind::NotFound) // gone since the listing
            contents.problems.push_back(note.error());
    }
    return contents;
}

base::Result<RevocationNote> RevocationNotes::open(const QString &name) const
{
    const QString path = m_directory + u'/' + name;
    const auto content = base::readFile(path, {.bytes = largestFile, .owner = geteuid()});
    if (!content)
        return base::unexpected(content.error());
    base::Secret plain(content->bytes.size());
    const auto length = m_seal->open(content->bytes.expose(), name.toStdString(), plain.writable());
    if (!length) {
        base::Error error = length.error();
        error.subject = path;
        return base::unexpected(std::move(error));
    }
    return noteFrom(plain.expose().substr(0, *length), path);
}

// Of the fingerprint, so that the same sign-out always has the same note.
QString RevocationNotes::fileName(const base::Fingerprint &lineage) const
{
    return QString::fromStdString(m_seal->fileName(lineage.hex())).first(hashDigits) + suffix();
}

} // namespace keytender::vault
