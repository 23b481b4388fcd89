// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/durablefile.h"

#include <csignal>
#include <memory>

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace keytender::base;

namespace {

mode_t modeOf(const QString &path)
{
    struct stat status {};
    return lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(unreadable)");
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QStringList entriesOf(const QString &directory)
{
    return QDir(directory).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

// Another umask for as long as it lives.
class Umask final {
public:
    explicit Umask(mode_t mask) : m_before(umask(mask)) {}
    ~Umask() { umask(m_before); }
    Q_DISABLE_COPY_MOVE(Umask)

private:
    mode_t m_before;
};

constexpr uid_t nobody = 65534;

} // namespace

class DurableFileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(initializeCrypto()); }
    void init();
    void cleanup() { m_home.reset(); }

    void write_newFile_isPrivateUnderAnyUmask_data();
    void write_newFile_isPrivateUnderAnyUmask();
    void write_existingFile_isReplacedByAnotherInode();
    void write_widerFile_becomesPrivate();
    void write_afterItsDirectoryWasReplaced_goesToTheOneThatStandsThere();
    void write_toANameThatBecameALink_followsIt();
    void write_throughLink_replacesTheTargetAndKeepsTheLink();
    void write_throughForeignLink_isRefused();
    void write_overDirectory_isRefusedAndLeavesNothing();
    void write_overForeignFile_isRefused();
    void write_beyondTheSizeLimit_keepsTheOldFileAndLeavesNothing();
    void write_intoMissingDirectory_saysSo();
    void write_tenMegabytes_arrivesWhole();
    void write_nothing_makesAnEmptyFile();
    void prepareDirectory_missing_isMadePrivateWithItsParents_data();
    void prepareDirectory_missing_isMadePrivateWithItsParents();
    void prepareDirectory_wider_isTightenedWithOneWarning();
    void prepareDirectory_foreign_isRefused();
    void prepareDirectory_onAFile_isRefused();
    void remove_file_isGone();
    void remove_missing_isFine();
    void sweepLeftovers_removesOnlyOurOwnNames();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_home->filePath(name); }
    [[nodiscard]] DurableFile files() { return DurableFile(m_home->path(), m_random); }

    std::unique_ptr<QTemporaryDir> m_home;
    SystemRandom m_random;
};

void DurableFileTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(m_home->isValid());
}

void DurableFileTest::write_newFile_isPrivateUnderAnyUmask_data()
{
    QTest::addColumn<int>("mask");
    for (const int mask : {0, 022, 077, 0777})
        QTest::addRow("%03o", static_cast<unsigned>(mask)) << mask;
}

void DurableFileTest::write_newFile_isPrivateUnderAnyUmask()
{
    QFETCH(const int, mask);
    const Umask umask(static_cast<mode_t>(mask));
    QVERIFY(files().write(QStringLiteral("a"), "content"));
    QCOMPARE(modeOf(at(QStringLiteral("a"))), mode_t(0600));
    QCOMPARE(contentOf(at(QStringLiteral("a"))), QByteArray("content"));
    QCOMPARE(entriesOf(m_home->path()), QStringList{QStringLiteral("a")});
}

void DurableFileTest::write_existingFile_isReplacedByAnotherInode()
{
    put(at(QStringLiteral("a")), "old and longer");
    QFile before(at(QStringLiteral("a")));
    QVERIFY(before.open(QIODevice::ReadOnly));
    QVERIFY(files().write(QStringLiteral("a"), "new"));
    QCOMPARE(contentOf(at(QStringLiteral("a"))), QByteArray("new"));
    QCOMPARE(before.readAll(), QByteArray("old and longer")); // whoever had it open never sees a half
}

void DurableFileTest::write_widerFile_becomesPrivate()
{
    put(at(QStringLiteral("a")), "old");
    QCOMPARE(chmod(QFile::encodeName(at(QStringLiteral("a"))).constData(), 0644), 0);
    QVERIFY(files().write(QStringLiteral("a"), "new"));
    QCOMPARE(modeOf(at(QStringLiteral("a"))), mode_t(0600));
}

void DurableFileTest::write_throughLink_replacesTheTargetAndKeepsTheLink()
{
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral("elsewhere")));
    put(at(QStringLiteral("elsewhere/target")), "old");
    QVERIFY(QFile::link(QStringLiteral("elsewhere/target"), at(QStringLiteral("a"))));
    QVERIFY(files().write(QStringLiteral("a"), "new"));
    QCOMPARE(contentOf(at(QStringLiteral("elsewhere/target"))), QByteArray("new"));
    QCOMPARE(QFile::symLinkTarget(at(QStringLiteral("a"))), at(QStringLiteral("elsewhere/target")));
    QCOMPARE(entriesOf(at(QStringLiteral("elsewhere"))), QStringList{QStringLiteral("target")});
}

