// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// doctor: what is odd on this machine, and the cures that are safe.

#include <algorithm>

#include <QCoreApplication>

#include "ipc/desks/world.h"
#include "service/doctor/doctortext.h"

namespace keytender::ipc {

using service::Finding;
using wire::Outcome;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

void tell(Inquiry &inquiry, const std::vector<Finding> &findings, Format format)
{
    const bool isOdd = std::ranges::any_of(
        findings, [](const Finding &finding) { return finding.severity >= profile::Severity::Due; });
    answerText(inquiry,
               format == Format::Json ? service::doctorJson(findings) : terminalText(service::doctorTable(findings)),
               isOdd ? Outcome::DueSoon : Outcome::Ok);
}

void cure(Inquiry &inquiry, service::Doctor &doctor, const std::vector<Finding> &findings, const QString &id)
{
    const auto finding = std::ranges::find(findings, id, &Finding::id);
    if (finding == findings.end())
        return answer(inquiry, {.outcome = Outcome::NotFound,
                                .text = say(QT_TRANSLATE_NOOP("Door", "There is no finding “%1” now.")).arg(id)});
    if (finding->safeCure.isEmpty())
        return answer(inquiry, {.outcome = Outcome::Failed,
                                .text = say(QT_TRANSLATE_NOOP("Door", "Keytender has no safe cure for that. %1"))
                                            .arg(finding->cure)
                                            .trimmed()});
    if (const auto cured = doctor.cure(id); !cured)
        return answer(inquiry, refusalOf(cured.error()));
    inquiry.answer(answerOf(Outcome::Ok));
}

void answerDoctor(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(inquiry.request(), {.optional = {"format", "cure"}});
    const auto format = fields ? formatOf(*fields) : Granted<Format>(base::Unexpected(fields.error()));
    if (!format)
        return answer(inquiry, format.error());
    whenSettled(inquiry, world.service, [&inquiry, world, format = *format, id = fields->text("cure")] {
        world.doctor.examine(&inquiry, [&inquiry, world, format, id](const std::vector<Finding> &findings) {
            if (id.isEmpty())
                return tell(inquiry, findings, format);
            cure(inquiry, world.doctor, findings, id);
        });
    });
}

} // namespace

void addDoctorDesk(Door &door, const World &world)
{
    door.add("doctor", [world](Inquiry &inquiry) { answerDoctor(inquiry, world); });
}

} // namespace keytender::ipc
