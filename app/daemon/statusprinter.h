// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include "service/service.h"

namespace keytender::daemon {

enum class Form { Table, Json };

// Prints the status to standard output: once, when everything was looked at; and, if it follows, after each change.
class StatusPrinter final : public QObject {
    Q_OBJECT

public:
    enum class Mode { Once, Follow };
    StatusPrinter(service::Service &service, Form form, Mode mode, QObject *parent = nullptr);

Q_SIGNALS:
    void printed(); // the first time

private:
    void print();

    service::Service &m_service;
    Form m_form;
    Mode m_mode;
    QTimer m_soon;     // lets a burst of changes through first
    QByteArray m_last; // what stands on the screen
};

} // namespace keytender::daemon
