// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <sys/stat.h>

#include "sync/copyfetch.h"
#include "synchronizerfixture.h"

using namespace keytender;
using namespace std::chrono_literals;
using profile::Accord;
using profile::CopyState;
using profile::Profile;
using sync::errorOf;
using sync::fakeId;
using sync::file;
using sync::login;
using sync::logins;
using sync::Step;
using sync::Synchronizer;

// What a change of a tool's files means for its profiles.
class SynchronizerTest final : public sync::SynchronizerFixture {
    Q_OBJECT

private Q_SLOTS:
    void start_findsWhatIsThere();
    void start_withoutAnything_saysWhereItLooked();
    void renewal_isAdopted_data();
    void renewal_isAdopted();
    void sameBytes_areNoWork();
    void deletedAndMadeAgain_isFollowed();
    void replacedByDeletion_isNeverSignedOut();
    void lateDirectory_isFound();
    void symlinkedFile_isFollowed();
    void halfWritten_isRetriedWhileTheOldStateStands();
    void damagedForGood_isUnreadableAndHeals();
    void damagedFile_doesNotDisturbOthers();
    void damagedFile_isToldOfEveryLoginInIt();
    void damagedFile_thatNeverWasALogin_goesWithItsError();
    void directoryInPlace_isUnreadable();
    void blanked_keepsWhatTheVaultHas();
    void otherAccount_isFollowed();
    void olderToken_isNotAdopted();
    void ambiguousToken_isNotTaken();
    void bareToken_isFollowedByItsFilesTime();
    void loginLeavingItsFile_isSignedOut();
    void companion_namesTheAccountLater();
    void twoHomes_haveStableIds();
    void cacheFiles_comeAndGo();
};

void SynchronizerTest::start_findsWhatIsThere()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    QCOMPARE(m_sync->profiles().size(), std::size_t{1});
    const Profile &found = profile();
    QCOMPARE(found.id, fakeId);
    QCOMPARE(found.toolId, QStringLiteral("fake"));
    QCOMPARE(found.providerId, QStringLiteral("fake-provider"));
    QCOMPARE(found.label, QStringLiteral("Fake"));
    QCOMPARE(found.account.id, QStringLiteral("ada"));
    QCOMPARE(found.care, profile::Care::Watched);
    QCOMPARE(found.accord, Accord::Agreed);
    QCOMPARE(found.credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 8h));
    QCOMPARE(found.firstSeenAt, m_clock->wall);
    QCOMPARE(found.copies.size(), std::size_t{1});
    QCOMPARE(found.copies.front().path, m_home->path(logins));
    QCOMPARE(found.copies.front().state, CopyState::Held);
    QCOMPARE(found.copies.front().protection, profile::Protection::PrivateFile);
    QCOMPARE(found.copies.front().credential, std::optional(found.credential));
    QCOMPARE(m_changed->size(), 1);
}

void SynchronizerTest::start_withoutAnything_saysWhereItLooked()
{
    fakes::FakeTool &other = addTool(QStringLiteral("other"));
    other.file.clear();
    other.cache = QStringLiteral(".other/cache");
    addTool();
    begin();
    QVERIFY(m_sync->profiles().empty());
    const auto looked = m_sync->looked();
    QCOMPARE(looked.size(), std::size_t{2});
    QCOMPARE(looked[0].path, m_home->path(QStringLiteral(".other/cache")));
    QCOMPARE(looked[1].tool, QStringLiteral("Fake"));
    QCOMPARE(looked[1].path, m_home->path(logins));
}

void SynchronizerTest::renewal_isAdopted_data()
{
    QTest::addColumn<bool>("byRename");
    QTest::newRow("renamed into place") << true;
    QTest::newRow("truncated and written") << false;
}

void SynchronizerTest::renewal_isAdopted()
{
    QFETCH(const bool, byRename);
    m_home->write(logins, file(login("one", 1)));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    m_changed->clear();
    m_clock->advance(1h);
    // Durable before anybody hears of it.
    QString keptWhenTold;
    connect(m_sync.get(), &Synchronizer::profileChanged, this,
            [&](const QString &id) { keptWhenTold = tokenInVault(id); });
    if (byRename)
        replace(logins, file(login("two", 9)));
    else
        m_home->write(logins, file(login("two", 9)));
    QTRY_COMPARE(profile().credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 8h));
    QCOMPARE(keptWhenTold, QStringLiteral("two-at"));
    QCOMPARE(profile().firstSeenAt, m_clock->wall);
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(stepsOf(fakeId), (QList<Step>{Step::Import, Step::AdoptNewer}));
}

