// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// export, import: logins that are carried to another machine.

#include <memory>

#include <QCoreApplication>
#include <QPointer>

#include "ipc/desks/transferstory.h"
#include "ipc/desks/world.h"

namespace keytender::ipc {

using wire::Outcome;

namespace {

constexpr qsizetype leastPassphrase = 8;

// Deriving a key takes 256 MiB: one at a time.
using Turn = std::shared_ptr<QPointer<QObject>>;

template <class Story, class... Arguments>
void begin(Inquiry &inquiry, const World &world, const Turn &turn, Arguments... arguments)
{
    if (*turn)
        return answer(inquiry,
                      {.outcome = Outcome::Unavailable,
                       .text = QCoreApplication::translate("Door", "Another export or import is under way. Try "
                                                                   "again in a moment.")});
    auto *story = new Story(inquiry, world, arguments...); // of the inquiry
    *turn = story;
    story->start();
}

void answerExport(Inquiry &inquiry, const World &world, const Turn &turn)
{
    const auto fields = RequestFields::read(inquiry.request(), {.switches = {"move"}, .secrets = {"passphrase"}});
    if (!fields)
        return answer(inquiry, fields.error());
    if (inquiry.request().value("passphrase").size() < leastPassphrase)
        return answer(inquiry,
                      {.outcome = Outcome::Usage,
                       .text = QCoreApplication::translate("Door", "The passphrase is too short: whoever has the "
                                                                   "file may try as many as they like.")});
    begin<ExportStory>(inquiry, world, turn, fields->isYes("move") ? ExportStory::Way::Move : ExportStory::Way::Copy);
}

void answerImport(Inquiry &inquiry, const World &world, const Turn &turn)
{
    const auto fields = RequestFields::read(inquiry.request(), {.switches = {"renew"}, .secrets = {"passphrase"}});
    if (!fields)
        return answer(inquiry, fields.error());
    begin<ImportStory>(inquiry, world, turn,
                       fields->isYes("renew") ? ImportStory::Right::Renew : ImportStory::Right::AsItSays);
}

} // namespace

void addTransferDesk(Door &door, const World &world)
{
    const auto turn = std::make_shared<QPointer<QObject>>();
    door.add("export", [world, turn](Inquiry &inquiry) { answerExport(inquiry, world, turn); });
    door.add("import", [world, turn](Inquiry &inquiry) { answerImport(inquiry, world, turn); });
}

} // namespace keytender::ipc
