// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/server.h"

#include <memory>
#include <vector>

#include <QAbstractEventDispatcher>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "ipc/connection.h"
#include "rawclient.h"

using namespace keytender;
using namespace std::chrono_literals;
using ipc::Inquiry;
using ipc::RawClient;
using ipc::request;
using wire::Outcome;

namespace {

// A service whose desks answer at once, late, at length or never.
class Desks final {
public:
    explicit Desks(ipc::Limits limits = {}) : server(door, limits)
    {
        door.add("now", [](Inquiry &inquiry) {
            wire::Message answer = ipc::answerOf(Outcome::Ok);
            answer.set("echo", inquiry.request().value("say"));
            inquiry.answer(answer);
        });
        door.add("later", [this](Inquiry &inquiry) {
            waiting.emplace_back(&inquiry);
            QObject::connect(&inquiry, &Inquiry::abandoned, [this] { ++abandoned; });
            QObject::connect(&inquiry, &Inquiry::received,
                             [this](const wire::Message &more) { heard.emplace_back(more.value("data")); });
        });
        door.add("long", [](Inquiry &inquiry) { ipc::answerText(inquiry, QByteArray(4'000'000, 'x')); });
        door.add("endless", [this](Inquiry &inquiry) {
            for (int i = 0; i < 1000; ++i) {
                wire::Message part(wire::Kind::More);
                inquiry.tell(part.set("text", std::string(60'000, 'x')));
            }
            inquiry.answer(ipc::answerOf(Outcome::Ok));
            ++ended;
        });
        door.add("too-long", [](Inquiry &inquiry) {
            wire::Message answer = ipc::answerOf(Outcome::Ok);
            inquiry.answer(answer.set("token", std::string(70'000, 'x')));
        });
        if (!server.listen(place) || !directory.isValid())
            qFatal("cannot listen in %s", place.directory.c_str());
        server.begin();
    }

    QTemporaryDir directory;
    wire::Place place = wire::Place::in(directory.path().toStdString(), {}, {});
    ipc::Door door;
    ipc::Server server;
    std::vector<QPointer<Inquiry>> waiting;
    std::vector<std::string> heard;
    int abandoned = 0;
    int ended = 0;
};

std::string outcomeOf(const std::optional<wire::Message> &message)
{
    return message ? std::string(message->value("outcome")) : std::string("nothing");
}

mode_t modeOf(const std::string &path)
{
    struct stat found {};
    return lstat(path.c_str(), &found) == 0 ? found.st_mode & 07777 : 0;
}

} // namespace

// The next message; QTRY_VERIFY looks once more after it was there.
#define TAKE(client, message)                                                                                          \
    std::optional<wire::Message> message;                                                                              \
    QTRY_VERIFY(message || (message = (client).take()))

class TestServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void request_isAnswered_andTheNextOneToo();
    void beforeItBegins_clientsWait();
    void socketAndDirectory_areOursAlone_whateverTheUmask_data();
    void socketAndDirectory_areOursAlone_whateverTheUmask();
    void directoryThatIsNotOursAlone_isRefused_data();
    void directoryThatIsNotOursAlone_isRefused();
    void secondService_isTurnedAway_andTakesOverAfterwards();
    void staleSocket_isReplaced();
    void service_whoseLockFileWasTidiedAway_keepsItsName();
    void anotherUser_isNotServed_whateverTheModes();
    void pipelinedRequests_areAnsweredInTurn_oneAtATime();
    void more_reachesItsInquiry_andNoneAfterTheAnswer();
    void garbage_isAnsweredOnce_andClosed_data();
    void garbage_isAnsweredOnce_andClosed();
    void slowFrame_isGivenUp();
    void silentClient_isGivenUp();
    void clientThatDoesNotRead_isGivenUp_andMemoryIsBounded();
    void slowDesk_isGivenUp();
    void answerAfterTheClientHasGone_isDropped();
    void answerThatDoesNotFit_isNotSentInPart();
    void longAnswer_arrivesWhole();
    void whereNoDescriptorIsLeft_theLoopDoesNotSpin();
    void fullHouse_givesTheRestingOnesPlaceAway();
    void handedOverSockets_areServed();
    void whoConnectedBeforeTheEnd_isStillAnswered();
    void descriptors_areClosedOnExec();
};

void TestServer::request_isAnswered_andTheNextOneToo()
{
    Desks desks;
    RawClient client(desks.place.service);
    for (const char *text : {"one", "two"}) {
        client.send(request("now").set("say", text));
        TAKE(client, answer);
        QCOMPARE(outcomeOf(answer), std::string("ok"));
        QVERIFY(answer->value("echo") == text);
    }
    QCOMPARE(desks.server.connectionCount(), 1);
    QSignalSpy idle(&desks.server, &ipc::Server::idle);
    client.close();
    QVERIFY(idle.wait());
    QCOMPARE(desks.server.connectionCount(), 0);
}

void TestServer::beforeItBegins_clientsWait()
{
    const QTemporaryDir directory;
    const auto place = wire::Place::in(directory.path().toStdString(), {}, {});
    ipc::Door door;
    ipc::Server server(door);
    QVERIFY(server.listen(place));
    RawClient client(place.service);
    client.send(request("now"));
    QTest::qWait(50);
    QVERIFY(!client.take());
    QVERIFY(!client.isClosed());
    server.begin();
    TAKE(client, answer);
    QCOMPARE(outcomeOf(answer), std::string("usage")); // no such desk
}

void TestServer::socketAndDirectory_areOursAlone_whateverTheUmask_data()
{
    QTest::addColumn<uint>("mask");
    QTest::newRow("000") << 0000U;
    QTest::newRow("022") << 0022U;
    QTest::newRow("077") << 0077U;
}

void TestServer::socketAndDirectory_areOursAlone_whateverTheUmask() // S-01, S-50
{
    QFETCH(const uint, mask);
    const mode_t before = umask(mask);
    const Desks desks;
    const mode_t during = umask(before);
    QCOMPARE(during, mask); // given back
    QCOMPARE(modeOf(desks.place.directory), 0700U);
    QCOMPARE(modeOf(desks.place.service), 0600U);
    QCOMPARE(modeOf(desks.place.service + ".lock"), 0600U);
}

void TestServer::directoryThatIsNotOursAlone_isRefused_data() // S-50
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"open to the group", "open to others", "link", "file", "another user's"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestServer::directoryThatIsNotOursAlone_isRefused()
{
    QFETCH(const QString, kind);
    const QTemporaryDir directory;
    const auto place = wire::Place::in(directory.path().toStdString(), {}, {});
    const char *path = place.directory.c_str();
    if (kind == QStringLiteral("link")) {
        QCOMPARE(mkdir((place.directory + "2").c_str(), 0700), 0);
        QCOMPARE(symlink((place.directory + "2").c_str(), path), 0);
    } else if (kind == QStringLiteral("file")) {
        QVERIFY(base::FileDescriptor(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600)).isOpen());
    } else {
        QCOMPARE(mkdir(path, 0700), 0);
        if (kind == QStringLiteral("another user's") && (geteuid() != 0 || chown(path, 65534, 65534) != 0))
            QSKIP("only root can give a directory away");
        if (kind.startsWith(QStringLiteral("open")))
            QCOMPARE(chmod(path, kind.endsWith(QStringLiteral("group")) ? 0750 : 0701), 0);
    }
    const ipc::Door door;
    ipc::Server server(door);
    const auto listening = server.listen(place);
    QVERIFY(!listening);
    QCOMPARE(listening.error().kind, base::ErrorKind::Unsafe);
    QCOMPARE(listening.error().subject, QString::fromStdString(place.directory));
    QVERIFY(!RawClient(place.service).isConnected());
}

void TestServer::secondService_isTurnedAway_andTakesOverAfterwards()
{
    const QTemporaryDir directory;
    const auto place = wire::Place::in(directory.path().toStdString(), {}, {});
    const ipc::Door door;
    auto one = std::make_unique<ipc::Server>(door);
    ipc::Server two(door);
    QVERIFY(one->listen(place));
    const auto turnedAway = two.listen(place);
    QVERIFY(!turnedAway);
    QCOMPARE(turnedAway.error().kind, base::ErrorKind::AlreadyRunning);
    QVERIFY(RawClient(place.service).isConnected());
    one.reset();
    QVERIFY(!RawClient(place.service).isConnected());
    QVERIFY(two.listen(place));
    QVERIFY(RawClient(place.service).isConnected());
}

void TestServer::staleSocket_isReplaced()
{
    const QTemporaryDir directory;
    const auto place = wire::Place::in(directory.path().toStdString(), {}, {});
    const ipc::Door door;
    QVERIFY(ipc::Server(door).listen(place)); // makes the directory
    const base::FileDescriptor left(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, place.service.data(), place.service.size());
    QCOMPARE(bind(left.number(), reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    QCOMPARE(RawClient(place.service).error(), ECONNREFUSED);
    ipc::Server server(door);
    QVERIFY(server.listen(place));
    QVERIFY(RawClient(place.service).isConnected());
}

void TestServer::service_whoseLockFileWasTidiedAway_keepsItsName()
{
    const Desks desks;
    QCOMPARE(unlink((desks.place.service + ".lock").c_str()), 0);
    const ipc::Door door;
    ipc::Server second(door);
    const auto listening = second.listen(desks.place);
    QVERIFY(!listening);
    QCOMPARE(listening.error().kind, base::ErrorKind::AlreadyRunning);
    QVERIFY(RawClient(desks.place.service).isConnected());
}

void TestServer::anotherUser_isNotServed_whateverTheModes() // S-51
{
    if (geteuid() != 0)
        QSKIP("only root can become a second user: not tested here");
    Desks desks;
    for (const std::string &path : {desks.directory.path().toStdString(), desks.place.directory, desks.place.service})
        QCOMPARE(chmod(path.c_str(), 0777), 0);
    const wire::WipedBytes bytes = request("now").encoded();
    int report[2] = {-1, -1};
    QCOMPARE(pipe2(report, O_CLOEXEC | O_NONBLOCK), 0);
    const base::FileDescriptor result(report[0]);
    const pid_t child = fork();
    if (child == 0) {
        // 0: could not connect, 1: closed without a word, 2: was told something.
        char said = '0';
        if (setgid(65534) == 0 && setuid(65534) == 0) {
            const int raw = socket(AF_UNIX, SOCK_STREAM, 0);
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            std::memcpy(address.sun_path, desks.place.service.data(), desks.place.service.size());
            if (::connect(raw, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
                (void)::send(raw, bytes.view().data(), bytes.size(), MSG_NOSIGNAL);
                char byte = 0;
                said = recv(raw, &byte, 1, 0) > 0 ? '2' : '1';
            }
        }
        (void)!write(report[1], &said, 1);
        _exit(0);
    }
    ::close(report[1]);
    char said = 0;
    QTRY_VERIFY(said != 0 || read(result.number(), &said, 1) == 1);
    QCOMPARE(said, '1');
    QCOMPARE(waitpid(child, nullptr, 0), child);
    QCOMPARE(desks.server.connectionCount(), 0);
    // And we are served still.
    RawClient client(desks.place.service);
    client.send(request("now"));
    TAKE(client, answer);
    QCOMPARE(outcomeOf(answer), std::string("ok"));
}

void TestServer::pipelinedRequests_areAnsweredInTurn_oneAtATime()
{
    Desks desks;
    RawClient client(desks.place.service);
    client.send(request("later"));
    client.send(request("now").set("say", "second"));
    client.send(request("later"));
    QTRY_COMPARE(desks.waiting.size(), std::size_t{1});
    QTest::qWait(50);
    QVERIFY(!client.take());
    desks.waiting.front()->answer(ipc::answerOf(Outcome::DueSoon));
    TAKE(client, first);
    QCOMPARE(outcomeOf(first), std::string("due-soon"));
    TAKE(client, second);
    QVERIFY(second->value("echo") == "second");
    QTRY_COMPARE(desks.waiting.size(), std::size_t{2});
    QVERIFY(!desks.waiting[0]); // gone by itself
    desks.waiting[1]->answer(ipc::answerOf(Outcome::Denied));
    TAKE(client, third);
    QCOMPARE(outcomeOf(third), std::string("denied"));
}

void TestServer::more_reachesItsInquiry_andNoneAfterTheAnswer()
{
    Desks desks;
    RawClient client(desks.place.service);
    const auto more = [](std::string_view data) {
        wire::Message message(wire::Kind::More);
        message.set("data", data);
        return message;
    };
    client.send(more("too early"));
    client.send(request("later"));
    client.send(more("a"));
    client.send(more("b\n"));
    QTRY_COMPARE(desks.heard.size(), std::size_t{2});
    QVERIFY(desks.heard == (std::vector<std::string>{"a", "b\n"}));
    desks.waiting.front()->answer(ipc::answerOf(Outcome::Ok));
    client.send(more("too late"));
    client.send(request("now"));
    TAKE(client, first);
    TAKE(client, second);
    QCOMPARE(outcomeOf(second), std::string("ok"));
    QCOMPARE(desks.heard.size(), std::size_t{2});
    QCOMPARE(desks.abandoned, 0);
}

void TestServer::garbage_isAnsweredOnce_andClosed_data() // S-52
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\n\r\n") << QByteArray("longer than 64 KiB");
    QTest::newRow("another version") << QByteArray("\0\0\0\3\2\1\0", 7) << QByteArray("another version");
    QTest::newRow("zeros") << QByteArray(100, '\0') << QByteArray("not what its format says");
    QTest::newRow("ones") << QByteArray(100'000, '\xff') << QByteArray("longer than 64 KiB");
    QTest::newRow("line break") << QByteArray("\0\0\0\x0b\1\1\1\1a\0\0\0\2x\n", 15) << QByteArray("line break");
    QTest::newRow("an answer") << QByteArray("\0\0\0\3\1\3\0", 7) << QByteArray("not what its format says");
}

void TestServer::garbage_isAnsweredOnce_andClosed()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, said);
    Desks desks;
    RawClient client(desks.place.service);
    client.send({bytes.data(), static_cast<std::size_t>(bytes.size())});
    TAKE(client, answer);
    QCOMPARE(outcomeOf(answer), std::string("usage"));
    const std::string text(answer->value("text"));
    QVERIFY2(text.find(said.toStdString()) != std::string::npos, text.c_str());
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(desks.server.connectionCount(), 0);
}

void TestServer::slowFrame_isGivenUp()
{
    Desks desks({.request = 200ms});
    RawClient client(desks.place.service);
    const wire::WipedBytes bytes = request("now").encoded();
    QElapsedTimer waited;
    waited.start();
    // Byte by byte, so that something arrives all the time.
    for (std::size_t at = 0; at + 1 < bytes.size() && !client.isClosed(); ++at) {
        client.send(bytes.view().substr(at, 1));
        QTest::qWait(60);
    }
    QTRY_COMPARE(desks.server.connectionCount(), 0);
    QVERIFY2(waited.elapsed() < 1500, "the deadline was moved on with each byte");
}

void TestServer::silentClient_isGivenUp()
{
    Desks desks({.idle = 100ms});
    RawClient client(desks.place.service);
    QTRY_VERIFY(client.isClosed());
    RawClient second(desks.place.service);
    second.send(request("now"));
    TAKE(second, answer);
    QTRY_VERIFY(second.isClosed());
}

void TestServer::clientThatDoesNotRead_isGivenUp_andMemoryIsBounded()
{
    Desks desks({.writing = 60s, .unread = 1'000'000});
    RawClient greedy(desks.place.service);
    greedy.send(request("endless"));
    QTRY_COMPARE(desks.ended, 1); // of 60 MB
    QTRY_COMPARE(desks.server.connectionCount(), 0);

    Desks patient({.writing = 200ms});
    RawClient stuck(patient.place.service);
    for (int i = 0; i < 3; ++i)
        stuck.send(request("long"));
    QTRY_COMPARE(patient.server.connectionCount(), 1);
    QTRY_COMPARE(patient.server.connectionCount(), 0);
}

void TestServer::slowDesk_isGivenUp()
{
    Desks desks({.answer = 100ms});
    RawClient client(desks.place.service);
    client.send(request("later"));
    TAKE(client, answer);
    QCOMPARE(outcomeOf(answer), std::string("unavailable"));
    QCOMPARE(desks.abandoned, 1);
    client.send(request("now"));
    TAKE(client, next);
    QCOMPARE(outcomeOf(next), std::string("ok"));
}

void TestServer::answerAfterTheClientHasGone_isDropped()
{
    Desks desks;
    {
        RawClient client(desks.place.service);
        client.send(request("later"));
        QTRY_COMPARE(desks.waiting.size(), std::size_t{1});
        QObject::connect(desks.waiting.front(), &Inquiry::abandoned, &desks.server, [&desks] {
            desks.waiting.front()->answer(ipc::answerOf(Outcome::Ok)); // dropped
        });
    }
    QTRY_COMPARE(desks.abandoned, 1);
    QTRY_VERIFY(!desks.waiting.front());
    RawClient half(desks.place.service);
    half.send(request("later"));
    QTRY_COMPARE(desks.waiting.size(), std::size_t{2});
    half.shut(); // half open is gone, too
    QTRY_COMPARE(desks.abandoned, 2);
}

void TestServer::answerThatDoesNotFit_isNotSentInPart()
{
    Desks desks;
    RawClient client(desks.place.service);
    client.send(request("too-long"));
    TAKE(client, answer);
    QCOMPARE(outcomeOf(answer), std::string("failed"));
    QVERIFY(!answer->find("token"));
}

void TestServer::longAnswer_arrivesWhole()
{
    Desks desks;
    RawClient client(desks.place.service);
    client.send(request("long"));
    client.send(request("now"));
    std::size_t bytes = 0;
    std::optional<wire::Message> message;
    do {
        message.reset();
        QTRY_VERIFY(message || (message = client.take()));
        bytes += message->value("text").size();
    } while (message->kind() == wire::Kind::More);
    QCOMPARE(bytes, std::size_t{4'000'000});
    QCOMPARE(outcomeOf(message), std::string("ok"));
    TAKE(client, next);
    QCOMPARE(outcomeOf(next), std::string("ok"));
}

void TestServer::whereNoDescriptorIsLeft_theLoopDoesNotSpin()
{
    Desks desks;
    RawClient client(desks.place.service);
    client.send(request("now"));
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit none = before;
    none.rlim_cur = 3; // of new ones: those that are open stay
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &none), 0);
    int turns = 0;
    const auto counting =
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, this, [&turns] { ++turns; });
    QTest::qWait(300);
    disconnect(counting);
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &before), 0);
    QVERIFY2(turns < 100, qPrintable(QString::number(turns)));
    QCOMPARE(desks.server.connectionCount(), 0);
    TAKE(client, answer); // it had a place in the kernel's queue
    QCOMPARE(outcomeOf(answer), std::string("ok"));
}

