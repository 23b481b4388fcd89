// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QTemporaryDir>
#include <QtTest>

#include "fakes/fakeclock.h"
#include "refresh/lineagelock.h"

using namespace keytender;
using namespace std::chrono_literals;

class TestLineageLock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoWhoWantTheSameLocks_neverWaitForEachOther();
};

// While somebody holds the last one, each of the two takes what it can. In the order that they were named, each would
// hold what the other waits for.
void TestLineageLock::twoWhoWantTheSameLocks_neverWaitForEachOther()
{
    const QTemporaryDir home;
    const fakes::FakeClock clock; // no deadline ends it
    std::optional<base::Result<vault::DirectoryLock>> last;
    last.emplace(vault::DirectoryLock::take(home.path(), "c"));
    QVERIFY(last->has_value());
    const auto named = [](const char *names) { return QString::fromLatin1(names).split(u' '); };
    refresh::LineageLock one(home.path(), named("b c a"), clock);
    refresh::LineageLock other(home.path(), named("a c b"), clock);
    int done = 0;
    for (refresh::LineageLock *lock : {&one, &other}) {
        lock->take(10s, [&done, lock](const base::Result<void> &taken) {
            QVERIFY(taken);
            ++done;
            lock->letGo();
        });
    }
    QCOMPARE(done, 0);
    last.reset();
    QTRY_COMPARE(done, 2);
}

QTEST_GUILESS_MAIN(TestLineageLock)
#include "lineagelock.moc"
