// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace keytender::base {

// Takes what looks like a secret out of a text, by key (access_token=..., "refreshToken": ...) and by shape (sk-ant-,
// JSON Web Tokens, gh?_, long base64url runs); the last line of defence in front of every log sink.
[[nodiscard]] QString redacted(const QString &text);

// Sends every Qt message through redacted() to standard error, and ignores QT_LOGGING_RULES for network categories.
void installRedactingMessageHandler();

} // namespace keytender::base
