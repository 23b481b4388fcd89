// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

#include "core/vault/records.h"
#include "vault/keychainmasterkey.h"
#include "vault/seal.h"
#include "vault/vault.h"

using namespace keytender;
using base::ErrorKind;
using vault::KeychainMasterKey;
using vault::KeyNote;
using Obstacle = vault::MasterKeySource::Obstacle;

Q_DECLARE_METATYPE(keytender::vault::MasterKeySource::Obstacle)

namespace {

// A keychain in memory. Answers at the next turn of the event loop.
class FakeMasterKeychain final : public vault::Keychain {
public:
    void read(QObject *context, ReadCallback callback) override
    {
        ++reads;
        // As it is now, told later: what happens in between is the caller's risk, as with the real one.
        auto answer = std::make_shared<base::Result<base::Secret>>(item.clone());
        if (failure || item.isEmpty())
            *answer = base::unexpected(errorOf(failure.value_or(ErrorKind::NotFound)));
        QTimer::singleShot(0, context, [answer, callback = std::move(callback)] { callback(std::move(*answer)); });
    }
    void write(const base::Secret &key, QObject *context, WriteCallback callback) override
    {
        writes.push_back(key.clone());
        if (!isForgetful)
            item = key.clone();
        QTimer::singleShot(0, context, [this, callback = std::move(callback)] {
            callback(writeFailure ? base::Result<void>(base::unexpected(errorOf(*writeFailure)))
                                  : base::Result<void>());
        });
    }
    void unlock() override { ++unlocks; }

    void become(std::optional<ErrorKind> newFailure)
    {
        failure = newFailure;
        Q_EMIT changed();
    }

    base::Secret item;
    std::optional<ErrorKind> failure;
    std::optional<ErrorKind> writeFailure;
    bool isForgetful = false; // says yes to a write and keeps nothing
    std::vector<base::Secret> writes;
    int reads = 0;
    int unlocks = 0;

private:
    static base::Error errorOf(ErrorKind kind)
    {
        return {.kind = kind, .subject = QStringLiteral("keychain"), .place = {}, .detail = {}};
    }
};

} // namespace

class TestMasterKey : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;
    base::SystemRandom m_random;
    FakeMasterKeychain *m_keychain = nullptr;

    QString directory() const { return m_home->filePath(QStringLiteral("vault")); }
    QString file(const char *name) const { return directory() + u'/' + QString::fromLatin1(name); }
    std::unique_ptr<KeychainMasterKey> source(std::chrono::milliseconds firstRetry = std::chrono::milliseconds{1})
    {
        return std::make_unique<KeychainMasterKey>(KeychainMasterKey::World{
            .directory = directory(), .keychain = *m_keychain, .random = m_random, .firstRetry = firstRetry});
    }
    // The key after a start that must succeed.
    vault::MasterKey started()
    {
        const auto key = source();
        QSignalSpy ready(key.get(), &KeychainMasterKey::ready);
        key->start();
        if (!ready.isEmpty() || (!ready.wait() && ready.isEmpty()))
            qFatal("no key: %s",
                   key->problem() ? qPrintable(base::describe(*key->problem())) : "and no obstacle either");
        auto taken = key->takeKey();
        if (!taken || key->takeKey())
            qFatal("the key must be there once");
        return *std::move(taken);
    }
    // The obstacle that a start meets; the key must not become ready.
    Obstacle obstacleOfStart()
    {
        const auto key = source(std::chrono::hours{1});
        QSignalSpy ready(key.get(), &KeychainMasterKey::ready);
        auto met = Obstacle::None;
        connect(key.get(), &KeychainMasterKey::obstacleChanged, this, [&met](Obstacle obstacle) { met = obstacle; });
        key->start();
        const bool isMet = QTest::qWaitFor([&met] { return met != Obstacle::None; });
        if (!isMet || !ready.isEmpty() || key->takeKey())
            qFatal("no obstacle");
        return met;
    }
    void sealSomething(const vault::MasterKey &key)
    {
        auto vault = vault::Vault::open(directory(), {.key = key.key.clone(), .protection = key.protection},
                                        vault::Vault::Access::ReadWrite, m_random);
        if (!vault || !(*vault)->write(tests::record()))
            qFatal("cannot seal");
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        delete m_keychain;
        m_keychain = new FakeMasterKeychain;
    }
    void cleanupTestCase() { delete m_keychain; }

    void firstStart_withKeychain_storesAndReadsBackAndNotes();
    void firstStart_withoutKeychain_makesAPrivateKeyFile();
    void firstStart_withLockedKeychain_waitsForItAndNeverPrompts();
    void secondStart_givesTheSameKey_data();
    void secondStart_givesTheSameKey();
    void keychainVault_withoutKeychain_neverGetsAKeyFile();
    void keychainVault_whoseItemIsGone_isNeverGivenANewOne();
    void keychainVault_withAnotherItem_isKeychainGone();
    void sealedFiles_withoutNote_forbidANewKey_data();
    void sealedFiles_withoutNote_forbidANewKey();
    void sealedFiles_withoutNote_areAdoptedWithTheirKey();
    void silentKeychain_isAskedAgainUntilItAnswers();
    void lockedKeychain_isNotAskedAgainByItself();
    void unlock_whileLocked_asksTheKeychain_elseTriesAgain();
    void change_whileAsking_leadsToAnotherQuestion();
    void write_thatFails_isRepeatedWithTheSameKey();
    void write_thatIsForgotten_isNeverUsed();
    void keyFile_thatIsUnusable_isNeverReplaced_data();
    void keyFile_thatIsUnusable_isNeverReplaced();
    void keyFile_openToOthers_isTightened();
    void keyFile_withoutNote_isAdopted();
    void note_thatIsNotUnderstood_isLeftAlone_data();
    void note_thatIsNotUnderstood_isLeftAlone();
    void twoFirstStarts_agreeOnOneKey_data();
    void twoFirstStarts_agreeOnOneKey();
};

