// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <vector>

#include <QByteArray>

#include "base/fingerprint.h"
#include "tools/tool.h"

namespace keytender::sync {

// The bytes of a file or a cell and of its companions. Blocks for as long as reading small files takes.
[[nodiscard]] tools::Fetched fetchFile(const tools::CopyPlace &place, uid_t owner);
// The same for a keychain item that was asked for; its companions are files.
[[nodiscard]] tools::Fetched fetchedItem(const tools::CopyPlace &place, base::Result<base::Secret> item, uid_t owner);

// Equal digests: the same bytes, permissions and errors, so that reading them would say the same again. Times do not
// count. Tells nothing without the key, and is never empty.
using Digest = QByteArray;
[[nodiscard]] Digest digestOf(const tools::Fetched &fetched, const base::FingerprintKey &key);

// When a file was written last; nothing for keychain items and what could not be read.
[[nodiscard]] std::optional<base::Timestamp> writtenAt(const tools::Fetched &fetched);

// Perhaps somebody is writing just now (F-11): worth another look before it counts as unreadable.
[[nodiscard]] bool isHalfWritten(const std::vector<tools::CopyReading> &readings);
// How long after the first look the next ones are due; after the last one it counts.
inline constexpr std::array<std::chrono::milliseconds, 6> retryTimes{
    std::chrono::milliseconds{20},  std::chrono::milliseconds{60},   std::chrono::milliseconds{150},
    std::chrono::milliseconds{400}, std::chrono::milliseconds{1000}, std::chrono::milliseconds{2000}};
// The wait until the next look; nothing when the last one has been.
[[nodiscard]] std::optional<std::chrono::milliseconds> nextRetry(std::chrono::milliseconds sinceFirstLook);

} // namespace keytender::sync
