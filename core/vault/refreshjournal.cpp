// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/refreshjournal.h"

#include "base/durablefile.h"
#include "vault/sealedfiles.h"

namespace keytender::vault {

namespace {

constexpr qsizetype hashDigits = 32;

QString journalSuffix()
{
    return QStringLiteral(".journal");
}

} // namespace

RefreshJournal::RefreshJournal(QString directory, const base::Secret &key, base::Random &random)
    : m_directory(std::move(directory)), m_seal(std::make_shared<const Seal>(key)), m_random(random)
{
}

base::Result<LineageJournal> RefreshJournal::lineage(const QString &profileId) const
{
    return LineageJournal::open(placeOf(fileName(profileId, journalSuffix())));
}

RefreshJournal::Contents RefreshJournal::readOpen() const
{
    Contents contents;
    for (const QString &name : namesEndingIn(journalSuffix(), m_directory)) {
        auto entry = LineageJournal::read(placeOf(name));
        if (entry && entry->isOpen())
            contents.open.push_back(*std::move(entry));
        else if (!entry && entry.error().kind != base::ErrorKind::NotFound) // gone since the listing
            contents.problems.push_back(entry.error());
    }
    return contents;
}

base::Result<void> RefreshJournal::forget(const QString &profileId) const
{
    return base::DurableFile(m_directory, m_random).remove(fileName(profileId, journalSuffix()));
}

QString RefreshJournal::lockName(const QString &profileId) const
{
    return fileName(profileId, QStringLiteral(".lock"));
}

QString RefreshJournal::fileName(const QString &profileId, const QString &suffix) const
{
    return QString::fromStdString(m_seal->fileName(profileId)).first(hashDigits) + suffix;
}

LineageJournal::Place RefreshJournal::placeOf(const QString &name) const
{
    return {.directory = m_directory, .name = name, .seal = m_seal, .random = m_random};
}

} // namespace keytender::vault
