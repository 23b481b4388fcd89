// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// keytenderd as systemd and as keytenderctl start it, in a private session.

#include <array>
#include <csignal>

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "core/ipc/rawclient.h"
#include "fakes/privatekeyring.h"
#include "wire/client.h"
#include "wire/place.h"

using namespace keytender;
using namespace std::chrono_literals;
using ipc::request;
using wire::Client;

namespace {

constexpr auto patience = 20s;

Client::Deadline deadline()
{
    return std::chrono::steady_clock::now() + patience;
}

// A keytenderd with some descriptor of ours as its number 3; its output goes into a file.
class Daemon final {
public:
    Daemon(const std::vector<std::string> &arguments, int third, bool isActivated = false)
        : m_output(QDir::homePath() + QStringLiteral("/said")), m_pid(fork())
    {
        if (m_pid != 0)
            return;
        const int output = open(qPrintable(m_output.fileName()), O_CREAT | O_TRUNC | O_WRONLY, 0600);
        dup2(output, STDOUT_FILENO);
        if (third >= 0)
            dup2(third, 3);
        if (isActivated) {
            setenv("LISTEN_PID", std::to_string(getpid()).c_str(), 1);
            setenv("LISTEN_FDS", "1", 1);
        }
        std::vector<char *> argv{const_cast<char *>("keytenderd")};
        for (const std::string &argument : arguments)
            argv.push_back(const_cast<char *>(argument.c_str()));
        argv.push_back(nullptr);
        execv(KEYTENDER_BIN "/keytenderd", argv.data());
        _exit(127);
    }
    ~Daemon()
    {
        if (m_pid > 0) {
            kill(m_pid, SIGKILL);
            waitpid(m_pid, nullptr, 0);
        }
    }
    Daemon(const Daemon &) = delete;
    Daemon &operator=(const Daemon &) = delete;

