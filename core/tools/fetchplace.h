// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

namespace keytender::tools {

// What lies in a file or a cell just now, and in the companions of the place. Blocks for as long as reading small files
// takes. The content of a keychain item is the caller's to ask for: it is ErrorKind::Unavailable here.
[[nodiscard]] Fetched fetchPlace(const CopyPlace &place);
// The companions alone; the content is ErrorKind::Unavailable.
[[nodiscard]] Fetched companionsOf(const CopyPlace &place);
// The same with what a keychain said.
[[nodiscard]] Fetched fetchedItem(const CopyPlace &place, base::Result<base::Secret> item);

// What `tool` reads there for this login. A login that is not named there is an Absent reading.
[[nodiscard]] CopyReading readingOf(const Tool &tool, const CopyPlace &place, const QString &slot,
                                    const Fetched &fetched, base::Timestamp now);

// Perhaps somebody is writing just now (F-11): worth another look before it counts as unreadable.
[[nodiscard]] bool isHalfWritten(const CopyReading &reading);

} // namespace keytender::tools
