// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The local socket under clients that are slow, many, mad or dead, and services that are killed; the service is a
// process of its own (tests/bench/doorservice).

#include <algorithm>
#include <csignal>
#include <memory>
#include <random>
#include <vector>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "core/ipc/rawclient.h"
#include "wire/client.h"
#include "wire/place.h"

using namespace keytender;
using namespace std::chrono_literals;
using ipc::RawClient;
using ipc::request;
using wire::Client;
using wire::Outcome;

namespace {

constexpr int patience = 20'000; // ms

class Service final {
public:
    explicit Service(const QString &runtime, int milliseconds = 5000)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), runtime);
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(KEYTENDER_DOORSERVICE), {QString::number(milliseconds)});
    }
    ~Service() { kill(); }

    // What it says first.
    [[nodiscard]] QByteArray greeting()
    {
        QElapsedTimer waited;
        waited.start();
        while (!m_process.canReadLine() && waited.elapsed() < patience && m_process.state() != QProcess::NotRunning)
            m_process.waitForReadyRead(100);
        return m_process.readLine().trimmed();
    }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] long residentKiB() const
    {
        QFile file(QStringLiteral("/proc/%1/statm").arg(m_process.processId()));
        return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLong() * 4 : 0;
    }

private:
    QProcess m_process;
};

struct World {
    explicit World(int milliseconds = 5000) : service(directory.path(), milliseconds)
    {
        if (service.greeting() != "ready")
            qFatal("the service did not start");
    }
    QTemporaryDir directory;
    wire::Place place = wire::Place::in(directory.path().toStdString(), {}, {});
    Service service;
};

Client::Deadline in(std::chrono::milliseconds time)
{
    return std::chrono::steady_clock::now() + time;
}

// As keytenderctl asks; the outcome, or what failed.
std::string ask(const wire::Place &place, std::string_view command)
{
    auto client = Client::connectTo(place.service);
    if (!client)
        return "nobody";
    if (const auto failure = client->send(request(command), in(10s)))
        return failure->text;
    const auto received = client->receive(in(10s));
    return received.message ? std::string(received.message->value("outcome")) : received.failure->text;
}

int countOf(const wire::Place &place, std::string_view what)
{
    auto client = Client::connectTo(place.service);
    if (!client || client->send(request("count"), in(10s)))
        return -1;
    const auto received = client->receive(in(10s));
    return received.message ? std::stoi(std::string(received.message->value(what))) : -1;
}

std::size_t answered(std::vector<std::unique_ptr<RawClient>> &clients, std::vector<bool> &done)
{
    for (std::size_t i = 0; i < clients.size(); ++i) {
        if (!done[i]) {
            const auto message = clients[i]->take();
            done[i] = message && message->value("outcome") == "ok";
        }
    }
    return static_cast<std::size_t>(std::ranges::count(done, true));
}

} // namespace

class TestDoorFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aThousandAtOnce_areAllAnswered();
    void slowHalfOpenAndDeafClients_holdNobodyUp();
    void garbage_harmsNobody_andCostsNoMemory();
    void clientKilledMidRequest_leavesNothingBehind();
    void serviceKilledMidRequest_isUnavailable_atOnce_andNothingCounts();
    void serviceThatStandsStill_isUnavailable_atTheDeadline();
    void nameLeftByAKill_isTakenOver();
    void twoServicesAtOnce_oneWins_fiftyTimes();
};

void TestDoorFaults::initTestCase()
{
    rlimit files{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = files.rlim_max;
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &files), 0);
}

void TestDoorFaults::aThousandAtOnce_areAllAnswered()
{
    constexpr std::size_t many = 1000;
    const World world;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (std::size_t i = 0; i < many; ++i) {
        clients.push_back(std::make_unique<RawClient>(world.place.service));
        QVERIFY2(clients.back()->isConnected(), qPrintable(QString::number(i)));
    }
    for (const auto &client : clients)
        client->send(request("token"));
    std::vector<bool> done(many);
    QTRY_COMPARE_WITH_TIMEOUT(answered(clients, done), many, patience);
}

void TestDoorFaults::slowHalfOpenAndDeafClients_holdNobodyUp() // S-52
{
    const World world(1000);
    const wire::WipedBytes bytes = request("token").encoded();
    std::vector<std::unique_ptr<RawClient>> halfOpen;
    std::vector<std::unique_ptr<RawClient>> dripping;
    std::vector<std::unique_ptr<RawClient>> deaf;
    for (int i = 0; i < 200; ++i) {
        halfOpen.push_back(std::make_unique<RawClient>(world.place.service));
        halfOpen.back()->send(bytes.view().substr(0, bytes.size() - 1));
        dripping.push_back(std::make_unique<RawClient>(world.place.service));
        dripping.back()->send(bytes.view().substr(0, 1));
    }
    for (int i = 0; i < 20; ++i) {
        deaf.push_back(std::make_unique<RawClient>(world.place.service));
        for (int j = 0; j < 10; ++j)
            deaf.back()->send(request("long"));
    }
    const auto isGone = [](const std::unique_ptr<RawClient> &client) { return client->isClosed(); };
    QElapsedTimer waited;
    waited.start();
    std::size_t at = 1;
    qint64 slowest = 0;
    while (waited.elapsed() < patience && countOf(world.place, "connections") > 1) {
        QElapsedTimer one;
        one.start();
        QCOMPARE(ask(world.place, "token"), std::string("ok"));
        slowest = std::max(slowest, one.elapsed());
        for (const auto &client : dripping)
            client->send(bytes.view().substr(at % (bytes.size() - 1), 1));
        ++at;
        QTest::qWait(50);
    }
    QVERIFY2(slowest < 2000, qPrintable(QString::number(slowest)));
    QVERIFY(std::ranges::all_of(halfOpen, isGone));
    QVERIFY(std::ranges::all_of(dripping, isGone));
    QVERIFY(std::ranges::all_of(deaf, isGone));
    QCOMPARE(ask(world.place, "token"), std::string("ok"));
}

