// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <vector>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "base/clock.h"
#include "core/refresh/crashstories.h"
#include "fakes/fakekeychain.h"
#include "refresh/toolcopies.h"

namespace keytender::tests {

// The same as the machine's, some time later.
class LaterClock final : public base::Clock {
public:
    explicit LaterClock(base::Milliseconds later) : m_later(later) {}
    [[nodiscard]] base::Timestamp wallTime() const override { return m_clock.wallTime() + m_later; }
    [[nodiscard]] base::Milliseconds bootTime() const override { return m_clock.bootTime() + m_later; }

private:
    base::SystemClock m_clock;
    base::Milliseconds m_later;
};

// One lineage in the vault ("own", "rt-1-1") and in three tools' homes, each of which refreshes by itself and has locks
// of its own: Claude Code twice (two directories and a third around the rename), and Codex (flock). With the texts that
// tools and people leave around a login.
class SharedSinks final {
public:
    explicit SharedSinks(QString home);

    void prepare() const; // vault and homes
    [[nodiscard]] QString vault() const { return m_home + QStringLiteral("/vault"); }
    [[nodiscard]] QStringList files() const;

    // Like refresh::RefreshRequest of the program, with the copies as they are.
    [[nodiscard]] refresh::RefreshRequest request(RefreshDisk &disk, const base::Clock &clock) const;

    // A program that starts a good minute after a crash, when what it left locked is abandoned. What is wrong then, or
    // nothing.
    [[nodiscard]] QString recover(RefreshDisk &disk, oauth::TokenTransport &server) const;

    // What is wrong with the files where each holds "rt-1-<number>", or nothing.
    [[nodiscard]] QString faultOfFiles(int number) const;
    // Which generation a file holds, wholly and with all that is not ours untouched; 0 = it is damaged.
    [[nodiscard]] int numberIn(const QString &file) const;
    // What would keep a tool from its own locks for longer than its own rule says, or nothing.
    [[nodiscard]] QString faultOfLocks() const;
    [[nodiscard]] QStringList leftovers() const; // beside the files

private:
    [[nodiscard]] tools::ToolWorld worldOf(const QString &toolId) const;
    [[nodiscard]] static QByteArray textOf(const QString &file, int number);

    QString m_home;
    std::vector<std::unique_ptr<tools::Tool>> m_tools;
    std::vector<refresh::OwnedCopy> m_copies;
    mutable fakes::FakeKeychain m_keychain;
    mutable base::SystemRandom m_random;
};

} // namespace keytender::tests
