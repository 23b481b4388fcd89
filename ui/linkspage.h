// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include "base/clock.h"
#include "service/neighbours/neighbourfacts.h"
#include "ui/page.h"

namespace keytender::ui {

class LinkCard;

// Everywhere that a login's token may go, one card each.
class LinksPage final : public Page {
    Q_OBJECT

public:
    using Ways = std::map<QString, service::LinkWay>; // by link

    explicit LinksPage(const base::Clock &clock, QWidget *parent = nullptr);

    // `ways` are preselected where they are named, and otherwise those that hold.
    void show(const QString &label, const std::vector<service::Link> &links, const Ways &ways);
    [[nodiscard]] Ways ways() const;
    void setProblem(const QString &linkId, const QString &text);
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void confirmed(const std::vector<service::Link> &links); // those that are news
    void editRequested(const QString &linkId);
    void variableRequested(); // a new one
    void left();

private:
    [[nodiscard]] std::vector<service::Link> news() const;
    void follow();

    const base::Clock &m_clock;
    QVBoxLayout *m_list = nullptr;
    Button *m_variable = nullptr;
    std::vector<LinkCard *> m_cards;
};

} // namespace keytender::ui
