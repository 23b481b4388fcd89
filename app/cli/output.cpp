// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "output.h"

#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace keytender::cli {

bool writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = write(descriptor, bytes.data(), bytes.size());
        if (written > 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
        else if (written == 0 || errno != EINTR)
            return false;
    }
    return true;
}

wire::Outcome print(std::string_view bytes)
{
    if (writeAll(STDOUT_FILENO, bytes))
        return wire::Outcome::Ok;
    complain(std::string("cannot write to the standard output: ") + std::strerror(errno)
             + ". What was asked for did not get through.");
    return wire::Outcome::Failed;
}

void complain(std::string_view sentence)
{
    (void)writeAll(STDERR_FILENO, "keytenderctl: " + harmless(sentence) + "\n");
}

void tell(std::string_view line)
{
    (void)writeAll(STDERR_FILENO, harmless(line) + "\n");
}

std::string harmless(std::string_view text)
{
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        const bool isControl = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
        const bool isC1 = byte == 0xc2 && next >= 0x80 && next <= 0x9f; // U+0080 to U+009F
        shown += isControl || isC1 ? '?' : text[i];
        i += isC1 ? 1 : 0;
    }
    return shown;
}

} // namespace keytender::cli
