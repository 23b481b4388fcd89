// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/filewatch.h"

#include <cstdio>

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fakes/temporaryhome.h"

using namespace keytender;
using namespace std::chrono_literals;
using sync::FileWatch;

namespace {

const QString record = QStringLiteral(".tool/auth.json");

const char *name(const QString &path)
{
    static thread_local QByteArray encoded[4];
    static thread_local int turn = 0;
    return (encoded[turn = (turn + 1) % 4] = QFile::encodeName(path)).constData();
}

void renameOver(const QString &from, const QString &to)
{
    QCOMPARE(std::rename(name(from), name(to)), 0);
}

// As every careful tool writes: a temporary file beside it, renamed into place.
void replace(const fakes::TemporaryHome &home, const QString &relative, const QByteArray &bytes)
{
    renameOver(home.write(relative + QStringLiteral(".tmp"), bytes), home.path(relative));
}

// Writes into an open file in steps, as a tool without care does.
class SlowWriter final {
public:
    explicit SlowWriter(const QString &path) : m_descriptor(::open(name(path), O_WRONLY | O_APPEND | O_CLOEXEC)) {}
    ~SlowWriter() { finish(); }
    void write() { QCOMPARE(::write(m_descriptor, "x", 1), ssize_t{1}); }
    void finish()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_descriptor = -1;
    }

private:
    int m_descriptor;
};

} // namespace

class FileWatchTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void renameIntoPlace_isToldAtOnce();
    void hundredRenames_loseNone();
    void truncateAndWrite_isTold();
    void append_isTold();
    void openWriter_isToldWhenItPauses();
    void writerThatNeverPauses_isToldInTheEnd();
    void permissions_areTold();
    void deletion_isTold();
    void recreation_isTold();
    void directoryDeletedAndMade_isWatchedAgain();
    void directoryRenamedAway_isNotFollowed();
    void parentRenamedAway_isNoticed();
    void parentReplacedByLink_isFollowed();
    void lateDirectory_isAwaited();
    void lateDirectoryTree_isAwaited();
    void symlink_isWatchedAtItsTarget_data();
    void symlink_isWatchedAtItsTarget();
    void symlinkedChain_isWatchedToItsEnd();
    void danglingSymlink_isAwaited();
    void renameOverTheSymlink_isTold();
    void symlinkPointedElsewhere_isTold();
    void symlinkedDirectory_isWatched();
    void symlinkedDirectoryPointedElsewhere_isTold();
    void symlinkLoop_isHarmless();
    void otherFiles_areNotTold();
    void unwatchedFile_isNotToldAnyMore();
    void oneBatch_tellsOnce();
    void newFile_changesItsDirectory();
    void vanishedFile_changesItsDirectory();
    void lateWantedDirectory_isTold();
    void temporaryFile_changesNoDirectory();
    void overflow_tellsEverything();
    void tenThousandFiles_areOneWatch();
    void watchesUsedUp_isSaidAndTheRestWorks();
    void instancesUsedUp_isSaid();

private:
    void watch(const QSet<QString> &files, const QSet<QString> &directories = {});
    [[nodiscard]] QSet<QString> toldFiles() const;
    void expectTold(const QString &path);
    void inNamespace(const char *test, const QString &limit);

    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<FileWatch> m_watch;
    std::unique_ptr<QSignalSpy> m_files;
    std::unique_ptr<QSignalSpy> m_directories;
    std::unique_ptr<QSignalSpy> m_everything;
};

void FileWatchTest::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_watch = std::make_unique<FileWatch>();
    m_files = std::make_unique<QSignalSpy>(m_watch.get(), &FileWatch::fileChanged);
    m_directories = std::make_unique<QSignalSpy>(m_watch.get(), &FileWatch::directoryChanged);
    m_everything = std::make_unique<QSignalSpy>(m_watch.get(), &FileWatch::everythingChanged);
}

void FileWatchTest::cleanup()
{
    m_watch.reset();
    m_home.reset();
}

void FileWatchTest::watch(const QSet<QString> &files, const QSet<QString> &directories)
{
    m_watch->watch(files, directories);
    QCOMPARE(m_watch->unreliability(), QString());
}

