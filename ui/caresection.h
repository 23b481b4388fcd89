// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/neighbours/neighbours.h"
#include "ui/detailssection.h"

namespace keytender::ui {

// Who renews this login, and what Keytender wrote last for it.
class CareSection final : public DetailsSection {
    Q_OBJECT

public:
    // `neighbours` outlives it.
    CareSection(service::Neighbours &neighbours, const QString &profileId, base::Timestamp now,
                const SectionWord &word);

Q_SIGNALS:
    void changeRequested(const QString &profileId);
    void previewRequested(const QString &profileId);
    void told(const keytender::ui::SectionWord &word);

private:
    void addChoices(const service::CareOffer &offer);
    void addLastWrite(const service::LastWrite &write, base::Timestamp now);
    void undo();

    service::Neighbours &m_neighbours;
    QString m_id;
};

} // namespace keytender::ui
