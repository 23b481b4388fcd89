// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/vault.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "vault/directorylock.h"
#include "vault/recordtext.h"
#include "vault/seal.h"
#include "vault/sealedfiles.h"

namespace keytender::vault {

namespace {

// Guarded memory that one file after another is opened into. One file alone takes as much as it needs, which a shared
// slab has; memory of its own takes ten system calls.
class Workbench final {
public:
    explicit Workbench(std::size_t least = 0) : m_least(least) {}

    // At least `size` bytes and one more.
    [[nodiscard]] std::span<char> room(std::size_t size)
    {
        if (m_bytes.size() <= size)
            m_bytes = base::Secret(std::max(2 * (size + 1), m_least));
        return m_bytes.writable();
    }
    std::string sealed;

private:
    std::size_t m_least;
    base::Secret m_bytes;
};

base::Error withSubject(base::Error error, const QString &path)
{
    error.subject = path;
    return error;
}

} // namespace

Record Record::clone() const
{
    return {.id = id,
            .providerId = providerId,
            .toolId = toolId,
            .label = label,
            .account = account,
            .care = care,
            .credential = credential.clone(),
            .firstSeenAt = firstSeenAt,
            .lastChangedAt = lastChangedAt,
            .generation = generation,
            .toolRecord = toolRecord.clone()};
}

RecordFacts factsOf(const Record &record, const base::FingerprintKey &key)
{
    return {.id = record.id,
            .providerId = record.providerId,
            .toolId = record.toolId,
            .label = record.label,
            .account = record.account,
            .care = record.care,
            .credential = profile::factsOf(record.credential, key),
            .firstSeenAt = record.firstSeenAt,
            .lastChangedAt = record.lastChangedAt,
            .generation = record.generation};
}

struct Vault::State {
    QString directory;
    Access access = Access::ReadOnly;
    profile::Protection protection = profile::Protection::Sealed;
    base::Random &random;
    Seal seal;
    base::Secret journalKey;
    base::DurableFile files;
    std::optional<DirectoryLock> lock;
    std::unordered_map<std::string, std::pair<FileMark, std::uint64_t>> written = {}; // by file name
    mutable bool isJournalPrepared = false;

    // Where the journal and the archive lie; made and swept, where this vault may write.
    [[nodiscard]] base::Result<QString> journalDirectory() const
    {
        const QString path = directory + QStringLiteral("/journal");
        if (access == Access::ReadOnly || isJournalPrepared)
            return path;
        const base::DurableFile journals(path, random);
        if (const auto made = journals.prepareDirectory(); !made)
            return base::unexpected(made.error());
        journals.sweepLeftovers();
        isJournalPrepared = true;
        return path;
    }

    [[nodiscard]] base::Result<SealedFiles> sealedFiles() const
    {
        const bool mayTouch = access == Access::ReadWrite;
        return SealedFiles::of(directory, mayTouch ? SealedFiles::WideMode::Tighten : SealedFiles::WideMode::Leave);
    }

    // Reads, opens and parses one file. `parse` turns an opened text into a Parsed<R>.
    template <class Parse>
    auto load(const SealedFiles &directoryFiles, const std::string &name, const Parse &parse, Workbench &bench) const
        -> decltype(parse(std::span<char>(), 0))
    {
        if (const auto read = directoryFiles.read(name, bench.sealed); !read)
            return base::unexpected(read.error());
        const std::span<char> text = bench.room(bench.sealed.size());
        const auto length = seal.open(bench.sealed, name, text);
        if (!length)
            return base::unexpected(withSubject(length.error(), directoryFiles.pathOf(name)));
        auto parsed = parse(text, *length);
        if (!parsed)
            return base::unexpected(withSubject(parsed.error(), directoryFiles.pathOf(name)));
        return parsed;
    }

    [[nodiscard]] Facts collect() const
    {
        Facts facts;
        const auto sealed = sealedFiles();
        using Names = base::Result<std::vector<std::string>>;
        const Names names = sealed ? sealed->names() : Names(base::unexpected(sealed.error()));
        if (!names) {
            facts.problems.push_back(names.error());
            return facts;
        }
        const auto parse = [this](std::span<char> text, std::size_t length) {
            return factsFromText(text, length, seal.fingerprintKey());
        };
        Workbench bench(std::size_t{32} * 1024);
        facts.records.reserve(names->size());
        for (const std::string &name : *names) {
            auto parsed = load(*sealed, name, parse, bench);
            if (parsed)
                facts.records.push_back(std::move(parsed.value().record));
            else if (parsed.error().kind != base::ErrorKind::NotFound) // removed since the listing: no problem
                facts.problems.push_back(parsed.error());
        }
        return facts;
    }

    [[nodiscard]] base::Result<Parsed<Record>> loadOne(const QString &id) const
    {
        const auto sealed = sealedFiles();
        if (!sealed)
            return base::unexpected(sealed.error());
        Workbench bench;
        return load(*sealed, seal.fileName(id), recordFromText, bench);
    }

    [[nodiscard]] QString pathOf(const std::string &name) const
    {
        return directory + u'/' + QString::fromStdString(name);
    }

    // What this process wrote itself and nobody touched since need not be opened again to be written over.
    void remember(const std::string &name, std::uint64_t generation)
    {
        written.erase(name);
        if (const auto mark = markOf(pathOf(name)))
            written.insert({name, {*mark, generation}});
    }

