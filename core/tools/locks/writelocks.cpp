// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/locks/writelocks.h"

#include <algorithm>
#include <thread>

namespace keytender::tools {

namespace {

constexpr auto pause = std::chrono::milliseconds(10);

} // namespace

base::Result<WriteLocks> WriteLocks::tryAll(const std::vector<LockSpec> &locks, const LockWorld &world)
{
    WriteLocks taken;
    for (const LockSpec &spec : locks) {
        auto lock = takeToolLock(spec, world);
        if (!lock)
            return base::unexpected(lock.error());
        taken.m_held.push_back(*std::move(lock));
    }
    return taken;
}

base::Result<WriteLocks> WriteLocks::take(const std::vector<LockSpec> &locks, const LockWorld &world)
{
    for (auto waited = base::Milliseconds(0);; waited += pause) {
        auto taken = tryAll(locks, world);
        if (taken || taken.error().kind != base::ErrorKind::Locked || waited >= longestWait)
            return taken;
        std::this_thread::sleep_for(pause);
    }
}

WriteLocks::~WriteLocks()
{
    while (!m_held.empty())
        m_held.pop_back();
}

bool WriteLocks::areHeld() const
{
    return std::ranges::all_of(m_held, [](const auto &lock) { return lock->isOurs(); });
}

} // namespace keytender::tools
