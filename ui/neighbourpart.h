// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include "service/neighbours/neighbours.h"
#include "ui/detailssection.h"

namespace keytender::ui {

// What the details of a login say about other tools: who renews it, which accounts may take its place, and where its
// token goes. Made anew with every change.
class NeighbourPart final : public QWidget {
    Q_OBJECT

public:
    // `neighbours` outlives it.
    NeighbourPart(service::Neighbours &neighbours, const QString &profileId, base::Timestamp now,
                  const SectionWord &word);

Q_SIGNALS:
    void careRequested(const QString &profileId);
    void previewRequested(const QString &profileId);
    void linksRequested(const QString &profileId);
    void told(const keytender::ui::SectionWord &word); // to be given to the next one

private:
    void add(const QString &heading, DetailsSection *section);
};

} // namespace keytender::ui
