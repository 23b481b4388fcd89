// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include <QString>
#include <QStringList>

#include "base/environment.h"
#include "base/result.h"

namespace keytender::service {

// Where Keytender keeps its own files.
struct Places {
    QString configuration; // config.json, providers/
    QString vault;
    QString activity; // activity.db

    [[nodiscard]] static Places in(const base::Environment &environment);
};

// What the user set, from config.json:
//   { "version": 1, "homes": { "claude-code": ["~/.claude-work"] } }
struct Settings {
    std::map<QString, QStringList> homes; // further homes by tool id, absolute

    bool operator==(const Settings &) const = default;
};

// Defaults where there is no file; an error that names file, line and member where it says something we do not know.
// `toolIds`: the tools that may have homes.
[[nodiscard]] base::Result<Settings> loadSettings(const QString &file, const base::Environment &environment,
                                                  const QStringList &toolIds);

} // namespace keytender::service
