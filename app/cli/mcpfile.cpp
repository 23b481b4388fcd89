// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "mcpfile.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keytender::cli {

namespace {

std::string faultOf(const struct stat &file)
{
    if (!S_ISREG(file.st_mode))
        return "it is no file";
    if (file.st_uid != getuid() && file.st_uid != 0)
        return "it belongs to another user, who would choose what is started";
    if ((file.st_mode & S_IWOTH) != 0)
        return "everybody may write to it, and so choose what is started";
    return {};
}

} // namespace

Checked<JsonTree> readMcpFile(const std::string &path)
{
    // Whoever waits behind a FIFO does not make us wait.
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0)
        return {.fault = std::strerror(errno)};
    struct stat found {};
    std::string fault = fstat(file, &found) == 0 ? faultOf(found) : std::strerror(errno);
    Checked<wire::WipedBytes> text;
    if (fault.empty()) {
        text = readAll(file, longestJson);
        fault = text.fault;
    }
    close(file);
    if (!fault.empty())
        return {.fault = fault};
    return JsonTree::parse(text->view());
}

} // namespace keytender::cli
