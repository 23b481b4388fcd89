// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "statusprinter.h"

#include <cstdio>

#include <unistd.h>

#include "service/status.h"

namespace keytender::daemon {

using namespace std::chrono_literals;

namespace {

constexpr auto burst = 50ms;
// A keychain or a disk that says nothing must not keep a single look waiting for ever.
constexpr auto patience = 10s;

} // namespace

StatusPrinter::StatusPrinter(service::Service &service, Form form, Mode mode, QObject *parent)
    : QObject(parent), m_service(service), m_form(form), m_mode(mode)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(burst);
    connect(&m_soon, &QTimer::timeout, this, &StatusPrinter::print);
    const auto printSoon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&m_service, &service::Service::settled, this, printSoon);
    QTimer::singleShot(patience, this, [this, printSoon] {
        if (!m_service.isSettled())
            printSoon();
    });
    if (mode == Mode::Once)
        return;
    const auto printChange = [this, printSoon] {
        if (m_service.isSettled())
            printSoon();
    };
    connect(&m_service, &service::Service::rowChanged, this, printChange);
    connect(&m_service, &service::Service::rowRemoved, this, printChange);
    connect(&m_service, &service::Service::surroundingsChanged, this, printChange);
}

void StatusPrinter::print()
{
    const QByteArray text =
        m_form == Form::Json
            ? service::statusJson(m_service.rows(), m_service.now())
            : service::statusTable(m_service.rows(), m_service.surroundings(), m_service.now()).toUtf8();
    if (text != m_last) {
        if (m_form == Form::Table && !m_last.isEmpty()) {
            // On a terminal the table stays in its place; in a file each one stands below the last.
            std::fputs(isatty(STDOUT_FILENO) == 1 ? "\033[H\033[2J" : "\n", stdout);
        }
        std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stdout);
        std::fflush(stdout);
    }
    const bool isFirst = m_last.isEmpty();
    m_last = text;
    if (isFirst)
        Q_EMIT printed();
}

} // namespace keytender::daemon