    [[nodiscard]] std::optional<std::uint64_t> remembered(const std::string &name) const
    {
        const auto found = written.find(name);
        if (found == written.end())
            return std::nullopt;
        return markOf(pathOf(name)) == found->second.first ? std::optional(found->second.second) : std::nullopt;
    }

    // The generation of what stands there now, 0 for nothing; or why it must not be replaced.
    [[nodiscard]] base::Result<std::uint64_t> replaceableGeneration(const QString &id) const
    {
        const QString path = pathOf(seal.fileName(id));
        if (access == Access::ReadOnly)
            return base::unexpected({.kind = base::ErrorKind::ReadOnly,
                                     .subject = path,
                                     .place = {},
                                     .detail = QStringLiteral("this vault was opened for reading")});
        if (const auto generation = remembered(seal.fileName(id)))
            return *generation;
        const auto present = loadOne(id);
        if (!present && present.error().kind == base::ErrorKind::NotFound)
            return std::uint64_t{0};
        if (!present)
            return base::unexpected(present.error());
        if (present->completeness == Completeness::HasUnknownMembers)
            return base::unexpected({.kind = base::ErrorKind::UnknownVersion,
                                     .subject = path,
                                     .place = {},
                                     .detail = QStringLiteral("holds something that a newer Keytender put there")});
        return present->record.generation;
    }
};

base::Result<std::unique_ptr<Vault>> Vault::open(const QString &directory, MasterKey key, Access access,
                                                 base::Random &random)
{
    if (!base::initializeCrypto() || key.key.size() != MasterKey::size)
        return base::unexpected({.kind = base::ErrorKind::WrongKey,
                                 .subject = directory,
                                 .place = {},
                                 .detail = QStringLiteral("the key does not have %1 bytes").arg(MasterKey::size)});
    auto state = std::make_unique<State>(State{.directory = directory,
                                               .access = access,
                                               .protection = key.protection,
                                               .random = random,
                                               .seal = Seal(key.key),
                                               .journalKey = journalKeyOf(key.key),
                                               .files = base::DurableFile(directory, random),
                                               .lock = std::nullopt});
    if (access == Access::ReadOnly) {
        if (const auto found = state->sealedFiles(); !found)
            return base::unexpected(found.error());
        return std::unique_ptr<Vault>(new Vault(std::move(state)));
    }
    if (const auto prepared = state->files.prepareDirectory(); !prepared)
        return base::unexpected(prepared.error());
    auto lock = DirectoryLock::take(directory, "vault.lock");
    if (!lock)
        return base::unexpected(lock.error());
    state->lock.emplace(*std::move(lock));
    // Only under the lock: an unfinished file without it may be a running writer's.
    state->files.sweepLeftovers();
    return std::unique_ptr<Vault>(new Vault(std::move(state)));
}

Vault::Vault(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Vault::~Vault() = default;

Vault::Facts Vault::readFacts() const
{
    return m_state->collect();
}

base::Result<Record> Vault::read(const QString &id) const
{
    auto loaded = m_state->loadOne(id);
    if (!loaded)
        return base::unexpected(loaded.error());
    return std::move(loaded.value().record);
}

base::Result<void> Vault::write(const Record &record)
{
    const auto present = m_state->replaceableGeneration(record.id);
    if (!present)
        return base::unexpected(present.error());
    const std::string name = m_state->seal.fileName(record.id);
    const base::Secret text = toText(record, *present + 1);
    const auto written =
        m_state->files.write(QString::fromStdString(name), m_state->seal.seal(text.expose(), name, m_state->random));
    if (written)
        m_state->remember(name, *present + 1);
    return written;
}

base::Result<void> Vault::remove(const QString &id)
{
    const auto present = m_state->replaceableGeneration(id);
    if (!present)
        return base::unexpected(present.error());
    return m_state->files.remove(QString::fromStdString(m_state->seal.fileName(id)));
}

base::Result<std::unique_ptr<RefreshJournal>> Vault::openJournal() const
{
    const auto path = m_state->journalDirectory();
    if (!path)
        return base::unexpected(path.error());
    return std::make_unique<RefreshJournal>(*path, m_state->journalKey, m_state->random);
}

base::Result<std::unique_ptr<TokenArchive>> Vault::openArchive() const
{
    const auto path = m_state->journalDirectory();
    if (!path)
        return base::unexpected(path.error());
    return std::make_unique<TokenArchive>(*path, m_state->journalKey, m_state->random);
}

base::Result<std::unique_ptr<CopyBackups>> Vault::openBackups() const
{
    const auto path = m_state->journalDirectory();
    if (!path)
        return base::unexpected(path.error());
    return std::make_unique<CopyBackups>(*path, m_state->journalKey, m_state->random);
}

base::Result<std::unique_ptr<RevocationNotes>> Vault::openRevocations() const
{
    const auto path = m_state->journalDirectory();
    if (!path)
        return base::unexpected(path.error());
    return std::make_unique<RevocationNotes>(*path, m_state->journalKey, m_state->random);
}

const base::FingerprintKey &Vault::fingerprintKey() const
{
    return m_state->seal.fingerprintKey();
}

profile::Protection Vault::protection() const
{
    return m_state->protection;
}

Vault::Access Vault::access() const
{
    return m_state->access;
}

} // namespace keytender::vault
