// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// A simulated day on an injected clock: tokens of 60 seconds, 1 hour and 8 hours, with suspends, clock jumps, offline
// gaps and lost answers. G-14 of the reliability rules.

#include <algorithm>
#include <random>

#include <QtTest>

#include "core/refresh/refreshfixture.h"
#include "fakes/faultycalls.h"
#include "refresh/refreshschedule.h"

using namespace keytender;
using namespace std::chrono_literals;
using base::Milliseconds;
using refresh::RefreshSchedule;

namespace {

constexpr Milliseconds dayLength = 24h;

struct Period {
    Milliseconds from{0};
    Milliseconds until{0};
};

struct Jump {
    Milliseconds at{0};
    Milliseconds by{0}; // of the wall clock, against the truth
};

struct Day {
    std::vector<Period> suspends; // neither overlap nor touch
    std::vector<Period> offline;
    std::vector<Jump> jumps;
};

bool covers(const std::vector<Period> &periods, Milliseconds time)
{
    return std::ranges::any_of(periods, [time](const Period &p) { return time >= p.from && time < p.until; });
}

class Dice final {
public:
    explicit Dice(unsigned seed) : m_engine(seed) {}
    [[nodiscard]] Milliseconds between(Milliseconds least, Milliseconds most)
    {
        return Milliseconds(std::uniform_int_distribution<std::int64_t>(least.count(), most.count())(m_engine));
    }
    [[nodiscard]] int number(int least, int most) { return std::uniform_int_distribution<int>(least, most)(m_engine); }
    [[nodiscard]] bool chance(double probability) { return std::bernoulli_distribution(probability)(m_engine); }

    std::vector<Period> periods(int count, Milliseconds least, Milliseconds most)
    {
        std::vector<Period> found;
        for (int number = 0; number < count; ++number) {
            const Milliseconds from = between(10min, dayLength);
            const Period period{.from = from, .until = from + between(least, most)};
            if (std::ranges::none_of(found, [&](const Period &other) {
                    return period.from <= other.until && other.from <= period.until;
                }))
                found.push_back(period);
        }
        return found;
    }

    [[nodiscard]] Day day()
    {
        Day day{.suspends = periods(number(0, 4), 5min, 8h), .offline = periods(number(0, 5), 20s, 40min), .jumps = {}};
        for (int jump = number(0, 3); jump > 0; --jump) {
            const Milliseconds at = between(0ms, dayLength);
            const Milliseconds by = chance(0.3) ? Milliseconds(chance(0.5) ? 87600h : -24h * 19000) : between(-4h, 4h);
            day.jumps.push_back({.at = at, .by = by});
            if (chance(0.7)) // the network sets it right
                day.jumps.push_back({.at = at + between(10s, 3h), .by = 0ms});
        }
        return day;
    }

private:
    std::mt19937 m_engine;
};

// Seeded, so that a day can be repeated.
class DiceRandom final : public base::Random {
public:
    explicit DiceRandom(unsigned seed) : m_engine(seed) {}
    void fill(std::span<std::byte> bytes) override
    {
        for (std::byte &byte : bytes)
            byte = static_cast<std::byte>(m_engine() & 0xff);
    }

private:
    std::mt19937 m_engine;
};

struct Tally {
    double online = 0;  // seconds awake and online
    double invalid = 0; // of these, without a valid token
    double ideal = 0;   // refreshes of somebody who knows the future and waits for the very end
    int refreshes = 0;

    void add(const Tally &other)
    {
        online += other.online;
        invalid += other.invalid;
        ideal += other.ideal;
        refreshes += other.refreshes;
    }
};

double seconds(Milliseconds time)
{
    return std::chrono::duration<double>(time).count();
}

} // namespace

// One machine, one day. Time passes only from event to event.
class Machine final : public oauth::TokenTransport {
public:
    struct Lineage {
        Milliseconds lifetime{0};
        int current = 1;
        bool isConfirmed = true;
        std::map<std::string, Milliseconds> ends; // of access tokens, in truth
        Milliseconds idealEnd{0};
        Tally tally;
    };

