// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

namespace keytender::tools {

// How a tool is asked to renew the login at one place by itself.
struct RenewCommand {
    QStringList words;     // an argument vector, no shell
    QStringList variables; // "NAME=value": leads it to the home that the login lies in

    bool operator==(const RenewCommand &) const = default;
};

// This word of ToolFacts::renewCommand stands for the profile of AWS's configuration that uses the session.
inline const QString awsProfileWord = QStringLiteral("{profile}");
// This, within one, for the account that lies in the slot.
inline const QString gcloudAccountWord = QStringLiteral("{account}");

// Unavailable where the tool has no such command, or none that would reach this home; NotFound where its configuration
// names nothing that would lead to the login.
[[nodiscard]] base::Result<RenewCommand> renewCommandFor(const ToolFacts &facts, const CopyPlace &place,
                                                         const QString &slot, const base::Environment &environment);

} // namespace keytender::tools
