// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Over real sockets of this machine's loopback (G-12). KEYTENDER_LONG=1 opens a thousand spare connections, else 200.

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <memory>
#include <optional>
#include <vector>

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fakes/fakeclock.h"
#include "oauth/redirectlistener.h"
#include "oauth/redirectpage.h"
#include "redirectrequests.h"

using namespace keytender;
using namespace std::chrono_literals;
using oauth::AuthorizationCode;
using oauth::ListenerLimits;
using oauth::RedirectListener;
using oauth::redirectPage;

class RedirectListenerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void request_isAnsweredAndNoStrayEndsTheAttempt_data();
    void request_isAnsweredAndNoStrayEndsTheAttempt();
    void request_cutAtEveryByte_isRead();
    void request_byteByByte_isRead();
    void request_withItsSendingSideClosed_isAnswered();
    void bytesThatNobodyReads_doNotResetTheAnswer();
    void page_isTheSameForEveryAnswer();
    void sameCodeTwice_isOneEventAndTheSamePage();
    void twoTabsAtOnce_areOneEvent();
    void messages_nameNothingOfARequest();
    void strays_ofAllKindsBeforeTheAnswer_changeNothing();
    void spareConnections_doNotKeepTheAnswerOut();
    void connectionsResetBeforeAnyData_areIgnored();
    void headThatDripsIn_isCutOff();
    void silentConnection_isClosedWithoutAWord();
    void connectionsBeyondTheLimit_pushOutSilentOnes();
    void outOfDescriptors_makesRoomOrWaits_data();
    void outOfDescriptors_makesRoomOrWaits();
    void cancel_closesWithin100MsDespiteStuckConnections();
    void requestWhileClosing_isHarmless();
    void listenerDestroyedByTheEvent_isHarmless();
    void closeBeforeTheEvent_announcesNothing();
    void lifetime_endsIt();
    void lifetime_endsItAfterASleepOfTheMachine();
    void afterglow_endsInRefusedConnections();
    void twoAttempts_doNotCross();
    void answer_comesQuickly();
    void emptyPath_isTheRoot();

private:
    base::SystemClock m_clock;
};

namespace {

constexpr const char *anyPort = "http://127.0.0.1/callback";
const QByteArray goodRequest = "GET /callback?code=abc&state=st-1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n";

// One attempt: a listener on a free port that waits for "st-1", and what it announced.
struct Attempt {
    explicit Attempt(const base::Clock &clock, ListenerLimits limits = {}, const char *redirectUri = anyPort,
                     const char *state = "st-1")
        : listener({.state = base::Secret::copyOf(state), .issuer = {}, .requiresIssuer = false}, clock, limits),
          received(&listener, &RedirectListener::received), expired(&listener, &RedirectListener::expired)
    {
        const auto listening = listener.listen({QString::fromLatin1(redirectUri)});
        if (listening)
            port = static_cast<quint16>(listening->port());
    }

    [[nodiscard]] QByteArray request(QByteArray bytes = goodRequest) const
    {
        return bytes.replace("{port}", QByteArray::number(port));
    }
    // As in redirectrequests.h; "-" where nothing was announced.
    [[nodiscard]] QByteArray outcome()
    {
        if (received.isEmpty())
            received.wait(200);
        return outcomeSoFar();
    }
    [[nodiscard]] QByteArray outcomeSoFar()
    {
        const auto response = listener.takeResponse();
        if (received.isEmpty() || !response)
            return "-";
        if (const auto *code = std::get_if<AuthorizationCode>(&*response))
            return "code " + QByteArray(code->code.expose().data(), static_cast<qsizetype>(code->code.size()));
        if (const auto *error = std::get_if<oauth::ProviderError>(&*response))
            return "error " + error->code.toUtf8();
        return "refused";
    }

    RedirectListener listener;
    QSignalSpy received;
    QSignalSpy expired;
    quint16 port = 0;
};

std::unique_ptr<QTcpSocket> connected(quint16 port, const QHostAddress &address = QHostAddress::LocalHost)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(address, port);
    for (QSignalSpy changed(socket.get(), &QTcpSocket::stateChanged);
         socket->state() == QTcpSocket::ConnectingState && changed.wait(3000);) {
    }
    socket->setSocketOption(QTcpSocket::LowDelayOption, 1);
    return socket;
}

// Everything up to the end of the connection.
QByteArray restOf(QTcpSocket &socket, int milliseconds = 5000)
{
    QSignalSpy closed(&socket, &QTcpSocket::disconnected);
    if (socket.state() != QTcpSocket::UnconnectedState)
        closed.wait(milliseconds);
    return socket.state() == QTcpSocket::UnconnectedState ? socket.readAll() : QByteArray("still open");
}

