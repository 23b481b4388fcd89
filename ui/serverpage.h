// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/signin/signinfacts.h"
#include "ui/page.h"

namespace keytender::ui {

class BusySign;
class Field;

// A server that a person brings along (RFC 8414): who it is, and as what Keytender signs in there.
class ServerPage final : public Page {
    Q_OBJECT

public:
    explicit ServerPage(QWidget *parent = nullptr);

    // Why the server could not be asked; empty = nothing is wrong.
    void setProblem(const QString &text);
    void setBusy(bool isBusy);
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void described(const service::CustomServer &server);
    void backRequested();

private:
    void follow();
    void goOn();

    Field *m_issuer = nullptr;
    Field *m_clientId = nullptr;
    QWidget *m_asking = nullptr;
    QWidget *m_wrong = nullptr;
    TextLabel *m_problem = nullptr;
    bool m_isBusy = false;
};

} // namespace keytender::ui
