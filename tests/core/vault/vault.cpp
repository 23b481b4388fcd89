// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <ctime>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

#include "core/vault/records.h"
#include "vault/seal.h"
#include "vault/vault.h"

using namespace keytender;
using base::ErrorKind;
using tests::masterKey;
using tests::record;
using vault::Record;
using vault::Vault;

class TestVault : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;
    base::SystemRandom m_random;

    QString directory() const { return m_home->filePath(QStringLiteral("share/vault")); }

    std::unique_ptr<Vault> opened(Vault::Access access = Vault::Access::ReadWrite, char key = 'k')
    {
        auto vault = Vault::open(directory(), masterKey(key), access, m_random);
        if (!vault)
            qFatal("%s", qPrintable(base::describe(vault.error())));
        return *std::move(vault);
    }
    // One record in an otherwise empty vault; returns its file.
    QString sealOne()
    {
        if (!opened()->write(record()))
            qFatal("cannot write");
        return tests::sealedFilesIn(directory()).value(0);
    }
    // A record's text sealed as ours, for what this version would not write itself.
    void sealText(const QByteArray &text, const QString &id = QStringLiteral("claude-cli"))
    {
        const vault::Seal seal(masterKey().key);
        const std::string name = seal.fileName(id);
        tests::put(directory() + u'/' + QString::fromStdString(name),
                   QByteArray::fromStdString(seal.seal(text.toStdString(), name, m_random)));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void read_afterReopening_givesEveryFieldBack();
    void read_ofEachKindAndCare_givesItBack_data();
    void read_ofEachKindAndCare_givesItBack();
    void read_ofNothing_isNotFound();
    void readFacts_givesFingerprintsInPlaceOfTokens();
    void fingerprintKey_isTheSameAfterReopening_andAnotherUnderAnotherKey();
    void generation_risesWithEachWrite();
    void remove_ofARecord_leavesNothingOfIt();

    void open_ofAFlippedByte_isRefusedAndLeftAlone();
    void open_ofATruncatedFile_isRefusedAndLeftAlone();
    void open_ofSwappedFiles_isRefused();
    void open_ofAnotherVersion_isRefusedAndLeftAlone_data();
    void open_ofAnotherVersion_isRefusedAndLeftAlone();
    void write_overWhatSomebodyPutInItsOwnPlace_isRefused();
    void open_underAnotherKey_isRefusedAndLeftAlone();
    void open_ofWhatIsNoPrivateFile_isRefused_data();
    void open_ofWhatIsNoPrivateFile_isRefused();
    void write_overUnknownMembers_isRefused();
    void read_ofDamagedText_isMalformed_data();
    void read_ofDamagedText_isMalformed();

    void open_forWritingTwice_isAlreadyRunning();
    void open_forReading_touchesNothingAndRefusesWrites();
    void open_forReading_leavesAWiderModeAsItIs();
    void open_forReading_withoutDirectory_isNotFound();
    void modes_underAnyUmask_arePrivate_data();
    void modes_underAnyUmask_arePrivate();
    void open_ofAWiderDirectory_tightensIt();
    void directory_holdsNoClearSecretAndNoName();
    void readFacts_of10000_isFast();
};

void TestVault::read_afterReopening_givesEveryFieldBack()
{
    QVERIFY(opened()->write(record()));
    const auto vault = opened();
    const auto read = vault->read(QStringLiteral("claude-cli"));
    QVERIFY(read);
    QVERIFY(tests::isSame(*read, record()));
    QVERIFY(tests::isSame(record().clone(), record()));
    const Vault::Facts all = vault->readFacts();
    QCOMPARE(all.problems.size(), 0u);
    QCOMPARE(all.records.size(), 1u);
    QCOMPARE(all.records.front().id, record().id);
    QCOMPARE(vault->protection(), profile::Protection::Sealed);
}

void TestVault::read_ofEachKindAndCare_givesItBack_data()
{
    QTest::addColumn<profile::CredentialKind>("kind");
    QTest::addColumn<profile::Care>("care");
    QTest::newRow("token") << profile::CredentialKind::Token << profile::Care::Watched;
    QTest::newRow("api key") << profile::CredentialKind::ApiKey << profile::Care::Own;
    QTest::newRow("oauth") << profile::CredentialKind::OAuth << profile::Care::Delegated;
}

