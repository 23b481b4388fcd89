// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/journalentry.h"

#include "vault/framing.h"

namespace keytender::vault {

namespace {

constexpr std::uint64_t entryVersion = 1;

base::Unexpected<base::Error> failure(base::ErrorKind kind, const QString &detail)
{
    return base::unexpected({.kind = kind, .subject = {}, .place = {}, .detail = detail});
}

} // namespace

JournalEntry JournalEntry::clone() const
{
    return {.phase = phase,
            .attemptId = attemptId,
            .profileIds = profileIds,
            .providerId = providerId,
            .spent = spent,
            .sentAt = sentAt,
            .deliveries = deliveries,
            .answer = {.status = answer.status,
                       .headers = answer.headers,
                       .body = answer.body.clone(),
                       .receivedAt = answer.receivedAt,
                       .roundTrip = answer.roundTrip}};
}

base::Secret toBytes(const JournalEntry &entry, std::uint64_t sequence)
{
    FrameWriter writer;
    writer.number(entryVersion);
    writer.number(sequence);
    writer.number(static_cast<std::uint64_t>(entry.phase));
    writer.text(entry.attemptId);
    writer.text(entry.profileIds.join(u'\n'));
    writer.text(entry.providerId);
    writer.fingerprint(entry.spent);
    writer.time(entry.sentAt);
    writer.number(entry.deliveries);
    writer.number(static_cast<std::uint64_t>(entry.answer.status));
    writer.number(entry.answer.headers.size());
    for (const auto &[name, value] : entry.answer.headers) {
        writer.text(name);
        writer.text(value);
    }
    writer.text(entry.answer.body.expose());
    writer.time(entry.answer.receivedAt);
    writer.number(static_cast<std::uint64_t>(entry.answer.roundTrip.count()));
    return writer.take();
}

base::Result<NumberedEntry> entryFrom(std::string_view bytes)
{
    FrameReader reader(bytes);
    if (const std::uint64_t version = reader.number(); version != entryVersion)
        return failure(base::ErrorKind::UnknownVersion,
                       QStringLiteral("has entry version %1, this Keytender knows %2").arg(version).arg(entryVersion));
    NumberedEntry found;
    found.sequence = reader.number();
    JournalEntry &entry = found.entry;
    const std::uint64_t phase = reader.number();
    if (phase > static_cast<std::uint64_t>(JournalEntry::Phase::Received))
        return failure(base::ErrorKind::UnknownVersion, QStringLiteral("has a phase from a newer version"));
    entry.phase = static_cast<JournalEntry::Phase>(phase);
    entry.attemptId = reader.words();
    entry.profileIds = reader.words().split(u'\n', Qt::SkipEmptyParts);
    entry.providerId = reader.words();
    entry.spent = reader.fingerprint();
    entry.sentAt = reader.time();
    entry.deliveries = reader.number();
    entry.answer.status = static_cast<int>(reader.number());
    for (std::uint64_t left = reader.number(); left > 0 && reader.hasMore(); --left) {
        QByteArray name = reader.bytes();
        QByteArray value = reader.bytes();
        entry.answer.headers.emplace_back(std::move(name), std::move(value));
    }
    entry.answer.body = base::Secret::copyOf(reader.text());
    entry.answer.receivedAt = reader.time();
    entry.answer.roundTrip = base::Milliseconds(static_cast<std::int64_t>(reader.number()));
    if (!reader.isWhole())
        return failure(base::ErrorKind::Malformed, QStringLiteral("opens with our key, but what is in it is no entry"));
    return found;
}

} // namespace keytender::vault
