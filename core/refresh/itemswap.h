// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QObject>

#include "refresh/toolcopies.h"
#include "tools/locks/writelocks.h"
#include "tools/replacecopy.h"

namespace keytender::refresh {

// replaceCopy() for an item of the keychain, which answers when it likes: locks, look, ask, write, look again. Runs
// once and ends once, with done(). Ends silently with the object.
class ItemSwap final : public QObject {
public:
    using Done = std::function<void(base::Result<tools::ReplacementState>)>;

    // What `replacement` refers to outlives this.
    ItemSwap(tools::Replacement replacement, const ToolCopiesWorld &world, QObject *parent);
    void start(Done done);

private:
    void exchange(base::Result<base::Secret> item);
    void lookBack();
    [[nodiscard]] tools::CopyReading readingOf(const tools::Fetched &there) const;
    void end(base::Result<tools::ReplacementState> result);

    const tools::Replacement m_what;
    const ToolCopiesWorld &m_world;
    std::optional<tools::WriteLocks> m_locks;
    Done m_done;
};

} // namespace keytender::refresh
