// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/synchronizer.h"

#include <cstdio>

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

#include "fakes/fakeclock.h"
#include "fakes/fakekeychain.h"
#include "fakes/faketool.h"
#include "fakes/temporaryhome.h"
#include "sync/copyfetch.h"

using namespace keytender;
using namespace std::chrono_literals;
using profile::Accord;
using profile::CopyState;
using profile::DuplicateKind;
using profile::Profile;
using sync::Sighting;
using sync::Step;
using sync::Synchronizer;

namespace {

const QString logins = QStringLiteral(".fake/logins");
const QString fakeId = QStringLiteral("fake-cli");

// Wire text of one login; hours count from the fake clock's start.
QByteArray login(const QByteArray &token, int hours, const QByteArray &account = "ada", const QByteArray &slot = "-")
{
    const fakes::FakeClock clock;
    const auto start = std::chrono::duration_cast<std::chrono::hours>(clock.wall.time_since_epoch()).count();
    return slot + ' ' + token + "-at " + token + "-rt " + QByteArray::number(qint64(start + hours)) + ' ' + account
           + '\n';
}

QByteArray file(const QByteArray &lines)
{
    return lines + "end\n";
}

base::Error errorOf(const Profile &profile)
{
    return profile.copies.front().problem.value_or(base::Error{});
}

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

class SynchronizerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

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

    void vault_keepsWhatWasFound();
    void vaultComingLate_isMerged();
    void vaultComingLate_readsTheKeychainNoSecondTime();
    void vaultProfiles_stayWithoutTheirCopies();
    void readOnlyVault_isNotWritten();
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

private:
    fakes::FakeTool &addTool(const QString &id = QStringLiteral("fake"));
    void begin();
    void waitForScan();
    [[nodiscard]] const Profile &profile(const QString &id = fakeId) const;
    [[nodiscard]] bool has(const QString &id) const;
    [[nodiscard]] std::unique_ptr<vault::Vault> openVault(vault::Vault::Access access);
    void replace(const QString &relative, const QByteArray &bytes);
    [[nodiscard]] QList<Step> stepsOf(const QString &id) const;
    [[nodiscard]] QString tokenInVault(const QString &id = fakeId);

    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::FakeClock> m_clock;
    std::unique_ptr<fakes::FakeKeychain> m_keychain;
    base::SystemRandom m_random;
    std::vector<std::unique_ptr<tools::Tool>> m_tools;
    std::map<QString, QStringList> m_homes;
    std::unique_ptr<Synchronizer> m_sync;
    std::unique_ptr<QSignalSpy> m_changed;
    QList<Sighting> m_sightings;
};

void SynchronizerTest::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    qRegisterMetaType<sync::Sighting>();
    qRegisterMetaType<base::Error>();
}

void SynchronizerTest::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_clock = std::make_unique<fakes::FakeClock>();
    m_keychain = std::make_unique<fakes::FakeKeychain>();
    m_tools.clear();
    m_homes.clear();
    m_sightings.clear();
}

void SynchronizerTest::cleanup()
{
    m_changed.reset();
    m_sync.reset();
    m_home.reset();
}

fakes::FakeTool &SynchronizerTest::addTool(const QString &id)
{
    auto tool = std::make_unique<fakes::FakeTool>();
    tool->named.id = id;
    tool->named.profileName = id + QStringLiteral("-cli");
    fakes::FakeTool &made = *tool;
    m_tools.push_back(std::move(tool));
    return made;
}

void SynchronizerTest::begin()
{
    if (m_tools.empty())
        addTool();
    m_sync = std::make_unique<Synchronizer>(
        std::move(m_tools),
        sync::SynchronizerWorld{
            .clock = *m_clock, .keychain = *m_keychain, .environment = m_home->environment(), .extraHomes = m_homes});
    m_tools.clear();
    m_changed = std::make_unique<QSignalSpy>(m_sync.get(), &Synchronizer::profileChanged);
    connect(m_sync.get(), &Synchronizer::sighted, this, [this](const Sighting &sighting) { m_sightings += sighting; });
    m_sync->start();
    waitForScan();
}

void SynchronizerTest::waitForScan()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_sync->isSettled(), 5000);
}

const Profile &SynchronizerTest::profile(const QString &id) const
{
    static const Profile none;
    const auto found = m_sync->profiles().find(id);
    return found == m_sync->profiles().end() ? none : found->second;
}

bool SynchronizerTest::has(const QString &id) const
{
    return m_sync->profiles().contains(id);
}

std::unique_ptr<vault::Vault> SynchronizerTest::openVault(vault::Vault::Access access)
{
    vault::MasterKey key{.key = base::Secret(vault::MasterKey::size)};
    auto opened = vault::Vault::open(m_home->path(QStringLiteral("vault")), std::move(key), access, m_random);
    if (!opened)
        qFatal("%s", qPrintable(base::describe(opened.error())));
    return std::move(opened).value();
}

void SynchronizerTest::replace(const QString &relative, const QByteArray &bytes)
{
    const QString temporary = m_home->write(relative + QStringLiteral(".tmp"), bytes);
    QCOMPARE(
        std::rename(QFile::encodeName(temporary).constData(), QFile::encodeName(m_home->path(relative)).constData()),
        0);
}

QList<Step> SynchronizerTest::stepsOf(const QString &id) const
{
    QList<Step> steps;
    for (const Sighting &sighting : m_sightings) {
        if (sighting.profile == id)
            steps += sighting.step;
    }
    return steps;
}

QString SynchronizerTest::tokenInVault(const QString &id)
{
    const auto record = openVault(vault::Vault::Access::ReadOnly)->read(id);
    if (!record)
        return QStringLiteral("none");
    const std::string_view token = record->credential.tokens.accessToken.expose();
    return QString::fromUtf8(token.data(), static_cast<qsizetype>(token.size()));
}

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

void SynchronizerTest::vault_keepsWhatWasFound()
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

void SynchronizerTest::vaultComingLate_isMerged()
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

void SynchronizerTest::vaultComingLate_readsTheKeychainNoSecondTime()
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

void SynchronizerTest::vaultProfiles_stayWithoutTheirCopies()
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

void SynchronizerTest::readOnlyVault_isNotWritten()
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

void SynchronizerTest::vaultThatCannotWrite_isToldOnceAndTriedAgain()
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

void SynchronizerTest::restart_isNoNews()
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

void SynchronizerTest::keychain_isReadOncePerInterval()
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

void SynchronizerTest::keychain_isReadAgainWhenUnlocked()
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

void SynchronizerTest::keychainToken_isFollowedWhenItChanges()
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
void SynchronizerTest::duplicates_appearAndVanish()
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

void SynchronizerTest::sameAccount_isTold()
{
    addTool();
    addTool(QStringLiteral("other")).file = QStringLiteral(".other/logins");
    m_home->write(logins, file(login("one", 8)));
    m_home->write(QStringLiteral(".other/logins"), file(login("two", 8)));
    begin();
    QCOMPARE(profile().duplicates.size(), std::size_t{1});
    QCOMPARE(profile().duplicates.front().kind, DuplicateKind::SameAccount);
}

void SynchronizerTest::sightings_areChangesOfState()
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

void SynchronizerTest::watchedOnly_andNothingIsWritten()
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
void SynchronizerTest::unreliableWatch_isSaid()
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

QTEST_GUILESS_MAIN(SynchronizerTest)
#include "synchronizer.moc"
