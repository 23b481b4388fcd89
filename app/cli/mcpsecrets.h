// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

// What gives a secret away, by shape and name alone.
namespace keytender::cli {

// Holds a token or key as its maker writes them, a private key, a JWT, or an address with a password.
[[nodiscard]] bool looksLikeSecret(std::string_view value);
// "GITHUB_TOKEN", "Authorization": a place for a secret.
[[nodiscard]] bool isNameOfSecret(std::string_view name);
// What stands there and is no placeholder, path, address, number or word: in such a place, a secret.
[[nodiscard]] bool mayBeSecretThere(std::string_view value);

} // namespace keytender::cli
