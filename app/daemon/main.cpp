// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// keytenderd: the service without a display. Follows the tools' files and prints a status table that follows too, or
// takes one look (--once) for keytenderctl.

#include <QCoreApplication>

#include <CLI/CLI.hpp>

#include "composition/desktopservice.h"
#include "composition/terminationsignals.h"
#include "statusprinter.h"

using namespace keytender;

int main(int argc, char *argv[])
{
    CLI::App options("Tends the logins of your AI tools, without a display.", "keytenderd");
    bool once = false;
    bool json = false;
    bool allowLoopback = false;
    options.add_flag("--once", once, "Look once, print the status and end");
    options.add_flag("--json", json, "Print the status as JSON (version 1), one line each time");
    options.add_flag("--allow-loopback-http", allowLoopback,
                     "Accept http:// endpoints on this machine in provider files");
    options.set_version_flag("--version", KEYTENDER_VERSION);
    CLI11_PARSE(options, argc, argv)

    const auto knownSecrets = composition::prepareProcess("keytenderd");
    if (!knownSecrets)
        return 3;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("keytender"));
    composition::speakAsSettled(application);

    const base::SystemClock clock;
    composition::DesktopService desktop(
        {.clock = clock,
         .knownSecrets = knownSecrets,
         .endpointRule = allowLoopback ? provider::EndpointRule::HttpsOrLoopback : provider::EndpointRule::HttpsOnly,
         // A single look is over before a token would be answered for.
         .part = once ? composition::ServiceOptions::Part::Looks : composition::ServiceOptions::Part::Tends});
    daemon::StatusPrinter printer(desktop.service, json ? daemon::Form::Json : daemon::Form::Table,
                                  once ? daemon::StatusPrinter::Mode::Once : daemon::StatusPrinter::Mode::Follow);
    if (once)
        QObject::connect(&printer, &daemon::StatusPrinter::printed, &application, &QCoreApplication::quit,
                         Qt::QueuedConnection);
    const composition::TerminationSignals termination;
    QObject::connect(&termination, &composition::TerminationSignals::received, &desktop.service,
                     &service::Service::stop);
    QObject::connect(&desktop.service, &service::Service::stopped, &application, &QCoreApplication::quit);
    desktop.service.start();
    return QCoreApplication::exec();
}