void TestVault::read_ofEachKindAndCare_givesItBack()
{
    QFETCH(profile::CredentialKind, kind);
    QFETCH(profile::Care, care);
    Record sparse;
    sparse.id = QStringLiteral("gh-cli@work");
    sparse.care = care;
    sparse.credential.kind = kind;
    sparse.credential.tokens.accessToken = base::Secret::copyOf(std::string_view("\xff\0\"\\/", 5));
    QVERIFY(opened()->write(sparse));
    const auto read = opened()->read(sparse.id);
    QVERIFY(read);
    QVERIFY(tests::isSame(*read, sparse));
    QVERIFY(read->credential.tokens.refreshToken.isEmpty());
    QVERIFY(!read->credential.tokens.expiresAt);
}

void TestVault::read_ofNothing_isNotFound()
{
    const auto read = opened()->read(QStringLiteral("claude-cli"));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::NotFound);
}

void TestVault::readFacts_givesFingerprintsInPlaceOfTokens()
{
    const auto vault = opened();
    QVERIFY(vault->write(record()));
    const Vault::Facts facts = vault->readFacts();
    QCOMPARE(facts.records.size(), 1u);
    const vault::RecordFacts &known = facts.records.front();
    const Record expected = record();
    QCOMPARE(known.id, expected.id);
    QCOMPARE(known.label, expected.label);
    QVERIFY(known.account == expected.account);
    QVERIFY(known.credential == profile::factsOf(expected.credential, vault->fingerprintKey()));
    QCOMPARE(known.generation, 1u);
}

void TestVault::fingerprintKey_isTheSameAfterReopening_andAnotherUnderAnotherKey()
{
    const base::Secret secret = base::Secret::copyOf(tests::refreshToken);
    const base::Fingerprint first = opened()->fingerprintKey().of(secret);
    QCOMPARE(opened()->fingerprintKey().of(secret).hex(), first.hex());
    QVERIFY(opened(Vault::Access::ReadWrite, 'x')->fingerprintKey().of(secret) != first);
}

void TestVault::generation_risesWithEachWrite()
{
    const auto vault = opened();
    for (std::uint64_t expected = 1; expected <= 3; ++expected) {
        QVERIFY(vault->write(record()));
        QCOMPARE(vault->read(QStringLiteral("claude-cli"))->generation, expected);
    }
}

void TestVault::remove_ofARecord_leavesNothingOfIt()
{
    sealOne();
    const auto vault = opened();
    QVERIFY(vault->remove(QStringLiteral("claude-cli")));
    QVERIFY(tests::sealedFilesIn(directory()).isEmpty());
    QVERIFY(vault->remove(QStringLiteral("claude-cli")));
}

void TestVault::open_ofAFlippedByte_isRefusedAndLeftAlone()
{
    const QString file = sealOne();
    const QByteArray good = tests::bytesOf(file);
    const auto vault = opened();
    for (qsizetype i = 0; i < good.size(); ++i) {
        QByteArray bad = good;
        bad[i] = static_cast<char>(bad[i] ^ (1 << (i % 8)));
        tests::put(file, bad);
        const Vault::Facts all = vault->readFacts();
        QCOMPARE(all.records.size(), 0u);
        QCOMPARE(all.problems.size(), 1u);
        QCOMPARE(all.problems.front().subject, file);
        QVERIFY(!vault->write(record()));
        QVERIFY(!vault->remove(QStringLiteral("claude-cli")));
        QCOMPARE(tests::bytesOf(file), bad);
    }
}

void TestVault::open_ofATruncatedFile_isRefusedAndLeftAlone()
{
    const QString file = sealOne();
    const QByteArray good = tests::bytesOf(file);
    const auto vault = opened();
    for (qsizetype length = 0; length < good.size(); ++length) {
        tests::put(file, good.first(length));
        QCOMPARE(vault->readFacts().records.size(), 0u);
        QVERIFY(!vault->write(record()));
        QCOMPARE(tests::bytesOf(file), good.first(length));
    }
    tests::put(file, good + 'x');
    QCOMPARE(vault->readFacts().records.size(), 0u);
}

