// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "service/doctor/doctorfacts.h"
#include "ui/page.h"

namespace keytender::ui {

class BusySign;
class FindingCard;
class FoldButton;

// What was found on this machine: what deserves a look as cards, the loudest first; what is in order behind a fold.
class DoctorPage final : public Page {
    Q_OBJECT

public:
    explicit DoctorPage(QWidget *parent = nullptr);

    // Under way. What was found before stays in sight.
    void setLooking(bool isLooking);
    void show(const std::vector<service::Finding> &findings);
    void setProblem(const QString &findingId, const QString &text); // of a cure
    void sayCopied();

Q_SIGNALS:
    void cureRequested(const QString &findingId);
    void lookAgainRequested();
    void copyRequested();
    void left();

private:
    [[nodiscard]] bool isInCard(const QWidget &part) const;
    void addCards(const std::vector<service::Finding> &findings);
    void orderTabs();
    void addInOrder(const std::vector<service::Finding> &findings);

    QWidget *m_busy = nullptr;
    TextLabel *m_summary = nullptr;
    QVBoxLayout *m_list = nullptr;
    std::vector<FindingCard *> m_cards;
    FoldButton *m_fold = nullptr;
    QWidget *m_inOrder = nullptr;
    QVBoxLayout *m_inOrderList = nullptr;
    Button *m_copy = nullptr;
    Button *m_again = nullptr;
    bool m_hasShown = false;
};

} // namespace keytender::ui