void SynchronizerTest::sameBytes_areNoWork()
{
    const fakes::FakeTool &tool = addTool();
    m_home->write(logins, file(login("one", 8)));
    begin();
    m_changed->clear();
    QCOMPARE(tool.timesRead, 1);
    replace(logins, file(login("one", 8)));
    m_sync->rescan(Synchronizer::Keychain::WhenDue);
    waitForScan();
    QTest::qWait(100); // for what must not come
    QCOMPARE(tool.timesRead, 1);
    QVERIFY(m_changed->isEmpty());
}

void SynchronizerTest::deletedAndMadeAgain_isFollowed()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    QVERIFY(QFile::remove(m_home->path(logins)));
    QTRY_COMPARE(profile().copies.front().state, CopyState::Absent);
    QCOMPARE(profile().credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 8h)); // F-13
    m_home->write(logins, file(login("two", 9)));
    QTRY_COMPARE(profile().copies.front().state, CopyState::Held);
    QCOMPARE(profile().credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 9h));
    QCOMPARE(stepsOf(fakeId), (QList<Step>{Step::KeepThroughAbsence, Step::AdoptNewer}));
}

void SynchronizerTest::replacedByDeletion_isNeverSignedOut()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    bool wasAbsent = false;
    connect(m_sync.get(), &Synchronizer::profileChanged, this,
            [&] { wasAbsent = wasAbsent || profile().copies.front().state == CopyState::Absent; });
    QVERIFY(QFile::remove(m_home->path(logins)));
    QCoreApplication::processEvents();
    m_home->write(logins, file(login("two", 9)));
    QTRY_COMPARE(profile().credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 9h));
    QVERIFY(!wasAbsent);
}

void SynchronizerTest::lateDirectory_isFound()
{
    addTool().file = QStringLiteral(".config/fake/deep/logins");
    begin();
    QVERIFY(m_sync->profiles().empty());
    m_home->write(QStringLiteral(".config/fake/deep/logins"), file(login("one", 8)));
    QTRY_VERIFY(has(fakeId));
}

void SynchronizerTest::symlinkedFile_isFollowed()
{
    const QString real = m_home->write(QStringLiteral("dotfiles/logins"), file(login("one", 8)));
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral(".fake")));
    QVERIFY(QFile::link(real, m_home->path(logins)));
    begin();
    QVERIFY(has(fakeId));
    replace(QStringLiteral("dotfiles/logins"), file(login("two", 9)));
    QTRY_COMPARE(profile().credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 9h));
}

// F-11: never "no credentials", never "unreadable" while somebody may be writing.
void SynchronizerTest::halfWritten_isRetriedWhileTheOldStateStands()
{
    m_home->write(logins, file(login("one", 1)));
    begin();
    m_changed->clear();
    const Profile before = profile();
    for (const QByteArray &part : {QByteArray(), QByteArray("!"), login("two", 9)}) {
        m_home->write(logins, part);
        QVERIFY(!m_changed->wait(120));
        QCOMPARE(profile(), before);
    }
    m_home->write(logins, file(login("two", 9)));
    QTRY_COMPARE(profile().credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 9h));
    QCOMPARE(stepsOf(fakeId), QList<Step>{Step::AdoptNewer});
}

void SynchronizerTest::damagedForGood_isUnreadableAndHeals()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    const Profile healthy = profile();
    QElapsedTimer timer;
    timer.start();
    m_home->write(logins, "!damaged");
    QTRY_COMPARE_WITH_TIMEOUT(profile().copies.front().state, CopyState::Unreadable, 4000);
    QVERIFY(timer.elapsed() >= sync::retryTimes.back().count());
    QCOMPARE(errorOf(profile()).kind, base::ErrorKind::Malformed);
    QCOMPARE(errorOf(profile()).subject, m_home->path(logins));
    QCOMPARE(profile().credential, healthy.credential);
    QCOMPARE(tokenInVault(), QStringLiteral("one-at"));
    m_home->write(logins, file(login("one", 8)));
    QTRY_COMPARE(profile().copies.front().state, CopyState::Held);
    QCOMPARE(profile().credential, healthy.credential);
    QCOMPARE(stepsOf(fakeId), (QList<Step>{Step::Import, Step::KeepThroughError, Step::Nothing}));
}