void TestVault::open_ofSwappedFiles_isRefused()
{
    const auto vault = opened();
    QVERIFY(vault->write(record(QStringLiteral("claude-cli"))));
    QVERIFY(vault->write(record(QStringLiteral("codex-cli"))));
    const QStringList files = tests::sealedFilesIn(directory());
    QCOMPARE(files.size(), 2);
    const QByteArray first = tests::bytesOf(files[0]);
    tests::put(files[0], tests::bytesOf(files[1]));
    tests::put(files[1], first);
    const Vault::Facts all = vault->readFacts();
    QCOMPARE(all.records.size(), 0u);
    QCOMPARE(all.problems.size(), 2u);
    QCOMPARE(all.problems.front().kind, ErrorKind::WrongKey);
    QCOMPARE(vault->read(QStringLiteral("codex-cli")).error().kind, ErrorKind::WrongKey);
}

void TestVault::open_ofAnotherVersion_isRefusedAndLeftAlone_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("older") << 0;
    QTest::newRow("newer") << 2;
    QTest::newRow("much newer") << 0x0101;
}

void TestVault::open_ofAnotherVersion_isRefusedAndLeftAlone()
{
    QFETCH(int, version);
    const QString file = sealOne();
    QByteArray other = tests::bytesOf(file);
    other[8] = static_cast<char>(version & 0xff);
    other[9] = static_cast<char>(version >> 8);
    tests::put(file, other);
    const auto vault = opened();
    const Vault::Facts all = vault->readFacts();
    QCOMPARE(all.problems.size(), 1u);
    QCOMPARE(all.problems.front().kind, ErrorKind::UnknownVersion);
    QCOMPARE(vault->write(record()).error().kind, ErrorKind::UnknownVersion);
    QCOMPARE(vault->remove(QStringLiteral("claude-cli")).error().kind, ErrorKind::UnknownVersion);
    QCOMPARE(tests::bytesOf(file), other);
}

// What this vault wrote itself it writes over unread, but only while it is what stands there.
void TestVault::write_overWhatSomebodyPutInItsOwnPlace_isRefused()
{
    const QString file = sealOne();
    const auto vault = opened();
    QVERIFY(vault->write(record()));
    QVERIFY(vault->write(record()));
    QByteArray newer = tests::bytesOf(file);
    newer[8] = 2;
    QVERIFY(QFile::remove(file));
    tests::put(file, newer);

    QCOMPARE(vault->write(record()).error().kind, ErrorKind::UnknownVersion);
    QCOMPARE(vault->remove(QStringLiteral("claude-cli")).error().kind, ErrorKind::UnknownVersion);
    QCOMPARE(tests::bytesOf(file), newer);
}

void TestVault::open_underAnotherKey_isRefusedAndLeftAlone()
{
    sealOne();
    const auto before = tests::contentsOf(directory());
    const auto vault = opened(Vault::Access::ReadWrite, 'x');
    const Vault::Facts facts = vault->readFacts();
    QCOMPARE(facts.problems.size(), 1u);
    QCOMPARE(facts.problems.front().kind, ErrorKind::WrongKey);
    QVERIFY(!base::describe(facts.problems.front()).isEmpty());
    QCOMPARE(tests::contentsOf(directory()), before);
}

void TestVault::open_ofWhatIsNoPrivateFile_isRefused_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("symbolic link") << QStringLiteral("link") << ErrorKind::NotAFile;
    QTest::newRow("hard link") << QStringLiteral("hard link") << ErrorKind::Unsafe;
    QTest::newRow("FIFO") << QStringLiteral("fifo") << ErrorKind::NotAFile;
    QTest::newRow("directory") << QStringLiteral("directory") << ErrorKind::NotAFile;
    QTest::newRow("sparse giant") << QStringLiteral("giant") << ErrorKind::TooLarge;
}

