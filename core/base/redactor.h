// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QString>

namespace keytender::base {

class KnownSecrets;

// Takes what looks like a secret out of a text, by key (access_token=..., "refreshToken": ...) and by shape (sk-ant-,
// JSON Web Tokens, gh?_, long base64url runs); the last line of defence in front of every log sink. Paths, UUIDs and
// our own fingerprints pass.
[[nodiscard]] QString redacted(const QString &text);

// Sends every Qt message through `known`, if given, and redacted() to standard error, and silences Qt's network
// categories whatever QT_LOGGING_RULES says. Shares `known` from then on until it is called again.
void installRedactingMessageHandler(std::shared_ptr<const KnownSecrets> known = {});

} // namespace keytender::base
