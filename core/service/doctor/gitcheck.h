// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include <QStringList>

#include "base/environment.h"
#include "base/result.h"
#include "service/doctor/doctorfacts.h"

// Whether git can keep tokens that have an end: its version, and the helpers that it is told to ask.
namespace keytender::service::doctor {

struct GitVersion {
    int major = 0;
    int minor = 0;
    auto operator<=>(const GitVersion &) const = default; // NOLINT(modernize-use-nullptr): the zero is not ours
};

enum class GitHelper {
    Store, // plain text, forgets the end and the refresh token
    Keeps, // keeps both: cache, libsecret, osxkeychain, wincred
    OAuth, // signs in by a browser: git-credential-oauth
    OAuthByDevice,
    Keytender,
    Other, // gh, scripts: not shown, since people put passwords there
};

struct GitFacts {
    bool isInstalled = false;
    std::optional<GitVersion> version;
    QString versionText = {};
    std::vector<GitHelper> helpers = {};
    bool hasDisplay = true;                  // that a browser could open on
    std::optional<base::Error> problem = {}; // it could not be asked
};

[[nodiscard]] std::optional<GitVersion> gitVersionIn(const QString &line); // "git version 2.39.5 (Apple Git-154)"
// From `git config --null --get-regexp`: "key\nvalue" each. An empty value ends what was said before it, of that key.
[[nodiscard]] std::vector<GitHelper> gitHelpersIn(const QByteArray &listing);

// Asks the git in PATH, bounded in time and size, without a shell and with an environment of known names (S-32).
// Blocks: for a thread of its own.
[[nodiscard]] GitFacts askGit(const base::Environment &environment);

[[nodiscard]] std::vector<Finding> gitFindings(const GitFacts &facts);

} // namespace keytender::service::doctor
