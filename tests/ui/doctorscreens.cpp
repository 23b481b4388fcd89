// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "doctorscreens.h"

#include <algorithm>

#include <QPushButton>

#include "fakes/fakedoctor.h"
#include "samplefindings.h"
#include "ui/doctordialog.h"
#include "ui/doctorpage.h"
#include "ui/foldbutton.h"

namespace keytender::samples {

namespace {

void prepare(ui::DoctorDialog &dialog, fakes::FakeDoctor &doctor, CheckUp checkUp)
{
    doctor.findings = findings();
    // As many as a small screen shows at once.
    const std::size_t troubles = checkUp == CheckUp::Unfolded ? 1 : 3;
    const auto well = std::ranges::find(doctor.findings, profile::Severity::Well, &service::Finding::severity);
    doctor.findings.erase(doctor.findings.begin() + static_cast<std::ptrdiff_t>(troubles), well);
    if (checkUp == CheckUp::AllWell)
        std::erase_if(doctor.findings, [](const auto &each) { return each.severity != profile::Severity::Well; });
    doctor.answersAtOnce = checkUp != CheckUp::Looking;
    dialog.look();
    auto &page = static_cast<ui::DoctorPage &>(*dialog.page());
    if (checkUp == CheckUp::Unfolded)
        page.findChild<ui::FoldButton *>()->setChecked(true);
    if (checkUp == CheckUp::Refused)
        page.setProblem(doctor.findings.front().id, base::describe({.kind = base::ErrorKind::ReadOnly,
                                                                    .subject = QStringLiteral("~/.codex/auth.json"),
                                                                    .place = {},
                                                                    .detail = {}}));
}

} // namespace

DialogScreen doctorScreen(const char *name, CheckUp checkUp)
{
    return {name, [checkUp](const base::Clock & /*clock*/) {
                const auto doctor = std::make_shared<fakes::FakeDoctor>();
                auto dialog = std::make_unique<ui::DoctorDialog>(*doctor);
                QObject::connect(dialog.get(), &QObject::destroyed, [doctor] {});
                prepare(*dialog, *doctor, checkUp);
                return dialog;
            }};
}

} // namespace keytender::samples
