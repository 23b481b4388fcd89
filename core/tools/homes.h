// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include "base/environment.h"
#include "base/error.h"
#include "tools/tool.h"

namespace keytender::tools {

// A directory in which a tool keeps its logins.
struct Home {
    QString path; // absolute, cleaned
    QString name; // CopyPlace::homeName: empty for the usual home

    bool operator==(const Home &) const = default;
};

// The usual home and the further ones, each directory once even if it has two names, with short names that differ.
[[nodiscard]] std::vector<Home> distinctHomes(const QString &usual, const QStringList &further);

// Whether two paths lead to one directory, which may not exist yet.
[[nodiscard]] bool isSameDirectory(const QString &one, const QString &other);

// The directory that a variable names; nothing where it is unset or empty. A relative one would depend on where the
// tool happens to be started: nothing, and a problem that says so.
[[nodiscard]] std::optional<QString> directoryFrom(const base::Environment &environment, const QString &variable,
                                                   std::vector<base::Error> &problems);

// The usual home, the one that a variable names and those from the settings, in this order.
[[nodiscard]] std::vector<Home> homesIn(const ToolWorld &world, const QString &usual, const QString &variable,
                                        std::vector<base::Error> &problems);

} // namespace keytender::tools