void TestMasterKey::firstStart_withKeychain_storesAndReadsBackAndNotes()
{
    const vault::MasterKey key = started();
    QCOMPARE(key.protection, profile::Protection::Sealed);
    QCOMPARE(key.key.size(), vault::MasterKey::size);
    QVERIFY(key.key == m_keychain->item);
    QCOMPARE(m_keychain->writes.size(), 1u);
    QVERIFY(!QFile::exists(file("master.key")));
    QCOMPARE(tests::bytesOf(file("key.place")),
             QByteArray("keytender-key 1 keychain " + vault::keyIdOf(key.key).toLatin1() + '\n'));
}

void TestMasterKey::firstStart_withoutKeychain_makesAPrivateKeyFile()
{
    m_keychain->failure = ErrorKind::Unavailable;
    const mode_t previous = umask(0);
    const vault::MasterKey key = started();
    umask(previous);
    QCOMPARE(key.protection, profile::Protection::SealedByFile);
    QCOMPARE(tests::bytesOf(file("master.key")).toStdString(), std::string(key.key.expose()));
    QCOMPARE(QFile::permissions(file("master.key")) & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(m_keychain->writes.empty());
    QVERIFY(tests::bytesOf(file("key.place")).startsWith("keytender-key 1 file "));
}

void TestMasterKey::firstStart_withLockedKeychain_waitsForItAndNeverPrompts()
{
    m_keychain->failure = ErrorKind::Locked;
    const auto key = source();
    QSignalSpy obstacles(key.get(), &KeychainMasterKey::obstacleChanged);
    QSignalSpy ready(key.get(), &KeychainMasterKey::ready);
    key->start();
    QVERIFY(obstacles.wait());
    QCOMPARE(obstacles.takeFirst().value(0).value<Obstacle>(), Obstacle::KeychainLocked);
    QVERIFY(key->problem());
    QVERIFY(!QFile::exists(file("master.key")));
    m_keychain->become(std::nullopt);
    QVERIFY(ready.wait());
    QCOMPARE(obstacles.takeFirst().value(0).value<Obstacle>(), Obstacle::None);
    QVERIFY(!key->problem());
    QCOMPARE(m_keychain->unlocks, 0);
    QCOMPARE(key->takeKey()->protection, profile::Protection::Sealed);
}

void TestMasterKey::secondStart_givesTheSameKey_data()
{
    QTest::addColumn<bool>("hasKeychain");
    QTest::newRow("keychain") << true;
    QTest::newRow("file") << false;
}

void TestMasterKey::secondStart_givesTheSameKey()
{
    QFETCH(bool, hasKeychain);
    if (!hasKeychain)
        m_keychain->failure = ErrorKind::Unavailable;
    const vault::MasterKey first = started();
    const auto before = tests::contentsOf(directory());
    m_keychain->failure.reset(); // a keychain that appears later does not matter to a key file
    const vault::MasterKey second = started();
    QVERIFY(first.key == second.key);
    QCOMPARE(first.protection, second.protection);
    QCOMPARE(tests::contentsOf(directory()), before);
}

void TestMasterKey::keychainVault_withoutKeychain_neverGetsAKeyFile()
{
    (void)started();
    m_keychain->failure = ErrorKind::Unavailable;
    QCOMPARE(obstacleOfStart(), Obstacle::KeychainGone);
    QVERIFY(!QFile::exists(file("master.key")));
}

void TestMasterKey::keychainVault_whoseItemIsGone_isNeverGivenANewOne()
{
    (void)started();
    m_keychain->item = base::Secret();
    QCOMPARE(obstacleOfStart(), Obstacle::KeychainGone);
    QCOMPARE(m_keychain->writes.size(), 1u);
}

void TestMasterKey::keychainVault_withAnotherItem_isKeychainGone()
{
    (void)started();
    m_keychain->item = tests::masterKey('x').key.clone();
    QCOMPARE(obstacleOfStart(), Obstacle::KeychainGone);
    m_keychain->item = base::Secret::copyOf("no key");
    QCOMPARE(obstacleOfStart(), Obstacle::KeychainGone);
}

void TestMasterKey::sealedFiles_withoutNote_forbidANewKey_data()
{
    QTest::addColumn<bool>("hasKeychain");
    QTest::addColumn<bool>("hasAnotherKey");
    QTest::newRow("empty keychain") << true << false;
    QTest::newRow("another key") << true << true;
    QTest::newRow("no keychain") << false << false;
}

void TestMasterKey::sealedFiles_withoutNote_forbidANewKey()
{
    QFETCH(bool, hasKeychain);
    QFETCH(bool, hasAnotherKey);
    sealSomething(tests::masterKey('k'));
    const auto before = tests::contentsOf(directory());
    if (hasAnotherKey)
        m_keychain->item = tests::masterKey('x').key.clone();
    if (!hasKeychain)
        m_keychain->failure = ErrorKind::Unavailable;
    QCOMPARE(obstacleOfStart(), Obstacle::KeychainGone);
    QVERIFY(m_keychain->writes.empty());
    QCOMPARE(tests::contentsOf(directory()), before);
}

void TestMasterKey::sealedFiles_withoutNote_areAdoptedWithTheirKey()
{
    sealSomething(tests::masterKey('k'));
    m_keychain->item = tests::masterKey('k').key.clone();
    QVERIFY(started().key == tests::masterKey('k').key);
    QVERIFY(QFile::exists(file("key.place")));
}

void TestMasterKey::silentKeychain_isAskedAgainUntilItAnswers()
{
    m_keychain->failure = ErrorKind::TimedOut;
    const auto key = source();
    QSignalSpy obstacles(key.get(), &KeychainMasterKey::obstacleChanged);
    QSignalSpy ready(key.get(), &KeychainMasterKey::ready);
    key->start();
    QVERIFY(obstacles.wait());
    QCOMPARE(obstacles.takeFirst().value(0).value<Obstacle>(), Obstacle::KeychainSilent);
    QTRY_VERIFY(m_keychain->reads >= 3);
    QVERIFY(obstacles.isEmpty()); // said once
    QVERIFY(!QFile::exists(file("master.key")));
    m_keychain->failure.reset(); // without a signal
    QVERIFY(ready.wait());
}

void TestMasterKey::lockedKeychain_isNotAskedAgainByItself()
{
    m_keychain->failure = ErrorKind::Locked;
    const auto key = source();
    QSignalSpy obstacles(key.get(), &KeychainMasterKey::obstacleChanged);
    key->start();
    QVERIFY(obstacles.wait());
    const int reads = m_keychain->reads;
    QTest::qWait(200); // the absence of something has no signal to wait for
    QCOMPARE(m_keychain->reads, reads);
}

void TestMasterKey::unlock_whileLocked_asksTheKeychain_elseTriesAgain()
{
    m_keychain->failure = ErrorKind::Locked;
    const auto key = source(std::chrono::hours{1});
    QSignalSpy obstacles(key.get(), &KeychainMasterKey::obstacleChanged);
    key->start();
    QVERIFY(obstacles.wait());
    key->unlock();
    QCOMPARE(m_keychain->unlocks, 1);
    m_keychain->become(ErrorKind::TimedOut);
    QVERIFY(obstacles.wait());
    const int reads = m_keychain->reads;
    key->unlock();
    QTRY_VERIFY(m_keychain->reads > reads);
    QCOMPARE(m_keychain->unlocks, 1);
}

void TestMasterKey::change_whileAsking_leadsToAnotherQuestion()
{
    m_keychain->failure = ErrorKind::Locked;
    const auto key = source(std::chrono::hours{1});
    QSignalSpy ready(key.get(), &KeychainMasterKey::ready);
    key->start();
    Q_EMIT m_keychain->changed(); // unlocked between our question and its answer
    QTimer::singleShot(0, m_keychain, [this] { m_keychain->failure.reset(); });
    QVERIFY(ready.wait());
}

void TestMasterKey::write_thatFails_isRepeatedWithTheSameKey()
{
    m_keychain->writeFailure = ErrorKind::TimedOut;
    m_keychain->isForgetful = true;
    const auto key = source();
    QSignalSpy ready(key.get(), &KeychainMasterKey::ready);
    key->start();
    QTRY_VERIFY(m_keychain->writes.size() >= 3);
    QVERIFY(ready.isEmpty());
    QVERIFY(!QFile::exists(file("key.place")));
    QVERIFY(m_keychain->writes[0] == m_keychain->writes[2]);
    m_keychain->writeFailure.reset();
    m_keychain->isForgetful = false;
    QVERIFY(ready.wait());
    QVERIFY(key->takeKey()->key == m_keychain->writes[0]);
}

void TestMasterKey::write_thatIsForgotten_isNeverUsed()
{
    m_keychain->isForgetful = true;
    QCOMPARE(obstacleOfStart(), Obstacle::KeychainSilent);
    QVERIFY(!QFile::exists(file("key.place")));
}

void TestMasterKey::keyFile_thatIsUnusable_isNeverReplaced_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("another") << QByteArray(32, 'x');
    QTest::newRow("short") << QByteArray(31, 'x');
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("gone") << QByteArray();
}

