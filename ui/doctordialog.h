// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "service/doctor/doctor.h"
#include "ui/dialog.h"

namespace keytender::ui {

class DoctorPage;

// The check-up of this machine. Looks when it is opened and when it is asked to; changes nothing but by a click on a
// cure.
class DoctorDialog final : public Dialog {
    Q_OBJECT

public:
    // `doctor` outlives it.
    explicit DoctorDialog(service::Doctor &doctor, QWidget *parent = nullptr);

    void look();

private:
    void cure(const QString &findingId);
    void copy();

    service::Doctor &m_doctor;
    DoctorPage *m_page = nullptr;
    std::vector<service::Finding> m_findings;
};

} // namespace keytender::ui
