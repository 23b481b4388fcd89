// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QCryptographicHash>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <sys/stat.h>

#include "synchronizerfixture.h"

using namespace keytender;
using namespace std::chrono_literals;
using profile::Accord;
using profile::CopyState;
using profile::DuplicateKind;
using profile::Profile;
using sync::errorOf;
using sync::fakeId;
using sync::file;
using sync::login;
using sync::logins;
using sync::Sighting;
using sync::Step;
using sync::Synchronizer;

namespace {

QByteArray hashOf(const QString &directory)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QStringList paths;
    QDirIterator entries(directory, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (entries.hasNext())
        paths.append(entries.next());
    paths.sort();
    for (const QString &path : std::as_const(paths)) {
        struct stat facts {};
        lstat(QFile::encodeName(path).constData(), &facts);
        hash.addData(QStringLiteral("%1 %2 %3 %4.%5\n")
                         .arg(path)
                         .arg(facts.st_mode)
                         .arg(facts.st_ino)
                         .arg(facts.st_mtim.tv_sec)
                         .arg(facts.st_mtim.tv_nsec)
                         .toUtf8());
        QFile content(path);
        if (S_ISREG(facts.st_mode) && content.open(QIODevice::ReadOnly))
            hash.addData(content.readAll());
    }
    return hash.result();
}

} // namespace

// What the vault, the keychain and the other profiles have to do with it, and what is told.
class KeepingTest final : public sync::SynchronizerFixture {
    Q_OBJECT

private Q_SLOTS:
    void vault_keepsWhatWasFound();
    void vaultComingLate_isMerged();
    void vaultComingLate_readsTheKeychainNoSecondTime();
    void vaultProfiles_stayWithoutTheirCopies();
    void readOnlyVault_isNotWritten();
    void readOnlyVault_thenOneToWriteTo_keepsWhatWasSeen();
    void vaultThatCannotWrite_isToldOnceAndTriedAgain();
    void restart_isNoNews();
    void keychain_isReadOncePerInterval();
    void keychain_isReadAgainWhenUnlocked();
    void keychainToken_isFollowedWhenItChanges();
    void duplicates_appearAndVanish();
    void sameAccount_isTold();
    void sightings_areChangesOfState();
    void watchedOnly_andNothingIsWritten();
    void unreliableWatch_isSaid();
};

void KeepingTest::vault_keepsWhatWasFound()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    QCOMPARE(profile().protection, profile::Protection::Sealed);
    const auto record = openVault(vault::Vault::Access::ReadOnly)->read(fakeId);
    QVERIFY(record);
    QVERIFY(record->credential.tokens.accessToken == base::Secret::copyOf("one-at"));
    QVERIFY(record->credential.tokens.refreshToken == base::Secret::copyOf("one-rt"));
    QCOMPARE(record->account.id, QStringLiteral("ada"));
    QCOMPARE(record->care, profile::Care::Watched);
    QCOMPARE(record->firstSeenAt, m_clock->wall);
}

void KeepingTest::vaultComingLate_isMerged()
{
    m_home->write(logins, file(login("one", 1)));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    m_sync.reset();

    // Renewed, and a second login made, while we were away.
    addTool();
    addTool(QStringLiteral("other")).file = QStringLiteral(".other/logins");
    m_home->write(logins, file(login("two", 9)));
    m_home->write(QStringLiteral(".other/logins"), file(login("three", 9)));
    m_sightings.clear();
    begin();
    QCOMPARE(m_sync->profiles().size(), std::size_t{2});
    QCOMPARE(profile().protection, profile::Protection::Unknown);
    QCOMPARE(tokenInVault(), QStringLiteral("one-at"));
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    QCOMPARE(tokenInVault(), QStringLiteral("two-at"));
    QCOMPARE(tokenInVault(QStringLiteral("other-cli")), QStringLiteral("three-at"));
    QCOMPARE(profile().protection, profile::Protection::Sealed);
    QCOMPARE(stepsOf(fakeId), QList<Step>{Step::AdoptNewer});
    QCOMPARE(stepsOf(QStringLiteral("other-cli")), QList<Step>{Step::Import});
}

void KeepingTest::vaultComingLate_readsTheKeychainNoSecondTime()
{
    fakes::FakeTool &tool = addTool();
    tool.file.clear();
    tool.item = QStringLiteral("item");
    m_keychain->items[tool.attributes()] = file(login("one", 8));
    begin();
    QCOMPARE(profile().copies.front().state, CopyState::Held);
    QCOMPARE(profile().copies.front().protection, profile::Protection::Keychain);
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    QCOMPARE(tokenInVault(), QStringLiteral("one-at"));
    QCOMPARE(m_keychain->asked.size(), std::size_t{1});
}

void KeepingTest::vaultProfiles_stayWithoutTheirCopies()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    m_sync.reset();
    QVERIFY(QFile::remove(m_home->path(logins)));
    begin();
    QVERIFY(m_sync->profiles().empty());
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    QCOMPARE(profile().credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 8h));
    QCOMPARE(profile().copies.size(), std::size_t{1});
    QCOMPARE(profile().copies.front().state, CopyState::Absent);
    QCOMPARE(profile().copies.front().path, m_home->path(logins));
    QCOMPARE(tokenInVault(), QStringLiteral("one-at"));
}