void TestMasterKey::keyFile_thatIsUnusable_isNeverReplaced()
{
    QFETCH(QByteArray, bytes);
    m_keychain->failure = ErrorKind::Unavailable;
    (void)started();
    QFile::remove(file("master.key"));
    if (!bytes.isNull())
        tests::put(file("master.key"), bytes);
    const auto before = tests::contentsOf(directory());
    QCOMPARE(obstacleOfStart(), Obstacle::KeyFileUnusable);
    QCOMPARE(tests::contentsOf(directory()), before);
}

void TestMasterKey::keyFile_openToOthers_isTightened()
{
    m_keychain->failure = ErrorKind::Unavailable;
    (void)started();
    QFile::setPermissions(file("master.key"), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    (void)started();
    QVERIFY(!(QFile::permissions(file("master.key")) & QFile::ReadOther));
}

void TestMasterKey::keyFile_withoutNote_isAdopted()
{
    m_keychain->failure = ErrorKind::Unavailable;
    const vault::MasterKey first = started();
    sealSomething(first);
    QVERIFY(QFile::remove(file("key.place")));
    QVERIFY(started().key == first.key);
    QVERIFY(QFile::exists(file("key.place")));

    QVERIFY(QFile::remove(file("key.place")));
    tests::put(file("master.key"), QByteArray(32, 'x'));
    QCOMPARE(obstacleOfStart(), Obstacle::KeyFileUnusable);
}

void TestMasterKey::note_thatIsNotUnderstood_isLeftAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("newer") << QByteArray("keytender-key 2 tpm 0123456789abcdef\n");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("cut") << QByteArray("keytender-key 1 keychain 0123456789abcde");
    QTest::newRow("another place") << QByteArray("keytender-key 1 pocket 0123456789abcdef\n");
    QTest::newRow("two lines") << QByteArray("keytender-key 1 file 0123456789abcdef\n\n");
}

