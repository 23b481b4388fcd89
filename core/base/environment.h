// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QHash>
#include <QString>

#include <sys/types.h>

namespace keytender::base {

// The process environment as a value, so that a test can be somebody else in another home.
struct Environment {
    QString home; // absolute
    QHash<QString, QString> variables;
    uid_t user = 0;

    // Stands for the value of a variable whose name speaks of a secret (GH_TOKEN, ANTHROPIC_API_KEY ...): that it is
    // set is all we need to know. Names that say where a secret lies (AWS_SHARED_CREDENTIALS_FILE,
    // GOOGLE_APPLICATION_CREDENTIALS) keep their value if it is a path.
    static inline const QString withheld = QStringLiteral("(withheld)");

    [[nodiscard]] static Environment ofThisProcess();

    // Nothing for an unset variable; an empty string for one that is set to nothing.
    [[nodiscard]] std::optional<QString> variable(const QString &name) const;
    // Unset and empty are the same here, as most tools have it.
    [[nodiscard]] QString nonEmptyOr(const QString &name, const QString &fallback) const;

    // XDG base directories; a relative value is ignored, as the specification says.
    [[nodiscard]] QString configHome() const; // ~/.config
    [[nodiscard]] QString dataHome() const;   // ~/.local/share
    [[nodiscard]] QString stateHome() const;  // ~/.local/state
    [[nodiscard]] QString runtimeDir() const; // empty where the session has none

    // "~" and "~/x" become absolute; everything else is returned as it is.
    [[nodiscard]] QString expanded(const QString &path) const;
    // The reverse, for people: "~/.claude".
    [[nodiscard]] QString shortened(const QString &path) const;
};

} // namespace keytender::base