void KeepingTest::readOnlyVault_isNotWritten()
{
    m_home->write(logins, file(login("one", 1)));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    m_sync.reset();
    const QByteArray before = hashOf(m_home->path(QStringLiteral("vault")));
    m_home->write(logins, file(login("two", 9)));
    begin();
    QSignalSpy problems(m_sync.get(), &Synchronizer::problemFound);
    m_sync->setVault(openVault(vault::Vault::Access::ReadOnly));
    waitForScan();
    QCOMPARE(profile().credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 9h));
    QCOMPARE(hashOf(m_home->path(QStringLiteral("vault"))), before);
    QVERIFY(problems.isEmpty());
}

// Another Keytender kept it, and has ended.
void KeepingTest::readOnlyVault_thenOneToWriteTo_keepsWhatWasSeen()
{
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    m_sync.reset();
    m_home->write(logins, file(login("two", 9)));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadOnly));
    waitForScan();
    QCOMPARE(openVault(vault::Vault::Access::ReadOnly)->readFacts().records.size(), std::size_t{0});
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    QCOMPARE(tokenInVault(), QStringLiteral("two-at"));
}

void KeepingTest::vaultThatCannotWrite_isToldOnceAndTriedAgain()
{
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    QSignalSpy problems(m_sync.get(), &Synchronizer::problemFound);
    const QString vault = m_home->path(QStringLiteral("vault"));
    const QString away = m_home->path(QStringLiteral("away"));
    QVERIFY(QDir().rename(vault, away));
    m_home->write(logins, file(login("one", 1)));
    QTRY_VERIFY(has(fakeId));
    QTRY_COMPARE(problems.size(), 1);
    QCOMPARE(profile().protection, profile::Protection::Unknown);
    replace(logins, "# once more\n" + file(login("one", 1)));
    QTest::qWait(100); // for what must not come
    QVERIFY(QDir().rename(away, vault));
    replace(logins, "# again\n" + file(login("one", 1)));
    QTRY_COMPARE(tokenInVault(), QStringLiteral("one-at"));
    QCOMPARE(problems.size(), 1);
}

void KeepingTest::restart_isNoNews()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    QCOMPARE(stepsOf(fakeId), QList<Step>{Step::Import});
    const Profile before = profile();
    m_sync.reset();
    m_sightings.clear();
    m_clock->advance(1h);
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    QVERIFY(m_sightings.isEmpty());
    QCOMPARE(profile(), before);
}

void KeepingTest::keychain_isReadOncePerInterval()
{
    fakes::FakeTool &tool = addTool();
    tool.item = QStringLiteral("item");
    begin();
    const auto rescan = [this](Synchronizer::Keychain keychain) {
        m_sync->rescan(keychain);
        waitForScan();
        return m_keychain->asked.size();
    };
    QCOMPARE(m_keychain->asked.size(), std::size_t{1});
    QCOMPARE(rescan(Synchronizer::Keychain::WhenDue), std::size_t{1});
    m_clock->wall += 24h; // wall time jumps, boot time does not
    QCOMPARE(rescan(Synchronizer::Keychain::WhenDue), std::size_t{1});
    m_clock->advance(Synchronizer::keychainInterval - 1ms);
    QCOMPARE(rescan(Synchronizer::Keychain::WhenDue), std::size_t{1});
    m_clock->advance(1ms);
    QCOMPARE(rescan(Synchronizer::Keychain::WhenDue), std::size_t{2});
    QCOMPARE(rescan(Synchronizer::Keychain::Now), std::size_t{3});
}

void KeepingTest::keychain_isReadAgainWhenUnlocked()
{
    fakes::FakeTool &tool = addTool();
    tool.file.clear();
    tool.item = QStringLiteral("item");
    m_keychain->items[tool.attributes()] = file(login("one", 8));
    m_keychain->failure = base::ErrorKind::Locked;
    begin();
    QCOMPARE(profile().copies.front().state, CopyState::Unreadable);
    QCOMPARE(errorOf(profile()).kind, base::ErrorKind::Locked);
    m_keychain->failure.reset();
    Q_EMIT m_keychain->availabilityChanged();
    QTRY_COMPARE(profile().copies.front().state, CopyState::Held);
    Q_EMIT m_keychain->availabilityChanged(); // no reason to ask again
    QCoreApplication::processEvents();
    QCOMPARE(m_keychain->asked.size(), std::size_t{2});
}

void KeepingTest::keychainToken_isFollowedWhenItChanges()
{
    fakes::FakeTool &tool = addTool();
    tool.file.clear();
    tool.item = QStringLiteral("item");
    const auto attributes = tool.attributes();
    m_keychain->items[attributes] = file("- one-at - - ada\n");
    begin();
    const auto before = profile().credential;
    m_keychain->items[attributes] = file("- two-at - - ada\n");
    m_clock->advance(1h);
    m_sync->rescan(Synchronizer::Keychain::WhenDue);
    QTRY_VERIFY(profile().credential != before);
    QCOMPARE(profile().accord, Accord::Agreed);
}

