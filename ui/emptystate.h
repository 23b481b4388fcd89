// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QScrollArea>

#include "service/facts.h"

namespace keytender::ui {

// What is said of a button that cannot be pressed while the store is not open; empty otherwise.
[[nodiscard]] QString whyNoLogins(bool canSignIn);

// What stands in the place of the list while there is no login: how one comes here, what was looked for, and where.
class EmptyState final : public QScrollArea {
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

    void setLooked(const std::vector<service::Surroundings::Looked> &looked);
    void setCanSignIn(bool canSignIn);
    // The height at which nothing needs scrolling.
    [[nodiscard]] int fullHeight(int width) const;

Q_SIGNALS:
    void addLoginRequested();
    void addKeyRequested();

private:
    void rebuild();
    [[nodiscard]] QLayout *makeActions();

    std::vector<service::Surroundings::Looked> m_looked;
    bool m_canSignIn = false;
};

} // namespace keytender::ui
