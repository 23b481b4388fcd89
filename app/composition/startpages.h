// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace keytender::composition {

// Code that only the start needed goes back to the page cache, and comes from there again when it is wanted; freed heap
// goes back as well. Executable pages alone: nobody writes to those, so there is nothing in them to lose.
void giveBackStartPages();

} // namespace keytender::composition