// F-16
void KeepingTest::duplicates_appearAndVanish()
{
    addTool();
    addTool(QStringLiteral("other")).file = QStringLiteral(".other/logins");
    const QString otherId = QStringLiteral("other-cli");
    m_home->write(logins, file(login("one", 8)));
    begin();
    QVERIFY(profile().duplicates.empty());
    m_changed->clear();
    m_home->write(QStringLiteral(".other/logins"), file(login("one", 8)));
    QTRY_VERIFY(has(otherId));
    const profile::Duplicate clash{.profile = otherId, .kind = DuplicateKind::SameLineage};
    QCOMPARE(profile().duplicates, std::vector{clash});
    QCOMPARE(profile(otherId).duplicates.front().profile, fakeId);
    QTRY_COMPARE(m_changed->size(), 2); // the one that did not change itself is told too
    replace(QStringLiteral(".other/logins"), file(login("two", 9, "bob")));
    QTRY_VERIFY(profile().duplicates.empty());
    QVERIFY(profile(otherId).duplicates.empty());
}

void KeepingTest::sameAccount_isTold()
{
    addTool();
    addTool(QStringLiteral("other")).file = QStringLiteral(".other/logins");
    m_home->write(logins, file(login("one", 8)));
    m_home->write(QStringLiteral(".other/logins"), file(login("two", 8)));
    begin();
    QCOMPARE(profile().duplicates.size(), std::size_t{1});
    QCOMPARE(profile().duplicates.front().kind, DuplicateKind::SameAccount);
}

void KeepingTest::sightings_areChangesOfState()
{
    m_home->write(logins, file(login("one", 1)));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    replace(logins, "# a comment\n" + file(login("one", 1)));
    QTest::qWait(100); // for what must not come
    replace(logins, file(login("two", 9)));
    QTRY_COMPARE(m_sightings.size(), 2);
    replace(logins, "# a comment\n" + file(login("two", 9)));
    QTest::qWait(100); // for what must not come
    QCOMPARE(stepsOf(fakeId), (QList<Step>{Step::Import, Step::AdoptNewer}));
    const Sighting &last = m_sightings.back();
    QCOMPARE(last.path, m_home->path(logins));
    QCOMPARE(last.state, CopyState::Held);
    QCOMPARE(last.lineage, profile().credential.lineage());
    QCOMPARE(last.note, QString());
}

void KeepingTest::watchedOnly_andNothingIsWritten()
{
    addTool().companion = QStringLiteral(".fake/account");
    fakes::FakeTool &other = addTool(QStringLiteral("other"));
    other.file = QStringLiteral(".fake/others");
    other.cache = QStringLiteral(".fake/cache");
    m_home->write(logins, file(login("one", 8)));
    m_home->write(QStringLiteral(".fake/others"), "!damaged");
    m_home->write(QStringLiteral(".fake/cache/a.login"), file(login("one", 8)));
    m_home->write(QStringLiteral(".fake/cache/b.login"), file("- blank\n"));
    const QByteArray before = hashOf(m_home->path(QStringLiteral(".fake")));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    m_sync->rescan(Synchronizer::Keychain::Now);
    waitForScan();
    QCOMPARE(hashOf(m_home->path(QStringLiteral(".fake"))), before);
    QCOMPARE(m_sync->profiles().size(), std::size_t{4});
    for (const auto &[id, profile] : m_sync->profiles())
        QCOMPARE(profile.care, profile::Care::Watched);
}

// Runs this test again where the kernel allows one watch only.
void KeepingTest::unreliableWatch_isSaid()
{
    if (!qEnvironmentVariableIsSet("KEYTENDER_TEST_LIMITED")) {
        QProcess unshare;
        unshare.start(QStringLiteral("unshare"), {QStringLiteral("-Ur"), QStringLiteral("true")});
        if (!unshare.waitForStarted() || !unshare.waitForFinished() || unshare.exitCode() != 0)
            QSKIP("this machine allows no user namespace (unshare -Ur)");
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("KEYTENDER_TEST_LIMITED"), QStringLiteral("1"));
        unshare.setProcessEnvironment(environment);
        unshare.start(QStringLiteral("unshare"),
                      {QStringLiteral("-Ur"), QStringLiteral("sh"), QStringLiteral("-c"),
                       QStringLiteral("echo 1 > /proc/sys/user/max_inotify_watches && exec \"$0\" \"$1\""),
                       QCoreApplication::applicationFilePath(), QStringLiteral("unreliableWatch_isSaid")});
        QVERIFY(unshare.waitForFinished(20000));
        QVERIFY2(unshare.exitCode() == 0, unshare.readAll().constData());
        return;
    }
    m_home->write(logins, file(login("one", 8)));
    begin();
    QVERIFY2(m_sync->watchUnreliability().contains(QStringLiteral("max_user_watches")),
             qPrintable(m_sync->watchUnreliability()));
    QVERIFY(has(fakeId)); // what can be read is read
}

QTEST_GUILESS_MAIN(KeepingTest)
#include "keeping.moc"
