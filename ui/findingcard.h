// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/doctor/doctorfacts.h"
#include "ui/card.h"
#include "ui/icons.h"

namespace keytender::ui {

class Button;
class ProblemLine;

// One thing that stands in the way, with what to do about it.
class FindingCard final : public Card {
    Q_OBJECT

public:
    explicit FindingCard(const service::Finding &finding, QWidget *parent = nullptr);

    [[nodiscard]] const service::Finding &finding() const { return m_finding; }
    [[nodiscard]] QWidget *cureButton() const; // null where there is none
    void setProblem(const QString &text);

Q_SIGNALS:
    void cureRequested(const QString &findingId);

private:
    void addCure();

    service::Finding m_finding;
    Button *m_cure = nullptr;
    ProblemLine *m_problem = nullptr;
};

[[nodiscard]] Glyph glyphOf(profile::Severity severity); // of a finding

} // namespace keytender::ui
