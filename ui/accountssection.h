// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/neighbours/neighbours.h"
#include "ui/detailssection.h"

class QToolButton;

namespace keytender::ui {

// The accounts that may take one tool's place, in the person's order: which one is in use, and one step to another.
class AccountsSection final : public DetailsSection {
    Q_OBJECT

public:
    // `neighbours` outlives it.
    AccountsSection(service::Neighbours &neighbours, const service::AccountGroup &group, const SectionWord &word);

Q_SIGNALS:
    void told(const keytender::ui::SectionWord &word);

private:
    void addAccount(std::size_t index);
    [[nodiscard]] QWidget *firstLine(std::size_t index);
    [[nodiscard]] QToolButton *mover(std::size_t index, int by);
    void move(std::size_t index, int by);
    void use(const service::AccountGroup::Account &account);

    service::Neighbours &m_neighbours;
    service::AccountGroup m_group;
};

} // namespace keytender::ui
