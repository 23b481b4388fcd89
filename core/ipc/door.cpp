// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/door.h"

#include <QCoreApplication>

namespace keytender::ipc {

void Door::receive(Inquiry &inquiry) const
{
    const std::string_view command = inquiry.request().value("command");
    const auto desk = m_desks.find(command);
    if (desk != m_desks.end())
        return desk->second(inquiry);
    if (m_otherwise)
        return m_otherwise(inquiry);
    const QString text = QCoreApplication::translate("Door", "The running Keytender does not know the request “%1”. "
                                                             "Restart it, so that it is of this installation too.");
    inquiry.answer(answerOf(wire::Outcome::Usage,
                            text.arg(QString::fromUtf8(command.data(), static_cast<qsizetype>(command.size())))));
}

} // namespace keytender::ipc