void TestDoorFaults::garbage_harmsNobody_andCostsNoMemory() // S-52
{
    const World world;
    std::mt19937 random(20260101); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same garbage each time
    QCOMPARE(ask(world.place, "token"), std::string("ok"));
    const long before = world.service.residentKiB();
    int refused = 0;
    for (int i = 0; i < 1000; ++i) {
        auto client = Client::connectTo(world.place.service);
        QVERIFY(client);
        std::string bytes(random() % 3000 + 8, '\0');
        std::ranges::generate(bytes, [&random] { return static_cast<char>(random()); });
        bytes[0] = static_cast<char>(random() % 2); // now and then a length that is allowed
        (void)!::send(client->socket(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        shutdown(client->socket(), SHUT_WR); // so that a frame that is not whole ends, too
        const auto received = client->receive(in(10s));
        if (!received.message)
            continue;
        QVERIFY(received.message->value("outcome") == "usage");
        ++refused;
    }
    QVERIFY(refused > 300);
    QCOMPARE(ask(world.place, "token"), std::string("ok"));
#ifdef __SANITIZE_ADDRESS__
    constexpr long most = 64 * 1024; // what the sanitizer keeps back of freed memory is part of it
#else
    constexpr long most = 8 * 1024;
#endif
    const long grown = world.service.residentKiB() - before;
    QVERIFY2(grown < most, qPrintable(QStringLiteral("it has grown by %1 KiB").arg(grown)));
}

void TestDoorFaults::clientKilledMidRequest_leavesNothingBehind()
{
    const World world;
    const wire::WipedBytes bytes = request("never").encoded();
    std::vector<pid_t> children;
    for (int i = 0; i < 20; ++i) {
        const pid_t child = fork();
        if (child == 0) {
            const RawClient client(world.place.service);
            client.send(bytes.view());
            pause();
            _exit(0);
        }
        children.push_back(child);
    }
    QTRY_COMPARE_WITH_TIMEOUT(countOf(world.place, "waiting"), 20, patience);
    for (const pid_t child : children) {
        QCOMPARE(kill(child, SIGKILL), 0);
        QCOMPARE(waitpid(child, nullptr, 0), child);
    }
    QTRY_COMPARE_WITH_TIMEOUT(countOf(world.place, "waiting"), 0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(countOf(world.place, "connections"), 1, patience); // the one that asks
}

void TestDoorFaults::serviceKilledMidRequest_isUnavailable_atOnce_andNothingCounts()
{
    World world;
    auto client = Client::connectTo(world.place.service);
    QVERIFY(client);
    QVERIFY(!client->send(request("partly"), in(5s)));
    const auto part = client->receive(in(10s));
    QVERIFY(part.message);
    QVERIFY(part.message->kind() == wire::Kind::More); // no answer, so nothing of it counts
    QElapsedTimer waited;
    waited.start();
    world.service.kill();
    const auto received = client->receive(in(10s));
    QVERIFY(!received.message);
    QVERIFY(received.failure->outcome == Outcome::Unavailable);
    QVERIFY(waited.elapsed() < 5000);
    QCOMPARE(ask(world.place, "token"), std::string("nobody"));
}

void TestDoorFaults::serviceThatStandsStill_isUnavailable_atTheDeadline()
{
    const World world;
    auto client = Client::connectTo(world.place.service);
    QVERIFY(client);
    QVERIFY(!client->send(request("never"), in(5s)));
    QElapsedTimer waited;
    waited.start();
    const auto received = client->receive(in(300ms));
    QVERIFY(!received.message);
    QVERIFY(received.failure->outcome == Outcome::Unavailable);
    QVERIFY(waited.elapsed() >= 290 && waited.elapsed() < 3000);
}

void TestDoorFaults::nameLeftByAKill_isTakenOver() // S-50
{
    World world;
    world.service.kill();
    struct stat found {};
    QCOMPARE(lstat(world.place.service.c_str(), &found), 0); // it could not tidy up
    QCOMPARE(ask(world.place, "token"), std::string("nobody"));
    Service next(world.directory.path());
    QCOMPARE(next.greeting(), QByteArray("ready"));
    QCOMPARE(ask(world.place, "token"), std::string("ok"));
}

void TestDoorFaults::twoServicesAtOnce_oneWins_fiftyTimes() // S-50
{
    const QTemporaryDir directory;
    const auto place = wire::Place::in(directory.path().toStdString(), {}, {});
    for (int round = 0; round < 50; ++round) {
        Service one(directory.path());
        Service two(directory.path());
        const QList<QByteArray> said{one.greeting(), two.greeting()};
        QVERIFY2(said.count("ready") == 1 && said.count("taken") == 1, said.join(", ").constData());
        QCOMPARE(ask(place, "token"), std::string("ok"));
        // Both are killed here, and leave the name to the next two.
    }
}

QTEST_GUILESS_MAIN(TestDoorFaults)
#include "door.moc"
