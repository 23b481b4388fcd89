// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QPointer>

#include "service/programs/consent.h"
#include "service/service.h"

namespace keytender::ui {
class ConsentDialog;
class ConsentList;
} // namespace keytender::ui

namespace keytender::tray {

// The windows that speak of programs: the question, which comes by itself while there is one, and the list of what was
// said. As long as this lives there is somebody to ask.
class ConsentWindows final : public QObject {
    Q_OBJECT

public:
    // All outlive it.
    ConsentWindows(service::Consent &consent, const service::Service &service, const base::Clock &clock,
                   QObject *parent = nullptr);
    ~ConsentWindows() override;

    void list();

private:
    void ask();

    service::Consent &m_consent;
    const service::Service &m_service;
    const base::Clock &m_clock;
    QPointer<ui::ConsentDialog> m_question;
    QPointer<ui::ConsentList> m_list;
};

} // namespace keytender::tray
