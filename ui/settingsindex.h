// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/page.h"

namespace keytender::ui {

class ProblemLine;
class SectionRow;

// The first page of the settings: the others, with what stands in them.
class SettingsIndex final : public Page {
    Q_OBJECT

public:
    explicit SettingsIndex(QWidget *parent = nullptr);

    SectionRow *addRow(const QString &title);
    // Of the file in which all of it stands; empty = none.
    void setFileProblem(const QString &text);
    [[nodiscard]] QWidget *firstFocus() override;
    // Who comes back finds the focus where it was.
    void noteLeft(SectionRow *row) { m_last = row; }

Q_SIGNALS:
    void left();

private:
    ProblemLine *m_problem = nullptr;
    QVBoxLayout *m_rows = nullptr;
    SectionRow *m_last = nullptr;
};

} // namespace keytender::ui
