// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

namespace keytender::oauth {

// The whole HTTP response for a status: constant bytes, nothing of the request in them (L-13). 200 is the page that a
// person sees after signing in; it promises nothing that is not known yet (L-20), and takes the code out of the address
// bar by a script of one line that the policy allows by its hash (L-14).
[[nodiscard]] const QByteArray &redirectPage(int status);

} // namespace keytender::oauth
