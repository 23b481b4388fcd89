// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "consentwindows.h"

#include "ui/consentdialog.h"
#include "ui/consentlist.h"

namespace keytender::tray {

ConsentWindows::ConsentWindows(service::Consent &consent, const service::Service &service, const base::Clock &clock,
                               QObject *parent)
    : QObject(parent), m_consent(consent), m_service(service), m_clock(clock)
{
    // Queued: not in the middle of somebody's asking, and one window for all that ask at once.
    connect(&consent, &service::Consent::questionsChanged, this, &ConsentWindows::ask, Qt::QueuedConnection);
    consent.setCanAsk(true);
}

ConsentWindows::~ConsentWindows()
{
    delete m_question;
    delete m_list;
    m_consent.setCanAsk(false);
}

// A window that is there goes on by itself, and is not brought to the front again by whoever asks next.
void ConsentWindows::ask()
{
    const bool isAsking = m_question && m_question->isVisible(); // one that is hidden is about to go
    if (m_consent.questions().empty() || isAsking)
        return;
    m_question = new ui::ConsentDialog(m_consent);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->appear();
}

void ConsentWindows::list()
{
    if (!m_list) {
        m_list = new ui::ConsentList(m_consent, m_clock, [this](const QString &profileId) {
            const auto row = m_service.rows().find(profileId);
            return row == m_service.rows().end() ? profileId : row->second.profile.label;
        });
        m_list->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_list->present();
}

} // namespace keytender::tray
