// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include "service/signin/signinfacts.h"
#include "ui/page.h"

class QButtonGroup;

namespace keytender::ui {

class Choice;

// How to sign in to one provider, and what the login may do there.
class SignInWayPage final : public Page {
    Q_OBJECT

public:
    explicit SignInWayPage(QWidget *parent = nullptr);

    // `wish`: what is chosen already; its profile is one that is signed in to again, called `label`.
    void show(const service::SignInOffer &offer, const service::SignInWish &wish, const QString &label);
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void confirmed(const service::SignInWish &wish);
    void backRequested(); // to another provider
    void cancelled();

private:
    void addWays(const service::SignInOffer &offer);
    void addScopes(const service::SignInOffer &offer);
    void say(const QString &text, TextRole role);
    void confirm();

    QVBoxLayout *m_questions = nullptr;
    QButtonGroup *m_group = nullptr;
    std::map<QAbstractButton *, provider::SignInWay> m_ways;
    std::vector<std::pair<QString, Choice *>> m_scopes;
    Button *m_back = nullptr;
    service::SignInWish m_wish;
};

} // namespace keytender::ui