QSet<QString> FileWatchTest::toldFiles() const
{
    QSet<QString> told;
    for (const QList<QVariant> &arguments : *m_files)
        told.insert(arguments.front().toString());
    return told;
}

void FileWatchTest::expectTold(const QString &path)
{
    QTRY_VERIFY_WITH_TIMEOUT(toldFiles().contains(path), 2000);
    m_files->clear();
}

void FileWatchTest::renameIntoPlace_isToldAtOnce()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    for (int i = 0; i < 3; ++i) { // and again: the watch is not lost with the inode
        m_files->clear();
        QElapsedTimer timer;
        timer.start();
        replace(*m_home, record, "{\"n\":1}");
        QVERIFY(m_files->wait(1000));
        QVERIFY2(timer.elapsed() < sync::Settling::quiet.count(), "waited although the write was finished");
        QCOMPARE(m_files->size(), 1);
        QCOMPARE(m_files->front().front().toString(), path);
    }
}

void FileWatchTest::hundredRenames_loseNone()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    for (int i = 0; i < 100; ++i) {
        replace(*m_home, record, QByteArray::number(i));
        expectTold(path);
    }
}

void FileWatchTest::truncateAndWrite_isTold()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    m_home->write(record, "{\"n\":1}");
    expectTold(path);
    m_home->write(record, "{\"n\":2}");
    expectTold(path);
}

void FileWatchTest::append_isTold()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    SlowWriter writer(path);
    writer.write();
    writer.finish();
    expectTold(path);
}

void FileWatchTest::openWriter_isToldWhenItPauses()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    SlowWriter writer(path);
    QElapsedTimer timer;
    timer.start();
    writer.write();
    QVERIFY(m_files->wait(1000));
    QVERIFY(timer.elapsed() >= sync::Settling::quiet.count() - 1);
}

void FileWatchTest::writerThatNeverPauses_isToldInTheEnd()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    SlowWriter writer(path);
    QTimer steps;
    connect(&steps, &QTimer::timeout, this, [&] { writer.write(); });
    steps.start(10ms);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(m_files->wait(2000));
    QVERIFY2(timer.elapsed() < 2 * sync::Settling::longest.count(), qPrintable(QString::number(timer.elapsed())));
}

void FileWatchTest::permissions_areTold()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    QCOMPARE(chmod(name(path), 0), 0);
    expectTold(path);
    QCOMPARE(chmod(name(path), 0600), 0);
    expectTold(path);
    QCOMPARE(chmod(name(m_home->path(QStringLiteral(".tool"))), 0500), 0);
    expectTold(path);
    QCOMPARE(chmod(name(m_home->path(QStringLiteral(".tool"))), 0700), 0);
    expectTold(path);
}

void FileWatchTest::deletion_isTold()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    QVERIFY(QFile::remove(path));
    expectTold(path);
}

void FileWatchTest::recreation_isTold()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    QVERIFY(QFile::remove(path));
    expectTold(path);
    m_home->write(record, "{}");
    expectTold(path);
    replace(*m_home, record, "{\"n\":1}");
    expectTold(path);
}

void FileWatchTest::directoryDeletedAndMade_isWatchedAgain()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    for (int i = 0; i < 3; ++i) {
        QVERIFY(QDir(m_home->path(QStringLiteral(".tool"))).removeRecursively());
        expectTold(path);
        m_home->write(record, "{}");
        expectTold(path);
        replace(*m_home, record, "{\"n\":1}");
        expectTold(path);
    }
}

void FileWatchTest::directoryRenamedAway_isNotFollowed()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    const QString directory = m_home->path(QStringLiteral(".tool"));
    const QString away = m_home->path(QStringLiteral("away"));
    renameOver(directory, away);
    expectTold(path);
    m_home->write(QStringLiteral("away/auth.json"), "{\"n\":1}");
    QVERIFY(!m_files->wait(200));
    renameOver(away, directory);
    expectTold(path);
    replace(*m_home, record, "{\"n\":2}");
    expectTold(path);
}

