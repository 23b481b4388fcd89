// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/neighbours/neighbours.h"
#include "ui/dialog.h"

namespace keytender::ui {

class OutcomePage;

// How it went to put another account in a tool's place, where that was asked for in a menu: what a running program of
// the tool will notice, or why it was not done.
class AccountDialog final : public Dialog {
    Q_OBJECT

public:
    // `neighbours` outlives it.
    explicit AccountDialog(service::Neighbours &neighbours, QWidget *parent = nullptr);

    // Does it, and says so.
    void use(const QString &profileId, const QString &inPlaceOf);

private:
    service::Neighbours &m_neighbours;
    OutcomePage *m_done = nullptr;
    OutcomePage *m_failed = nullptr;
};

} // namespace keytender::ui
