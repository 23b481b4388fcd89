// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/trayface.h"

#include <QCoreApplication>

#include "profile/words.h"
#include "service/facts.h"

namespace keytender::ui {

namespace {

constexpr int linesShown = 4;

} // namespace

TrayFace trayFaceOf(const ProfileModel &model, const service::Surroundings &surroundings, base::Timestamp now)
{
    const service::Summary summary = model.summary();
    TrayFace face{.look = trayLookOf(summary, surroundings),
                  .title = QCoreApplication::translate("TrayFace", "Keytender: %1").arg(service::headline(summary)),
                  .lines = {}};
    if (surroundings.isOffline)
        face.title += QStringLiteral(" · ") + QCoreApplication::translate("TrayFace", "offline");
    for (int i = 0; i < std::min(model.rowCount(), linesShown); ++i) {
        const service::Row &row = model.at(i);
        face.lines +=
            QStringLiteral("%1: %2").arg(row.profile.label, profile::headline(row.profile, row.condition, now));
    }
    return face;
}

} // namespace keytender::ui
