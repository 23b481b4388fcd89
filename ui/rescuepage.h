// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/neighbours/neighbourfacts.h"
#include "ui/page.h"

namespace keytender::ui {

class ProblemLine;

// What happened to a login, how that is known, and what would be put back.
class RescuePage final : public Page {
    Q_OBJECT

public:
    explicit RescuePage(QWidget *parent = nullptr);

    void show(const service::RescueOffer &offer);
    void setProblem(const QString &text);
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void confirmed();
    void left();

private:
    TextLabel *m_text = nullptr;
    TextLabel *m_proof = nullptr;
    TextLabel *m_path = nullptr;
    ProblemLine *m_problem = nullptr;
    Button *m_leave = nullptr;
};

} // namespace keytender::ui
