// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/doctordialog.h"

#include <QClipboard>
#include <QGuiApplication>

#include "service/doctor/doctortext.h"
#include "ui/doctorpage.h"

namespace keytender::ui {

DoctorDialog::DoctorDialog(service::Doctor &doctor, QWidget *parent) : Dialog(parent), m_doctor(doctor)
{
    setObjectName(QStringLiteral("doctor"));
    setWindowTitle(tr("Check-up – Keytender"));
    m_page = new DoctorPage;
    addPage(*m_page);
    connect(m_page, &DoctorPage::left, this, &DoctorDialog::reject);
    connect(m_page, &DoctorPage::lookAgainRequested, this, &DoctorDialog::look);
    connect(m_page, &DoctorPage::cureRequested, this, &DoctorDialog::cure);
    connect(m_page, &DoctorPage::copyRequested, this, &DoctorDialog::copy);
    showPage(*m_page);
}

void DoctorDialog::look()
{
    m_page->setLooking(true);
    m_doctor.examine(this, [this](std::vector<service::Finding> findings) {
        m_findings = std::move(findings);
        m_page->show(m_findings);
    });
}

void DoctorDialog::cure(const QString &findingId)
{
    if (const auto cured = m_doctor.cure(findingId); !cured)
        return m_page->setProblem(findingId, base::describe(cured.error()));
    look();
}

void DoctorDialog::copy()
{
    QGuiApplication::clipboard()->setText(service::doctorTable(m_findings));
    m_page->sayCopied();
}

} // namespace keytender::ui
