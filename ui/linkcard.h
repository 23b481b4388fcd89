// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include "base/timestamp.h"
#include "service/neighbours/neighbourfacts.h"
#include "ui/card.h"

class QAbstractButton;
class QButtonGroup;

namespace keytender::ui {

class ProblemLine;

// One place where a login's token may go, and which way.
class LinkCard final : public Card {
    Q_OBJECT

public:
    LinkCard(const service::Link &link, service::LinkWay chosen, base::Timestamp now, QWidget *parent = nullptr);

    [[nodiscard]] const service::Link &link() const { return m_link; }
    [[nodiscard]] service::LinkWay chosen() const;
    [[nodiscard]] QAbstractButton *checked() const;
    void setProblem(const QString &text);

Q_SIGNALS:
    void chosenChanged();
    void editRequested(const QString &linkId); // of an environment file

private:
    void addWay(service::LinkWay way, const QString &description);
    void addEdit();

    service::Link m_link;
    QButtonGroup *m_group = nullptr;
    std::map<const QAbstractButton *, service::LinkWay> m_ways;
    ProblemLine *m_problem = nullptr;
};

} // namespace keytender::ui
