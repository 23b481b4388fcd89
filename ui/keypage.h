// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "service/signin/signinfacts.h"
#include "ui/page.h"

class QButtonGroup;

namespace keytender::ui {

class Choice;
class DayPicker;
class Field;
class ListPicker;
class SecretField;

// What a person knows of a key: what it is, whose, since when and until when; and the key itself.
class KeyPage final : public Page {
    Q_OBJECT

public:
    explicit KeyPage(const base::Clock &clock, QWidget *parent = nullptr);

    void setProviders(const std::vector<service::SignInOffer> &offers);
    void setProvider(const QString &providerId);
    void setProblem(const QString &text);
    void putSecret(const base::Secret &secret);
    // Leaves the field empty.
    [[nodiscard]] base::Secret takeSecret();
    [[nodiscard]] service::StaticCredentialFacts facts() const;
    [[nodiscard]] QString kindName() const;
    [[nodiscard]] QWidget *firstFocus() override;

Q_SIGNALS:
    void confirmed();
    void fileRequested();
    void cancelled();

private:
    void addKinds();
    void addSecret();
    void addDates();
    void follow();
    [[nodiscard]] QDate today() const;

    const base::Clock &m_clock;
    QButtonGroup *m_kinds = nullptr; // by index in the list of kinds
    ListPicker *m_provider = nullptr;
    Field *m_label = nullptr;
    SecretField *m_secret = nullptr;
    DayPicker *m_created = nullptr;
    Choice *m_ends = nullptr;
    DayPicker *m_end = nullptr;
    QWidget *m_wrong = nullptr;
    TextLabel *m_problem = nullptr;
};

} // namespace keytender::ui