void SynchronizerTest::damagedFile_doesNotDisturbOthers()
{
    addTool();
    addTool(QStringLiteral("other")).file = QStringLiteral(".other/logins");
    m_home->write(logins, "!damaged");
    m_home->write(QStringLiteral(".other/logins"), file(login("two", 8)));
    begin();
    QCOMPARE(profile(QStringLiteral("other-cli")).copies.front().state, CopyState::Held);
    QCOMPARE(profile().copies.front().state, CopyState::Unreadable); // settled after the last retry
}

void SynchronizerTest::damagedFile_isToldOfEveryLoginInIt()
{
    const QByteArray both = login("one", 8, "ada", "first") + login("two", 8, "bob", "second");
    m_home->write(logins, file(both));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    const QStringList ids{QStringLiteral("fake-cli:first"), QStringLiteral("fake-cli:second")};
    chmod(QFile::encodeName(m_home->path(logins)).constData(), 0666); // others could change it
    for (const QString &id : ids)
        QTRY_COMPARE(profile(id).copies.front().state, CopyState::Unreadable);
    QCOMPARE(m_sync->profiles().size(), std::size_t{2});

    // And so after a restart, when only the vault knows who lies there.
    m_sync.reset();
    begin();
    QVERIFY(has(fakeId)); // without the vault nobody knows
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    for (const QString &id : ids) {
        QCOMPARE(profile(id).copies.size(), std::size_t{1});
        QCOMPARE(profile(id).copies.front().state, CopyState::Unreadable);
    }
    QCOMPARE(m_sync->profiles().size(), std::size_t{2});
}

void SynchronizerTest::damagedFile_thatNeverWasALogin_goesWithItsError()
{
    m_home->write(logins, "!damaged");
    begin();
    QCOMPARE(profile().copies.front().state, CopyState::Unreadable);
    QSignalSpy removed(m_sync.get(), &Synchronizer::profileRemoved);
    QVERIFY(QFile::remove(m_home->path(logins)));
    QTRY_COMPARE(removed.size(), 1);
    QVERIFY(m_sync->profiles().empty());
}

void SynchronizerTest::directoryInPlace_isUnreadable()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    QVERIFY(QFile::remove(m_home->path(logins)));
    QVERIFY(QDir().mkdir(m_home->path(logins)));
    QTRY_COMPARE(profile().copies.front().state, CopyState::Unreadable);
    QCOMPARE(errorOf(profile()).kind, base::ErrorKind::NotAFile);
    QVERIFY(profile().credential.canBeRefreshed());
}

// F-14
void SynchronizerTest::blanked_keepsWhatTheVaultHas()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    m_sync->setVault(openVault(vault::Vault::Access::ReadWrite));
    waitForScan();
    replace(logins, file("- blank\n"));
    QTRY_COMPARE(profile().copies.front().state, CopyState::Blank);
    QVERIFY(profile().credential.canBeRefreshed());
    QCOMPARE(tokenInVault(), QStringLiteral("one-at"));
}

// F-15
void SynchronizerTest::otherAccount_isFollowed()
{
    m_home->write(logins, file(login("one", 8, "ada")));
    begin();
    replace(logins, file(login("two", 4, "bob")));
    QTRY_COMPARE(profile().account.id, QStringLiteral("bob"));
    QCOMPARE(profile().credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 4h));
    QCOMPARE(stepsOf(fakeId), QList<Step>{Step::ReplaceAccount});
}

void SynchronizerTest::olderToken_isNotAdopted()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    replace(logins, file(login("two", 4)));
    QTRY_COMPARE(profile().accord, Accord::KeptNewer);
    QCOMPARE(profile().credential.expiresAt, std::optional<base::Timestamp>(m_clock->wall + 8h));
    replace(logins, file(login("three", 9)));
    QTRY_COMPARE(profile().accord, Accord::Agreed);
}