void TestVault::open_ofWhatIsNoPrivateFile_isRefused()
{
    QFETCH(QString, what);
    QFETCH(ErrorKind, kind);
    const QString file = sealOne();
    const QByteArray path = QFile::encodeName(file);
    const QByteArray aside = QFile::encodeName(m_home->filePath(QStringLiteral("aside")));
    QCOMPARE(rename(path.constData(), aside.constData()), 0);
    if (what == QStringLiteral("link"))
        QCOMPARE(symlink(aside.constData(), path.constData()), 0);
    else if (what == QStringLiteral("hard link"))
        QCOMPARE(link(aside.constData(), path.constData()), 0);
    else if (what == QStringLiteral("fifo"))
        QCOMPARE(mkfifo(path.constData(), 0600), 0);
    else if (what == QStringLiteral("directory"))
        QCOMPARE(mkdir(path.constData(), 0700), 0);
    else
        QVERIFY(QFile(file).open(QIODevice::WriteOnly) && QFile::resize(file, qint64{1} << 34));
    const auto vault = opened();
    const Vault::Facts all = vault->readFacts();
    QCOMPARE(all.problems.size(), 1u);
    QCOMPARE(all.problems.front().kind, kind);
    QCOMPARE(vault->write(record()).error().kind, kind);
}

void TestVault::write_overUnknownMembers_isRefused()
{
    const auto vault = opened();
    sealText(R"({"id":"claude-cli","account":{},"care":"watched","kind":"token","tokens":{"access":"a","scopes":[],)"
             R"("future":1},"generation":7})");
    const auto before = tests::contentsOf(directory());
    const auto read = vault->read(QStringLiteral("claude-cli"));
    QVERIFY(read);
    QCOMPARE(read->generation, 7u);
    QCOMPARE(vault->write(*read).error().kind, ErrorKind::UnknownVersion);
    QCOMPARE(vault->remove(QStringLiteral("claude-cli")).error().kind, ErrorKind::UnknownVersion);
    QCOMPARE(tests::contentsOf(directory()), before);
}

void TestVault::read_ofDamagedText_isMalformed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray head = R"({"id":"claude-cli","account":{},)";
    QTest::newRow("empty") << QByteArray() << ErrorKind::Malformed;
    QTest::newRow("no object") << QByteArray("[]") << ErrorKind::Malformed;
    QTest::newRow("cut") << head << ErrorKind::Malformed;
    QTest::newRow("no tokens") << head + R"("care":"own","kind":"token","generation":1})" << ErrorKind::Malformed;
    QTest::newRow("time as text")
        << head + R"("care":"own","kind":"token","tokens":{"scopes":[],"expiresAt":"x"},"generation":1})"
        << ErrorKind::Malformed;
    QTest::newRow("number as token")
        << head + R"("care":"own","kind":"token","tokens":{"scopes":[],"access":1},"generation":1})"
        << ErrorKind::Malformed;
    QTest::newRow("new care") << head + R"("care":"lent","kind":"token","tokens":{"scopes":[]},"generation":1})"
                              << ErrorKind::UnknownVersion;
}

void TestVault::read_ofDamagedText_isMalformed()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorKind, kind);
    const auto vault = opened();
    sealText(text);
    QCOMPARE(vault->read(QStringLiteral("claude-cli")).error().kind, kind);
    QCOMPARE(vault->readFacts().problems.size(), 1u);
    QCOMPARE(vault->write(record()).error().kind, kind);
}

void TestVault::open_forWritingTwice_isAlreadyRunning()
{
    auto first = opened();
    const auto second = Vault::open(directory(), masterKey(), Vault::Access::ReadWrite, m_random);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::AlreadyRunning);
    first.reset();
    QVERIFY(Vault::open(directory(), masterKey(), Vault::Access::ReadWrite, m_random));
}

void TestVault::open_forReading_touchesNothingAndRefusesWrites()
{
    const auto writer = opened();
    QVERIFY(writer->write(record()));
    const auto before = tests::contentsOf(directory());
    const auto reader = opened(Vault::Access::ReadOnly);
    QCOMPARE(reader->readFacts().records.size(), 1u);
    QCOMPARE(reader->write(record()).error().kind, ErrorKind::ReadOnly);
    QCOMPARE(reader->remove(QStringLiteral("claude-cli")).error().kind, ErrorKind::ReadOnly);
    QCOMPARE(tests::contentsOf(directory()), before);
}

void TestVault::open_forReading_leavesAWiderModeAsItIs()
{
    const QString file = sealOne();
    chmod(QFile::encodeName(file).constData(), 0644);
    const auto reader = opened(Vault::Access::ReadOnly);
    QCOMPARE(reader->readFacts().records.size(), 1u);
    QVERIFY(reader->read(QStringLiteral("claude-cli")));
    struct stat facts {};
    stat(QFile::encodeName(file).constData(), &facts);
    QCOMPARE(facts.st_mode & 0777, 0644u);
}

