// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QString>

#include "base/timestamp.h"
#include "service/programs/consumer.h"

namespace keytender::service {

// Values about which program may have which login's token: no secret in them.

enum class ConsentAnswer {
    ThisTime,
    ForAWhile, // an hour, and not longer than Keytender runs
    Always,
    Never,
    NotNow, // no, and nothing is remembered: the window was closed
};

struct ConsentQuestion {
    quint64 id = 0;
    QString profileId;
    QString label; // of the login: "Claude Code"
    Consumer consumer;
    QString purpose; // one sentence: what the program wants it for; "git asks for github.com"
    base::Timestamp askedAt{};

    bool operator==(const ConsentQuestion &) const = default;
};

// What a person, or the settings, said once. A program is known by the path of its executable.
struct ConsentRule {
    QString profileId;
    QString program; // absolute path, or "*" in the settings
    bool isAllowed = true;
    base::Timestamp since{};
    std::optional<base::Timestamp> until = {}; // absent = until it is revoked
    std::optional<base::Timestamp> lastUsedAt = {};
    bool isFromSettings = false; // revoked there, not here

    bool operator==(const ConsentRule &) const = default;
};

} // namespace keytender::service
