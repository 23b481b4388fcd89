// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <vector>

#include <QObject>

#include "base/result.h"
#include "service/doctor/doctorfacts.h"

namespace keytender::service {

// Looks for what stands in the way of healthy logins on this machine, and can do something about some of it. Looks only
// when it is asked to; changes nothing but by cure().
class Doctor : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // All findings, the loudest first; those that are in order too. Takes up to a few seconds, without blocking. `done`
    // is not called once `context` is gone.
    virtual void examine(QObject *context, std::function<void(std::vector<Finding>)> done) = 0;
    // The safe cure of a finding of the last examination; looks again whether it still applies.
    [[nodiscard]] virtual base::Result<void> cure(const QString &findingId) = 0;
};

} // namespace keytender::service
