// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/copywriter.h"

namespace keytender::tools {

base::Result<std::vector<CompanionChange>> CopyWriter::companionChanges(const CopyPlace &, const QString &,
                                                                        const Fetched &, const Successor &,
                                                                        const ToolWorld &) const
{
    return std::vector<CompanionChange>();
}

base::Result<base::Secret> CopyWriter::recordOf(const CopyPlace &place, const QString &, const Fetched &) const
{
    return base::unexpected({.kind = base::ErrorKind::NotFound,
                             .subject = place.path,
                             .place = {},
                             .detail = QStringLiteral("this tool keeps nothing beside the tokens")});
}

} // namespace keytender::tools