QByteArray answerTo(quint16 port, const QByteArray &bytes)
{
    const auto socket = connected(port);
    socket->write(bytes);
    socket->flush();
    return restOf(*socket);
}

// The bytes are with the listener when it returns: loopback delivers at once.
void sendNow(QTcpSocket &socket, const QByteArray &bytes)
{
    socket.write(bytes);
    socket.flush();
    QCoreApplication::processEvents();
}

using Sockets = std::vector<std::unique_ptr<QTcpSocket>>;

Sockets manyConnected(quint16 port, int count)
{
    Sockets sockets(static_cast<std::size_t>(count));
    std::ranges::generate(sockets, [&] { return connected(port); });
    return sockets;
}

bool isRefused(quint16 port, const QHostAddress &address = QHostAddress::LocalHost)
{
    return connected(port, address)->state() != QTcpSocket::ConnectedState;
}

} // namespace

void RedirectListenerTest::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

void RedirectListenerTest::request_isAnsweredAndNoStrayEndsTheAttempt_data()
{
    tests::redirectRequestRows();
}

void RedirectListenerTest::request_isAnsweredAndNoStrayEndsTheAttempt()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, headStatus);
    QFETCH(QByteArray, outcome);
    Attempt attempt(m_clock);
    QVERIFY(attempt.port != 0);
    const bool isStray = outcome == "-";
    const int status = isStray && headStatus == 200 ? 400 : headStatus;

    QCOMPARE(answerTo(attempt.port, attempt.request(bytes)), redirectPage(status));
    if (!isStray) {
        QCOMPARE(attempt.outcome(), outcome);
        return;
    }
    QCOMPARE(attempt.received.size(), 0);
    QCOMPARE(answerTo(attempt.port, attempt.request()), redirectPage(200));
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc"));
    QCOMPARE(attempt.received.size(), 1);
}

// L-17.
void RedirectListenerTest::request_cutAtEveryByte_isRead()
{
    Attempt attempt(m_clock);
    const QByteArray request = attempt.request();
    for (qsizetype cut = 1; cut < request.size(); ++cut) {
        const auto socket = connected(attempt.port);
        sendNow(*socket, request.left(cut));
        sendNow(*socket, request.mid(cut));
        QCOMPARE(restOf(*socket), redirectPage(200));
    }
    QCOMPARE(attempt.received.size(), 1);
}

void RedirectListenerTest::request_byteByByte_isRead()
{
    Attempt attempt(m_clock);
    const auto socket = connected(attempt.port);
    for (const char each : attempt.request())
        sendNow(*socket, QByteArray(1, each));
    QCOMPARE(restOf(*socket), redirectPage(200));
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc"));
}

void RedirectListenerTest::request_withItsSendingSideClosed_isAnswered()
{
    Attempt attempt(m_clock);
    const auto socket = connected(attempt.port);
    socket->write(attempt.request());
    socket->flush();
    QCOMPARE(::shutdown(static_cast<int>(socket->socketDescriptor()), SHUT_WR), 0);
    QCOMPARE(restOf(*socket), redirectPage(200));
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc"));
}

