// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/desks/world.h"

#include <memory>

#include <QCoreApplication>
#include <QTimer>

namespace keytender::ipc {

using namespace std::chrono_literals;
using wire::Outcome;

namespace {

constexpr auto patience = 20s; // a keychain that says nothing must not hold a client for ever

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

} // namespace

World worldOf(service::Service &service, service::Consent &consent, service::Doctor &doctor)
{
    return {.service = service,
            .consent = consent,
            .doctor = doctor,
            .tokens = [&service] { return service.tokens(); },
            .neighbours = [&service] { return service.neighbours(); }};
}

void addDesks(Door &door, const World &world)
{
    addStatusDesk(door, world);
    addTokenDesk(door, world);
    addAccountDesk(door, world);
    addSignInDesk(door, world);
    addSignOutDesk(door, world);
    addConsentDesk(door, world);
    addDoctorDesk(door, world);
    addTransferDesk(door, world);
}

void whenSettled(Inquiry &inquiry, service::Service &service, const std::function<void()> &then)
{
    if (service.isSettled())
        return then();
    auto *limit = new QTimer(&inquiry);
    limit->setSingleShot(true);
    QObject::connect(limit, &QTimer::timeout, &inquiry, [&inquiry] {
        inquiry.answer(
            answerOf(Outcome::Unavailable, say(QT_TRANSLATE_NOOP("Door", "Keytender is still looking for "
                                                                         "logins. Try again in a moment."))));
    });
    limit->start(patience);
    QObject::connect(
        &service, &service::Service::settled, limit,
        [limit, then] {
            limit->stop();
            then();
        },
        Qt::SingleShotConnection);
}

Refusal storeIsClosed(const service::Service &service)
{
    const QString why = service::describe(service.surroundings().keychain);
    return {.outcome = Outcome::Unavailable,
            .text = !why.isEmpty() ? why
                                   : say(QT_TRANSLATE_NOOP("Door", "Keytender's own store is not open: look at "
                                                                   "keytenderctl status for the reason."))};
}

Refusal refusalOf(const base::Error &error)
{
    using base::ErrorKind;
    Refusal refusal{.outcome = Outcome::Failed, .text = base::describe(error)};
    switch (error.kind) {
    case ErrorKind::NotFound:
        refusal.outcome = Outcome::NotFound;
        break;
    case ErrorKind::Locked:
    case ErrorKind::Unavailable:
    case ErrorKind::TimedOut:
        refusal.outcome = Outcome::Unavailable;
        break;
    default:
        break;
    }
    return refusal;
}

Granted<Format> formatOf(const RequestFields &fields)
{
    const auto word = fields.oneOf("format", {QStringLiteral("table"), QStringLiteral("json")});
    if (!word)
        return base::Unexpected<Refusal>(word.error());
    return *word == u"json" ? Format::Json : Format::Table;
}

} // namespace keytender::ipc
