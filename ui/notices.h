// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QUrl>
#include <QWidget>

#include "service/facts.h"

class QBoxLayout;

namespace keytender::ui {

class Notice;

// What concerns all logins, above the list: one box each. Hidden while there is none.
class Notices final : public QWidget {
    Q_OBJECT

public:
    explicit Notices(QWidget *parent = nullptr);

    void setSurroundings(const service::Surroundings &surroundings);
    void setMargins(const QMargins &margins, int gap);

Q_SIGNALS:
    void unlockRequested();
    void openPageRequested(const QUrl &page);
    void retryRevocationsRequested();

private:
    void rebuild();
    void addKeychain();
    void addLeftovers();
    [[nodiscard]] Notice *leftoverNotice(const service::Surroundings::Leftover &leftover);
    void addWatching();
    void addProblems();
    // Two of the same kind have different names, by which the focus finds its box again.
    void add(Notice *notice, const QString &name);

    service::Surroundings m_surroundings;
    QBoxLayout *m_layout = nullptr;
};

} // namespace keytender::ui
