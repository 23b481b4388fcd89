// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <atomic>
#include <memory>
#include <thread>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/durablefile.h"

using namespace keytender::base;

namespace {

constexpr uid_t nobody = 65534;

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    QCOMPARE(chmod(QFile::encodeName(path).constData(), 0600), 0);
}

ReadLimits mine()
{
    return {.bytes = 8u << 20, .owner = geteuid()};
}

QByteArray contentOf(const Result<FileContent> &content)
{
    return content ? QByteArray(content->bytes.expose().data(), static_cast<qsizetype>(content->bytes.size()))
                   : describe(content.error()).toUtf8();
}

} // namespace

class ReadFileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(initializeCrypto()); }
    void init();
    void cleanup() { m_home.reset(); }

    void plainFile_isReadWithItsFacts();
    void emptyFile_isAnAnswer();
    void missingFile_isNotFound_data();
    void missingFile_isNotFound();
    void link_isFollowed_data();
    void link_isFollowed();
    void danglingLink_isNotFound();
    void linkLoop_isRefused();
    void foreignLink_isRefused_data();
    void foreignLink_isRefused();
    void directoryThatBecomesAForeignLink_isNotFollowed();
    void linkOfRoot_isFollowed();
    void directory_isNoFile();
    void pipe_isNoFileAndDoesNotWait();
    void socket_isNoFile();
    void device_isNoFile();
    void foreignFile_isRefused();
    void hardLinkedFile_isRefused();
    void mode_decides_data();
    void mode_decides();
    void worldWritableDirectory_isRefused();
    void stickyDirectory_isFine();
    void unreadableFile_isDenied();
    void tooLargeFile_isRefused();
    void relativePath_isRefused();
    void inspectFile_refusesAsReadingDoes();
    void errors_nameFileAndCure();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_home->filePath(name); }
    [[nodiscard]] QByteArray raw(const QString &name) const { return QFile::encodeName(at(name)); }
    void refuses(const QString &path, ErrorKind kind) const;

    std::unique_ptr<QTemporaryDir> m_home;
};

void ReadFileTest::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(m_home->isValid());
}

void ReadFileTest::refuses(const QString &path, ErrorKind kind) const
{
    const auto content = readFile(path, mine());
    QVERIFY2(!content, "was read");
    QVERIFY2(content.error().kind == kind, qPrintable(describe(content.error())));
    QCOMPARE(content.error().subject, path);
    const auto facts = inspectFile(path, geteuid());
    QVERIFY2(!facts, "was inspected");
    QCOMPARE(facts.error(), content.error());
}

void ReadFileTest::plainFile_isReadWithItsFacts()
{
    const QString path = at(QStringLiteral("a"));
    put(path, "content");
    struct stat status {};
    QCOMPARE(stat(QFile::encodeName(path).constData(), &status), 0);
    const auto content = readFile(path, mine());
    QCOMPARE(contentOf(content), QByteArray("content"));
    const FileFacts &facts = content->facts;
    QCOMPARE(facts.path, path);
    QCOMPARE(facts.resolvedPath, path);
    QCOMPARE(facts.inode, std::uint64_t(status.st_ino));
    QCOMPARE(facts.device, std::uint64_t(status.st_dev));
    QCOMPARE(facts.size, std::int64_t(7));
    QCOMPARE(facts.mode, mode_t(0600));
    QCOMPARE(facts.owner, geteuid());
    QCOMPARE(std::chrono::floor<std::chrono::seconds>(facts.modified.time_since_epoch()).count(),
             status.st_mtim.tv_sec);
    QVERIFY(!facts.isReadableByOthers());
    QVERIFY(*inspectFile(path, geteuid()) == facts);
}

void ReadFileTest::emptyFile_isAnAnswer()
{
    put(at(QStringLiteral("a")), {});
    const auto content = readFile(at(QStringLiteral("a")), mine());
    QVERIFY(content);
    QVERIFY(content->bytes.isEmpty());
}

void ReadFileTest::missingFile_isNotFound_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("file") << QStringLiteral("none");
    QTest::newRow("directory") << QStringLiteral("none/file");
    QTest::newRow("in a file") << QStringLiteral("a/file");
}