void FileWatchTest::parentRenamedAway_isNoticed()
{
    const QString relative = QStringLiteral("a/b/c/auth.json");
    const QString path = m_home->write(relative, "{}");
    watch({path});
    renameOver(m_home->path(QStringLiteral("a")), m_home->path(QStringLiteral("away")));
    expectTold(path);
    m_home->write(relative, "{}");
    expectTold(path);
    replace(*m_home, relative, "{\"n\":2}");
    expectTold(path);
}

void FileWatchTest::parentReplacedByLink_isFollowed()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    renameOver(m_home->path(QStringLiteral(".tool")), m_home->path(QStringLiteral("dotfiles")));
    QVERIFY(QFile::link(m_home->path(QStringLiteral("dotfiles")), m_home->path(QStringLiteral(".tool"))));
    expectTold(path);
    replace(*m_home, QStringLiteral("dotfiles/auth.json"), "{\"n\":2}");
    expectTold(path);
}

void FileWatchTest::lateDirectory_isAwaited()
{
    const QString path = m_home->path(record);
    watch({path});
    m_home->write(record, "{}");
    expectTold(path);
    replace(*m_home, record, "{\"n\":1}");
    expectTold(path);
}

void FileWatchTest::lateDirectoryTree_isAwaited()
{
    const QString relative = QStringLiteral(".config/deep/deeper/deepest/auth.json");
    const QString path = m_home->path(relative);
    watch({path});
    // One level after the other, each seen before the next is made.
    const QStringList levels{QStringLiteral(".config"), QStringLiteral(".config/deep"),
                             QStringLiteral(".config/deep/deeper"), QStringLiteral(".config/deep/deeper/deepest")};
    for (const QString &level : levels) {
        QVERIFY(QDir().mkdir(m_home->path(level)));
        QCoreApplication::processEvents();
    }
    m_home->write(relative, "{}");
    expectTold(path);
    // And all at once.
    QVERIFY(QDir(m_home->path(QStringLiteral(".config"))).removeRecursively());
    expectTold(path);
    m_home->write(relative, "{}");
    expectTold(path);
    replace(*m_home, relative, "{\"n\":1}");
    expectTold(path);
}

void FileWatchTest::symlink_isWatchedAtItsTarget_data()
{
    QTest::addColumn<QString>("target");
    QTest::newRow("relative") << QStringLiteral("../dotfiles/auth.json");
    QTest::newRow("absolute") << QString();
}

void FileWatchTest::symlink_isWatchedAtItsTarget()
{
    QFETCH(QString, target);
    const QString real = m_home->write(QStringLiteral("dotfiles/auth.json"), "{}");
    QVERIFY(QDir().mkdir(m_home->path(QStringLiteral(".tool"))));
    const QString path = m_home->path(record);
    QVERIFY(QFile::link(target.isEmpty() ? real : target, path));
    watch({path});
    m_home->write(QStringLiteral("dotfiles/auth.json"), "{\"n\":1}");
    expectTold(path);
    for (int i = 0; i < 3; ++i) {
        replace(*m_home, QStringLiteral("dotfiles/auth.json"), "{\"n\":2}");
        expectTold(path);
    }
}

void FileWatchTest::symlinkedChain_isWatchedToItsEnd()
{
    m_home->write(QStringLiteral("c/real.json"), "{}");
    QVERIFY(QDir().mkdir(m_home->path(QStringLiteral("b"))));
    QVERIFY(QFile::link(QStringLiteral("../c/real.json"), m_home->path(QStringLiteral("b/link.json"))));
    const QString path = m_home->path(QStringLiteral("auth.json"));
    QVERIFY(QFile::link(QStringLiteral("b/link.json"), path));
    watch({path});
    replace(*m_home, QStringLiteral("c/real.json"), "{\"n\":1}");
    expectTold(path);
    QVERIFY(QFile::remove(m_home->path(QStringLiteral("b/link.json"))));
    expectTold(path);
    m_home->write(QStringLiteral("b/link.json"), "{}");
    expectTold(path);
}

void FileWatchTest::danglingSymlink_isAwaited()
{
    const QString path = m_home->path(QStringLiteral("auth.json"));
    QVERIFY(QFile::link(QStringLiteral("not/there/yet.json"), path));
    watch({path});
    m_home->write(QStringLiteral("not/there/yet.json"), "{}");
    expectTold(path);
    replace(*m_home, QStringLiteral("not/there/yet.json"), "{\"n\":1}");
    expectTold(path);
}

