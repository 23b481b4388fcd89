// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// keytenderd: the service without a display. Follows the tools' files, answers the programs that ask, and prints a
// status table that follows too; or takes one look (--once); or answers the one keytenderctl that started it.

#include <optional>
#include <utility>

#include <QCoreApplication>

#include <CLI/CLI.hpp>

#include "composition/companion.h"
#include "composition/desktopservice.h"
#include "composition/terminationsignals.h"
#include "doorkeeper.h"
#include "statusprinter.h"

using namespace keytender;

namespace {

struct Wishes {
    bool once = false;
    bool quiet = false;
    bool json = false;
    bool allowLoopback = false;
    daemon::Guests guests;

    [[nodiscard]] daemon::Form form() const { return json ? daemon::Form::Json : daemon::Form::Table; }
    [[nodiscard]] bool wantsTable() const { return !quiet && !guests.areAny(); }
};

// Until it was told to end, or until nobody needs it any more. Leaves the door's name behind.
int tend(composition::DesktopService &desktop, const composition::ServiceOptions &options, const Wishes &wishes,
         std::optional<ipc::ServiceName> &name)
{
    composition::Companion companion(desktop, options);
    daemon::Doorkeeper doorkeeper(companion);
    std::optional<daemon::StatusPrinter> printer;
    if (wishes.wantsTable())
        printer.emplace(desktop.service, wishes.form(), daemon::StatusPrinter::Mode::Follow);
    const composition::TerminationSignals termination;
    QObject::connect(&termination, &composition::TerminationSignals::received, &desktop.service,
                     &service::Service::stop);
    QObject::connect(&doorkeeper, &daemon::Doorkeeper::done, &desktop.service, &service::Service::stop);
    QObject::connect(&desktop.service, &service::Service::stopped, qApp, &QCoreApplication::quit);

    doorkeeper.open(wishes.guests);
    const int result = QCoreApplication::exec();
    if (auto released = doorkeeper.releaseName())
        name.emplace(*std::move(released));
    return result;
}

int lookOnce(composition::DesktopService &desktop, const Wishes &wishes)
{
    const daemon::StatusPrinter printer(desktop.service, wishes.form(), daemon::StatusPrinter::Mode::Once);
    QObject::connect(&printer, &daemon::StatusPrinter::printed, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    const composition::TerminationSignals termination;
    QObject::connect(&termination, &composition::TerminationSignals::received, &desktop.service,
                     &service::Service::stop);
    QObject::connect(&desktop.service, &service::Service::stopped, qApp, &QCoreApplication::quit);
    desktop.service.start();
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    Wishes wishes{.guests = {.connection = {}, .listening = daemon::takeSocketsOfSystemd()}};
    CLI::App options("Tends the logins of your AI tools, without a display.", "keytenderd");
    auto *once = options.add_flag("--once", wishes.once, "Look once, print the status and end");
    options.add_flag("--json", wishes.json, "Print the status as JSON (version 1), one line each time");
    options.add_flag("--quiet", wishes.quiet, "Print no status");
    options.add_option("--serve-on", wishes.guests.connection, "Answer on this connected socket alone, then end")
        ->type_name("FD")
        ->check(CLI::Range(3, 1 << 20))
        ->excludes(once);
    options.add_flag("--allow-loopback-http", wishes.allowLoopback,
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
    const auto rule =
        wishes.allowLoopback ? provider::EndpointRule::HttpsOrLoopback : provider::EndpointRule::HttpsOnly;
    // A single look is over before a token would be answered for.
    const auto part = wishes.once ? composition::ServiceOptions::Part::Looks : composition::ServiceOptions::Part::Tends;
    std::optional<ipc::ServiceName> name; // goes after the vault
    const composition::ServiceOptions real{
        .clock = clock, .knownSecrets = knownSecrets, .endpointRule = rule, .part = part};
    composition::DesktopService desktop(real);
    return wishes.once ? lookOnce(desktop, wishes) : tend(desktop, real, wishes, name);
}