void ReadFileTest::missingFile_isNotFound()
{
    QFETCH(const QString, name);
    put(at(QStringLiteral("a")), "x");
    refuses(at(name), ErrorKind::NotFound);
}

void ReadFileTest::link_isFollowed_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const char *link, const char *target, const char *path) {
        QTest::newRow(name) << QString::fromLatin1(link) << QString::fromLatin1(target) << QString::fromLatin1(path);
    };
    row("relative", "link", "real/file", "link");
    row("absolute", "link", "@/real/file", "link");
    row("to a directory", "link", "real", "link/file");
    row("with dots", "link", "./real/../real//file", "link");
    row("up from below", "real/link", "../real/file", "real/link");
    row("dots behind a linked directory", "link", "real", "link/../real/file");
    row("through a second link", "link", "second", "link");
}

void ReadFileTest::link_isFollowed()
{
    QFETCH(const QString, link);
    QFETCH(QString, target);
    QFETCH(const QString, path);
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral("real")));
    put(at(QStringLiteral("real/file")), "content");
    QVERIFY(symlink("real/file", raw(QStringLiteral("second")).constData()) == 0);
    target.replace(u'@', m_home->path());
    QVERIFY(symlink(QFile::encodeName(target).constData(), raw(link).constData()) == 0);
    const auto content = readFile(at(path), mine());
    QCOMPARE(contentOf(content), QByteArray("content"));
    QCOMPARE(content->facts.path, at(path));
    QCOMPARE(content->facts.resolvedPath, at(QStringLiteral("real/file")));
}

void ReadFileTest::danglingLink_isNotFound()
{
    QVERIFY(symlink("nowhere", raw(QStringLiteral("a")).constData()) == 0);
    refuses(at(QStringLiteral("a")), ErrorKind::NotFound);
}

void ReadFileTest::linkLoop_isRefused()
{
    QVERIFY(symlink("b", raw(QStringLiteral("a")).constData()) == 0);
    QVERIFY(symlink("a", raw(QStringLiteral("b")).constData()) == 0);
    refuses(at(QStringLiteral("a")), ErrorKind::SymlinkLoop);
    QVERIFY(symlink(".", raw(QStringLiteral("here")).constData()) == 0);
    put(at(QStringLiteral("file")), "content");
    QCOMPARE(contentOf(readFile(at(QStringLiteral("here/").repeated(30) + QStringLiteral("file")), mine())),
             QByteArray("content"));
    refuses(at(QStringLiteral("here/").repeated(41) + QStringLiteral("file")), ErrorKind::SymlinkLoop);
}

void ReadFileTest::foreignLink_isRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("last") << QStringLiteral("link");
    QTest::newRow("second of two") << QStringLiteral("mine");
    QTest::newRow("a directory on the way") << QStringLiteral("directory/file");
}

void ReadFileTest::foreignLink_isRefused()
{
    if (geteuid() != 0)
        QSKIP("only root can give a link away");
    QFETCH(const QString, path);
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral("real")));
    put(at(QStringLiteral("real/file")), "content");
    QVERIFY(symlink("real/file", raw(QStringLiteral("link")).constData()) == 0);
    QVERIFY(symlink("link", raw(QStringLiteral("mine")).constData()) == 0);
    QVERIFY(symlink("real", raw(QStringLiteral("directory")).constData()) == 0);
    QCOMPARE(lchown(raw(QStringLiteral("link")).constData(), nobody, nobody), 0);
    QCOMPARE(lchown(raw(QStringLiteral("directory")).constData(), nobody, nobody), 0);
    refuses(at(path), ErrorKind::ForeignOwner);
}

