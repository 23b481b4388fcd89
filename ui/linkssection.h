// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/neighbours/neighbours.h"
#include "ui/detailssection.h"

namespace keytender::ui {

// Where this login's access token is handed on to.
class LinksSection final : public DetailsSection {
    Q_OBJECT

public:
    LinksSection(const service::Neighbours &neighbours, const QString &profileId, base::Timestamp now);

Q_SIGNALS:
    void changeRequested(const QString &profileId);

private:
    void addLink(const service::Link &link, base::Timestamp now);
};

// "one-way", "mirror", "off"
[[nodiscard]] QString titleOf(service::LinkWay way);

} // namespace keytender::ui
