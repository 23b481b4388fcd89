// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/copyswap.h"

#include <QCoreApplication>

#include "tools/fetchplace.h"

namespace keytender::tools {

bool holdsSuccessor(const CopyReading &reading, const Successor &successor)
{
    if (reading.state != profile::CopyState::Held || !reading.credential)
        return false;
    const profile::TokenSet &there = reading.credential->tokens;
    return there.accessToken == successor.tokens.accessToken
           && (successor.tokens.refreshToken.isEmpty() || there.refreshToken == successor.tokens.refreshToken);
}

base::Result<base::Secret> provenText(const Replacement &replacement, const Fetched &there, base::Timestamp now)
{
    const CopyPlace &place = replacement.place;
    auto text = replacement.content
                    ? replacement.content(there)
                    : replacement.tool.writer()->rewritten(place, replacement.slot, there, replacement.successor);
    if (!text)
        return text;
    base::FileContent content{.bytes = text->clone(), .facts = {}};
    if (there.content)
        content.facts = there.content->facts;
    content.facts.path = place.path;
    Fetched proof = companionsOf(place);
    proof.content = std::move(content);
    if (holdsSuccessor(readingOf(replacement.tool, place, replacement.slot, proof, now), replacement.successor))
        return text;
    return base::unexpected({.kind = base::ErrorKind::UnknownVersion,
                             .subject = place.path,
                             .place = {},
                             .detail = QCoreApplication::translate(
                                 "Neighbours", "would not be read back as it would be written, so it is left alone")});
}

} // namespace keytender::tools