// Exchanged over and over while it is on the way: what a stranger's link leads to is never read.
void ReadFileTest::directoryThatBecomesAForeignLink_isNotFollowed()
{
    if (geteuid() != 0)
        QSKIP("only root can give a link away");
    const QDir home(m_home->path());
    QVERIFY(home.mkdir(QStringLiteral("way")) && home.mkdir(QStringLiteral("theirs")));
    put(at(QStringLiteral("way/file")), "ours");
    put(at(QStringLiteral("theirs/file")), "theirs");
    QVERIFY(symlink("theirs", raw(QStringLiteral("link")).constData()) == 0);
    QCOMPARE(lchown(raw(QStringLiteral("link")).constData(), nobody, nobody), 0);
    std::atomic_bool isOver = false;
    std::thread stranger([&isOver, way = raw(QStringLiteral("way")), link = raw(QStringLiteral("link"))] {
        while (!isOver)
            renameat2(AT_FDCWD, way.constData(), AT_FDCWD, link.constData(), RENAME_EXCHANGE);
    });
    int theirs = 0;
    QElapsedTimer time;
    for (time.start(); time.elapsed() < 300;) {
        const auto content = readFile(at(QStringLiteral("way/file")), {.bytes = 100, .owner = geteuid()});
        theirs += content && content->bytes.expose() == "theirs" ? 1 : 0;
    }
    isOver = true;
    stranger.join();
    QCOMPARE(theirs, 0);
}

void ReadFileTest::linkOfRoot_isFollowed()
{
    if (geteuid() != 0)
        QSKIP("only root can make it");
    put(at(QStringLiteral("file")), "content");
    QCOMPARE(chown(raw(QStringLiteral("file")).constData(), nobody, nobody), 0);
    QVERIFY(symlink("file", raw(QStringLiteral("link")).constData()) == 0);
    QCOMPARE(contentOf(readFile(at(QStringLiteral("link")), {.bytes = 100, .owner = nobody})), QByteArray("content"));
}

void ReadFileTest::directory_isNoFile()
{
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral("a")));
    refuses(at(QStringLiteral("a")), ErrorKind::NotAFile);
    refuses(QStringLiteral("/"), ErrorKind::NotAFile);
    refuses(at(QStringLiteral("a/..")), ErrorKind::NotAFile);
}

void ReadFileTest::pipe_isNoFileAndDoesNotWait()
{
    QCOMPARE(mkfifo(raw(QStringLiteral("a")).constData(), 0600), 0);
    QElapsedTimer timer;
    timer.start();
    refuses(at(QStringLiteral("a")), ErrorKind::NotAFile);
    QVERIFY(timer.elapsed() < 1000);
}

void ReadFileTest::socket_isNoFile()
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray path = raw(QStringLiteral("a"));
    QVERIFY(std::size_t(path.size()) < sizeof address.sun_path);
    qstrncpy(address.sun_path, path.constData(), sizeof address.sun_path);
    const int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    QCOMPARE(bind(listening, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    refuses(at(QStringLiteral("a")), ErrorKind::NotAFile);
    close(listening);
}

void ReadFileTest::device_isNoFile()
{
    refuses(QStringLiteral("/dev/zero"), ErrorKind::NotAFile);
}

void ReadFileTest::foreignFile_isRefused()
{
    if (geteuid() != 0)
        QSKIP("only root can give a file away");
    put(at(QStringLiteral("a")), "x");
    QCOMPARE(chown(raw(QStringLiteral("a")).constData(), nobody, nobody), 0);
    refuses(at(QStringLiteral("a")), ErrorKind::ForeignOwner);
}

void ReadFileTest::hardLinkedFile_isRefused()
{
    put(at(QStringLiteral("a")), "x");
    QCOMPARE(link(raw(QStringLiteral("a")).constData(), raw(QStringLiteral("b")).constData()), 0);
    refuses(at(QStringLiteral("a")), ErrorKind::Unsafe);
}

void ReadFileTest::mode_decides_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("0600") << 0600 << true;
    QTest::newRow("0644, as gh once wrote") << 0644 << true;
    QTest::newRow("0664, where each user has a group") << 0664 << true;
    QTest::newRow("0400") << 0400 << true;
    QTest::newRow("0602") << 0602 << false;
    QTest::newRow("0666") << 0666 << false;
}

