// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <vector>

#include "base/clock.h"
#include "service/programs/consentfacts.h"
#include "ui/page.h"

namespace keytender::ui {

class ProblemLine;

// Which programs may have which login's token, and which may not, login by login.
class ConsentListPage final : public Page {
    Q_OBJECT

public:
    using LabelOf = std::function<QString(const QString &profileId)>;

    // `clock` outlives it.
    ConsentListPage(const base::Clock &clock, LabelOf labelOf, QWidget *parent = nullptr);

    // In the order given: by login.
    void show(const std::vector<service::ConsentRule> &rules);
    void setProblem(const QString &text);

Q_SIGNALS:
    void revokeRequested(const keytender::service::ConsentRule &rule);
    void left();

private:
    void addRule(const service::ConsentRule &rule);
    [[nodiscard]] QString describe(const service::ConsentRule &rule) const;
    [[nodiscard]] int focusedRule() const;

    const base::Clock &m_clock;
    const LabelOf m_labelOf;
    TextLabel *m_introduction = nullptr;
    QVBoxLayout *m_list = nullptr;
    std::vector<Button *> m_revokes;
    ProblemLine *m_problem = nullptr;
};

} // namespace keytender::ui
