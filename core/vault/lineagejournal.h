// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <memory>
#include <optional>

#include <QString>

#include "base/durablefile.h"
#include "base/filedescriptor.h"
#include "base/random.h"
#include "vault/journalentry.h"
#include "vault/seal.h"

namespace keytender::vault {

// One lineage's journal file: two slots of a fixed size that are written in turn, so that a write that power or a full
// disk cut off leaves the entry before it. A slot is
//
//     8 bytes length · that many bytes sealed by Seal (the slot's number is part of the sealed name)
//
// All blocks are written when the file is made: an answer needs no new ones (F-74), unless it is larger than any that
// was ever seen; then a file with larger slots takes this one's place. To be opened and written only under the
// lineage's lock, and anew for each attempt.
class LineageJournal final {
public:
    static constexpr std::size_t leastSlotSize = std::size_t{64} * 1024;

    struct Place {
        QString directory;
        QString name; // of the file
        std::shared_ptr<const Seal> seal;
        base::Random &random;
    };
    // Makes the file where there is none. A file of which neither slot opens, or one of which a newer Keytender wrote,
    // is refused and stays as it is (F-111).
    [[nodiscard]] static base::Result<LineageJournal> open(Place place);
    // Touches nothing; NotFound where there is none.
    [[nodiscard]] static base::Result<JournalEntry> read(const Place &place);

    [[nodiscard]] const JournalEntry &current() const { return m_current.entry; }
    // Durable when it returns. After a failure current() is what it was, and the next write tries again: in a new file
    // where the old one could not be synced, because its pages cannot be trusted any more (F-75).
    [[nodiscard]] base::Result<void> write(JournalEntry entry);

private:
    LineageJournal(Place place, base::FileDescriptor file) : m_place(std::move(place)), m_file(std::move(file)) {}
    [[nodiscard]] static base::Result<LineageJournal> opened(const Place &place, int flags);
    [[nodiscard]] base::Result<void> load();
    [[nodiscard]] base::Result<NumberedEntry> slot(std::size_t number) const;
    [[nodiscard]] std::string sealed(const JournalEntry &entry, std::uint64_t sequence, std::size_t number) const;
    [[nodiscard]] base::Result<void> writeSlot(const std::string &bytes, std::size_t number);
    [[nodiscard]] base::Result<void> recreate(const JournalEntry &entry, std::uint64_t sequence);
    [[nodiscard]] QString path() const { return m_place.directory + u'/' + m_place.name; }

    Place m_place;
    base::FileDescriptor m_file; // closed = the next write makes a new file
    std::size_t m_slotSize = leastSlotSize;
    NumberedEntry m_current;
    std::size_t m_currentSlot = 0;
};

} // namespace keytender::vault
