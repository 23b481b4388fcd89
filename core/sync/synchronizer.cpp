// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/synchronizer.h"

namespace keytender::sync {

struct Synchronizer::State {};

Synchronizer::~Synchronizer() = default;

} // namespace keytender::sync
