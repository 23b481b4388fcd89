// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cerrno>

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/resolvedpath.h"
#include "tools/envfile.h"
#include "tools/refusingwriter.h"

namespace keytender::tools {

namespace {

constexpr std::size_t sizeLimit = 1u << 20;
constexpr int mostLooks = 3;

constexpr const char *writableByOthers =
    QT_TRANSLATE_NOOP("Neighbours", "others may write to it, so it is no place for a token");
constexpr const char *readableByOthers =
    QT_TRANSLATE_NOOP("Neighbours", "others on this machine may read the token in it");
constexpr const char *isMounted =
    QT_TRANSLATE_NOOP("Neighbours", "is mounted by itself and cannot be replaced: mount the folder it lies in instead");
constexpr const char *groupIsLost =
    QT_TRANSLATE_NOOP("Neighbours", "belongs to a group that you are not in, which would lose it");

// What lies there, if anything does.
struct Found {
    base::Secret bytes;
    mode_t mode = 0600;
    bool exists = false;
};

base::Result<Found> look(const QString &file)
{
    auto content = base::readFile(file, {.bytes = sizeLimit, .owner = geteuid()});
    if (!content && content.error().kind == base::ErrorKind::NotFound)
        return Found{};
    if (!content)
        return base::unexpected(content.error());
    if ((content->facts.mode & 022) != 0)
        return base::unexpected(
            {.kind = base::ErrorKind::Unsafe, .subject = file, .place = {}, .detail = neighbourText(writableByOthers)});
    return Found{.bytes = std::move(content->bytes), .mode = content->facts.mode & 0777, .exists = true};
}

base::Unexpected<base::Error> failed(const QString &file)
{
    const int number = errno;
    if (number == EBUSY || number == EXDEV)
        return base::unexpected(
            {.kind = base::ErrorKind::Unavailable, .subject = file, .place = {}, .detail = neighbourText(isMounted)});
    return base::unexpected(base::errorFromErrno(number, file));
}

// The new content beside the file, until it is renamed over it.
class NewContent final {
public:
    NewContent(const base::ResolvedPath &target, base::Random &random)
        : m_directory(openat(target.directory.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
          m_name(".keytender-" + random.hex(16).toLatin1() + ".tmp"), m_target(target.name)
    {
        m_file = base::FileDescriptor(openat(m_directory.number(), m_name.constData(),
                                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
        m_isThere = m_file.isOpen();
    }
    ~NewContent()
    {
        if (m_isThere)
            unlinkat(m_directory.number(), m_name.constData(), 0);
    }
    NewContent(const NewContent &) = delete;
    NewContent &operator=(const NewContent &) = delete;

    // All of these set errno. The group first: the mode would let another one in.
    [[nodiscard]] bool isOpen() const { return m_isThere; }
    [[nodiscard]] bool takeGroup() const
    {
        struct stat before {};
        return fstatat(m_directory.number(), m_target.constData(), &before, AT_SYMLINK_NOFOLLOW) == 0
               && (fchown(m_file.number(), static_cast<uid_t>(-1), before.st_gid) == 0 || (before.st_mode & 070) == 0);
    }
    [[nodiscard]] bool write(std::string_view bytes, mode_t mode)
    {
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_file.number(), bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
        }
        return fchmod(m_file.number(), mode) == 0 && fsync(m_file.number()) == 0 && m_file.close() == 0;
    }
    // Makes a file that was missing, unless somebody else has just made it.
    [[nodiscard]] bool moveInto(bool exists)
    {
        if (!exists) // its other name goes with this object
            return linkat(m_directory.number(), m_name.constData(), m_directory.number(), m_target.constData(), 0) == 0;
        m_isThere = renameat(m_directory.number(), m_name.constData(), m_directory.number(), m_target.constData()) != 0;
        return !m_isThere;
    }
    [[nodiscard]] bool syncDirectory() const
    {
        return fsync(m_directory.number()) == 0 || errno == EINVAL; // EINVAL: keeps names by its own means
    }

private:
    base::FileDescriptor m_directory;
    QByteArray m_name;
    QByteArray m_target;
    base::FileDescriptor m_file;
    bool m_isThere = false;
};

// Replaced, or ChangedMeanwhile where it is not what was found any more.
base::Result<ReplacementState> swap(const QString &file, const Found &found, const base::Secret &content,
                                    base::Random &random)
{
    const auto target = base::resolvePath(file, geteuid());
    if (!target)
        return base::unexpected(target.error());
    NewContent next(*target, random);
    if (!next.isOpen())
        return failed(file);
    if (found.exists && !next.takeGroup())
        return base::unexpected({.kind = base::ErrorKind::PermissionDenied,
                                 .subject = file,
                                 .place = {},
                                 .detail = neighbourText(groupIsLost)});
    if (!next.write(content.expose(), found.mode))
        return failed(file);
    const auto now = look(file);
    if (!now)
        return base::unexpected(now.error());
    if (now->exists != found.exists || now->mode != found.mode || !(now->bytes == found.bytes))
        return ReplacementState::ChangedMeanwhile;
    if (!next.moveInto(found.exists)) {
        if (errno == EEXIST)
            return ReplacementState::ChangedMeanwhile;
        return failed(file);
    }
    if (!next.syncDirectory())
        return failed(file);
    return ReplacementState::Replaced;
}

std::optional<base::Error> remarkOn(const QString &file, mode_t mode)
{
    if ((mode & 077) == 0)
        return std::nullopt;
    return base::Error{
        .kind = base::ErrorKind::Unsafe, .subject = file, .place = {}, .detail = neighbourText(readableByOthers)};
}

} // namespace

base::Result<EnvironmentWrite> writeEnvironmentVariable(const EnvironmentVariable &variable, const base::Secret &value,
                                                        const MayReplaceValue &mayReplace, base::Random &random)
{
    for (int turn = 0; turn < mostLooks; ++turn) {
        const auto found = look(variable.file);
        if (!found)
            return base::unexpected(found.error());
        const auto current = environmentValue(found->bytes, variable);
        if (!current && current.error().kind != base::ErrorKind::NotFound)
            return base::unexpected(current.error());
        const auto remark = remarkOn(variable.file, found->mode);
        if (current && *current == value)
            return EnvironmentWrite{.state = ReplacementState::AlreadyThere, .remark = remark};
        const auto content = rewrittenEnvironment(found->bytes, variable, value);
        if (!content)
            return base::unexpected(content.error());
        if (!mayReplace(current ? &*current : nullptr))
            return EnvironmentWrite{.state = ReplacementState::ChangedMeanwhile, .remark = remark};
        const auto swapped = swap(variable.file, *found, *content, random);
        if (!swapped)
            return base::unexpected(swapped.error());
        if (*swapped == ReplacementState::Replaced)
            return EnvironmentWrite{.state = *swapped, .remark = remark};
    }
    return EnvironmentWrite{.state = ReplacementState::ChangedMeanwhile};
}

} // namespace keytender::tools