void TestVault::open_forReading_withoutDirectory_isNotFound()
{
    const auto vault = Vault::open(directory(), masterKey(), Vault::Access::ReadOnly, m_random);
    QVERIFY(!vault);
    QCOMPARE(vault.error().kind, ErrorKind::NotFound);
    QVERIFY(!QFile::exists(directory()));
}

void TestVault::modes_underAnyUmask_arePrivate_data()
{
    QTest::addColumn<int>("mask");
    QTest::newRow("000") << 0;
    QTest::newRow("022") << 022;
    QTest::newRow("077") << 077;
}

void TestVault::modes_underAnyUmask_arePrivate()
{
    QFETCH(int, mask);
    const mode_t previous = umask(static_cast<mode_t>(mask));
    QVERIFY(opened()->write(record()));
    umask(previous);
    const auto modeOf = [](const QString &path) {
        struct stat facts {};
        return stat(QFile::encodeName(path).constData(), &facts) == 0 ? facts.st_mode & 07777 : 0;
    };
    QCOMPARE(modeOf(directory()), 0700u);
    const auto contents = tests::contentsOf(directory());
    QCOMPARE(contents.size(), 2); // the record and the lock
    for (const QString &name : contents.keys())
        QCOMPARE(modeOf(directory() + u'/' + name), 0600u);
}

void TestVault::open_ofAWiderDirectory_tightensIt()
{
    const QString file = sealOne();
    chmod(QFile::encodeName(directory()).constData(), 0755);
    chmod(QFile::encodeName(file).constData(), 0644);
    QCOMPARE(opened()->readFacts().records.size(), 1u);
    struct stat facts {};
    stat(QFile::encodeName(directory()).constData(), &facts);
    QCOMPARE(facts.st_mode & 0777, 0700u);
    stat(QFile::encodeName(file).constData(), &facts);
    QCOMPARE(facts.st_mode & 0777, 0600u);
}

void TestVault::directory_holdsNoClearSecretAndNoName()
{
    sealOne();
    const auto contents = tests::contentsOf(directory());
    for (auto it = contents.begin(); it != contents.end(); ++it) {
        for (const char *needle : {tests::accessToken, tests::refreshToken, tests::email, "claude", "anthropic"}) {
            QVERIFY2(!it.value().contains(needle), needle);
            QVERIFY2(!it.value().contains(QByteArray(needle).toBase64().first(8)), needle);
            QVERIFY2(!it.key().contains(QString::fromLatin1(needle)), needle);
        }
    }
}

void TestVault::readFacts_of10000_isFast()
{
    const auto vault = opened();
    const vault::Seal seal(masterKey().key);
    QVERIFY(vault->write(record(QStringLiteral("template"))));
    constexpr int count = 10'000;
    const QByteArray token(1200, 't');
    for (int i = 0; i < count - 1; ++i) {
        const QString id = QStringLiteral("profile-%1").arg(i);
        sealText("{\"id\":\"" + id.toUtf8()
                     + R"(","provider":"openai","tool":"codex","account":{"id":"a","email":"a@example.org"},)"
                       R"("care":"watched","kind":"oauth","tokens":{"access":")"
                     + token + R"(","refresh":"r","expiresAt":1795000000123,"scopes":["a"]},"generation":1})",
                 id);
    }
    const auto processorTime = [] { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; };
    const double before = processorTime();
    QElapsedTimer timer;
    timer.start();
    const Vault::Facts facts = vault->readFacts();
    const qint64 wall = timer.elapsed();
    const double processor = processorTime() - before;
    QCOMPARE(facts.records.size(), static_cast<std::size_t>(count));
    timer.restart();
    QVERIFY(vault->write(record(QStringLiteral("template"))));
    qInfo("facts of 10,000 records: %.0f ms of processor time, %lld ms; one more write: %lld ms", processor, wall,
          timer.elapsed());
    QVERIFY2(processor < 1500, "far beyond the 300 ms of an optimised build");
}

QTEST_GUILESS_MAIN(TestVault)
#include "vault.moc"
