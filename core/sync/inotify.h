// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <vector>

#include <QString>

namespace keytender::sync {

// One inotify instance, bare: QFileSystemWatcher hides the names, the overflow and the limits. Closed with the object.
class Inotify final {
public:
    struct Event {
        int watch = -1;
        std::uint32_t mask = 0;
        QString name; // empty = the directory itself
    };

    Inotify() = default;
    ~Inotify();
    Inotify(const Inotify &) = delete;
    Inotify &operator=(const Inotify &) = delete;

    // Zero or the error number. Opening again what is open does nothing.
    [[nodiscard]] int open();
    [[nodiscard]] int descriptor() const { return m_descriptor; }

    // The number of the directory's watch, or the negative error number. A directory keeps one number, whatever paths
    // lead to it, and masks add up.
    [[nodiscard]] int add(const QString &directory, std::uint32_t mask);
    void remove(int watch);

    // What one read() of the descriptor yields; empty when nothing waits.
    [[nodiscard]] std::vector<Event> read();

private:
    int m_descriptor = -1;
};

} // namespace keytender::sync