void SynchronizerTest::ambiguousToken_isNotTaken()
{
    m_home->write(logins, file(login("one", 8)));
    begin();
    const auto before = profile().credential;
    replace(logins, file(login("two", 8)));
    QTRY_COMPARE(profile().accord, Accord::Ambiguous);
    QCOMPARE(profile().credential, before);
}

void SynchronizerTest::bareToken_isFollowedByItsFilesTime()
{
    m_home->write(logins, file("- one-at - - ada\n"));
    m_clock->wall = std::chrono::time_point_cast<base::Milliseconds>(std::chrono::system_clock::now()) - 1min;
    begin();
    const auto before = profile().credential;
    replace(logins, file("- two-at - - ada\n"));
    QTRY_VERIFY(profile().credential != before);
    QCOMPARE(profile().accord, Accord::Agreed);
}

void SynchronizerTest::loginLeavingItsFile_isSignedOut()
{
    m_home->write(logins, file(login("one", 8, "ada", "first") + login("two", 8, "bob", "second")));
    begin();
    replace(logins, file(login("two", 8, "bob", "second")));
    QTRY_COMPARE(profile(QStringLiteral("fake-cli:first")).copies.front().state, CopyState::Absent);
    QCOMPARE(profile(QStringLiteral("fake-cli:second")).copies.front().state, CopyState::Held);
}

void SynchronizerTest::companion_namesTheAccountLater()
{
    addTool().companion = QStringLiteral(".fake.account");
    m_home->write(logins, file(login("one", 8, "-")));
    begin();
    QVERIFY(!profile().account.isKnown());
    m_home->write(QStringLiteral(".fake.account"), "ada");
    QTRY_COMPARE(profile().account.id, QStringLiteral("ada"));
    replace(QStringLiteral(".fake.account"), "bob");
    QTRY_COMPARE(profile().account.id, QStringLiteral("bob"));
}

void SynchronizerTest::twoHomes_haveStableIds()
{
    const QString one = m_home->path(QStringLiteral("one/work"));
    const QString two = m_home->path(QStringLiteral("two/work"));
    m_homes[QStringLiteral("fake")] = QStringList{one, two};
    m_home->write(QStringLiteral("one/work/.fake/logins"), file(login("one", 8, "ada")));
    m_home->write(QStringLiteral("two/work/.fake/logins"), file(login("two", 8, "bob")));
    begin();
    QCOMPARE(m_sync->profiles().size(), std::size_t{2});
    QStringList ids;
    for (const auto &[id, profile] : m_sync->profiles()) {
        QVERIFY2(id.startsWith(QStringLiteral("fake-cli@work")), qPrintable(id));
        QVERIFY2(profile.label.startsWith(QStringLiteral("Fake (work")), qPrintable(profile.label));
        ids += id;
    }
    begin();
    QStringList again;
    for (const auto &[id, profile] : m_sync->profiles())
        again += id;
    QCOMPARE(again, ids);
}

void SynchronizerTest::cacheFiles_comeAndGo()
{
    fakes::FakeTool &tool = addTool();
    tool.file.clear();
    tool.cache = QStringLiteral(".fake/cache");
    begin();
    m_home->write(QStringLiteral(".fake/cache/a.login"), file(login("one", 8, "ada")));
    QTRY_VERIFY(has(QStringLiteral("fake-cli:a")));
    m_home->write(QStringLiteral(".fake/cache/b.login"), file(login("two", 8, "bob")));
    QTRY_VERIFY(has(QStringLiteral("fake-cli:b")));
    const int located = tool.timesLocated;
    replace(QStringLiteral(".fake/cache/a.login"), file(login("three", 9, "ada")));
    QTRY_COMPARE(profile(QStringLiteral("fake-cli:a")).credential.expiresAt,
                 std::optional<base::Timestamp>(m_clock->wall + 9h));
    QTest::qWait(100); // for what must not come
    QCOMPARE(tool.timesLocated, located);
    QVERIFY(QFile::remove(m_home->path(QStringLiteral(".fake/cache/a.login"))));
    QTRY_COMPARE(profile(QStringLiteral("fake-cli:a")).copies.front().state, CopyState::Absent);
    QVERIFY(has(QStringLiteral("fake-cli:b")));
}

QTEST_GUILESS_MAIN(SynchronizerTest)
#include "synchronizer.moc"