    explicit Machine(unsigned seed) : m_dice(seed), m_random(seed), m_day(m_dice.day())
    {
        refresh::RefreshWorld own = m_fixture.world();
        m_schedule = std::make_unique<RefreshSchedule>(refresh::RefreshWorld{.clock = m_fixture.clock,
                                                                             .random = m_random,
                                                                             .transport = *this,
                                                                             .credentials = own.credentials,
                                                                             .journal = own.journal,
                                                                             .archive = own.archive});
        m_fixture.credentials.records.clear();
        m_boot = m_fixture.clock.boot;
        m_wall = m_fixture.clock.wall;
    }

    void run();
    void add(const QString &id, Milliseconds lifetime);

    std::map<std::string, Lineage> lineages; // "rt-1"
    int reuses = 0;
    std::vector<QString> faults;

    void post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done) override;

private:
    struct Pending {
        Milliseconds due{0};
        QPointer<QObject> context;
        std::function<void(oauth::Delivery)> done;
        std::string token;
        enum class Fate { Answered, NotSent, Lost } fate = Fate::Answered;
    };
    void settle();
    void deliver(const Pending &pending);
    [[nodiscard]] oauth::Delivery answer(const Pending &pending);
    [[nodiscard]] Milliseconds nextEvent(Milliseconds timerLeft) const;
    void pass(Milliseconds until);
    void checkStarts();

    Dice m_dice;
    DiceRandom m_random;
    const Day m_day;
    tests::RefreshFixture m_fixture;
    std::unique_ptr<RefreshSchedule> m_schedule;
    std::vector<Pending> m_pending;
    Milliseconds m_now{0}; // in truth, since the day began
    Milliseconds m_boot{0};
    base::Timestamp m_wall{};
    std::vector<Milliseconds> m_sent;
};

void Machine::add(const QString &id, Milliseconds lifetime)
{
    const std::string name = "rt-" + std::to_string(lineages.size() + 1);
    Lineage lineage;
    lineage.lifetime = lifetime;
    const Milliseconds age = m_dice.between(0ms, lifetime);
    lineage.ends["at" + name.substr(2) + "-1"] = lifetime - age;
    lineage.idealEnd = lifetime - age;
    lineages[name] = lineage;
    m_fixture.addLogin(id, name + "-1");
    vault::Record &record = m_fixture.credentials.records.at(id);
    record.credential.tokens.issuedAt = m_wall - age;
    record.credential.tokens.expiresAt = m_wall - age + lifetime;
    m_schedule->tend({.profileId = id,
                      .credential = profile::factsOf(record.credential, m_fixture.credentials.fingerprintKey()),
                      .care = profile::Care::Own,
                      .firstSeenAt = m_wall,
                      .provider = std::make_shared<provider::Provider>(tests::someProvider()),
                      .copies = {}});
}

void Machine::post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done)
{
    Pending pending{.due = m_now + m_dice.between(20ms, 120ms),
                    .context = context,
                    .done = std::move(done),
                    .token = tests::tokenIn(request),
                    .fate = Pending::Fate::Answered};
    if (covers(m_day.offline, m_now))
        pending.fate = Pending::Fate::NotSent;
    else if (m_dice.chance(0.002))
        pending.fate = Pending::Fate::Lost;
    if (pending.fate != Pending::Fate::NotSent)
        m_sent.push_back(m_now);
    m_pending.push_back(std::move(pending));
}

