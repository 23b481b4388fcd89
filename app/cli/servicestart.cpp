// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "servicestart.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace keytender::cli {

namespace {

constexpr int serviceEnd = 3; // the number of its socket in the child

// Both programs are installed, and built, side by side; a keytenderd from somewhere else on PATH might be another
// version.
std::string servicePath()
{
    std::error_code error;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::string() : (self.parent_path() / "keytenderd").string();
}

// In a session of its own, so that Ctrl-C ends us alone; and with nothing of our stdout and stderr, which a caller may
// read to their end.
int spawn(std::string program, int socket, int complaints)
{
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, complaints, STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&files, socket, serviceEnd);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF);
    std::string option = "--serve-on";
    std::string number = std::to_string(serviceEnd);
    const std::array<char *, 4> argv{program.data(), option.data(), number.data(), nullptr};
    pid_t child = 0;
    const int error = posix_spawn(&child, program.c_str(), &files, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

} // namespace

StartedService startService()
{
    std::array<int, 2> pair{-1, -1};
    const int complaints = memfd_create("keytenderd", MFD_CLOEXEC);
    if (complaints < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0)
        return {.client = {}, .text = std::string("Cannot start keytenderd: ") + std::strerror(errno) + '.'};
    wire::Client ours(pair[0]);
    const std::string program = servicePath();
    const int error = program.empty() ? ENOENT : spawn(program, pair[1], complaints);
    close(pair[1]);
    if (error != 0)
        return {.client = {},
                .text = "Cannot start " + program + ": " + std::strerror(error) + ". Install Keytender again."};
    return {.client = std::move(ours), .text = {}, .complaints = complaints};
}

std::string lastLineOf(int complaints)
{
    std::array<char, 4096> bytes{};
    const off_t size = complaints < 0 ? 0 : lseek(complaints, 0, SEEK_END);
    const off_t start = size > static_cast<off_t>(bytes.size()) ? size - static_cast<off_t>(bytes.size()) : 0;
    const ssize_t count = size <= 0 ? 0 : pread(complaints, bytes.data(), bytes.size(), start);
    std::string text(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    text.erase(text.find_last_not_of(" \n") + 1);
    return text.substr(text.rfind('\n') + 1);
}

} // namespace keytender::cli
