// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include "base/fingerprint.h"
#include "profile/profile.h"
#include "sync/reconcile.h"

namespace keytender::sync {

// What was seen at one place, for the activity log. No secret, fingerprints only.
struct Sighting {
    QString profile;
    QString path;
    profile::CopyState state = profile::CopyState::Absent;
    Step step = Step::Nothing;
    base::Fingerprint lineage;
    QString note; // an error's wording; empty otherwise
};

} // namespace keytender::sync
