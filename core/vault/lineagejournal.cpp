// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/lineagejournal.h"

#include <algorithm>
#include <cerrno>

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/framing.h"

namespace keytender::vault {

namespace {

constexpr std::size_t lengthSize = 8;
constexpr std::size_t slots = 2;
constexpr off_t largestSlot = off_t{16} << 20; // an answer has at most 1 MiB
constexpr std::size_t firstRead = 4096;        // an entry is seldom longer, however large its slot is

base::Unexpected<base::Error> failure(base::ErrorKind kind, const QString &path, const QString &detail)
{
    return base::unexpected({.kind = kind, .subject = path, .place = {}, .detail = detail});
}

std::string sealedNameOf(const QString &name, std::size_t number)
{
    return name.toStdString() + "/" + std::to_string(number);
}

std::string framed(const std::string &bytes)
{
    FrameWriter writer;
    writer.text(std::string_view(bytes));
    return std::string(writer.take().expose());
}

// The size of its slots.
base::Result<std::size_t> check(int descriptor, const QString &path)
{
    struct stat status {};
    if (fstat(descriptor, &status) != 0)
        return base::unexpected(base::errorFromErrno(errno, path));
    if (!S_ISREG(status.st_mode))
        return failure(base::ErrorKind::NotAFile, path, {});
    if (status.st_uid != geteuid())
        return failure(base::ErrorKind::ForeignOwner, path, {});
    if (status.st_nlink != 1)
        return failure(base::ErrorKind::Unsafe, path, QStringLiteral("has other hard links"));
    constexpr auto least = static_cast<off_t>(LineageJournal::leastSlotSize);
    const off_t size = status.st_size / 2;
    if (size < least || size > largestSlot || status.st_size % (2 * least) != 0)
        return failure(base::ErrorKind::Malformed, path, QStringLiteral("has %1 bytes").arg(status.st_size));
    if ((status.st_mode & 0777) != 0600)
        fchmod(descriptor, 0600);
    return static_cast<std::size_t>(size);
}

bool writeAll(int descriptor, std::string_view bytes, off_t offset)
{
    while (!bytes.empty()) {
        const ssize_t written = pwrite(descriptor, bytes.data(), bytes.size(), offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += written;
    }
    return true;
}

bool readAll(int descriptor, std::string &bytes, off_t offset)
{
    std::size_t length = 0;
    while (length < bytes.size()) {
        const ssize_t got =
            pread(descriptor, bytes.data() + length, bytes.size() - length, offset + static_cast<off_t>(length));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        length += static_cast<std::size_t>(got);
    }
    return true;
}

bool isInPlace(int descriptor, const QString &path)
{
    struct stat held {};
    struct stat there {};
    return fstat(descriptor, &held) == 0 && lstat(QFile::encodeName(path).constData(), &there) == 0
           && held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

} // namespace

base::Result<LineageJournal> LineageJournal::open(Place place)
{
    auto found = opened(place, O_RDWR);
    if (found || found.error().kind != base::ErrorKind::NotFound)
        return found;
    LineageJournal made(std::move(place), base::FileDescriptor());
    if (const auto written = made.recreate(JournalEntry(), 0); !written) {
        // It may stand there all the same, and vanish with the power: nobody is to take it for a safe one.
        ::unlink(QFile::encodeName(made.path()).constData());
        return base::unexpected(written.error());
    }
    return made;
}

base::Result<JournalEntry> LineageJournal::read(const Place &place)
{
    auto found = opened(place, O_RDONLY);
    if (!found)
        return base::unexpected(found.error());
    return std::move(found->m_current.entry);
}

base::Result<LineageJournal> LineageJournal::opened(const Place &place, int flags)
{
    const QString path = place.directory + u'/' + place.name;
    const int descriptor = ::open(QFile::encodeName(path).constData(), flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return base::unexpected(base::errorFromErrno(errno, path));
    LineageJournal journal(place, base::FileDescriptor(descriptor));
    const auto size = check(descriptor, path);
    if (!size)
        return base::unexpected(size.error());
    journal.m_slotSize = *size;
    if (const auto loaded = journal.load(); !loaded)
        return base::unexpected(loaded.error());
    return journal;
}

base::Result<void> LineageJournal::load()
{
    std::optional<base::Error> fault;
    bool hasEntry = false;
    for (std::size_t number = 0; number < slots; ++number) {
        auto found = slot(number);
        if (!found) {
            // Whoever cannot read a slot does not know which one is the later.
            if (found.error().kind != base::ErrorKind::WrongKey && found.error().kind != base::ErrorKind::Incomplete)
                return base::unexpected(found.error());
            fault = found.error();
        } else if (!hasEntry || found->sequence > m_current.sequence) {
            m_current = *std::move(found);
            m_currentSlot = number;
            hasEntry = true;
        }
    }
    return hasEntry ? base::Result<void>() : base::unexpected(*std::move(fault));
}

// Incomplete and WrongKey: torn.
base::Result<NumberedEntry> LineageJournal::slot(std::size_t number) const
{
    const auto offset = static_cast<off_t>(number * m_slotSize);
    std::string bytes(firstRead, '\0');
    if (!readAll(m_file.number(), bytes, offset))
        return base::unexpected(base::errorFromErrno(errno, path()));
    const std::uint64_t length = FrameReader(std::string_view(bytes).substr(0, lengthSize)).number();
    if (length < Seal::overhead || length > m_slotSize - lengthSize)
        return failure(base::ErrorKind::Incomplete, path(), QStringLiteral("slot %1 is cut off").arg(number));
    bytes.resize(lengthSize + static_cast<std::size_t>(length));
    if (bytes.size() > firstRead && !readAll(m_file.number(), bytes, offset))
        return base::unexpected(base::errorFromErrno(errno, path()));
    base::Secret plain(static_cast<std::size_t>(length));
    const auto opened = m_place.seal->open(std::string_view(bytes).substr(lengthSize, static_cast<std::size_t>(length)),
                                           sealedNameOf(m_place.name, number), plain.writable());
    base::Error error;
    if (opened) {
        auto entry = entryFrom(plain.expose().substr(0, *opened));
        if (entry)
            return entry;
        error = entry.error();
    } else {
        error = opened.error();
        if (error.kind == base::ErrorKind::Malformed) // not even the magic arrived
            error.kind = base::ErrorKind::Incomplete;
    }
    error.subject = path();
    error.place = QStringLiteral("slot %1").arg(number);
    return base::unexpected(std::move(error));
}

std::string LineageJournal::sealed(const JournalEntry &entry, std::uint64_t sequence, std::size_t number) const
{
    const base::Secret plain = toBytes(entry, sequence);
    return framed(m_place.seal->seal(plain.expose(), sealedNameOf(m_place.name, number), m_place.random));
}

base::Result<void> LineageJournal::write(JournalEntry entry)
{
    const std::uint64_t sequence = m_current.sequence + 1;
    const std::size_t number = 1 - m_currentSlot;
    const std::string bytes = m_file.isOpen() ? sealed(entry, sequence, number) : std::string();
    if (m_file.isOpen() && bytes.size() <= m_slotSize) {
        if (const auto written = writeSlot(bytes, number); !written)
            return written;
        m_currentSlot = number;
    } else if (const auto made = recreate(entry, sequence); !made) {
        return made;
    }
    m_current = {.sequence = sequence, .entry = std::move(entry)};
    return {};
}

base::Result<void> LineageJournal::writeSlot(const std::string &bytes, std::size_t number)
{
    if (writeAll(m_file.number(), bytes, static_cast<off_t>(number * m_slotSize)) && fdatasync(m_file.number()) == 0)
        return {};
    const base::Error error = base::errorFromErrno(errno, path());
    (void)m_file.close();
    return base::unexpected(error);
}

// A whole new file, by rename: the entry in slot 0 and the one before it in slot 1. Every block is written.
base::Result<void> LineageJournal::recreate(const JournalEntry &entry, std::uint64_t sequence)
{
    const std::string first = sealed(entry, sequence, 0);
    const std::string second = sealed(m_current.entry, m_current.sequence, 1);
    std::size_t slotSize = m_slotSize;
    while (std::max(first.size(), second.size()) > slotSize)
        slotSize *= 2;
    std::string bytes(slots * slotSize, '\0');
    for (std::size_t at = 0; at < bytes.size(); at += 512) // no holes, whatever a file system makes of zeros
        bytes[at] = 1;
    bytes.replace(0, first.size(), first);
    bytes.replace(slotSize, second.size(), second);
    const base::DurableFile files(m_place.directory, m_place.random);
    if (const auto written = files.write(m_place.name, bytes); !written) {
        if (!isInPlace(m_file.number(), path())) // the new one stands there, and may vanish with the power
            (void)m_file.close();
        return written;
    }
    m_file = base::FileDescriptor(
        ::open(QFile::encodeName(path()).constData(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    m_slotSize = slotSize;
    m_currentSlot = 0;
    return {};
}

} // namespace keytender::vault
