// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

#include "oauth/portholder.h"

using namespace keytender;
using oauth::describeHolder;
using oauth::portHolder;
using oauth::PortHolder;

class PortHolderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ourOwnPort_isOurs_data();
    void ourOwnPort_isOurs();
    void freePort_hasNoHolder();
    void tables_areReadAsLinuxWritesThem();
    void damagedTables_haveNoHolder();
    void holder_isDescribed_data();
    void holder_isDescribed();
};

namespace {

const QByteArray header =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

void write(const QString &path, const QByteArray &bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

void PortHolderTest::ourOwnPort_isOurs_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6);
    QTest::newRow("every address") << QHostAddress(QHostAddress::Any);
}

void PortHolderTest::ourOwnPort_isOurs()
{
    QFETCH(QHostAddress, address);
    QTcpServer server;
    if (!server.listen(address))
        QSKIP("this machine has no such address");
    const auto holder = portHolder(server.serverPort());
    QVERIFY(holder);
    QCOMPARE(holder->process, getpid());
    QCOMPARE(holder->user, geteuid());
    QVERIFY(QStringLiteral("tst_core_oauth_portholder").startsWith(holder->program) && !holder->program.isEmpty());
}

void PortHolderTest::freePort_hasNoHolder()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    QVERIFY(!portHolder(port));
}

void PortHolderTest::tables_areReadAsLinuxWritesThem()
{
    const QTemporaryDir proc;
    write(
        proc.filePath(QStringLiteral("net/tcp")),
        header
            + "   0: 0100007F:05AF 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 11 1 0 20 4\n"
              "   1: 0100007F:05AF 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0\n"
              "   2: 0100007F:05B1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 77 1 0\n");
    write(proc.filePath(QStringLiteral("4711/comm")), "co\x1b[1mdex\n");
    QVERIFY(QDir(proc.path()).mkpath(QStringLiteral("4711/fd")));
    QVERIFY(QFile::link(QStringLiteral("socket:[4242]"), proc.filePath(QStringLiteral("4711/fd/7"))));
    QVERIFY(QFile::link(QStringLiteral("socket:[424]"), proc.filePath(QStringLiteral("4711/fd/8"))));

    QCOMPARE(portHolder(1455, proc.path()),
             std::optional(PortHolder{.program = QStringLiteral("co[1mdex"), .process = 4711, .user = 1000}));
    QCOMPARE(portHolder(1457, proc.path()), std::optional(PortHolder{.program = {}, .process = 0, .user = 0}));
    QVERIFY(!portHolder(1456, proc.path()));
}

void PortHolderTest::damagedTables_haveNoHolder()
{
    const QTemporaryDir proc;
    QVERIFY(!portHolder(1455, proc.path()));
    write(proc.filePath(QStringLiteral("net/tcp")), "x\n\n1: :05AF\n1: 2 3 0A\n 1: g:zz 2 0A 4 5 6 7 8 9\n");
    QVERIFY(!portHolder(1455, proc.path()));
}

void PortHolderTest::holder_isDescribed_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<int>("process");
    QTest::addColumn<int>("user");
    QTest::addColumn<QString>("text");
    const int us = static_cast<int>(geteuid());
    QTest::newRow("known") << "codex" << 4711 << us << "is taken by codex (process 4711)";
    QTest::newRow("without a name") << "" << 4711 << us << "is taken by ? (process 4711)";
    QTest::newRow("ourselves") << "x" << int(getpid()) << us << "is taken by another sign-in of Keytender";
    QTest::newRow("another user's") << "" << 0 << us + 1 << "is taken by a program of another user";
    QTest::newRow("nobody knows") << "" << 0 << us << "is taken by another program";
}

void PortHolderTest::holder_isDescribed()
{
    QFETCH(QString, program);
    QFETCH(int, process);
    QFETCH(int, user);
    QFETCH(QString, text);
    QCOMPARE(describeHolder(PortHolder{.program = program, .process = process, .user = static_cast<uid_t>(user)}),
             text);
    QCOMPARE(describeHolder(std::nullopt), QStringLiteral("is taken by another program"));
}

QTEST_GUILESS_MAIN(PortHolderTest)
#include "portholder.moc"