void TestMasterKey::note_thatIsNotUnderstood_isLeftAlone()
{
    QFETCH(QByteArray, text);
    (void)started();
    tests::put(file("key.place"), text);
    const auto before = tests::contentsOf(directory());
    QCOMPARE(obstacleOfStart(), Obstacle::KeyFileUnusable);
    QCOMPARE(tests::contentsOf(directory()), before);
    QCOMPARE(m_keychain->writes.size(), 1u);
}

void TestMasterKey::twoFirstStarts_agreeOnOneKey_data()
{
    secondStart_givesTheSameKey_data();
}

void TestMasterKey::twoFirstStarts_agreeOnOneKey()
{
    QFETCH(bool, hasKeychain);
    if (!hasKeychain)
        m_keychain->failure = ErrorKind::Unavailable;
    const auto one = source();
    const auto other = source();
    QSignalSpy oneReady(one.get(), &KeychainMasterKey::ready);
    QSignalSpy otherReady(other.get(), &KeychainMasterKey::ready);
    one->start();
    other->start();
    QTRY_COMPARE(oneReady.size() + otherReady.size(), 2);
    QVERIFY(one->takeKey()->key == other->takeKey()->key);
    QVERIFY(m_keychain->writes.size() <= 1);
}

QTEST_GUILESS_MAIN(TestMasterKey)
#include "masterkey.moc"