oauth::Delivery Machine::answer(const Pending &pending)
{
    oauth::Delivery delivery;
    delivery.fate = pending.fate == Pending::Fate::NotSent ? oauth::Fate::NotSent : oauth::Fate::Unknown;
    if (pending.fate == Pending::Fate::NotSent)
        return delivery;
    const std::size_t dash = pending.token.rfind('-');
    const std::string name = pending.token.substr(0, dash);
    const int number = std::stoi(pending.token.substr(dash + 1));
    Lineage &lineage = lineages.at(name);
    if (number == lineage.current)
        ++lineage.current;
    else if (number != lineage.current - 1 || lineage.isConfirmed)
        ++reuses;
    lineage.isConfirmed = pending.fate == Pending::Fate::Answered;
    ++lineage.tally.refreshes;
    if (pending.fate == Pending::Fate::Lost)
        return delivery;
    const std::string next = name + "-" + std::to_string(lineage.current);
    const std::string access = "at" + next.substr(2);
    lineage.ends[access] = m_now + lineage.lifetime; // generous by half a round trip
    delivery.fate = oauth::Fate::Answered;
    delivery.status = 200;
    delivery.body =
        base::Secret::copyOf(R"({"token_type":"bearer","access_token":")" + access + R"(","refresh_token":")" + next
                             + R"(","expires_in":)" + std::to_string(lineage.lifetime.count() / 1000) + "}");
    delivery.serverTime = m_wall + m_now;
    return delivery;
}

void Machine::deliver(const Pending &pending)
{
    oauth::Delivery delivery = answer(pending);
    if (pending.context)
        pending.done(std::move(delivery));
    settle();
}

// All that happens without time passing.
void Machine::settle()
{
    for (int round = 0; round < 3; ++round) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

Milliseconds Machine::nextEvent(Milliseconds timer) const
{
    Milliseconds next = std::min(timer, dayLength);
    const auto consider = [&](Milliseconds time) {
        if (time > m_now)
            next = std::min(next, time);
    };
    for (const Pending &pending : m_pending)
        consider(pending.due);
    for (const std::vector<Period> *periods : {&m_day.suspends, &m_day.offline}) {
        for (const Period &period : *periods) {
            consider(period.from);
            consider(period.until);
        }
    }
    for (const Jump &jump : m_day.jumps)
        consider(jump.at);
    return next;
}

// Time goes on, and everybody's books with it.
void Machine::pass(Milliseconds until)
{
    const bool isOnline = !covers(m_day.suspends, m_now) && !covers(m_day.offline, m_now);
    for (auto &[name, lineage] : lineages) {
        if (!isOnline)
            continue;
        lineage.tally.online += seconds(until - m_now);
        for (Milliseconds at = std::max(m_now, lineage.idealEnd); at < until; at = lineage.idealEnd) {
            lineage.idealEnd = at + lineage.lifetime;
            ++lineage.tally.ideal;
        }
    }
    for (const auto &[id, record] : m_fixture.credentials.records) {
        const std::string access(record.credential.tokens.accessToken.expose());
        Lineage &lineage = lineages.at("rt" + access.substr(2, access.rfind('-') - 2));
        const Milliseconds end = std::clamp(lineage.ends.at(access), m_now, until);
        if (isOnline)
            lineage.tally.invalid += seconds(until - end);
    }
    Milliseconds offset{0};
    Milliseconds since = -1ms;
    for (const Jump &jump : m_day.jumps) {
        if (jump.at <= until && jump.at > since) {
            since = jump.at;
            offset = jump.by;
        }
    }
    m_now = until;
    m_fixture.clock.boot = m_boot + m_now;
    m_fixture.clock.wall = m_wall + m_now + offset;
}

void Machine::run()
{
    m_schedule->start();
    m_schedule->look();
    settle();
    Milliseconds timer = m_schedule->nextLookIn(); // stands still in suspend
    while (m_now < dayLength) {
        const Milliseconds next = nextEvent(m_now + timer);
        const bool wasSuspended = covers(m_day.suspends, m_now);
        const bool wasOffline = covers(m_day.offline, m_now);
        if (wasSuspended) {
            const auto resume = std::ranges::find_if(
                m_day.suspends, [this](const Period &p) { return m_now >= p.from && m_now < p.until; });
            pass(resume->until);
        } else {
            timer -= next - m_now;
            pass(next);
        }
        for (std::size_t at = 0; at < m_pending.size();) {
            if (m_pending[at].due > m_now || covers(m_day.suspends, m_now)) {
                ++at;
                continue;
            }
            Pending pending = std::move(m_pending[at]);
            m_pending.erase(m_pending.begin() + static_cast<std::ptrdiff_t>(at));
            if (wasSuspended && pending.fate == Pending::Fate::Answered)
                pending.fate = Pending::Fate::Lost; // F-41: the socket is dead
            deliver(pending);
            timer = std::min(timer, m_schedule->nextLookIn());
        }
        const bool isBack = wasSuspended || (wasOffline && !covers(m_day.offline, m_now));
        if (isBack && m_dice.chance(0.5)) // the session says so, often enough
            m_schedule->noteOnline();
        else if (timer > 0ms)
            continue;
        else
            m_schedule->look();
        settle();
        timer = m_schedule->nextLookIn();
    }
    checkStarts();
}

void Machine::checkStarts()
{
    std::ranges::sort(m_sent);
    for (std::size_t at = 4; at < m_sent.size(); ++at) {
        if (m_sent[at] - m_sent[at - 4] < 1s) // two starts a second, and a prompt resend may come on top of each
            faults.push_back(QStringLiteral("a burst at %1 ms").arg(m_sent[at].count()));
    }
}

class TestRefreshDay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(base::initializeCrypto());
        // What is durable is not the question here.
        fakes::answerTo() = [](const std::string &call) {
            const bool isSync = call == "fsync" || call == "fdatasync" || call == "fsync directory";
            return isSync ? fakes::Answer{.isReal = false} : fakes::Answer();
        };
    }
    void cleanupTestCase() { fakes::answerTo() = nullptr; }
    void day_keepsTokensValid_withFewRefreshes();
};

