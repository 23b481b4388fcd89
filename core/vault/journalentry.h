// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "base/fingerprint.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/timestamp.h"

namespace keytender::vault {

// The answer of a token endpoint as it came, for whoever reads it after a crash.
struct JournaledAnswer {
    int status = 0;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    base::Secret body;
    base::Timestamp receivedAt{};
    base::Milliseconds roundTrip{0};
};

// The last word about one lineage's refresh.
struct JournalEntry {
    // Intent: about to be sent, so it counts as sent. Received: there is a whole answer, which is not settled yet.
    enum class Phase : std::uint8_t { Done = 0, Intent = 1, Received = 2 };

    Phase phase = Phase::Done;
    QString attemptId;
    QStringList profileIds; // those that hold this refresh token; the entry lies with the first
    QString providerId;
    base::Fingerprint spent; // of the refresh token
    base::Timestamp sentAt{};
    std::uint64_t deliveries = 0; // decisions to send this token
    JournaledAnswer answer;       // of Phase::Received

    [[nodiscard]] bool isOpen() const { return phase != Phase::Done; }
    [[nodiscard]] JournalEntry clone() const;
};

// `sequence` tells which of two entries is the later one.
struct NumberedEntry {
    std::uint64_t sequence = 0;
    JournalEntry entry;
};
[[nodiscard]] base::Secret toBytes(const JournalEntry &entry, std::uint64_t sequence);
// UnknownVersion for what a later Keytender wrote, Malformed; without a subject.
[[nodiscard]] base::Result<NumberedEntry> entryFrom(std::string_view bytes);

} // namespace keytender::vault