// A connection that is closed over unread bytes is reset, and a browser that is still sending shows that.
void RedirectListenerTest::bytesThatNobodyReads_doNotResetTheAnswer()
{
    Attempt attempt(m_clock);
    const base::FileDescriptor plain(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(attempt.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    QCOMPARE(::connect(plain.number(), reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    const QByteArray request = attempt.request() + QByteArray(200'000, 'x');
    QCOMPARE(::send(plain.number(), request.constData(), static_cast<std::size_t>(request.size()), 0), request.size());
    QByteArray answer;
    std::optional<int> end; // QTRY asks again after it is over
    const auto isOver = [&] {
        std::array<char, 4096> bytes{};
        const ssize_t got = end ? 0 : ::recv(plain.number(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        answer.append(bytes.data(), std::max<ssize_t>(got, 0));
        if (!end && (got == 0 || (got < 0 && errno != EAGAIN)))
            end = got < 0 ? errno : 0;
        return end.has_value();
    };
    QTRY_VERIFY(isOver());
    QCOMPARE(end, std::optional(0));
    QCOMPARE(answer, redirectPage(200));
}

// L-13, W-12: nothing of a request is in its answer.
void RedirectListenerTest::page_isTheSameForEveryAnswer()
{
    Attempt attempt(m_clock);
    for (const char *query :
         {"code=abc&state=st-1", "code=xyzzy&state=st-1", "error=xyzzy&error_description=xyzzy&state=st-1"})
        QCOMPARE(answerTo(attempt.port, attempt.request(QByteArray("GET /callback?") + query
                                                        + " HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n")),
                 redirectPage(200));
    QVERIFY(!redirectPage(200).contains("xyzzy"));
}

// L-19.
void RedirectListenerTest::sameCodeTwice_isOneEventAndTheSamePage()
{
    Attempt attempt(m_clock);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(answerTo(attempt.port, attempt.request()), redirectPage(200));
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc"));
    QCOMPARE(attempt.received.size(), 1);
    QVERIFY(!attempt.listener.takeResponse());
}

void RedirectListenerTest::twoTabsAtOnce_areOneEvent()
{
    Attempt attempt(m_clock);
    const auto one = connected(attempt.port);
    const auto other = connected(attempt.port);
    one->write(attempt.request());
    other->write(attempt.request());
    one->flush();
    other->flush();
    QCOMPARE(restOf(*one), redirectPage(200));
    QCOMPARE(restOf(*other), redirectPage(200));
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc"));
    QCOMPARE(attempt.received.size(), 1);
}

namespace {

QByteArray said;

void hear(QtMsgType, const QMessageLogContext &, const QString &text)
{
    said += text.toUtf8() + '\n';
}

} // namespace

// L-23: with every category on, be it the right answer, a wrong state or garbage.
void RedirectListenerTest::messages_nameNothingOfARequest()
{
    Attempt attempt(m_clock);
    said.clear();
    const QtMessageHandler before = qInstallMessageHandler(hear);
    QLoggingCategory::setFilterRules(QStringLiteral("*=true"));
    for (const char *query : {"code=xyzzy&state=xyzzy", "code=xyzzy", "error=xyzzy&state=st-1", "%zz=xyzzy\x01"})
        (void)answerTo(attempt.port, attempt.request(QByteArray("GET /callback?") + query
                                                     + " HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"));
    qWarning("heard");
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
    qInstallMessageHandler(before);
    QVERIFY(said.contains("heard"));
    QVERIFY2(!said.contains("xyzzy") && !said.contains("st-1"), said.constData());
}

// W-13.
void RedirectListenerTest::strays_ofAllKindsBeforeTheAnswer_changeNothing()
{
    Attempt attempt(m_clock);
    const QList<QByteArray> kinds{"",
                                  "\r\n",
                                  "G",
                                  "GET ",
                                  "GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "GET /callback HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "GET /callback?code=x HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "GET /callback?error=x HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "GET /callback?code=x&state=guess HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "GET /callback?code=abc&state=st-1 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                                  "GET /callback?code=abc&state=st-1 HTTP/1.1\r\n\r\n",
                                  "GET /callback?code=abc&state=st-1 HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "OPTIONS /callback?code=abc&state=st-1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "HEAD /callback?code=abc&state=st-1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "POST /callback?code=abc&state=st-1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "GET /callback?code=abc&state=st-1 HTTP/1.1\nHost: 127.0.0.1:{port}\n\n",
                                  "GET /callback?code=%zz&state=st-1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                                  "\x16\x03\x01",
                                  QByteArray(70'000, 'A')};
    QCOMPARE(kinds.size(), 20);
    Sockets strays;
    for (int i = 0; i < 200; ++i) {
        strays.push_back(connected(attempt.port));
        sendNow(*strays.back(), attempt.request(kinds[i % kinds.size()]));
        if (i % 3 == 0)
            strays.back()->abort();
    }
    QCOMPARE(attempt.received.size(), 0);
    QCOMPARE(answerTo(attempt.port, attempt.request()), redirectPage(200));
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc"));
}

// L-15.
void RedirectListenerTest::spareConnections_doNotKeepTheAnswerOut()
{
    const int count = qEnvironmentVariableIntValue("KEYTENDER_LONG") == 1 ? 1000 : 200;
    Attempt attempt(m_clock);
    Sockets spares;
    for (int i = 0; i < count; ++i) {
        spares.push_back(std::make_unique<QTcpSocket>());
        spares.back()->connectToHost(QHostAddress::LocalHost, attempt.port);
    }
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(answerTo(attempt.port, attempt.request()), redirectPage(200));
    qInfo("answered %lld ms after %d spare connections were opened", static_cast<long long>(timer.elapsed()), count);
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc"));
}

void RedirectListenerTest::connectionsResetBeforeAnyData_areIgnored()
{
    Attempt attempt(m_clock);
    for (const QByteArray &bytes : {QByteArray(), QByteArray("GET /callback?code=abc&sta")}) {
        const auto socket = connected(attempt.port);
        sendNow(*socket, bytes);
        socket->abort();
        QCoreApplication::processEvents();
    }
    QCOMPARE(answerTo(attempt.port, attempt.request()), redirectPage(200));
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc"));
}

// L-16: every byte is in time, the head as a whole is not.
void RedirectListenerTest::headThatDripsIn_isCutOff()
{
    Attempt attempt(m_clock, {.head = 300ms});
    const auto socket = connected(attempt.port);
    const QByteArray request = attempt.request();
    QTimer drip;
    qsizetype sent = 0;
    connect(&drip, &QTimer::timeout, socket.get(), [&] { socket->write(request.mid(sent++ % request.size(), 1)); });
    drip.start(20ms);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(restOf(*socket), redirectPage(408));
    QVERIFY(timer.elapsed() >= 250);
    QVERIFY(sent < request.size());
    QCOMPARE(attempt.received.size(), 0);
    QCOMPARE(answerTo(attempt.port, attempt.request()), redirectPage(200));
}

void RedirectListenerTest::silentConnection_isClosedWithoutAWord()
{
    Attempt attempt(m_clock, {.head = 100ms});
    const auto socket = connected(attempt.port);
    QCOMPARE(restOf(*socket), QByteArray());
    QVERIFY(attempt.listener.isListening());
}

// L-16.
void RedirectListenerTest::connectionsBeyondTheLimit_pushOutSilentOnes()
{
    Attempt attempt(m_clock, {.connections = 4});
    const auto speaking = connected(attempt.port);
    sendNow(*speaking, attempt.request().left(20));
    const Sockets spares = manyConnected(attempt.port, 10);
    const auto isOpen = [](const auto &socket) { return socket->state() == QTcpSocket::ConnectedState; };
    QTRY_COMPARE(std::ranges::count_if(spares, isOpen), 3);
    sendNow(*speaking, attempt.request().mid(20));
    QCOMPARE(restOf(*speaking), redirectPage(200));
}

void RedirectListenerTest::outOfDescriptors_makesRoomOrWaits_data()
{
    QTest::addColumn<int>("spares");
    QTest::newRow("a spare connection makes room") << 3;
    QTest::newRow("there is nothing to close") << 0;
}

void RedirectListenerTest::outOfDescriptors_makesRoomOrWaits()
{
    QFETCH(int, spares);
    Attempt attempt(m_clock);
    const Sockets open = manyConnected(attempt.port, spares);
    QCoreApplication::processEvents();
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
    const int lowestFree = ::dup(0);
    ::close(lowestFree);
    const rlimit oneMore{static_cast<rlim_t>(lowestFree) + 1, before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &oneMore), 0);
    const auto socket = connected(attempt.port); // takes the last one
    socket->write(attempt.request());
    socket->flush();
    const clock_t begin = ::clock();
    const QByteArray answer = restOf(*socket, 400);
    const double seconds = static_cast<double>(::clock() - begin) / CLOCKS_PER_SEC;
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &before), 0);
    QVERIFY2(seconds < 0.2, "it was tried again and again");
    QCOMPARE(answer, spares > 0 ? redirectPage(200) : QByteArrayLiteral("still open"));
    if (spares == 0)
        QCOMPARE(restOf(*socket), redirectPage(200));
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc"));
}

// L-21.
void RedirectListenerTest::cancel_closesWithin100MsDespiteStuckConnections()
{
    Attempt attempt(m_clock);
    Sockets stuck;
    for (int i = 0; i < 64; ++i) {
        stuck.push_back(connected(attempt.port));
        sendNow(*stuck.back(), attempt.request().left(i));
    }
    QElapsedTimer timer;
    timer.start();
    attempt.listener.close();
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!attempt.listener.isListening());
    QVERIFY(isRefused(attempt.port));
    for (const auto &socket : stuck)
        QCOMPARE(restOf(*socket), QByteArray());
    QCOMPARE(attempt.received.size(), 0);
}

// L-22.
void RedirectListenerTest::requestWhileClosing_isHarmless()
{
    for (int i = 0; i < 20; ++i) {
        Attempt attempt(m_clock);
        const auto waiting = connected(attempt.port);
        waiting->write(attempt.request());
        waiting->flush();
        QTcpSocket late;
        late.connectToHost(QHostAddress::LocalHost, attempt.port);
        late.write(attempt.request());
        attempt.listener.close();
        QCoreApplication::processEvents();
        QCOMPARE(attempt.received.size(), 0);
    }
}

void RedirectListenerTest::listenerDestroyedByTheEvent_isHarmless()
{
    auto attempt = std::make_unique<Attempt>(m_clock);
    const quint16 port = attempt->port;
    const QByteArray request = attempt->request();
    QObject owner;
    connect(&attempt->listener, &RedirectListener::received, &owner, [&] { attempt.reset(); });
    QCOMPARE(answerTo(port, request), redirectPage(200)); // L-20: the page came first
    QVERIFY(!attempt);
    QVERIFY(isRefused(port));
}

void RedirectListenerTest::closeBeforeTheEvent_announcesNothing()
{
    auto attempt = std::make_unique<Attempt>(m_clock);
    const auto socket = connected(attempt->port);
    socket->write(attempt->request());
    socket->flush();
    attempt.reset();
    QCoreApplication::processEvents();
    QVERIFY(restOf(*socket).isEmpty());
}

// L-06.
void RedirectListenerTest::lifetime_endsIt()
{
    Attempt attempt(m_clock, {.lifetime = 150ms});
    const auto socket = connected(attempt.port);
    QVERIFY(attempt.expired.wait(3000));
    QVERIFY(!attempt.listener.isListening());
    QVERIFY(isRefused(attempt.port));
    QCOMPARE(restOf(*socket), QByteArray());
    QCOMPARE(attempt.expired.size(), 1);
    QCOMPARE(attempt.received.size(), 0);
}

// no timer runs while the machine sleeps.
void RedirectListenerTest::lifetime_endsItAfterASleepOfTheMachine()
{
    fakes::FakeClock clock;
    Attempt attempt(clock);
    QCOMPARE(answerTo(attempt.port, "x\r\n\r\n"), redirectPage(405));
    clock.advance(5min);
    const auto socket = connected(attempt.port);
    socket->write(attempt.request());
    QCOMPARE(restOf(*socket), QByteArray());
    QCOMPARE(attempt.expired.size(), 1);
    QCOMPARE(attempt.received.size(), 0);
}

void RedirectListenerTest::afterglow_endsInRefusedConnections()
{
    Attempt attempt(m_clock, {.afterglow = 100ms});
    QCOMPARE(answerTo(attempt.port, attempt.request()), redirectPage(200));
    QTRY_VERIFY(!attempt.listener.isListening());
    QVERIFY(isRefused(attempt.port));
    QCOMPARE(attempt.expired.size(), 0);
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc")); // still there to be taken
}

// L-24.
void RedirectListenerTest::twoAttempts_doNotCross()
{
    Attempt one(m_clock, {}, anyPort, "st-1");
    Attempt other(m_clock, {}, anyPort, "st-2");
    QVERIFY(one.port != other.port);
    QCOMPARE(answerTo(other.port, other.request()), redirectPage(400));
    QCOMPARE(answerTo(one.port, other.request()), redirectPage(400)); // its Host is the other's
    QCOMPARE(answerTo(one.port, one.request()), redirectPage(200));
    QCOMPARE(one.outcome(), QByteArrayLiteral("code abc"));
    QVERIFY(other.received.isEmpty());
    QVERIFY(other.listener.isListening());
}

// G-12: printed, not asserted; the machine may be busy.
void RedirectListenerTest::answer_comesQuickly()
{
    Attempt attempt(m_clock);
    std::vector<qint64> microseconds;
    for (int i = 0; i < 500; ++i) {
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(answerTo(attempt.port, attempt.request()), redirectPage(200));
        microseconds.push_back(timer.nsecsElapsed() / 1000);
    }
    std::ranges::sort(microseconds);
    qInfo("500 answers: median %lld us, p99 %lld us, longest %lld us", static_cast<long long>(microseconds[250]),
          static_cast<long long>(microseconds[495]), static_cast<long long>(microseconds.back()));
}

void RedirectListenerTest::emptyPath_isTheRoot()
{
    Attempt attempt(m_clock, {}, "http://127.0.0.1");
    QVERIFY(attempt.port != 0);
    QCOMPARE(answerTo(attempt.port, attempt.request("GET /?code=abc&state=st-1 HTTP/1.1\r\n"
                                                    "Host: 127.0.0.1:{port}\r\n\r\n")),
             redirectPage(200));
    QCOMPARE(attempt.outcome(), QByteArrayLiteral("code abc"));
}

QTEST_GUILESS_MAIN(RedirectListenerTest)
#include "redirectlistener.moc"
