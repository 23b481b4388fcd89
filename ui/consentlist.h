// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "service/programs/consent.h"
#include "ui/consentlistpage.h"
#include "ui/dialog.h"

namespace keytender::ui {

// The window in which a person sees what they said about programs, and takes it back.
class ConsentList final : public Dialog {
    Q_OBJECT

public:
    // Both outlive it. `labelOf` names a login by its profile's id.
    ConsentList(service::Consent &consent, const base::Clock &clock, ConsentListPage::LabelOf labelOf,
                QWidget *parent = nullptr);

private:
    void follow();
    void revoke(const service::ConsentRule &rule);

    service::Consent &m_consent;
    ConsentListPage *m_list = nullptr;
};

} // namespace keytender::ui
