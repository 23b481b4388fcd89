// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <cerrno>

#include <QDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"
#include "base/secret.h"
#include "fakes/faultycalls.h"
#include "fakes/temporaryhome.h"
#include "tools/envfile.h"

using namespace keytender;
using fakes::Answer;
using tools::ReplacementState;

Q_DECLARE_METATYPE(keytender::base::ErrorKind)

namespace {

const QString name = QStringLiteral("gateway/.env");

class Sink final {
public:
    explicit Sink(const QByteArray &content = {}, mode_t mode = 0600) : path(home.path(name))
    {
        home.write(QStringLiteral("gateway/other"), "x");
        if (!content.isNull())
            home.write(name, content);
        if (!content.isNull())
            ::chmod(QFile::encodeName(path).constData(), mode);
    }
    ~Sink() { fakes::answerTo() = {}; }
    Sink(const Sink &) = delete;
    Sink &operator=(const Sink &) = delete;

    base::Result<tools::EnvironmentWrite> write(const char *value)
    {
        return tools::writeEnvironmentVariable(
            {.file = path, .name = QStringLiteral("TOKEN")}, base::Secret::copyOf(value),
            [this](const base::Secret *current) {
                held = current == nullptr
                           ? QByteArray("-")
                           : QByteArray(current->expose().data(), static_cast<qsizetype>(current->size()));
                return mayReplace;
            },
            m_random);
    }
    [[nodiscard]] QByteArray content() const { return home.read(name); }
    [[nodiscard]] struct stat status() const
    {
        struct stat status {};
        ::lstat(QFile::encodeName(path).constData(), &status);
        return status;
    }
    [[nodiscard]] QStringList names() const
    {
        return QDir(home.path(QStringLiteral("gateway")))
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    fakes::TemporaryHome home;
    QString path;
    QByteArray held;
    bool mayReplace = true;

private:
    base::SystemRandom m_random;
};

} // namespace

class EnvFileWriteTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void write_keepsTheMode_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("isRemarked");
        QTest::newRow("private") << 0600 << false;
        QTest::newRow("readable by the group") << 0640 << true;
        QTest::newRow("readable by all") << 0644 << true;
    }

    void write_keepsTheMode()
    {
        QFETCH(int, mode);
        Sink sink("A=1\nTOKEN=old\n", static_cast<mode_t>(mode));
        const mode_t mask = ::umask(077);
        const auto written = sink.write("new");
        ::umask(mask);
        QVERIFY(written);
        QCOMPARE(written->state, ReplacementState::Replaced);
        QTEST(written->remark.has_value(), "isRemarked");
        QCOMPARE(sink.content(), QByteArray("A=1\nTOKEN=new\n"));
        QCOMPARE(int(sink.status().st_mode & 0777), mode);
        QCOMPARE(sink.held, QByteArray("old"));
        QCOMPARE(sink.names(), (QStringList{QStringLiteral(".env"), QStringLiteral("other")}));
    }

    void file_thatIsNoSafePlace_isRefused_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<base::ErrorKind>("kind");
        QTest::newRow("the group may write") << QStringLiteral("020") << base::ErrorKind::Unsafe;
        QTest::newRow("all may write") << QStringLiteral("002") << base::ErrorKind::Unsafe;
        QTest::newRow("hard link") << QStringLiteral("link") << base::ErrorKind::Unsafe;
        QTest::newRow("pipe") << QStringLiteral("fifo") << base::ErrorKind::NotAFile;
        QTest::newRow("directory") << QStringLiteral("directory") << base::ErrorKind::NotAFile;
    }

    void file_thatIsNoSafePlace_isRefused()
    {
        QFETCH(QString, what);
        Sink sink("TOKEN=old\n");
        const QByteArray path = QFile::encodeName(sink.path);
        if (what.startsWith(u'0'))
            ::chmod(path.constData(), static_cast<mode_t>(0600 | what.toInt(nullptr, 8)));
        if (what == QStringLiteral("link"))
            QCOMPARE(::link(path.constData(), (path + "2").constData()), 0);
        if (what == QStringLiteral("fifo") || what == QStringLiteral("directory"))
            ::unlink(path.constData());
        if (what == QStringLiteral("fifo"))
            QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        if (what == QStringLiteral("directory"))
            QCOMPARE(::mkdir(path.constData(), 0700), 0);
        const auto written = sink.write("new");
        QVERIFY(!written);
        QTEST(written.error().kind, "kind");
        QCOMPARE(written.error().subject, sink.path);
        QVERIFY(sink.held.isNull());
    }

    void file_thatIsMissing_isMadePrivate()
    {
        Sink sink;
        const mode_t mask = ::umask(0);
        const auto written = sink.write("new");
        ::umask(mask);
        QVERIFY(written);
        QCOMPARE(sink.content(), QByteArray("TOKEN=new\n"));
        QCOMPARE(int(sink.status().st_mode & 0777), 0600);
        QCOMPARE(sink.status().st_nlink, nlink_t(1));
        QCOMPARE(sink.held, QByteArray("-"));
        QCOMPARE(sink.names(), (QStringList{QStringLiteral(".env"), QStringLiteral("other")}));
    }

    void directory_thatIsMissing_isNotMade()
    {
        Sink sink;
        sink.path = sink.home.path(QStringLiteral("nowhere/.env"));
        QVERIFY(!sink.write("new"));
        QVERIFY(!QFile::exists(sink.home.path(QStringLiteral("nowhere"))));
    }

    void link_leadsToTheFileThatIsReplaced()
    {
        Sink sink;
        sink.home.write(QStringLiteral("real/env"), "TOKEN=old");
        QCOMPARE(::symlink("../real/env", QFile::encodeName(sink.path).constData()), 0);
        QVERIFY(sink.write("new"));
        QVERIFY(S_ISLNK(sink.status().st_mode));
        QCOMPARE(sink.home.read(QStringLiteral("real/env")), QByteArray("TOKEN=new"));
    }

    void sameValue_isNotWrittenAgain()
    {
        Sink sink("TOKEN='same'\n");
        const ino_t before = sink.status().st_ino;
        QCOMPARE(sink.write("same")->state, ReplacementState::AlreadyThere);
        QCOMPARE(sink.status().st_ino, before);
    }

    void value_thatMayNotBeReplaced_isLeftAlone()
    {
        Sink sink("TOKEN=theirs\n");
        sink.mayReplace = false;
        QCOMPARE(sink.write("new")->state, ReplacementState::ChangedMeanwhile);
        QCOMPARE(sink.held, QByteArray("theirs"));
        QCOMPARE(sink.content(), QByteArray("TOKEN=theirs\n"));
    }

    // F-85: an editor saved it in the last moment.
    void change_rightBeforeTheRename_isKept()
    {
        Sink sink("TOKEN=old\n");
        int changes = 0;
        fakes::answerTo() = [&](const std::string &call) {
            if (call == "fsync" && changes++ == 0)
                sink.home.write(name, "# by hand\nTOKEN=old\nB=2\n");
            return Answer{};
        };
        QCOMPARE(sink.write("new")->state, ReplacementState::Replaced);
        QCOMPARE(sink.content(), QByteArray("# by hand\nTOKEN=new\nB=2\n"));
        QCOMPARE(sink.names(), (QStringList{QStringLiteral(".env"), QStringLiteral("other")}));
    }

    void file_thatKeepsChanging_isLeftAlone()
    {
        Sink sink("TOKEN=old\n");
        int changes = 0;
        fakes::answerTo() = [&](const std::string &call) {
            if (call == "fsync")
                sink.home.write(name, "TOKEN=old\nB=" + QByteArray::number(++changes) + '\n');
            return Answer{};
        };
        QCOMPARE(sink.write("new")->state, ReplacementState::ChangedMeanwhile);
        QCOMPARE(sink.content(), QByteArray("TOKEN=old\nB=3\n"));
    }

    void fault_leavesTheOldFile_data()
    {
        QTest::addColumn<QString>("call");
        QTest::addColumn<int>("error");
        QTest::addColumn<base::ErrorKind>("kind");
        QTest::newRow("read only") << QStringLiteral("create") << EROFS << base::ErrorKind::ReadOnly;
        QTest::newRow("full") << QStringLiteral("write") << ENOSPC << base::ErrorKind::StorageFull;
        QTest::newRow("disk fault") << QStringLiteral("fsync") << EIO << base::ErrorKind::Io;
        QTest::newRow("bind mount") << QStringLiteral("renameat") << EBUSY << base::ErrorKind::Unavailable;
        QTest::newRow("another file system") << QStringLiteral("renameat") << EXDEV << base::ErrorKind::Unavailable;
    }

    void fault_leavesTheOldFile()
    {
        QFETCH(QString, call);
        QFETCH(int, error);
        Sink sink("TOKEN=old\n");
        fakes::answerTo() = [&](const std::string &made) {
            return made == call.toStdString() ? Answer{.isReal = false, .error = error} : Answer{};
        };
        const auto written = sink.write("new");
        fakes::answerTo() = {};
        QVERIFY(!written);
        QTEST(written.error().kind, "kind");
        QCOMPARE(sink.content(), QByteArray("TOKEN=old\n"));
        QCOMPARE(sink.names(), (QStringList{QStringLiteral(".env"), QStringLiteral("other")}));
    }

    void shortWrites_areGoneOnWith()
    {
        Sink sink("A=1\nTOKEN=old\n");
        fakes::answerTo() = [&](const std::string &) { return Answer{.isReal = true, .error = 0, .most = 3}; };
        QVERIFY(sink.write("new"));
        fakes::answerTo() = {};
        QCOMPARE(sink.content(), QByteArray("A=1\nTOKEN=new\n"));
    }
};

QTEST_GUILESS_MAIN(EnvFileWriteTest)
#include "envfilewrite.moc"