void FileWatchTest::renameOverTheSymlink_isTold()
{
    const QString real = m_home->write(QStringLiteral("dotfiles/auth.json"), "{}");
    QVERIFY(QDir().mkdir(m_home->path(QStringLiteral(".tool"))));
    const QString path = m_home->path(record);
    QVERIFY(QFile::link(real, path));
    watch({path});
    replace(*m_home, record, "{\"n\":1}"); // a plain file from here on
    expectTold(path);
    m_home->write(QStringLiteral("dotfiles/auth.json"), "{\"n\":2}");
    QVERIFY(!m_files->wait(200));
    replace(*m_home, record, "{\"n\":3}");
    expectTold(path);
}

void FileWatchTest::symlinkPointedElsewhere_isTold()
{
    const QString one = m_home->write(QStringLiteral("one/auth.json"), "{}");
    const QString two = m_home->write(QStringLiteral("two/auth.json"), "{}");
    const QString path = m_home->path(QStringLiteral("auth.json"));
    QVERIFY(QFile::link(one, path));
    watch({path});
    const QString next = m_home->path(QStringLiteral("next"));
    QVERIFY(QFile::link(two, next));
    renameOver(next, path);
    expectTold(path);
    replace(*m_home, QStringLiteral("two/auth.json"), "{\"n\":1}");
    expectTold(path);
}

void FileWatchTest::symlinkedDirectory_isWatched()
{
    m_home->write(QStringLiteral("dotfiles/auth.json"), "{}");
    QVERIFY(QFile::link(QStringLiteral("dotfiles"), m_home->path(QStringLiteral(".tool"))));
    const QString path = m_home->path(record);
    watch({path});
    replace(*m_home, QStringLiteral("dotfiles/auth.json"), "{\"n\":1}");
    expectTold(path);
    QVERIFY(QDir(m_home->path(QStringLiteral("dotfiles"))).removeRecursively());
    expectTold(path);
    m_home->write(QStringLiteral("dotfiles/auth.json"), "{}");
    expectTold(path);
}

void FileWatchTest::symlinkedDirectoryPointedElsewhere_isTold()
{
    m_home->write(QStringLiteral("one/auth.json"), "{}");
    m_home->write(QStringLiteral("two/auth.json"), "{}");
    const QString link = m_home->path(QStringLiteral(".tool"));
    QVERIFY(QFile::link(QStringLiteral("one"), link));
    const QString path = m_home->path(record);
    watch({path});
    const QString next = m_home->path(QStringLiteral("next"));
    QVERIFY(QFile::link(QStringLiteral("two"), next));
    renameOver(next, link);
    expectTold(path);
    replace(*m_home, QStringLiteral("two/auth.json"), "{\"n\":1}");
    expectTold(path);
    m_home->write(QStringLiteral("one/auth.json"), "{\"n\":2}");
    QVERIFY(!m_files->wait(200));
}

void FileWatchTest::symlinkLoop_isHarmless()
{
    const QString path = m_home->path(QStringLiteral("a/auth.json"));
    QVERIFY(QFile::link(QStringLiteral("b"), m_home->path(QStringLiteral("a"))));
    QVERIFY(QFile::link(QStringLiteral("a"), m_home->path(QStringLiteral("b"))));
    const QString self = m_home->path(QStringLiteral("self.json"));
    QVERIFY(QFile::link(QStringLiteral("self.json"), self));
    watch({path, self});
    QVERIFY(QFile::remove(self));
    m_home->write(QStringLiteral("self.json"), "{}");
    expectTold(self);
    QVERIFY(QFile::remove(m_home->path(QStringLiteral("a"))));
    m_home->write(QStringLiteral("a/auth.json"), "{}");
    expectTold(path);
}

void FileWatchTest::otherFiles_areNotTold()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    m_home->write(QStringLiteral(".tool/history.jsonl"), "{}");
    m_home->write(QStringLiteral("elsewhere.txt"), "x");
    QVERIFY(!m_files->wait(200));
    QVERIFY(m_directories->isEmpty());
}

