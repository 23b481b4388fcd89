// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/sealedfiles.h"

#include <cerrno>
#include <memory>
#include <utility>

#include <QDir>
#include <QFile>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keytender::vault {

namespace {

constexpr std::int64_t largestFile = 4 << 20; // a record has a few kilobytes

base::Unexpected<base::Error> failure(base::ErrorKind kind, const QString &path, const QString &detail = {})
{
    return base::unexpected({.kind = kind, .subject = path, .place = {}, .detail = detail});
}

class Descriptor final {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor()
    {
        if (m_number >= 0)
            close(m_number);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

base::Result<void> check(const struct stat &facts, const QString &path)
{
    if (!S_ISREG(facts.st_mode))
        return failure(base::ErrorKind::NotAFile, path);
    if (facts.st_uid != geteuid())
        return failure(base::ErrorKind::ForeignOwner, path);
    if (facts.st_nlink != 1)
        return failure(base::ErrorKind::Unsafe, path, QStringLiteral("has other hard links"));
    if (facts.st_size > largestFile)
        return failure(base::ErrorKind::TooLarge, path, QStringLiteral("has %1 bytes").arg(facts.st_size));
    return {};
}

void tighten(int descriptor, const struct stat &facts, const QString &path)
{
    if ((facts.st_mode & 077) != 0 && fchmod(descriptor, 0600) == 0)
        qWarning("%s was readable by others; made private again", qPrintable(path));
}

base::Result<void> readWhole(int descriptor, std::string &bytes, const QString &path)
{
    std::size_t length = 0;
    while (length < bytes.size()) {
        const ssize_t got = ::read(descriptor, bytes.data() + length, bytes.size() - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return base::unexpected(base::errorFromErrno(errno, path));
        if (got == 0)
            break;
        length += static_cast<std::size_t>(got);
    }
    bytes.resize(length);
    return {};
}

} // namespace

bool FileMark::operator==(const FileMark &other) const
{
    const auto same = [](const timespec &left, const timespec &right) {
        return left.tv_sec == right.tv_sec && left.tv_nsec == right.tv_nsec;
    };
    return device == other.device && inode == other.inode && size == other.size && same(modified, other.modified)
           && same(changed, other.changed);
}

SealedFiles::SealedFiles(int descriptor, QString directory, WideMode wideMode)
    : m_descriptor(descriptor), m_directory(std::move(directory)), m_wideMode(wideMode)
{
}

SealedFiles::SealedFiles(SealedFiles &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_directory(std::move(other.m_directory)),
      m_wideMode(other.m_wideMode)
{
}

SealedFiles::~SealedFiles()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

base::Result<SealedFiles> SealedFiles::of(const QString &directory, WideMode wideMode)
{
    const int descriptor = ::open(QFile::encodeName(directory).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return base::unexpected(base::errorFromErrno(errno, directory));
    SealedFiles files(descriptor, directory, wideMode);
    struct stat facts {};
    if (fstat(descriptor, &facts) != 0)
        return base::unexpected(base::errorFromErrno(errno, directory));
    if (facts.st_uid != geteuid())
        return failure(base::ErrorKind::ForeignOwner, directory);
    return files;
}

base::Result<std::vector<std::string>> SealedFiles::names() const
{
    // A descriptor of its own: fdopendir() takes it over and its position is shared with nobody.
    const int descriptor = openat(m_descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return base::unexpected(base::errorFromErrno(errno, m_directory));
    const std::unique_ptr<DIR, int (*)(DIR *)> stream(fdopendir(descriptor), &closedir);
    if (!stream) {
        const int reason = errno;
        close(descriptor);
        return base::unexpected(base::errorFromErrno(reason, m_directory));
    }
    std::vector<std::string> names;
    errno = 0;
    while (const dirent *entry = readdir(stream.get())) {
        if (isSealedFileName(entry->d_name))
            names.emplace_back(entry->d_name);
    }
    if (errno != 0)
        return base::unexpected(base::errorFromErrno(errno, m_directory));
    return names;
}

base::Result<void> SealedFiles::read(const std::string &name, std::string &bytes) const
{
    const Descriptor file(
        openat(m_descriptor, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (file.number() < 0 && errno == ELOOP)
        return failure(base::ErrorKind::NotAFile, pathOf(name), QStringLiteral("is a symbolic link"));
    if (file.number() < 0)
        return base::unexpected(base::errorFromErrno(errno, pathOf(name)));
    struct stat facts {};
    if (fstat(file.number(), &facts) != 0)
        return base::unexpected(base::errorFromErrno(errno, pathOf(name)));
    if (base::Result<void> checked = check(facts, pathOf(name)); !checked)
        return checked;
    if (m_wideMode == WideMode::Tighten)
        tighten(file.number(), facts, pathOf(name));
    bytes.resize(static_cast<std::size_t>(facts.st_size));
    return readWhole(file.number(), bytes, pathOf(name));
}

std::optional<FileMark> markOf(const QString &path)
{
    struct stat facts {};
    if (lstat(QFile::encodeName(path).constData(), &facts) != 0)
        return std::nullopt;
    return FileMark{.device = facts.st_dev,
                    .inode = facts.st_ino,
                    .size = facts.st_size,
                    .modified = facts.st_mtim,
                    .changed = facts.st_ctim};
}

QStringList namesEndingIn(const QString &suffix, const QString &directory)
{
    QStringList names = QDir(directory).entryList(QDir::Files | QDir::System | QDir::Hidden, QDir::Name);
    // A name filter would be a regular expression: half a megabyte for one suffix.
    names.removeIf([&suffix](const QString &name) { return !name.endsWith(suffix); });
    return names;
}

QString SealedFiles::pathOf(const std::string &name) const
{
    return m_directory + u'/' + QString::fromStdString(name);
}

base::Result<bool> keyFits(const QString &directory, const base::Secret &masterKey)
{
    const base::Result<SealedFiles> files = SealedFiles::of(directory, SealedFiles::WideMode::Leave);
    if (!files)
        return files.error().kind == base::ErrorKind::NotFound ? base::Result<bool>(true)
                                                               : base::unexpected(files.error());
    const auto names = files->names();
    if (!names)
        return base::unexpected(names.error());
    const Seal seal(masterKey);
    std::string bytes;
    bool isRefused = false;
    for (const std::string &name : *names) {
        if (!files->read(name, bytes))
            continue;
        base::Secret plaintext(bytes.size());
        const auto opened = seal.open(bytes, name, plaintext.writable());
        if (opened)
            return true;
        isRefused = isRefused || opened.error().kind == base::ErrorKind::WrongKey;
    }
    return !isRefused;
}

base::Result<bool> holdsSealedFiles(const QString &directory)
{
    const base::Result<SealedFiles> files = SealedFiles::of(directory, SealedFiles::WideMode::Leave);
    if (!files)
        return files.error().kind == base::ErrorKind::NotFound ? base::Result<bool>(false)
                                                               : base::unexpected(files.error());
    const auto names = files->names();
    if (!names)
        return base::unexpected(names.error());
    return !names->empty();
}

} // namespace keytender::vault
