// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace keytender::bench {

using Instant = std::chrono::steady_clock::time_point;

// Replaces `path` by `content` as careful tools do it: temporary file in the same directory, then rename. Returns the
// moment before the rename.
Instant replaceFile(const std::string &path, const std::string &content);

// Sees from outside when a file arrives in a directory by rename: the last step of a durable write but the directory's
// own fsync.
class ArrivalWatch final {
public:
    explicit ArrivalWatch(const std::string &directory);
    ~ArrivalWatch();
    ArrivalWatch(const ArrivalWatch &) = delete;
    ArrivalWatch &operator=(const ArrivalWatch &) = delete;

    // The moment of the next arrival; nothing within the deadline is nothing.
    [[nodiscard]] std::optional<Instant> next(std::chrono::milliseconds deadline);
    // Forgets arrivals until there have been none for a while.
    void settle(std::chrono::milliseconds quiet);

private:
    int m_queue = -1;
};

// The login that is changed: the first in the panel's list, however many there are, so that its painting is seen.
constexpr long changingLogin = 0;

// What the cache of AWS's single sign-on holds of a login, with dummy tokens; a later generation expires later. And its
// file's name: 40 hexadecimal digits that differ from the first on, as a hash does.
[[nodiscard]] std::string ssoCacheFile(long login, long generation);
[[nodiscard]] std::string ssoCacheName(long login);

} // namespace keytender::bench
