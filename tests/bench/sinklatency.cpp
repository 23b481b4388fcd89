// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `sinklatency FIRST CHANGES`: Keytender's service in HOME, where Claude Code's login is linked to two environment
// files. A thread replaces the login's file that many times, as its owner does when it renews; for each change one line
// says after how many microseconds the last of the three had its name (the vault's file, and each environment file),
// and after how many the service said that all is written.

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <QCoreApplication>
#include <QDir>

#include "claudelogin.h"
#include "composition/desktopservice.h"
#include "filechange.h"
#include "service/neighbours/neighbours.h"

using namespace keytender;
using namespace std::chrono_literals;

namespace {

const std::string account = "me";

struct Changes {
    std::string file;
    std::string vault;
    std::vector<std::string> sinks;
    long first = 1;
    long count = 0;
};

// Runs beside the event loop.
int measure(const Changes &changes, const std::atomic<bench::Instant::duration> &writtenAt)
{
    std::vector<std::unique_ptr<bench::ArrivalWatch>> watches;
    watches.push_back(std::make_unique<bench::ArrivalWatch>(changes.vault));
    for (const std::string &sink : changes.sinks)
        watches.push_back(std::make_unique<bench::ArrivalWatch>(sink));
    int missed = 0;
    for (long change = changes.first; change < changes.first + changes.count; ++change) {
        for (const auto &watch : watches)
            watch->settle(60ms);
        const bench::Instant before = bench::replaceFile(changes.file, bench::claudeRecord(account, change));
        bench::Instant last = before;
        bool isThere = true;
        for (const auto &watch : watches) {
            const auto arrived = watch->next(5s);
            isThere = isThere && arrived.has_value();
            last = std::max(last, arrived.value_or(before));
        }
        std::this_thread::sleep_for(50ms);
        const bench::Instant written(writtenAt.load());
        if (isThere && written > before)
            std::printf("%lld %lld\n", static_cast<long long>((last - before) / 1us),
                        static_cast<long long>((std::max(last, written) - before) / 1us));
        else
            ++missed;
    }
    return missed;
}

void link(service::Neighbours &neighbours, const QString &profileId, const QString &file)
{
    service::Link link;
    link.profileId = profileId;
    link.way = service::LinkWay::OneWay;
    link.file = file;
    link.variable = QStringLiteral("ANTHROPIC_OAUTH_TOKEN");
    if (const auto set = neighbours.setLink(link); !set) {
        std::fprintf(stderr, "no link: %s\n", qPrintable(base::describe(set.error())));
        std::exit(1);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    const auto knownSecrets = composition::prepareProcess("sinklatency");
    if (argc != 3 || !knownSecrets)
        return 2;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("keytender"));
    const base::SystemClock clock;
    composition::DesktopService desktop({.clock = clock, .knownSecrets = knownSecrets});
    const QString home = desktop.environment.home;
    const QStringList sinks{home + QStringLiteral("/gateway"), home + QStringLiteral("/runner")};
    for (const QString &directory : {sinks[0], sinks[1], home + QStringLiteral("/.claude")})
        QDir().mkpath(directory);
    const Changes changes{.file = home.toStdString() + "/.claude/.credentials.json",
                          .vault = service::Places::in(desktop.environment).vault.toStdString(),
                          .sinks = {sinks[0].toStdString(), sinks[1].toStdString()},
                          .first = std::strtol(argv[1], nullptr, 10),
                          .count = std::strtol(argv[2], nullptr, 10)};
    bench::replaceFile(changes.file, bench::claudeRecord(account, changes.first - 1));
    std::atomic<bench::Instant::duration> writtenAt{};
    std::thread changer;
    QObject::connect(&desktop.service, &service::Service::settled, &application, [&] {
        service::Neighbours *neighbours = desktop.service.neighbours();
        if (neighbours == nullptr)
            std::exit(1);
        QObject::connect(neighbours, &service::Neighbours::changed, &application,
                         [&] { writtenAt = std::chrono::steady_clock::now().time_since_epoch(); });
        for (const QString &directory : sinks)
            link(*neighbours, QStringLiteral("claude-cli"), directory + QStringLiteral("/.env"));
        changer = std::thread([&] {
            const int missed = measure(changes, writtenAt);
            QMetaObject::invokeMethod(&application, [missed] { QCoreApplication::exit(missed > 0 ? 1 : 0); });
        });
    });
    desktop.service.start();
    const int result = QCoreApplication::exec();
    changer.join();
    return result;
}
