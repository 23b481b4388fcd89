// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "service/signin/signinfacts.h"
#include "ui/dialog.h"

namespace keytender::ui {

class KeyPage;
class OutcomePage;

// "Add a key or token": one that was handed out by hand. The secret is wiped here once it is kept, and never shown.
class KeyDialog final : public Dialog {
    Q_OBJECT

public:
    explicit KeyDialog(const base::Clock &clock, QWidget *parent = nullptr);

    // The providers that Keytender knows, to choose from; any other name may be typed.
    void setProviders(const std::vector<service::SignInOffer> &offers);
    void preselect(const QString &providerId);

    // The answer to fileChosen(); white space around it is dropped.
    void setSecret(const base::Secret &secret);
    // Why it was not kept, or the file not read; what was entered is still there.
    void setProblem(const QString &text);
    void setKept(const QString &label);

public Q_SLOTS:
    void done(int result) override;

Q_SIGNALS:
    void fileChosen(const QString &path);
    // `secret` is valid during the call; never connect it queued.
    void keepRequested(const service::StaticCredentialFacts &facts, const base::Secret &secret);

private:
    void keep();
    void chooseFile();

    const base::Clock &m_clock;
    service::StaticCredentialFacts m_asked;
    base::Secret m_pending; // asked to be kept, and not answered yet
    KeyPage *m_form = nullptr;
    OutcomePage *m_kept = nullptr;
};

} // namespace keytender::ui