void ReadFileTest::mode_decides()
{
    QFETCH(const int, mode);
    QFETCH(const bool, isRead);
    put(at(QStringLiteral("a")), "x");
    QCOMPARE(chmod(raw(QStringLiteral("a")).constData(), mode_t(mode)), 0);
    if (!isRead)
        return refuses(at(QStringLiteral("a")), ErrorKind::Unsafe);
    const auto content = readFile(at(QStringLiteral("a")), mine());
    QCOMPARE(contentOf(content), QByteArray("x"));
    QCOMPARE(content->facts.mode, mode_t(mode));
    QCOMPARE(content->facts.isReadableByOthers(), (mode & 077) != 0);
}

void ReadFileTest::worldWritableDirectory_isRefused()
{
    QVERIFY(QDir(m_home->path()).mkpath(QStringLiteral("open/inner")));
    put(at(QStringLiteral("open/inner/a")), "x");
    QCOMPARE(chmod(raw(QStringLiteral("open")).constData(), 0777), 0);
    refuses(at(QStringLiteral("open/inner/a")), ErrorKind::Unsafe);
    const auto content = readFile(at(QStringLiteral("open/inner/a")), mine());
    QVERIFY(content.error().detail.contains(at(QStringLiteral("open"))));
}

void ReadFileTest::stickyDirectory_isFine()
{
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral("open")));
    put(at(QStringLiteral("open/a")), "x");
    QCOMPARE(chmod(raw(QStringLiteral("open")).constData(), 01777), 0);
    QCOMPARE(contentOf(readFile(at(QStringLiteral("open/a")), mine())), QByteArray("x"));
}

void ReadFileTest::unreadableFile_isDenied()
{
    if (geteuid() != 0)
        QSKIP("needs to become somebody else");
    put(at(QStringLiteral("a")), "x");
    QCOMPARE(chmod(raw(QStringLiteral("a")).constData(), 0000), 0);
    QCOMPARE(chown(raw(QStringLiteral("a")).constData(), nobody, nobody), 0);
    QCOMPARE(chmod(QFile::encodeName(m_home->path()).constData(), 0711), 0);
    QCOMPARE(seteuid(nobody), 0);
    const auto content = readFile(at(QStringLiteral("a")), mine());
    const auto hidden = readFile(QStringLiteral("/root/none"), mine());
    QCOMPARE(seteuid(0), 0);
    QVERIFY(!content);
    QCOMPARE(content.error().kind, ErrorKind::PermissionDenied);
    QVERIFY(!hidden);
    QVERIFY(hidden.error().kind == ErrorKind::PermissionDenied || hidden.error().kind == ErrorKind::NotFound);
}

void ReadFileTest::tooLargeFile_isRefused()
{
    put(at(QStringLiteral("a")), QByteArray(10 << 20, 'x'));
    const auto content = readFile(at(QStringLiteral("a")), mine());
    QVERIFY(!content);
    QCOMPARE(content.error().kind, ErrorKind::TooLarge);
    const auto whole = readFile(at(QStringLiteral("a")), {.bytes = 10u << 20, .owner = geteuid()});
    QVERIFY(whole);
    QCOMPARE(whole->bytes.size(), std::size_t(10u << 20));
}

void ReadFileTest::relativePath_isRefused()
{
    refuses(QStringLiteral("a"), ErrorKind::NotFound);
    refuses({}, ErrorKind::NotFound);
}

void ReadFileTest::inspectFile_refusesAsReadingDoes()
{
    put(at(QStringLiteral("a")), QByteArray(100, 'x'));
    const auto facts = inspectFile(at(QStringLiteral("a")), geteuid());
    QVERIFY(facts);
    QCOMPARE(facts->size, std::int64_t(100));
    if (geteuid() == 0)
        QVERIFY(!inspectFile(at(QStringLiteral("a")), nobody));
}

void ReadFileTest::errors_nameFileAndCure()
{
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral("a")));
    const auto content = readFile(at(QStringLiteral("a")), mine());
    QVERIFY(!content);
    QCOMPARE(describe(content.error()),
             at(QStringLiteral("a")) + QStringLiteral(": is a directory, not a file. ") + cureFor(ErrorKind::NotAFile));
}

QTEST_GUILESS_MAIN(ReadFileTest)
#include "readfile.moc"
