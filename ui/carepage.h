// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include "service/neighbours/neighbourfacts.h"
#include "ui/page.h"

namespace keytender::ui {

class CareCard;

// Who may renew the logins that other tools made: one card each, and nothing is done before its button is pressed.
class CarePage final : public Page {
    Q_OBJECT

public:
    using Answers = std::map<QString, profile::Care>; // by profile

    // `all`: as an introduction or an overview; otherwise the one login, in full.
    enum class Question { All, One };
    explicit CarePage(Question question, QWidget *parent = nullptr);

    // `answers` are preselected; where there is none, what is recommended for those of whom nobody has said anything,
    // and what holds now for the others.
    void show(const std::vector<service::CareOffer> &offers, const Answers &answers);
    [[nodiscard]] Answers answers() const;
    void setProblem(const QString &profileId, const QString &text);
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void confirmed(const keytender::ui::CarePage::Answers &answers); // those that are news
    void previewRequested(const QString &profileId);
    void left();

private:
    void addCard(const service::CareOffer &offer, const Answers &answers);
    [[nodiscard]] Answers news() const;
    void introduce(const std::vector<service::CareOffer> &offers);
    void follow();

    Question m_question;
    TextLabel *m_introduction = nullptr;
    QVBoxLayout *m_list = nullptr;
    Button *m_leave = nullptr;
    std::vector<CareCard *> m_cards;
};

} // namespace keytender::ui
