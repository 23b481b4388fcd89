// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include "service/signin/signinfacts.h"
#include "ui/page.h"

class QButtonGroup;

namespace keytender::ui {

class Choice;

// Where to sign in: the providers, those that do not allow it with the reason, and any other server.
class ProviderPage final : public Page {
    Q_OBJECT

public:
    explicit ProviderPage(QWidget *parent = nullptr);

    void setOffers(const std::vector<service::SignInOffer> &offers);
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void chosen(const QString &providerId);
    void otherServerChosen();
    void cancelled();

private:
    void addOffer(const service::SignInOffer &offer);
    void goOn();

    QVBoxLayout *m_list = nullptr;
    QButtonGroup *m_group = nullptr;
    std::map<QAbstractButton *, QString> m_ids;
    Choice *m_other = nullptr;
};

} // namespace keytender::ui
