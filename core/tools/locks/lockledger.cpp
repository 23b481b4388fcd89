// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/locks/lockledger.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <QCryptographicHash>
#include <QDir>
#include <QRegularExpression>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/durablefile.h"
#include "base/jsonspans.h"
#include "tools/locks/holderprocess.h"
#include "tools/locks/lockplace.h"

namespace keytender::tools {

using Kind = LockSpec::Kind;

namespace {

constexpr double knownVersion = 1;
constexpr std::int64_t longestContent = 4096; // as far as contentOf() reads

const std::pair<Kind, const char *> words[] = {
    {Kind::Directory, "directory"}, {Kind::PidFile, "pidFile"}, {Kind::TokenFile, "tokenFile"}};

// What tells this object from every other that ever had its name.
struct Identity {
    QByteArray object;
    bool hasBirth = false;
    QByteArray text; // of a file
};

std::optional<Identity> identityAt(const LockPlace &place, Kind kind)
{
    struct statx facts {};
    if (statx(place.directory.number(), place.name.constData(), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS | STATX_BTIME,
              &facts)
        != 0)
        return std::nullopt;
    if (kind == Kind::Directory ? !S_ISDIR(facts.stx_mode) : !S_ISREG(facts.stx_mode))
        return std::nullopt;
    Identity identity;
    identity.hasBirth = (facts.stx_mask & STATX_BTIME) != 0;
    identity.object = QByteArray::number(quint64(makedev(facts.stx_dev_major, facts.stx_dev_minor))) + '-'
                      + QByteArray::number(quint64(facts.stx_ino)) + '-';
    if (identity.hasBirth)
        identity.object += QByteArray::number(qint64(facts.stx_btime.tv_sec)) + '.'
                           + QByteArray::number(facts.stx_btime.tv_nsec).rightJustified(9, '0');
    if (kind == Kind::Directory)
        return identity;
    const auto text = contentOf(place);
    if (!text || std::int64_t(facts.stx_size) >= longestContent)
        return std::nullopt;
    identity.text = *text;
    return identity;
}

QByteArray hashOf(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex();
}

bool isEmptyDirectory(const QString &path)
{
    return QDir(path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

// As we write them ourselves: a list that somebody tampered with is no way to get other files removed.
bool isLockText(const QByteArray &text, Kind kind, pid_t writer)
{
    static const QRegularExpression uuid(QStringLiteral("\\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z"));
    if (kind == Kind::TokenFile)
        return uuid.match(QString::fromLatin1(text)).hasMatch();
    return text.startsWith("{\n  \"pid\": " + QByteArray::number(writer) + ",\n  \"createdAt\": \"");
}

std::string quoted(const QByteArray &text)
{
    return std::string(base::JsonSpans::quoted({text.constData(), std::size_t(text.size())}).expose());
}

base::Result<Kind> kindOf(const base::JsonValue &value)
{
    const auto word = value.string();
    if (!word)
        return base::unexpected(word.error());
    for (const auto &[kind, name] : words)
        if (*word == QLatin1String(name))
            return kind;
    return base::unexpected(value.error(QStringLiteral("is no kind of lock")));
}

class NotedLock final : public ToolLock {
public:
    NotedLock(std::unique_ptr<ToolLock> lock, std::shared_ptr<LockLedger> ledger, int number)
        : m_lock(std::move(lock)), m_ledger(std::move(ledger)), m_number(number)
    {
    }
    ~NotedLock() override
    {
        m_lock.reset(); // first: between the two it is listed and gone, never left and unlisted
        m_ledger->strike(m_number);
    }
    [[nodiscard]] bool isOurs() const override { return m_lock->isOurs(); }
    [[nodiscard]] bool touch() override { return m_lock->touch(); }

private:
    std::unique_ptr<ToolLock> m_lock;
    const std::shared_ptr<LockLedger> m_ledger;
    const int m_number;
};

} // namespace

struct LockLedger::List {
    pid_t writer = 0;
    double startTime = 0;
    std::vector<Entry> locks;
};

LockLedger::LockLedger(QString file, base::Random &random) : m_file(std::move(file)), m_random(random) {}

base::Result<LockLedger::List> LockLedger::read() const
{
    auto content = base::readFile(m_file, {.bytes = 1u << 20, .owner = geteuid()});
    if (!content)
        return base::unexpected(content.error());
    const auto document = base::JsonSpans::parse(std::move(content->bytes), m_file);
    if (!document)
        return base::unexpected(document.error());
    const base::JsonValue root = document->root();
    const auto version = root.member("version").number();
    const auto writer = root.member("pid").number();
    const auto startTime = root.member("startTime").number();
    for (const auto *number : {&version, &writer, &startTime})
        if (!*number)
            return base::unexpected(number->error());
    if (*version != knownVersion)
        return base::unexpected(
            root.member("version").error(QStringLiteral("is not 1"), base::ErrorKind::UnknownVersion));
    if (!isProcessNumber(*writer))
        return base::unexpected(root.member("pid").error(QStringLiteral("is no number of a process")));
    List list{.writer = static_cast<pid_t>(*writer), .startTime = *startTime, .locks = {}};
    for (const base::JsonValue &lock : root.member("locks").elements()) {
        const auto kind = kindOf(lock.member("kind"));
        if (!kind)
            return base::unexpected(kind.error());
        const auto path = lock.member("path").string();
        const auto object = lock.member("object").string();
        const auto hash = lock.member("content").string();
        for (const auto *text : {&path, &object, &hash})
            if (!*text)
                return base::unexpected(text->error());
        list.locks.push_back({.path = *path, .kind = *kind, .object = object->toLatin1(), .content = hash->toLatin1()});
    }
    return list;
}

base::Result<void> LockLedger::removeOrphans()
{
    const auto start = processOf(getpid()).startTime;
    if (!start)
        return {}; // whoever came next could not tell whether we live
    m_startTime = *start;
    const base::DurableFile directory(m_file.first(m_file.lastIndexOf(u'/')), m_random);
    if (const auto prepared = directory.prepareDirectory(); !prepared)
        return prepared;
    const auto list = read();
    if (!list) {
        m_isKept = true;
        return list.error().kind == base::ErrorKind::NotFound ? base::Result<void>() : base::unexpected(list.error());
    }
    const HolderProcess writer = processOf(list->writer);
    const bool isGone = writer.isDead || (writer.startTime && *writer.startTime != list->startTime);
    if (!isGone && list->writer != getpid())
        return {};
    m_isKept = true;
    if (!isGone)
        return {}; // this process opens it again
    for (const Entry &entry : list->locks)
        removeIfOurs(entry, list->writer);
    write();
    return {};
}

void LockLedger::removeIfOurs(const Entry &entry, pid_t writer) const
{
    const auto place = lockPlaceOf(entry.path, false);
    if (!place)
        return;
    const auto judged = entryAt(*place);
    const auto there = identityAt(*place, entry.kind);
    if (!judged || !there || there->object != entry.object)
        return;
    if (entry.kind == Kind::Directory) {
        // Without a time of birth it may be the next one with that number.
        if (!there->hasBirth || !isEmptyDirectory(entry.path))
            return;
    } else if (hashOf(there->text) != entry.content || !isLockText(there->text, entry.kind, writer)) {
        return;
    }
    // What somebody put there in this very moment is put back; what cannot be removed waits for its tool's own rule.
    (void)breakLock(*place, *judged, m_random);
}

int LockLedger::note(const LockSpec &spec, const ToolLock &lock)
{
    if (!m_isKept || spec.kind == Kind::Flock) // which ends with us
        return 0;
    const auto place = lockPlaceOf(spec.path, false);
    const auto there = place ? identityAt(*place, spec.kind) : std::nullopt;
    if (!there || !lock.isOurs()) // asked after the look, so that what was seen is what we hold
        return 0;
    m_held.push_back({.path = spec.path,
                      .kind = spec.kind,
                      .object = there->object,
                      .content = spec.kind == Kind::Directory ? QByteArray() : hashOf(there->text),
                      .number = ++m_lastNumber});
    write();
    return m_lastNumber;
}

void LockLedger::strike(int number)
{
    if (std::erase_if(m_held, [number](const Entry &entry) { return entry.number == number; }) != 0)
        write();
}

// By a rename, so that a kill leaves the list as it was or as it is to be.
void LockLedger::write() const
{
    std::string text = "{\"version\":1,\"pid\":" + std::to_string(getpid())
                       + ",\"startTime\":" + std::to_string(static_cast<qint64>(m_startTime)) + ",\"locks\":[";
    for (const Entry &entry : m_held) {
        const auto *word = std::ranges::find(words, entry.kind, &std::pair<Kind, const char *>::first);
        text += (&entry == &m_held.front() ? "" : ",") + std::string("{\"path\":") + quoted(entry.path.toUtf8())
                + ",\"kind\":\"" + word->second + "\",\"object\":" + quoted(entry.object)
                + ",\"content\":" + quoted(entry.content) + '}';
    }
    text += "]}\n";
    const auto place = lockPlaceOf(m_file, false);
    if (!place)
        return;
    const int directory = place->directory.number();
    const QByteArray fresh = place->name + ".new";
    unlinkat(directory, fresh.constData(), 0);
    const base::FileDescriptor file(
        openat(directory, fresh.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.isOpen() && ::write(file.number(), text.data(), text.size()) == ssize_t(text.size()))
        renameat(directory, fresh.constData(), directory, place->name.constData());
}

std::unique_ptr<ToolLock> noted(std::unique_ptr<ToolLock> lock, const LockSpec &spec,
                                std::shared_ptr<LockLedger> ledger)
{
    const int number = ledger->note(spec, *lock);
    if (number == 0)
        return lock;
    return std::make_unique<NotedLock>(std::move(lock), std::move(ledger), number);
}

} // namespace keytender::tools