void FileWatchTest::unwatchedFile_isNotToldAnyMore()
{
    const QString path = m_home->write(record, "{}");
    const QString other = m_home->write(QStringLiteral(".tool/other.json"), "{}");
    watch({path, other});
    watch({other});
    m_home->write(record, "{\"n\":1}");
    m_home->write(QStringLiteral(".tool/other.json"), "{\"n\":1}");
    expectTold(other);
    QVERIFY(!toldFiles().contains(path));
    watch({});
    m_home->write(QStringLiteral(".tool/other.json"), "{\"n\":2}");
    QVERIFY(!m_files->wait(200));
}

void FileWatchTest::oneBatch_tellsOnce()
{
    const QString path = m_home->write(record, "{}");
    watch({path});
    for (int i = 0; i < 50; ++i)
        replace(*m_home, record, QByteArray::number(i));
    QVERIFY(m_files->wait(1000));
    QVERIFY(!m_files->wait(200));
    QCOMPARE(m_files->size(), 1);
}

void FileWatchTest::newFile_changesItsDirectory()
{
    const QString directory = m_home->path(QStringLiteral(".tool"));
    const QString path = m_home->write(record, "{}");
    watch({path}, {directory});
    m_home->write(QStringLiteral(".tool/second.json"), "{}");
    QVERIFY(m_directories->wait(1000));
    QCOMPARE(m_directories->front().front().toString(), directory);
    QVERIFY(toldFiles().isEmpty());
}

void FileWatchTest::vanishedFile_changesItsDirectory()
{
    const QString directory = m_home->path(QStringLiteral(".tool"));
    const QString path = m_home->write(record, "{}");
    watch({}, {directory});
    QVERIFY(QFile::remove(path));
    QVERIFY(m_directories->wait(1000));
}

void FileWatchTest::lateWantedDirectory_isTold()
{
    const QString directory = m_home->path(QStringLiteral("a/b/c"));
    watch({}, {directory});
    m_home->write(QStringLiteral("a/b/c/first.json"), "{}");
    QVERIFY(m_directories->wait(1000));
    QCOMPARE(m_directories->back().front().toString(), directory);
    m_directories->clear();
    m_home->write(QStringLiteral("a/b/c/second.json"), "{}");
    QVERIFY(m_directories->wait(1000));
}

// Else every careful write would have its tool located anew.
void FileWatchTest::temporaryFile_changesNoDirectory()
{
    const QString path = m_home->write(record, "{}");
    watch({path}, {m_home->path(QStringLiteral(".tool"))});
    for (int i = 0; i < 5; ++i) {
        replace(*m_home, record, QByteArray::number(i));
        expectTold(path);
    }
    QVERIFY(!m_directories->wait(300));
}

void FileWatchTest::overflow_tellsEverything()
{
    QFile limit(QStringLiteral("/proc/sys/fs/inotify/max_queued_events"));
    QVERIFY(limit.open(QIODevice::ReadOnly));
    const int queue = limit.readAll().trimmed().toInt();
    if (queue > 100000)
        QSKIP("the queue of events is too long to fill it here");
    const QString path = m_home->write(record, "{}");
    watch({path});
    // Two names in turn: the kernel joins equal neighbours.
    const QString one = m_home->path(QStringLiteral(".tool/one"));
    const QString two = m_home->path(QStringLiteral(".tool/two"));
    m_home->write(QStringLiteral(".tool/one"), "x");
    for (int i = 0; i <= queue / 2; ++i) {
        renameOver(one, two);
        renameOver(two, one);
    }
    QVERIFY(m_everything->wait(5000));
    replace(*m_home, record, "{\"n\":1}");
    expectTold(path);
}