void DurableFileTest::write_throughForeignLink_isRefused()
{
    if (geteuid() != 0)
        QSKIP("only root can give a link away");
    put(at(QStringLiteral("target")), "old");
    QVERIFY(QFile::link(at(QStringLiteral("target")), at(QStringLiteral("a"))));
    QCOMPARE(lchown(QFile::encodeName(at(QStringLiteral("a"))).constData(), nobody, nobody), 0);
    const auto written = files().write(QStringLiteral("a"), "new");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::ForeignOwner);
    QCOMPARE(contentOf(at(QStringLiteral("target"))), QByteArray("old"));
}

void DurableFileTest::write_overDirectory_isRefusedAndLeavesNothing()
{
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral("a")));
    const auto written = files().write(QStringLiteral("a"), "new");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::NotAFile);
    QCOMPARE(written.error().subject, at(QStringLiteral("a")));
    QCOMPARE(entriesOf(m_home->path()), QStringList{QStringLiteral("a")});
}

void DurableFileTest::write_overForeignFile_isRefused()
{
    if (geteuid() != 0)
        QSKIP("only root can give a file away");
    put(at(QStringLiteral("a")), "old");
    QCOMPARE(chown(QFile::encodeName(at(QStringLiteral("a"))).constData(), nobody, nobody), 0);
    const auto written = files().write(QStringLiteral("a"), "new");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::ForeignOwner);
    QCOMPARE(contentOf(at(QStringLiteral("a"))), QByteArray("old"));
}

void DurableFileTest::write_beyondTheSizeLimit_keepsTheOldFileAndLeavesNothing()
{
    QVERIFY(files().write(QStringLiteral("a"), "old"));
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{4096, before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto written = files().write(QStringLiteral("a"), std::string(10000, 'x'));
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::TooLarge);
    QCOMPARE(contentOf(at(QStringLiteral("a"))), QByteArray("old"));
    QCOMPARE(entriesOf(m_home->path()), QStringList{QStringLiteral("a")});
}

void DurableFileTest::write_intoMissingDirectory_saysSo()
{
    const auto written = DurableFile(at(QStringLiteral("none")), m_random).write(QStringLiteral("a"), "new");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::NotFound);
    QCOMPARE(written.error().subject, at(QStringLiteral("none/a")));
}

void DurableFileTest::write_tenMegabytes_arrivesWhole()
{
    std::string bytes(10 << 20, 'x');
    for (std::size_t i = 0; i < bytes.size(); i += 4096)
        bytes[i] = static_cast<char>('a' + i / 4096 % 26);
    QVERIFY(files().write(QStringLiteral("a"), bytes));
    QCOMPARE(contentOf(at(QStringLiteral("a"))).toStdString(), bytes);
}

void DurableFileTest::write_nothing_makesAnEmptyFile()
{
    QVERIFY(files().write(QStringLiteral("a"), {}));
    QCOMPARE(contentOf(at(QStringLiteral("a"))), QByteArray());
}

void DurableFileTest::prepareDirectory_missing_isMadePrivateWithItsParents_data()
{
    write_newFile_isPrivateUnderAnyUmask_data();
}

void DurableFileTest::prepareDirectory_missing_isMadePrivateWithItsParents()
{
    QFETCH(const int, mask);
    if (mask == 0777 && geteuid() != 0)
        QSKIP("nobody but root can work in a directory without rights");
    const Umask umask(static_cast<mode_t>(mask));
    const DurableFile files(at(QStringLiteral("one/two/three")), m_random);
    QVERIFY(files.prepareDirectory());
    QCOMPARE(modeOf(at(QStringLiteral("one/two/three"))), mode_t(0700));
    QCOMPARE(modeOf(at(QStringLiteral("one/two"))) & 077, mode_t(0));
    QCOMPARE(modeOf(at(QStringLiteral("one"))) & 077, mode_t(0));
    QVERIFY(files.prepareDirectory()); // twice is fine
}

