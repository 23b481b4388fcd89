// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include "ipc/inquiry.h"
#include "service/signin/signinsession.h"

namespace keytender::ipc {

// One sign-in as its client hears of it: each stage once, what the person needs for it, and the end. Belongs to the
// inquiry; with it the sign-in is cancelled.
class SignInStory final : public QObject {
    Q_OBJECT

public:
    SignInStory(Inquiry &inquiry, std::unique_ptr<service::SignInSession> session);
    ~SignInStory() override;

    void start();

private:
    void tell();
    void take(const wire::Message &more);
    void end();

    Inquiry &m_inquiry;
    std::unique_ptr<service::SignInSession> m_session;
    service::SignInFacts m_told;
    bool m_isOver = false;
};

} // namespace keytender::ipc