void TestRefreshDay::day_keepsTokensValid_withFewRefreshes()
{
    const unsigned seeds = qEnvironmentVariableIsSet("KEYTENDER_LONG") ? 100 : 5;
    std::map<Milliseconds, Tally> byLifetime;
    Tally all;
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        Machine machine(seed);
        for (const Milliseconds lifetime : {Milliseconds(60s), Milliseconds(1h), Milliseconds(8h)}) {
            machine.add(QStringLiteral("a%1").arg(lifetime.count()), lifetime);
            machine.add(QStringLiteral("b%1").arg(lifetime.count()), lifetime);
        }
        machine.run();
        QVERIFY2(machine.faults.empty(), qPrintable(machine.faults.empty() ? QString() : machine.faults.front()));
        QCOMPARE(machine.reuses, 0);
        for (const auto &[name, lineage] : machine.lineages) {
            byLifetime[lineage.lifetime].add(lineage.tally);
            all.add(lineage.tally);
        }
    }
    for (const auto &[lifetime, tally] : byLifetime)
        qInfo("%8.0f s: valid %.3f %% of online time, %d refreshes, %.2f of the ideal", seconds(lifetime),
              100 - 100 * tally.invalid / tally.online, tally.refreshes, tally.refreshes / tally.ideal);
    qInfo("%u days: valid %.3f %%, %.2f of the ideal", seeds, 100 - 100 * all.invalid / all.online,
          all.refreshes / all.ideal);
    QVERIFY(all.invalid / all.online <= 0.001);
    QVERIFY(all.refreshes / all.ideal <= 1.3);
    for (const auto &[lifetime, tally] : byLifetime) { // a few days say little of the rarest
        QVERIFY(tally.invalid / tally.online <= (seeds < 100 ? 0.002 : 0.001));
        QVERIFY(tally.refreshes / tally.ideal <= (seeds < 100 ? 1.5 : 1.3));
    }
}

QTEST_GUILESS_MAIN(TestRefreshDay)
#include "refreshday.moc"