void DurableFileTest::prepareDirectory_wider_isTightenedWithOneWarning()
{
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral("wide")));
    QCOMPARE(chmod(QFile::encodeName(at(QStringLiteral("wide"))).constData(), 0755), 0);
    const DurableFile files(at(QStringLiteral("wide")), m_random);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("wide was open to others")));
    QVERIFY(files.prepareDirectory());
    QCOMPARE(modeOf(at(QStringLiteral("wide"))), mode_t(0700));
    QVERIFY(files.prepareDirectory());
}

void DurableFileTest::prepareDirectory_foreign_isRefused()
{
    if (geteuid() != 0)
        QSKIP("only root can give a directory away");
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral("theirs")));
    QCOMPARE(chown(QFile::encodeName(at(QStringLiteral("theirs"))).constData(), nobody, nobody), 0);
    const auto prepared = DurableFile(at(QStringLiteral("theirs")), m_random).prepareDirectory();
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().kind, ErrorKind::ForeignOwner);
}

void DurableFileTest::prepareDirectory_onAFile_isRefused()
{
    put(at(QStringLiteral("file")), "x");
    const auto prepared = DurableFile(at(QStringLiteral("file")), m_random).prepareDirectory();
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().kind, ErrorKind::NotAFile);
}

void DurableFileTest::remove_file_isGone()
{
    QVERIFY(files().write(QStringLiteral("a"), "x"));
    QVERIFY(files().remove(QStringLiteral("a")));
    QCOMPARE(entriesOf(m_home->path()), QStringList());
}

void DurableFileTest::remove_missing_isFine()
{
    QVERIFY(files().remove(QStringLiteral("a")));
    QVERIFY(DurableFile(at(QStringLiteral("none")), m_random).remove(QStringLiteral("a")));
}

void DurableFileTest::sweepLeftovers_removesOnlyOurOwnNames()
{
    const QStringList kept{QStringLiteral(".keytender-.tmp"),
                           QStringLiteral(".keytender-0123456789ABCDEF0123456789ABCDEF.tmp"),
                           QStringLiteral(".keytender-0123456789abcdef0123456789abcdef.tmp.old"),
                           QStringLiteral(".keytender-0123456789abcdef0123456789abcdeg.tmp"),
                           QStringLiteral("a"),
                           QStringLiteral("notes.tmp")};
    for (const QString &name : kept)
        put(at(name), "kept");
    put(at(QStringLiteral(".keytender-0123456789abcdef0123456789abcdef.tmp")), "secret");
    files().sweepLeftovers();
    QStringList left = entriesOf(m_home->path());
    left.sort();
    QCOMPARE(left, kept);
}

// The way to the directory is not walked again for each write: only as long as it leads to the same one.
void DurableFileTest::write_afterItsDirectoryWasReplaced_goesToTheOneThatStandsThere()
{
    QVERIFY(QDir().mkpath(at(QStringLiteral("kept"))));
    const DurableFile file(at(QStringLiteral("kept")), m_random);
    QVERIFY(file.write(QStringLiteral("token"), "first"));
    QVERIFY(file.write(QStringLiteral("token"), "second"));

    QVERIFY(QDir().rename(at(QStringLiteral("kept")), at(QStringLiteral("moved"))));
    QVERIFY(QDir().mkpath(at(QStringLiteral("kept"))));
    QVERIFY(file.write(QStringLiteral("token"), "third"));

    QCOMPARE(contentOf(at(QStringLiteral("kept/token"))), QByteArray("third"));
    QCOMPARE(contentOf(at(QStringLiteral("moved/token"))), QByteArray("second"));
}

void DurableFileTest::write_toANameThatBecameALink_followsIt() // S-04
{
    QVERIFY(QDir().mkpath(at(QStringLiteral("kept"))));
    QVERIFY(QDir().mkpath(at(QStringLiteral("elsewhere"))));
    const DurableFile file(at(QStringLiteral("kept")), m_random);
    QVERIFY(file.write(QStringLiteral("token"), "first"));
    QVERIFY(QFile::rename(at(QStringLiteral("kept/token")), at(QStringLiteral("elsewhere/token"))));
    QVERIFY(QFile::link(at(QStringLiteral("elsewhere/token")), at(QStringLiteral("kept/token"))));

    QVERIFY(file.write(QStringLiteral("token"), "second"));

    QVERIFY(QFileInfo(at(QStringLiteral("kept/token"))).isSymLink());
    QCOMPARE(contentOf(at(QStringLiteral("elsewhere/token"))), QByteArray("second"));
}

QTEST_GUILESS_MAIN(DurableFileTest)
#include "durablefile.moc"
