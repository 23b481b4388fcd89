// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/faultycalls.h"

#include <algorithm>
#include <cerrno>
#include <cstdarg>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace keytender::fakes {

std::function<Answer(const std::string &call)> &answerTo()
{
    static std::function<Answer(const std::string &)> instance;
    return instance;
}

namespace {

// The event loop's own descriptors are none of our business.
mode_t typeOf(int descriptor)
{
    struct stat status {};
    return fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0;
}

Answer ask(const char *call)
{
    return answerTo() ? answerTo()(call) : Answer();
}

Answer askOfFile(const char *call, int descriptor)
{
    return answerTo() && typeOf(descriptor) == S_IFREG ? answerTo()(call) : Answer();
}

template <class Real>
auto carriedOut(const Answer &answer, const Real &real) -> decltype(real())
{
    if (answer.isReal)
        return real();
    errno = answer.error;
    return answer.error == 0 ? 0 : -1;
}

int opened(int directory, const char *path, int flags, mode_t mode)
{
    const Answer answer = (flags & O_DIRECTORY) != 0 ? Answer() : ask((flags & O_CREAT) != 0 ? "create" : "open");
    return carriedOut(answer, [&] { return int(syscall(SYS_openat, directory, path, flags, mode)); });
}

} // namespace

} // namespace keytender::fakes

using namespace keytender::fakes;

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the C library's names are reserved for it.
extern "C" {

int fsync(int descriptor)
{
    const bool isFile = typeOf(descriptor) == S_IFREG;
    const Answer answer = ask(isFile ? "fsync" : "fsync directory");
    return carriedOut(answer, [&] { return int(syscall(SYS_fsync, descriptor)); });
}

int fdatasync(int descriptor)
{
    return carriedOut(ask("fdatasync"), [&] { return int(syscall(SYS_fdatasync, descriptor)); });
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    const Answer answer = askOfFile("write", descriptor);
    return carriedOut(answer, [&] { return syscall(SYS_write, descriptor, bytes, std::min(size, answer.most)); });
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset)
{
    const Answer answer = askOfFile("pwrite", descriptor);
    return carriedOut(answer,
                      [&] { return syscall(SYS_pwrite64, descriptor, bytes, std::min(size, answer.most), offset); });
}

ssize_t read(int descriptor, void *bytes, size_t size)
{
    const Answer answer = askOfFile("read", descriptor);
    return carriedOut(answer, [&] { return syscall(SYS_read, descriptor, bytes, std::min(size, answer.most)); });
}

ssize_t pread(int descriptor, void *bytes, size_t size, off_t offset)
{
    const Answer answer = askOfFile("pread", descriptor);
    return carriedOut(answer,
                      [&] { return syscall(SYS_pread64, descriptor, bytes, std::min(size, answer.most), offset); });
}

int close(int descriptor)
{
    const bool wasWritten = answerTo() && (fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_WRONLY;
    const Answer answer = wasWritten ? askOfFile("close written", descriptor) : Answer();
    const int outcome = int(syscall(SYS_close, descriptor)); // it is closed even if that fails
    return carriedOut(answer, [outcome] { return outcome; });
}

int renameat(int fromDirectory, const char *from, int toDirectory, const char *to) noexcept
{
    return carriedOut(ask("renameat"),
                      [&] { return int(syscall(SYS_renameat, fromDirectory, from, toDirectory, to)); });
}

int unlinkat(int directory, const char *path, int flags) noexcept
{
    return carriedOut(ask("unlinkat"), [&] { return int(syscall(SYS_unlinkat, directory, path, flags)); });
}

int mkdirat(int directory, const char *path, mode_t mode) noexcept
{
    return carriedOut(ask("mkdirat"), [&] { return int(syscall(SYS_mkdirat, directory, path, mode)); });
}

int flock(int descriptor, int operation) noexcept
{
    return carriedOut(ask("flock"), [&] { return int(syscall(SYS_flock, descriptor, operation)); });
}

int openat(int directory, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    // NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is, one line above; version 14 does not see it.
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return opened(directory, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    // NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized)
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return opened(AT_FDCWD, path, flags, mode);
}
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
