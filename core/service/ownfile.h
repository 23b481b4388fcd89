// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include "base/durablefile.h"
#include "base/jsonspans.h"
#include "base/random.h"
#include "base/result.h"

// Files of our own that hold no secret: one JSON object with its version, 0600, in a directory of ours.
namespace keytender::service {

// NotFound where there is none; UnknownVersion where a newer Keytender wrote it.
[[nodiscard]] base::Result<base::JsonSpans> readOwnFile(const QString &file, const base::ReadLimits &limits);
// Durable when it returns. The version is added, and the directory made.
[[nodiscard]] base::Result<void> writeOwnFile(const QString &file, QJsonObject root, base::Random &random,
                                              QJsonDocument::JsonFormat form = QJsonDocument::Indented);

// Empty where the member is missing or null.
[[nodiscard]] base::Result<void> takeText(const base::JsonValue &object, const char *key, QString &text);

} // namespace keytender::service
