// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>

#include <QByteArray>

#include "base/timestamp.h"
#include "oauth/delivery.h"

namespace keytender::oauth {

// The first of that name, in whatever case; nothing where there is none.
[[nodiscard]] std::optional<QByteArray> headerIn(const Headers &headers, const char *name);

// RFC 9110 section 5.6.7: the fixed form and the two obsolete ones.
[[nodiscard]] std::optional<base::Timestamp> fromHttpDate(const QByteArray &text);

// Seconds, or a date seen from the server's own clock where the answer names it, else from `now`. Clamped to 1 s .. 1 h
// (F-47); nothing where it is missing or is neither.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfterIn(const Delivery &answer, base::Timestamp now);

// "a.example", where the answer is a redirect; empty where its Location names no host. Never followed (N-22).
[[nodiscard]] QString redirectTarget(const Delivery &answer);

} // namespace keytender::oauth
