// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include <QObject>

#include "refresh/refreshattempt.h"

namespace keytender::refresh {

// At start, before anything else is refreshed: brings to its end what a crash, a power cut or a full disk left in the
// journal, one after another. An intent counts as sent; an answer goes into the vault and the copies; what is settled
// already is closed. Entries that nobody can act on stay as they are and are told of.
class RollForward final : public QObject {
    Q_OBJECT

public:
    // The provider and the owner copies of an entry's profiles; nothing where they are not known (any more).
    using RequestFor = std::function<std::optional<RefreshRequest>(const vault::JournalEntry &entry)>;

    RollForward(RefreshWorld world, RequestFor requestFor, QObject *parent = nullptr);

    void start();
    void cancel(); // as RefreshAttempt::cancel(); the rest is left for the next start
    [[nodiscard]] bool isInFlight() const;

Q_SIGNALS:
    void rolled(const keytender::refresh::Outcome &outcome);
    void problemFound(const keytender::base::Error &error);
    void finished();

private:
    void next();

    const RefreshWorld m_world;
    const RequestFor m_requestFor;
    std::deque<vault::JournalEntry> m_open;
    std::unique_ptr<RefreshAttempt> m_attempt;
};

} // namespace keytender::refresh
