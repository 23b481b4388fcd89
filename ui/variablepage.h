// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/neighbours/neighbourfacts.h"
#include "ui/page.h"

namespace keytender::ui {

class Field;
class LinesField;
class ProblemLine;

// A variable of an environment file that takes a login's access token, and what is run after it has changed.
class VariablePage final : public Page {
    Q_OBJECT

public:
    explicit VariablePage(QWidget *parent = nullptr);

    // An empty file makes it a new one.
    void show(const service::Link &link);
    // What was written, as it was given but for these three.
    [[nodiscard]] service::Link link() const;
    void setFile(const QString &path);
    void setProblem(const QString &text);
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void confirmed(const service::Link &link);
    void fileRequested(); // to be chosen
    void left();

private:
    void follow();

    service::Link m_link;
    Field *m_file = nullptr;
    Field *m_variable = nullptr;
    LinesField *m_command = nullptr;
    ProblemLine *m_problem = nullptr;
};

} // namespace keytender::ui
