// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "service/signin/signinfacts.h"
#include "ui/page.h"

namespace keytender::ui {

// A sign-out that runs; it goes on when nobody looks.
class WorkingPage final : public Page {
    Q_OBJECT

public:
    explicit WorkingPage(QWidget *parent = nullptr);

Q_SIGNALS:
    void closed();
};

// What became of each login: ended, still to be ended, or the person's to end.
class SignOutResultsPage final : public Page {
    Q_OBJECT

public:
    explicit SignOutResultsPage(QWidget *parent = nullptr);

    void show(const std::vector<service::SignOutResult> &results);

Q_SIGNALS:
    void openPageRequested(const QUrl &page);
    void closed();

private:
    void addResult(const service::SignOutResult &result);

    QVBoxLayout *m_list = nullptr;
};

} // namespace keytender::ui
