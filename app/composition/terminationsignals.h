// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include "base/filedescriptor.h"

namespace keytender::composition {

// SIGTERM, SIGINT and SIGHUP as an event, so that a refresh that is under way is brought to its end first (F-44). The
// second one ends the process as it always did. One in a process, in its main thread.
class TerminationSignals final : public QObject {
    Q_OBJECT

public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

Q_SIGNALS:
    void received();

private:
    base::FileDescriptor m_reading;
    base::FileDescriptor m_writing;
};

} // namespace keytender::composition
