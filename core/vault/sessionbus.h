// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>

#include <QDBusMessage>
#include <QObject>
#include <QString>

#include "base/environment.h"
#include "base/result.h"

namespace keytender::vault {

// Questions to the session bus that never block and never wait longer than they say. Answers come later, once, and not
// at all once `context` is gone.

// Whether this session has a bus. Looks before it connects: libdbus would start a stray bus of its own on X11.
[[nodiscard]] bool hasSessionBus(const base::Environment &environment);

using Answered = std::function<void(const QDBusMessage &answer)>;
void askBus(const QDBusMessage &question, std::chrono::milliseconds patience, QObject *context, Answered answered);

// Whether a name is owned, or would be by starting its service.
using Presence = std::function<void(base::Result<bool> isPresent)>;
void askPresence(const QString &name, std::chrono::milliseconds patience, QObject *context, Presence known);

// An error answer as ours: the name of the D-Bus error, never its text.
[[nodiscard]] base::Error errorFromAnswer(const QDBusMessage &answer, const QString &subject);

} // namespace keytender::vault
