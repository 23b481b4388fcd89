// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/refusingwriter.h"

#include <QCoreApplication>

namespace keytender::tools {

QString neighbourText(const char *text)
{
    return QCoreApplication::translate("Neighbours", text);
}

base::Unexpected<base::Error> refusedWrite(const CopyPlace &place, const QString &why)
{
    QString detail = why;
    if (detail.endsWith(u'.')) // describe() ends the sentence
        detail.chop(1);
    return base::unexpected(
        {.kind = base::ErrorKind::Unavailable, .subject = place.path, .place = {}, .detail = detail});
}

QString RefusingWriter::objection(Purpose purpose, const CopyPlace & /*place*/, const QString & /*slot*/,
                                  const Fetched & /*fetched*/, const ToolWorld & /*world*/) const
{
    return neighbourText(purpose == Purpose::Share ? m_reasons.share : m_reasons.write);
}

base::Result<LockPlan> RefusingWriter::lockPlan(const CopyPlace &place, const QString & /*slot*/,
                                                const ToolWorld & /*world*/) const
{
    return refusedWrite(place, neighbourText(m_reasons.share));
}

base::Result<base::Secret> RefusingWriter::rewritten(const CopyPlace &place, const QString & /*slot*/,
                                                     const Fetched & /*fetched*/, const Successor & /*successor*/) const
{
    return refusedWrite(place, neighbourText(m_reasons.write));
}

} // namespace keytender::tools
