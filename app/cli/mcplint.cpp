// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "mcplint.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "jsontree.h"
#include "mcpcheck.h"

namespace keytender::cli {

namespace {

struct Known {
    std::filesystem::path path;
    std::string name; // for people
    McpClient client;
};

std::string variable(const char *name)
{
    const char *const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody changes the environment
    return value == nullptr ? std::string() : std::string(value);
}

// Those of the folder, then those of the user.
std::vector<Known> knownIn(const std::filesystem::path &folder)
{
    std::vector<Known> files{{folder / ".mcp.json", ".mcp.json", McpClient::ClaudeCode},
                             {folder / ".gemini/settings.json", ".gemini/settings.json", McpClient::GeminiCli},
                             {folder / ".qwen/settings.json", ".qwen/settings.json", McpClient::QwenCode}};
    const std::filesystem::path home = variable("HOME");
    std::error_code error;
    if (!home.is_absolute() || std::filesystem::equivalent(home, folder, error))
        return files;
    files.push_back({home / ".claude.json", "~/.claude.json", McpClient::ClaudeCode});
    files.push_back({home / ".gemini/settings.json", "~/.gemini/settings.json", McpClient::GeminiCli});
    files.push_back({home / ".qwen/settings.json", "~/.qwen/settings.json", McpClient::QwenCode});
    return files;
}

struct Read {
    Checked<wire::WipedBytes> text;
    bool isReadableByOthers = false;
    bool isThere = true;
};

Read readFile(const std::filesystem::path &path)
{
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); // no FIFO makes us wait
    if (file < 0)
        return {.text = {.fault = std::strerror(errno)}, .isThere = errno != ENOENT && errno != ENOTDIR};
    struct stat found {};
    Read read;
    if (fstat(file, &found) != 0 || !S_ISREG(found.st_mode))
        read.text.fault = "It is no file";
    else
        read.text = readAll(file, longestJson);
    read.isReadableByOthers = (found.st_mode & (S_IRGRP | S_IROTH)) != 0;
    close(file);
    return read;
}

std::optional<std::size_t> lengthOf(const std::string &name)
{
    const char *const value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::nullopt : std::optional(std::strlen(value));
}

} // namespace

std::vector<LintFinding> lintMcp(const std::filesystem::path &folder)
{
    std::vector<LintFinding> findings;
    for (const Known &known : knownIn(folder)) {
        const Read read = readFile(known.path);
        if (!read.isThere)
            continue;
        if (!read.text) {
            findings.push_back({.id = "mcp-unreadable:" + known.name,
                                .subject = "A file that cannot be read",
                                .text = read.text.fault + ".",
                                .place = known.name,
                                .cure = "Look at what stands there."});
            continue;
        }
        for (LintFinding &finding : checkMcp({.name = known.name,
                                    .client = known.client,
                                    .text = read.text->view(),
                                    .isReadableByOthers = read.isReadableByOthers},
                                             lengthOf))
            findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace keytender::cli
