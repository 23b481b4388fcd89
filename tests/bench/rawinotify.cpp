// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The floor for a change: `rawinotify WATCHED KEPT...` waits for a file to be renamed into WATCHED, reads it and writes
// its bytes durably to each KEPT (temporary file, fsync, rename, fsync of the directory). Nothing else: no parsing, no
// sealing. A line on standard output for each file that is durable everywhere.

#include <array>
#include <climits>
#include <cstdio>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace {

std::string contentOf(const std::string &path)
{
    std::string content(64UL * 1024, '\0');
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const ssize_t size = read(file, content.data(), content.size());
    close(file);
    content.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return content;
}

bool keep(const std::string &directory, const std::string &name, const std::string &content)
{
    const std::string temporary = directory + "/." + name + ".new";
    const std::string path = directory + "/" + name;
    const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool isKept = write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size());
    isKept = fsync(file) == 0 && isKept;
    close(file);
    isKept = isKept && rename(temporary.c_str(), path.c_str()) == 0;
    const int parent = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    isKept = fsync(parent) == 0 && isKept;
    close(parent);
    return isKept;
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc < 3)
        return 2;
    const std::string watched = argv[1];
    const std::vector<std::string> kept(argv + 2, argv + argc);
    const int queue = inotify_init1(IN_CLOEXEC);
    if (inotify_add_watch(queue, watched.c_str(), IN_MOVED_TO) < 0)
        return 1;
    std::puts("ready");
    std::fflush(stdout);
    alignas(inotify_event) std::array<char, 64 * (sizeof(inotify_event) + NAME_MAX + 1)> buffer{};
    while (true) {
        const ssize_t size = read(queue, buffer.data(), buffer.size());
        if (size <= 0)
            return 1;
        for (ssize_t at = 0; at < size;) {
            const auto *event = reinterpret_cast<const inotify_event *>(buffer.data() + at);
            const std::string name = event->name;
            const std::string content = contentOf(std::string(watched).append("/").append(name));
            for (const std::string &directory : kept) {
                if (!keep(directory, name, content))
                    return 1;
            }
            std::puts("kept");
            std::fflush(stdout);
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        }
    }
}
