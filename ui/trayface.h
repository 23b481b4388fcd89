// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringList>

#include "service/facts.h"
#include "ui/icons.h"
#include "ui/profilemodel.h"

namespace keytender::ui {

// What the tray icon shows at one moment.
struct TrayFace {
    TrayLook look = TrayLook::Well;
    QString title;     // "Keytender: 2 logins need you"
    QStringList lines; // up to four, the loudest first: "Gemini CLI: sign in again"

    bool operator==(const TrayFace &) const = default;
};

[[nodiscard]] TrayFace trayFaceOf(const ProfileModel &model, const service::Surroundings &surroundings,
                                  base::Timestamp now);

} // namespace keytender::ui
