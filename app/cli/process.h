// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace keytender::cli {

// First of all: the three standard descriptors are taken (so that no socket becomes one), inherited ones reach no
// child, a broken pipe is an error in place of a death, and nothing of this process is ever written to a core file.
void prepareProcess();

// Other programs of this user can neither trace this process nor read its memory from here on. The service, too, cannot
// see any more which program this is: called once it has answered, or where a secret is there before.
void hideMemory();

// In a child, before it becomes another program: signals and limits are again as this process found them.
void restoreForChild();

} // namespace keytender::cli
