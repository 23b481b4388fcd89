// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `duelogins DIRECTORY PORT LOGINS PROVIDERS SECONDS`: so many logins of our own in a vault in DIRECTORY, spread over
// so many providers, all of them due; the schedule refreshes them for SECONDS by the token server at PORT. Prints the
// refreshes that were done, the most starts of one provider within one second, the milliseconds in which all logins
// were tended, and the longest gap between two ticks of a timer of 5 ms, before and after the first second.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <vector>

#include <QCoreApplication>
#include <QTimer>

#include "ownlogins.h"
#include "refresh/refreshschedule.h"

using namespace keytender;
using namespace std::chrono_literals;
using Instant = std::chrono::steady_clock::time_point;

namespace {

double milliseconds(std::chrono::steady_clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

class Pulse final : public QObject {
public:
    Pulse()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] { beat(); });
    }
    void start()
    {
        m_last = std::chrono::steady_clock::now();
        m_timer.start(5ms);
    }
    // Since the last call.
    double takeLongest()
    {
        beat();
        return milliseconds(std::exchange(m_longest, {}));
    }

private:
    void beat()
    {
        const Instant now = std::chrono::steady_clock::now();
        m_longest = std::max(m_longest, now - std::exchange(m_last, now));
    }

    QTimer m_timer;
    Instant m_last;
    std::chrono::steady_clock::duration m_longest{};
};

class Starts final {
public:
    void note(const QString &provider) { m_starts[provider].push_back(std::chrono::steady_clock::now()); }
    // Of one provider within a second, but for the milliseconds that two clocks are cut to.
    [[nodiscard]] int mostInASecond() const
    {
        int most = 0;
        for (const auto &[provider, starts] : m_starts) {
            for (auto first = starts.begin(); first != starts.end(); ++first) {
                const auto end = std::ranges::find_if(first, starts.end(),
                                                      [first](Instant start) { return start - *first >= 995ms; });
                most = std::max(most, static_cast<int>(end - first));
            }
        }
        return most;
    }

private:
    std::map<QString, std::vector<Instant>> m_starts;
};

void fill(bench::OwnLogins &logins, int count, int providers)
{
    for (int number = 0; number < count; ++number)
        logins.add(QStringLiteral("own-%1").arg(number), QStringLiteral("p%1").arg(number % providers));
}

void tendAll(refresh::RefreshSchedule &schedule, bench::OwnLogins &logins, int port)
{
    std::map<QString, std::shared_ptr<const provider::Provider>> providers;
    for (const vault::RecordFacts &record : logins.vault().readFacts().records) {
        auto &provider = providers[record.providerId];
        if (!provider)
            provider = std::make_shared<provider::Provider>(bench::loopbackProvider(record.providerId, port));
        schedule.tend({.profileId = record.id,
                       .credential = record.credential,
                       .care = record.care,
                       .firstSeenAt = record.firstSeenAt,
                       .provider = provider,
                       .copies = {}});
    }
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 6)
        return 2;
    QCoreApplication application(argc, argv);
    const int providers = std::atoi(argv[4]);
    bench::OwnLogins logins(QString::fromLocal8Bit(argv[1]));
    fill(logins, std::atoi(argv[3]), providers);
    refresh::RefreshSchedule schedule(logins.world());
    Pulse pulse;
    Starts starts;
    int renewed = 0;
    double first = 0;
    QObject::connect(&schedule, &refresh::RefreshSchedule::attemptStarted, &schedule, [&](const QStringList &ids) {
        starts.note(QString::number(ids.constFirst().mid(4).toInt() % providers));
    });
    QObject::connect(&schedule, &refresh::RefreshSchedule::attemptFinished, &schedule,
                     [&](const refresh::Outcome &outcome) { renewed += isRenewal(outcome.ending); });
    const Instant begin = std::chrono::steady_clock::now();
    tendAll(schedule, logins, std::atoi(argv[2]));
    const double tending = milliseconds(std::chrono::steady_clock::now() - begin);
    QTimer::singleShot(1s, &pulse, [&] { first = pulse.takeLongest(); });
    QTimer::singleShot(std::chrono::seconds(std::atoi(argv[5])), &application, [&] {
        std::printf("%d %d %.2f %.2f %.2f\n", renewed, starts.mostInASecond(), tending, first, pulse.takeLongest());
        QCoreApplication::exit(0);
    });
    pulse.start();
    schedule.start();
    return QCoreApplication::exec();
}
