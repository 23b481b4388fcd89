// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QTimer>

#include "tools/locks/toollock.h"

namespace keytender::tools {

// The locks of one span of all plans, in their order; what several plans name is taken once.
[[nodiscard]] std::vector<LockSpec> locksOf(const std::vector<LockPlan> &plans, LockSpec::Span span);

// Several locks of tools, held together. Where one is taken by somebody, those before it are let go and all are tried
// again a moment later, so that nobody waits with a lock in hand; the wait holds up no event loop. While they are held
// they are renewed as their tools do it. Let go in the reverse order with the object.
class LockSet final : public QObject {
public:
    explicit LockSet(LockWorld world, QObject *parent = nullptr);
    ~LockSet() override;

    // Once at a time. `done` is called once, perhaps before this returns. TimedOut: the last to hold it is named;
    // everything else is an error that waiting does not cure. After an error nothing is held.
    void take(std::vector<LockSpec> locks, base::Milliseconds deadline, std::function<void(base::Result<void>)> done);
    void letGo(); // of everything; a take() that still waits is not heard of again

    // Looks: all that were asked for are there and ours. False for good once one of them was not renewed in time.
    [[nodiscard]] bool isHeld() const;

private:
    void tryNow();
    void renew();
    void drop();
    void end(base::Result<void> result);

    LockWorld m_world;
    std::vector<LockSpec> m_wanted;
    std::vector<std::unique_ptr<ToolLock>> m_held;
    base::Milliseconds m_giveUpAt{0}; // boot time
    std::function<void(base::Result<void>)> m_done;
    QTimer m_again;
    QTimer m_heartbeat;
    bool m_isTaken = false;
    bool m_isLost = false;
};

} // namespace keytender::tools
