// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/neighbours/neighbours.h"
#include "ui/dialog.h"

namespace keytender::ui {

class OutcomePage;
class RescuePage;

// Puts back what a tool locked away for a renewal that never reached the server, once a person has said so.
class RescueDialog final : public Dialog {
    Q_OBJECT

public:
    // `neighbours` outlives it.
    explicit RescueDialog(service::Neighbours &neighbours, QWidget *parent = nullptr);

    void open(const QString &profileId);

private:
    void rescue();

    service::Neighbours &m_neighbours;
    QString m_profile;
    QString m_label;
    RescuePage *m_before = nullptr;
    OutcomePage *m_after = nullptr;
};

} // namespace keytender::ui
