// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include "ui/button.h"
#include "ui/labels.h"

class QBoxLayout;
class QVBoxLayout;

namespace keytender::ui {

class WrapLayout;

// What was said after something had been asked for in a section of the details.
struct SectionWord {
    enum class About { Care, Accounts };
    About about = About::Care;
    QString text; // empty = nothing
    bool isProblem = false;

    bool operator==(const SectionWord &) const = default;
};

// A part of the details page under a heading of its own. Made anew with every change.
class DetailsSection : public QWidget {
    Q_OBJECT

public:
    explicit DetailsSection(QWidget *parent = nullptr);

    // There is nothing to show, so there is no heading either.
    [[nodiscard]] bool isEmpty() const;

protected:
    [[nodiscard]] QVBoxLayout &body() { return *m_layout; }
    TextLabel *say(const QString &text, TextRole role);
    void sayWord(const SectionWord &word);
    void addGap(int units);
    // Buttons that stand beside one another. By its name the focus finds a button again.
    [[nodiscard]] WrapLayout *addButtons();
    Button *addButton(WrapLayout &line, const QString &text, const QString &name);
    [[nodiscard]] int unit() const { return m_unit; }

private:
    QVBoxLayout *m_layout;
    int m_unit;
};

// A hairline and the section's name below it.
QWidget *addSectionHeading(QBoxLayout &layout, const QString &text);

} // namespace keytender::ui
