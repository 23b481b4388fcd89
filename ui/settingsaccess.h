// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <vector>

#include <QString>
#include <QStringList>

#include "base/result.h"
#include "profile/profile.h"
#include "service/settings/settings.h"

namespace keytender::ui {

// How the pages of the settings reach them: what holds now, and one change. A change is durable when it returns.
struct SettingsAccess {
    std::function<const service::Settings &()> current;
    std::function<base::Result<void>(const service::Settings &)> change;
};

// What the pages speak of beside the settings themselves.
struct SettingsSubject {
    struct Tool {
        QString id;
        QString name;
        bool operator==(const Tool &) const = default;
    };
    struct Login {
        QString id;
        QString label;
        profile::Care care = profile::Care::Watched;
        bool operator==(const Login &) const = default;
    };
    // Of the entry that starts the tray app with the session.
    struct Start {
        enum class Standing { AsSet, Foreign, SwitchedOff } standing = Standing::AsSet;
        QString file = {};
        QString problem = {}; // empty = none
        bool operator==(const Start &) const = default;
    };
    std::vector<Tool> tools;   // that may have further homes
    std::vector<Login> logins; // of tools and our own
    QStringList languages;     // that the program speaks: "de", "en"
    Start start = {};

    bool operator==(const SettingsSubject &) const = default;
};

} // namespace keytender::ui