void TestServer::fullHouse_givesTheRestingOnesPlaceAway()
{
    Desks desks({.connections = 4});
    std::vector<std::unique_ptr<RawClient>> resting;
    for (int i = 0; i < 6; ++i)
        resting.push_back(std::make_unique<RawClient>(desks.place.service));
    RawClient client(desks.place.service);
    client.send(request("now"));
    TAKE(client, answer);
    QCOMPARE(outcomeOf(answer), std::string("ok"));
    QVERIFY(desks.server.connectionCount() <= 4);
}

void TestServer::handedOverSockets_areServed()
{
    Desks desks;
    int ends[2] = {-1, -1};
    QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    RawClient client{base::FileDescriptor(ends[0])};
    desks.server.serve(ends[1]);
    client.send(request("now"));
    TAKE(client, answer);
    QCOMPARE(outcomeOf(answer), std::string("ok"));

    // As systemd binds it.
    const std::string path = desks.place.activation;
    const int listening = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    QCOMPARE(bind(listening, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    QCOMPARE(listen(listening, 16), 0);
    desks.server.acceptOn(listening);
    RawClient activated(path);
    activated.send(request("now"));
    TAKE(activated, second);
    QCOMPARE(outcomeOf(second), std::string("ok"));
}

void TestServer::whoConnectedBeforeTheEnd_isStillAnswered()
{
    Desks desks;
    RawClient busy(desks.place.service);
    busy.send(request("later"));
    QTRY_COMPARE(desks.waiting.size(), std::size_t{1});
    RawClient early(desks.place.service); // still in the kernel's queue
    early.send(request("now"));
    QSignalSpy idle(&desks.server, &ipc::Server::idle);
    desks.server.stopListening();
    QCOMPARE(RawClient(desks.place.service).error(), ENOENT);
    // The name is not free yet: who waits for it may rely on us being gone.
    const ipc::Door door;
    QVERIFY(!ipc::Server(door).listen(desks.place));
    TAKE(early, answer);
    QCOMPARE(outcomeOf(answer), std::string("ok"));
    early.close();
    desks.waiting.front()->answer(ipc::answerOf(Outcome::Ok));
    TAKE(busy, last);
    QCOMPARE(idle.size(), 0);
    busy.close();
    QVERIFY(idle.wait());
}

void TestServer::descriptors_areClosedOnExec() // S-32
{
    Desks desks;
    RawClient client(desks.place.service);
    client.send(request("now"));
    TAKE(client, answer);
    int sockets = 0;
    for (int number = 3; number < 256; ++number) {
        struct stat found {};
        if (fstat(number, &found) != 0 || !S_ISSOCK(found.st_mode))
            continue;
        ++sockets;
        QVERIFY2((fcntl(number, F_GETFD) & FD_CLOEXEC) != 0, "a socket would be inherited");
    }
    QVERIFY(sockets >= 3); // the service's, the accepted one, the client's
}

QTEST_GUILESS_MAIN(TestServer)
#include "server.moc"
