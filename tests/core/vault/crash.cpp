// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <chrono>

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/vault/records.h"
#include "vault/vault.h"

using namespace keytender;
using tests::masterKey;
using vault::Vault;

namespace {

QByteArray tokenOf(quint64 number)
{
    return "rt-" + QByteArray::number(number) + '-' + QByteArray(3000, static_cast<char>('a' + number % 26));
}

// Writes without end, one generation after another, and tells each one that is durable. The token says its generation.
[[noreturn]] void writeForever(const QString &directory, int report)
{
    base::SystemRandom random;
    auto vault = Vault::open(directory, masterKey(), Vault::Access::ReadWrite, random);
    if (!vault)
        _exit(1);
    vault::Record record = tests::record();
    const auto present = (*vault)->read(record.id);
    quint64 next = present ? present->generation : 0;
    for (;;) {
        const QByteArray token = tokenOf(++next);
        record.credential.tokens.refreshToken = base::Secret::copyOf(token.toStdString());
        if (!(*vault)->write(record) || ::write(report, &next, sizeof next) != sizeof next)
            _exit(2);
    }
}

} // namespace

class TestCrash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void kill_duringWrites_leavesOldOrNewAndNothingElse();
    void write_withoutRoom_leavesTheOldOneAndNothingElse();
};

void TestCrash::kill_duringWrites_leavesOldOrNewAndNothingElse()
{
    QTemporaryDir home;
    const QString directory = home.filePath(QStringLiteral("vault"));
    base::SystemRandom random;
    int interrupted = 0;
    for (int round = 0; round < 50; ++round) {
        int ends[2];
        QCOMPARE(pipe(ends), 0);
        const pid_t child = fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            close(ends[0]);
            writeForever(directory, ends[1]);
        }
        close(ends[1]);
        quint64 durable = 0;
        QCOMPARE(read(ends[0], &durable, sizeof durable), ssize_t(sizeof durable)); // it is at work
        usleep(QRandomGenerator::global()->bounded(4000u)); // a random moment of its work: the point of this test
        kill(child, SIGKILL);
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        while (read(ends[0], &durable, sizeof durable) == ssize_t(sizeof durable)) {
        }
        close(ends[0]);
        interrupted += tests::contentsOf(directory).size() > 2 ? 1 : 0;

        const auto vault = Vault::open(directory, masterKey(), Vault::Access::ReadWrite, random);
        QVERIFY(vault);
        const auto record = (*vault)->read(QStringLiteral("claude-cli"));
        QVERIFY(record);
        QVERIFY2(record->generation == durable || record->generation == durable + 1,
                 qPrintable(QStringLiteral("%1 on disk, %2 told").arg(record->generation).arg(durable)));
        QVERIFY(record->credential.tokens.refreshToken
                == base::Secret::copyOf(tokenOf(record->generation).toStdString()));
        QCOMPARE((*vault)->readFacts().problems.size(), 0u);
        QCOMPARE(tests::contentsOf(directory).size(), 2); // the record and the lock
    }
    qInfo("%d of 50 kills left an unfinished file, all swept", interrupted);
}

void TestCrash::write_withoutRoom_leavesTheOldOneAndNothingElse()
{
    QTemporaryDir home;
    const QString directory = home.filePath(QStringLiteral("vault"));
    base::SystemRandom random;
    QVERIFY((*Vault::open(directory, masterKey(), Vault::Access::ReadWrite, random))->write(tests::record()));
    const auto before = tests::contentsOf(directory);
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit small{100, 100};
        setrlimit(RLIMIT_FSIZE, &small);
        auto vault = Vault::open(directory, masterKey(), Vault::Access::ReadWrite, random);
        _exit(vault && !(*vault)->write(tests::record()) ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
    QCOMPARE(tests::contentsOf(directory), before);
}

QTEST_GUILESS_MAIN(TestCrash)
#include "crash.moc"