void FileWatchTest::tenThousandFiles_areOneWatch()
{
    QSet<QString> files;
    for (int i = 0; i < 10'000; ++i)
        files.insert(m_home->path(QStringLiteral("cache/%1.json").arg(i)));
    const QString path = m_home->write(QStringLiteral("cache/5000.json"), "{}");
    QElapsedTimer timer;
    timer.start();
    watch(files, {m_home->path(QStringLiteral("cache"))});
    qInfo("10,000 files watched in %lld ms", timer.elapsed());
    const QDir descriptors(QStringLiteral("/proc/self/fdinfo"));
    int watches = 0;
    for (const QString &entry : descriptors.entryList(QDir::Files)) {
        QFile facts(descriptors.filePath(entry));
        if (facts.open(QIODevice::ReadOnly))
            watches += static_cast<int>(facts.readAll().count("inotify wd:"));
    }
    QVERIFY2(watches <= 3, qPrintable(QString::number(watches)));
    timer.start();
    replace(*m_home, QStringLiteral("cache/5000.json"), "{\"n\":1}");
    QVERIFY(m_files->wait(1000));
    QCOMPARE(toldFiles(), QSet<QString>{path});
}

// Runs one test of this program again where the kernel's limit is lower, which a user namespace allows without rights.
void FileWatchTest::inNamespace(const char *test, const QString &limit)
{
    QProcess unshare;
    unshare.start(QStringLiteral("unshare"), {QStringLiteral("-Ur"), QStringLiteral("true")});
    if (!unshare.waitForStarted() || !unshare.waitForFinished() || unshare.exitCode() != 0)
        QSKIP("this machine allows no user namespace (unshare -Ur)");
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("KEYTENDER_TEST_LIMITED"), QStringLiteral("1"));
    unshare.setProcessEnvironment(environment);
    unshare.setProcessChannelMode(QProcess::MergedChannels);
    unshare.start(QStringLiteral("unshare"), {QStringLiteral("-Ur"), QStringLiteral("sh"), QStringLiteral("-c"),
                                              QStringLiteral("echo %1 && exec \"$0\" \"$1\"").arg(limit),
                                              QCoreApplication::applicationFilePath(), QString::fromLatin1(test)});
    QVERIFY(unshare.waitForFinished(20000));
    const QByteArray output = unshare.readAll();
    QVERIFY2(unshare.exitCode() == 0, output.constData());
    QVERIFY2(output.contains("PASS   : FileWatchTest::" + QByteArray(test)), output.constData());
}

void FileWatchTest::watchesUsedUp_isSaidAndTheRestWorks()
{
    if (!qEnvironmentVariableIsSet("KEYTENDER_TEST_LIMITED"))
        return inNamespace("watchesUsedUp_isSaidAndTheRestWorks",
                           QStringLiteral("3 > /proc/sys/user/max_inotify_watches"));
    const QString first = m_home->write(QStringLiteral("a/auth.json"), "{}");
    watch({first}); // the home and a
    QSet<QString> files{first};
    for (const QString &directory : {QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")})
        files.insert(m_home->write(directory + QStringLiteral("/auth.json"), "{}"));
    QSignalSpy unreliable(m_watch.get(), &FileWatch::unreliabilityChanged);
    m_watch->watch(files, {});
    QVERIFY2(m_watch->unreliability().contains(QStringLiteral("fs.inotify.max_user_watches")),
             qPrintable(m_watch->unreliability()));
    QCOMPARE(unreliable.size(), 1);
    replace(*m_home, QStringLiteral("a/auth.json"), "{\"n\":1}");
    expectTold(first);

    m_watch->watch({first}, {});
    m_watch->rearm();
    QCOMPARE(m_watch->unreliability(), QString());
    QCOMPARE(unreliable.size(), 2);
}

void FileWatchTest::instancesUsedUp_isSaid()
{
    if (!qEnvironmentVariableIsSet("KEYTENDER_TEST_LIMITED"))
        return inNamespace("instancesUsedUp_isSaid", QStringLiteral("1 > /proc/sys/user/max_inotify_instances"));
    const QString path = m_home->write(record, "{}");
    FileWatch late;
    late.watch({path}, {});
    QVERIFY2(late.unreliability().contains(QStringLiteral("fs.inotify.max_user_instances")),
             qPrintable(late.unreliability()));
    m_watch.reset(); // frees one
    late.rearm();
    QCOMPARE(late.unreliability(), QString());
    QSignalSpy told(&late, &FileWatch::fileChanged);
    replace(*m_home, record, "{\"n\":1}");
    QVERIFY(told.wait(1000));
}

QTEST_GUILESS_MAIN(FileWatchTest)
#include "filewatch.moc"