    [[nodiscard]] pid_t pid() const { return m_pid; }
    void tell(int signal) const { kill(m_pid, signal); }
    // 0 once it has ended well.
    [[nodiscard]] int result()
    {
        int status = -1;
        if (m_pid <= 0 || waitpid(m_pid, &status, WNOHANG) != m_pid)
            return m_result;
        m_pid = 0;
        return m_result = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
    }
    [[nodiscard]] QByteArray said() { return m_output.open(QIODevice::ReadOnly) ? m_output.readAll() : QByteArray(); }

private:
    QFile m_output;
    pid_t m_pid;
    int m_result = -1;
};

struct Heard {
    std::string outcome;
    std::string text;
    bool isToRetry = false;
};

Heard ask(Client &client)
{
    wire::Message status = request("status");
    if (const auto failure = client.send(status.set("format", "json"), deadline()))
        return {.outcome = "not sent", .text = failure->text};
    std::string text;
    while (true) {
        const auto received = client.receive(deadline());
        if (!received.message)
            return {.outcome = "not received", .text = received.failure->text};
        text += received.message->value("text");
        if (received.message->kind() == wire::Kind::Answer)
            return {.outcome = std::string(received.message->value("outcome")),
                    .text = text,
                    .isToRetry = received.message->value("retry") == "yes"};
    }
}

Heard askAt(const std::string &path)
{
    auto client = Client::connectTo(path);
    return client ? ask(*client) : Heard{.outcome = "nobody", .text = {}};
}

// As systemd binds it, before anybody runs.
base::FileDescriptor boundAt(const std::string &path)
{
    base::FileDescriptor listening(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    if (bind(listening.number(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || listen(listening.number(), 64) != 0)
        qFatal("cannot bind %s", path.c_str());
    return listening;
}

std::array<base::FileDescriptor, 2> pairOfSockets()
{
    int ends[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        qFatal("no sockets");
    return {base::FileDescriptor(ends[0]), base::FileDescriptor(ends[1])};
}

} // namespace

class TestDoorPrograms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void keytenderctlsOwn_answersOnce_saysNothing_andEnds();
    void keytenderctlsOwn_endsToo_whenItsClientHasGone();
    void keytenderctlsOwn_answersOthersWhileItRuns();
    void activated_answersWhoWaited_andOnTheServicesSocket();
    void whereAServiceRuns_everybodyIsSentThere();
    void socketsMeantForAnotherProcess_areNotTaken();
    void killed_leavesNothingThatHindersTheNext();
    void askedToHandOver_endsAndLeavesTheName();
    void startedBesideKeytenderctlsOwn_waitsForItsEnd();

private:
    wire::Place m_place;
};

void TestDoorPrograms::init()
{
    m_place = wire::Place::ofThisProcess();
    QDir(QString::fromStdString(m_place.directory)).removeRecursively();
}

void TestDoorPrograms::keytenderctlsOwn_answersOnce_saysNothing_andEnds()
{
    auto [ours, its] = pairOfSockets();
    Daemon daemon({"--serve-on", "3"}, its.number());
    (void)its.close();
    {
        Client client(dup(ours.number()));
        const Heard heard = ask(client);
        QCOMPARE(heard.outcome, std::string("ok"));
        QVERIFY2(heard.text.find("\"profiles\"") != std::string::npos, heard.text.c_str());
        QVERIFY(daemon.result() == -1);
    }
    (void)ours.close();
    QTRY_COMPARE_WITH_TIMEOUT(daemon.result(), 0, 20'000);
    QCOMPARE(daemon.said(), QByteArray());
    QVERIFY(!Client::connectTo(m_place.service));
}

void TestDoorPrograms::keytenderctlsOwn_endsToo_whenItsClientHasGone()
{
    auto [ours, its] = pairOfSockets();
    Daemon daemon({"--serve-on", "3"}, its.number());
    (void)its.close();
    (void)ours.close();
    QTRY_COMPARE_WITH_TIMEOUT(daemon.result(), 0, 20'000);
    // And where there was never one.
    const base::FileDescriptor file(open("/dev/null", O_RDONLY | O_CLOEXEC));
    Daemon without({"--serve-on", "3"}, file.number());
    QTRY_COMPARE_WITH_TIMEOUT(without.result(), 0, 20'000);
}

void TestDoorPrograms::keytenderctlsOwn_answersOthersWhileItRuns()
{
    auto [ours, its] = pairOfSockets();
    Daemon daemon({"--serve-on", "3"}, its.number());
    (void)its.close();
    Client first(dup(ours.number()));
    QCOMPARE(ask(first).outcome, std::string("ok"));
    auto second = Client::connectTo(m_place.service);
    QVERIFY(second);
    QCOMPARE(ask(*second).outcome, std::string("ok"));
    first = Client(-1);
    (void)ours.close();
    QTest::qWait(300);
    QVERIFY(daemon.result() == -1); // the second is still here
    QCOMPARE(ask(*second).outcome, std::string("ok"));
    second.reset();
    QTRY_COMPARE_WITH_TIMEOUT(daemon.result(), 0, 20'000);
}

void TestDoorPrograms::activated_answersWhoWaited_andOnTheServicesSocket()
{
    QCOMPARE(mkdir(m_place.directory.c_str(), 0700), 0); // DirectoryMode= of the unit
    const base::FileDescriptor listening = boundAt(m_place.activation);
    auto early = Client::connectTo(m_place.activation);
    QVERIFY(early);
    Daemon daemon({"--quiet"}, listening.number(), true);
    QCOMPARE(ask(*early).outcome, std::string("ok"));
    QCOMPARE(askAt(m_place.activation).outcome, std::string("ok"));
    QCOMPARE(askAt(m_place.service).outcome, std::string("ok"));
    early.reset();
    QTest::qWait(300);
    QVERIFY(daemon.result() == -1); // tends on
    daemon.tell(SIGTERM);
    QTRY_COMPARE_WITH_TIMEOUT(daemon.result(), 0, 20'000);
    QCOMPARE(daemon.said(), QByteArray());
    QVERIFY(Client::connectTo(m_place.activation)); // systemd's socket stays
    QVERIFY(!Client::connectTo(m_place.service));
}

void TestDoorPrograms::whereAServiceRuns_everybodyIsSentThere()
{
    Daemon service({"--quiet"}, -1);
    QTRY_COMPARE_WITH_TIMEOUT(askAt(m_place.service).outcome, std::string("ok"), 20'000);
    auto [ours, its] = pairOfSockets();
    Daemon handed({"--serve-on", "3"}, its.number());
    (void)its.close();
    Client client(dup(ours.number()));
    const Heard first = ask(client);
    QCOMPARE(first.outcome, std::string("unavailable"));
    QVERIFY(first.isToRetry);
    client = Client(-1);
    (void)ours.close();
    QTRY_COMPARE_WITH_TIMEOUT(handed.result(), 0, 20'000);

    const base::FileDescriptor listening = boundAt(m_place.activation);
    Daemon activated({"--quiet"}, listening.number(), true);
    const Heard second = askAt(m_place.activation);
    QCOMPARE(second.outcome, std::string("unavailable"));
    QVERIFY(second.isToRetry);
    QTRY_COMPARE_WITH_TIMEOUT(activated.result(), 0, 20'000); // nobody needs it
    QCOMPARE(askAt(m_place.service).outcome, std::string("ok"));
}

void TestDoorPrograms::socketsMeantForAnotherProcess_areNotTaken()
{
    QCOMPARE(mkdir(m_place.directory.c_str(), 0700), 0);
    const base::FileDescriptor listening = boundAt(m_place.activation);
    setenv("LISTEN_PID", "1", 1);
    setenv("LISTEN_FDS", "1", 1);
    Daemon daemon({}, listening.number());
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    QTRY_COMPARE_WITH_TIMEOUT(askAt(m_place.service).outcome, std::string("ok"), 20'000);
    auto client = Client::connectTo(m_place.activation);
    QVERIFY(client);
    QVERIFY(!client->send(request("status"), deadline()));
    QVERIFY(client->receive(std::chrono::steady_clock::now() + 300ms).failure);
}

void TestDoorPrograms::killed_leavesNothingThatHindersTheNext()
{
    for (int round = 0; round < 3; ++round) {
        Daemon daemon({"--quiet"}, -1);
        QTRY_COMPARE_WITH_TIMEOUT(askAt(m_place.service).outcome, std::string("ok"), 20'000);
        daemon.tell(SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(daemon.result(), 1000 + SIGKILL, 20'000);
        QCOMPARE(askAt(m_place.service).outcome, std::string("nobody"));
    }
}

void TestDoorPrograms::askedToHandOver_endsAndLeavesTheName()
{
    Daemon daemon({"--quiet"}, -1);
    QTRY_COMPARE_WITH_TIMEOUT(askAt(m_place.service).outcome, std::string("ok"), 20'000);
    auto client = Client::connectTo(m_place.service);
    QVERIFY(client);
    QVERIFY(!client->send(request("hand-over"), deadline()));
    const Client::Received received = client->receive(deadline());
    QVERIFY(received.message);
    QVERIFY(received.message->value("outcome") == "ok");
    QTRY_COMPARE_WITH_TIMEOUT(daemon.result(), 0, 20'000);
    QVERIFY(!Client::connectTo(m_place.service));
}

// Whoever starts the vault's keeper a moment later must not look on for its whole life.
void TestDoorPrograms::startedBesideKeytenderctlsOwn_waitsForItsEnd()
{
    auto [ours, its] = pairOfSockets();
    Daemon own({"--serve-on", "3"}, its.number());
    (void)its.close();
    Client client(fcntl(ours.number(), F_DUPFD_CLOEXEC, 0)); // the next child must not have it
    QCOMPARE(ask(client).outcome, std::string("ok"));
    Daemon daemon({"--quiet"}, -1);
    QTest::qWait(500);
    QVERIFY(daemon.result() == -1);
    client = Client(-1);
    (void)ours.close();
    QTRY_COMPARE_WITH_TIMEOUT(own.result(), 0, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(askAt(m_place.service).outcome, std::string("ok"), 20'000);
    QVERIFY(daemon.result() == -1);
}

int main(int argc, char *argv[])
{
    fakes::enterPrivateSession(argv);
    QCoreApplication application(argc, argv);
    TestDoorPrograms test;
    return QTest::qExec(&test, argc, argv);
}

#include "doorprograms.moc"
