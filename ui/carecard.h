// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include "service/neighbours/neighbourfacts.h"
#include "ui/card.h"

class QAbstractButton;
class QButtonGroup;

namespace keytender::ui {

class Choice;
class ProblemLine;

// One login that another tool made, and who may renew it from now on.
class CareCard final : public Card {
    Q_OBJECT

public:
    // Short: among others, with its name and the words of what is chosen. Full: alone on its page.
    enum class Length { Short, Full };
    CareCard(const service::CareOffer &offer, profile::Care chosen, Length length, QWidget *parent = nullptr);

    [[nodiscard]] const service::CareOffer &offer() const { return m_offer; }
    [[nodiscard]] profile::Care chosen() const;
    // "Keep fresh"
    [[nodiscard]] QString chosenTitle() const;
    [[nodiscard]] QAbstractButton *checked() const;
    void setProblem(const QString &text);

Q_SIGNALS:
    void chosenChanged();
    void previewRequested(const QString &profileId);

private:
    void addChoice(const service::CareChoice &choice, Length length);
    void addPreview();

    service::CareOffer m_offer;
    QButtonGroup *m_group = nullptr;
    std::map<const QAbstractButton *, service::CareChoice> m_choices;
    ProblemLine *m_problem = nullptr;
};

// "Who may renew it?" as it is offered for one way.
[[nodiscard]] const service::CareChoice *choiceFor(const service::CareOffer &offer, profile::Care care);
// Something would be written or run for this login, and can be shown beforehand.
[[nodiscard]] bool hasPreview(const service::CareOffer &offer);

} // namespace keytender::ui
