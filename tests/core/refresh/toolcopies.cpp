// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/toolcopies.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "fakes/fakekeychain.h"
#include "fakes/lockingtool.h"
#include "tools/locks/toollock.h"

using namespace keytender;
using namespace std::chrono_literals;
using refresh::CopiesReading;
using refresh::OwnerCopies;
using refresh::PublishedCopy;
using refresh::ToolCopies;
using tools::LockSpec;
using State = CopiesReading::State;

Q_DECLARE_METATYPE(keytender::refresh::CopiesReading::State)

namespace {

constexpr base::Timestamp today{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

QByteArray login(const char *access, const char *refresh, int expiresInHours = 1, const char *account = "ann")
{
    const auto expires = (today + std::chrono::hours(expiresInHours)).time_since_epoch().count();
    return QByteArray(R"({"main":{"access":")") + access + R"(","refresh":")" + refresh + R"(","expires":)"
           + QByteArray::number(qint64(expires)) + R"(,"account":")" + account + "\"}}\n";
}

class StandingClock final : public base::Clock {
public:
    [[nodiscard]] base::Timestamp wallTime() const override { return today; }
    [[nodiscard]] base::Milliseconds bootTime() const override { return base::SystemClock().bootTime(); }
};

} // namespace

class ToolCopiesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(base::initializeCrypto());
        m_key =
            std::make_unique<base::FingerprintKey>(base::Secret::copyOf(std::string(base::FingerprintKey::size, 'f')));
    }
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_tool = std::make_unique<fakes::LockingTool>();
        m_tool->writes.locks = {lock()};
        m_keychain = std::make_unique<fakes::FakeKeychain>();
        m_ancestors.clear();
        m_kept.clear();
        m_reading.reset();
        m_published.reset();
        m_known = record("a1", "r1", 1);
    }

    void glance_tellsWhatTheCopySays_data();
    void glance_tellsWhatTheCopySays();
    void severalCopies_areJudgedTogether_data();
    void severalCopies_areJudgedTogether();
    void newer_bringsTheTokenAndItsAccount();
    void halfWrittenCopy_isLookedAtAgain();
    void lock_holdsEachToolsOwn();
    void lock_thatIsTaken_timesOut();
    void lock_thatToolsCannotName_isAnError();
    void tolerance_isThatOfTheLeastPatient();
    void patience_letsTheOwnerFinishAndAdopts();
    void patience_thatSeesNothing_endsUnderTheLocks();
    void patience_seesAnotherAccountAtOnce();
    void patience_withoutNews_isNotHeardOfAfterUnlock();
    void publish_writesIntoWhatHoldsTheSpentOne_data();
    void publish_writesIntoWhatHoldsTheSpentOne();
    void publish_oneCopyFails_theOthersGoOn();
    void publish_takesTheLocksAnew();
    void publish_locksCannotBeHad_allFail();
    void publish_keepsWhatWasThere();
    void publish_intoAKeychain_goesTheSameWay_data();
    void publish_intoAKeychain_goesTheSameWay();
    void reread_ofAKeychain_asksIt();
    void destroyed_isNotHeardOfAgain();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_directory->path() + u'/' + name; }
    [[nodiscard]] LockSpec lock(const QString &name = QStringLiteral("lock")) const
    {
        return {.kind = LockSpec::Kind::Directory, .span = LockSpec::Span::Refresh, .path = at(name), .stale = 10s};
    }
    [[nodiscard]] static vault::Record record(const char *access, const char *refresh, int expiresInHours)
    {
        vault::Record record;
        record.id = QStringLiteral("locking-cli");
        record.account.id = QStringLiteral("ann");
        record.credential.tokens.accessToken = base::Secret::copyOf(access);
        record.credential.tokens.refreshToken = base::Secret::copyOf(refresh);
        record.credential.tokens.expiresAt = today + std::chrono::hours(expiresInHours);
        return record;
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        file.write(bytes);
    }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(at(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }
    [[nodiscard]] refresh::OwnedCopy file(const QString &name) const
    {
        refresh::OwnedCopy copy{.tool = m_tool.get(), .place = {}, .slot = QStringLiteral("main")};
        copy.place.path = at(name);
        return copy;
    }
    [[nodiscard]] refresh::OwnedCopy item() const
    {
        refresh::OwnedCopy copy = file(QStringLiteral("item"));
        copy.place.kind = tools::CopyPlace::Kind::KeychainItem;
        copy.place.path = QStringLiteral("keychain: item");
        copy.place.attributes = m_attributes;
        return copy;
    }
    [[nodiscard]] std::unique_ptr<ToolCopies> copiesOf(std::vector<refresh::OwnedCopy> copies)
    {
        return std::make_unique<ToolCopies>(
            std::move(copies),
            refresh::ToolCopiesWorld{
                .clock = m_clock,
                .random = m_random,
                .keychain = *m_keychain,
                .fingerprintKey = *m_key,
                .toolWorld = [](const QString &) { return tools::ToolWorld(); },
                .isAncestor = [this](const base::Fingerprint &one) { return m_ancestors.contains(one); },
                .keepBefore =
                    [this](const QString &path, const base::Secret &before) {
                        m_kept.append(path.toUtf8() + ": "
                                      + QByteArray(before.expose().data(), qsizetype(before.size())));
                        return base::Result<void>();
                    }});
    }
    void makeAncestor(const char *token) { m_ancestors.append(fingerprint(token)); }
    [[nodiscard]] base::Fingerprint fingerprint(const char *token) const
    {
        return m_key->of(base::Secret::copyOf(token));
    }
    void lockNow(ToolCopies &copies)
    {
        bool isDone = false;
        copies.lock(5s, this, [&isDone](const base::Result<void> &taken) {
            isDone = true;
            QVERIFY(taken);
        });
        QTRY_VERIFY(isDone);
    }
    void reread(ToolCopies &copies, OwnerCopies::Patience patience = OwnerCopies::Patience::Glance)
    {
        copies.reread(m_known, patience, this, [this](CopiesReading reading) {
            QVERIFY(!m_reading);
            m_reading.emplace(std::move(reading));
        });
    }
    void publish(ToolCopies &copies)
    {
        copies.publish(record("a2", "r2", 8), fingerprint("r1"), this, [this](std::vector<PublishedCopy> published) {
            QVERIFY(!m_published);
            m_published = std::move(published);
        });
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<fakes::LockingTool> m_tool;
    std::unique_ptr<fakes::FakeKeychain> m_keychain;
    std::unique_ptr<base::FingerprintKey> m_key;
    const tools::KeychainAttributes m_attributes{{QStringLiteral("service"), QStringLiteral("locking")}};
    StandingClock m_clock;
    base::SystemRandom m_random;
    vault::Record m_known;
    QList<base::Fingerprint> m_ancestors;
    QByteArrayList m_kept;
    std::optional<CopiesReading> m_reading;
    std::optional<std::vector<PublishedCopy>> m_published;
};

void ToolCopiesTest::glance_tellsWhatTheCopySays_data()
{
    QTest::addColumn<QByteArray>("there");
    QTest::addColumn<State>("state");
    QTest::newRow("the same") << login("a1", "r1") << State::Unchanged;
    QTest::newRow("an ancestor") << login("a0", "r0", 9) << State::Unchanged; // whatever its date says
    QTest::newRow("later") << login("a2", "r2", 2) << State::Newer;
    QTest::newRow("a later access token alone") << login("a2", "r1", 2) << State::Newer;
    QTest::newRow("an undated access token of the same") << login("a2", "r1", 1) << State::Unchanged;
    QTest::newRow("earlier, and never ours") << login("a9", "r9", 0) << State::Ambiguous; // INV-4
    QTest::newRow("an earlier access token alone") << login("a9", "r1", 0) << State::Unchanged;
    QTest::newRow("undated") << login("a9", "r9", 1) << State::Ambiguous;
    QTest::newRow("of the next century") << login("a9", "r9", 24 * 36500) << State::Ambiguous;
    QTest::newRow("another account") << login("a9", "r9", 2, "bob") << State::OtherAccount; // F-15
    QTest::newRow("ours, said to be another's") << login("a1", "r1", 1, "bob") << State::OtherAccount;
    QTest::newRow("no refresh token") << login("a9", "", 2) << State::Unchanged;
    QTest::newRow("blanked") << login("", "") << State::Gone; // F-14
    QTest::newRow("signed out") << QByteArray("{}") << State::Gone;
    QTest::newRow("no file") << QByteArray() << State::Gone; // F-13
    QTest::newRow("cut off") << login("a1", "r1").first(30) << State::Unreadable;
    QTest::newRow("damaged") << QByteArray("{\"main\":x}") << State::Unreadable;
    QTest::newRow("twice") << QByteArray(R"({"main":{"access":"a1","access":"a1"}})") << State::Unreadable;
}

void ToolCopiesTest::glance_tellsWhatTheCopySays()
{
    QFETCH(const QByteArray, there);
    makeAncestor("r0");
    if (!there.isEmpty())
        write(QStringLiteral("one"), there);
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    reread(*copies);
    QTRY_VERIFY(m_reading);
    QTEST(m_reading->state, "state");
    QCOMPARE(m_reading->state == State::Unreadable, m_reading->error.has_value());
    QCOMPARE(content(QStringLiteral("one")), there.isEmpty() ? QByteArray("(none)") : there);
}

void ToolCopiesTest::severalCopies_areJudgedTogether_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("two");
    QTest::addColumn<State>("state");
    const QByteArray same = login("a1", "r1");
    const QByteArray later = login("a2", "r2", 2);
    const QByteArray bob = login("b", "rB", 2, "bob");
    QTest::newRow("both the same") << same << same << State::Unchanged;
    QTest::newRow("one is later") << same << later << State::Newer;
    QTest::newRow("one is later, the other another's") << bob << later << State::Newer;
    QTest::newRow("both are later") << login("a3", "r3", 3) << later << State::Newer;
    QTest::newRow("both are later, and who knows which") << login("a3", "r3", 2) << later << State::Ambiguous;
    QTest::newRow("one cannot be read") << same << QByteArray("x") << State::Unreadable;
    QTest::newRow("one is gone") << same << QByteArray("{}") << State::Unchanged;
    QTest::newRow("one is another's") << same << bob << State::Unchanged;
    QTest::newRow("none is ours") << QByteArray("{}") << bob << State::OtherAccount;
}

void ToolCopiesTest::severalCopies_areJudgedTogether()
{
    QFETCH(const QByteArray, one);
    QFETCH(const QByteArray, two);
    QFETCH(const State, state);
    for (const bool isSwapped : {false, true}) {
        write(QStringLiteral("one"), isSwapped ? two : one);
        write(QStringLiteral("two"), isSwapped ? one : two);
        const auto copies = copiesOf({file(QStringLiteral("one")), file(QStringLiteral("two"))});
        m_reading.reset();
        reread(*copies);
        QTRY_VERIFY(m_reading);
        QCOMPARE(m_reading->state, state);
        if (one.contains("r3") && state == State::Newer)
            QCOMPARE(m_reading->newer.tokens.refreshToken.expose(), std::string_view("r3"));
    }
}

void ToolCopiesTest::newer_bringsTheTokenAndItsAccount()
{
    write(QStringLiteral("one"), login("a2", "r2", 2));
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    reread(*copies);
    QVERIFY(m_reading);
    QCOMPARE(m_reading->newer.tokens.accessToken.expose(), std::string_view("a2"));
    QCOMPARE(m_reading->newer.tokens.refreshToken.expose(), std::string_view("r2"));
    QCOMPARE(m_reading->account.id, QStringLiteral("ann"));
}

void ToolCopiesTest::halfWrittenCopy_isLookedAtAgain() // F-11
{
    write(QStringLiteral("one"), login("a2", "r2", 2).first(20));
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    lockNow(*copies);
    reread(*copies);
    QVERIFY(!m_reading);
    write(QStringLiteral("one"), login("a2", "r2", 2));
    QTRY_VERIFY(m_reading);
    QCOMPARE(m_reading->state, State::Newer);
    QVERIFY(copies->isLocked());
}

void ToolCopiesTest::lock_holdsEachToolsOwn()
{
    const auto copies = copiesOf({file(QStringLiteral("one")), file(QStringLiteral("two"))});
    QVERIFY(!copies->isLocked());
    lockNow(*copies);
    QVERIFY(copies->isLocked());
    QVERIFY(QFileInfo(at(QStringLiteral("lock"))).isDir());
    QVERIFY(QDir().rmdir(at(QStringLiteral("lock"))));
    QVERIFY(!copies->isLocked()); // F-07
    lockNow(*copies);
    copies->unlock();
    QVERIFY(!copies->isLocked());
    QVERIFY(!QFileInfo::exists(at(QStringLiteral("lock"))));
}

void ToolCopiesTest::lock_thatIsTaken_timesOut() // F-09
{
    const auto other = tools::takeToolLock(lock(), {m_clock, m_random});
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    std::optional<base::Result<void>> taken;
    copies->lock(100ms, this, [&taken](base::Result<void> result) { taken = std::move(result); });
    QTRY_VERIFY(taken);
    QVERIFY(!*taken);
    QCOMPARE(taken->error().kind, base::ErrorKind::TimedOut);
    QVERIFY((*other)->isOurs());
}

void ToolCopiesTest::lock_thatToolsCannotName_isAnError()
{
    m_tool->writes.problem = base::errorFromErrno(EACCES, QStringLiteral("/where"));
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    std::optional<base::Result<void>> taken;
    copies->lock(5s, this, [&taken](base::Result<void> result) { taken = std::move(result); });
    QVERIFY(taken && !*taken);
    QCOMPARE(taken->error().kind, base::ErrorKind::PermissionDenied);
}

void ToolCopiesTest::tolerance_isThatOfTheLeastPatient()
{
    fakes::LockingTool patient;
    patient.writes.locks = {lock()};
    patient.writes.tolerance = 20s;
    refresh::OwnedCopy other = file(QStringLiteral("two"));
    other.tool = &patient;
    QCOMPARE(copiesOf({other})->tolerance(), base::Milliseconds(20s));
    QCOMPARE(copiesOf({other, file(QStringLiteral("one"))})->tolerance(), base::Milliseconds(6s));
    patient.writes.locks.clear(); // nobody waits for what is not held
    QCOMPARE(copiesOf({other})->tolerance(), base::Milliseconds::max());
}

// F-48. The owner waits for its lock before it writes what it got.
void ToolCopiesTest::patience_letsTheOwnerFinishAndAdopts()
{
    m_tool->writes.waits = 5s;
    write(QStringLiteral("one"), login("a1", "r1"));
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    lockNow(*copies);
    reread(*copies, OwnerCopies::Patience::Patient);
    std::optional<tools::TakenLock> owner;
    const auto takesLock = [&] {
        owner.emplace(tools::takeToolLock(lock(), {m_clock, m_random}));
        return owner->has_value();
    };
    QTRY_VERIFY(takesLock());
    QVERIFY(!m_reading);
    write(QStringLiteral("one"), login("a2", "r2", 2));
    QTest::qWait(400);
    QVERIFY(!m_reading); // what follows is done under the lock, and the owner still holds it
    owner.reset();
    QTRY_VERIFY(m_reading);
    QCOMPARE(m_reading->state, State::Newer);
    QVERIFY(copies->isLocked());
}

void ToolCopiesTest::patience_thatSeesNothing_endsUnderTheLocks()
{
    write(QStringLiteral("one"), login("a1", "r1"));
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    lockNow(*copies);
    QElapsedTimer timer;
    timer.start();
    reread(*copies, OwnerCopies::Patience::Patient);
    QTRY_VERIFY(m_reading);
    QVERIFY(timer.elapsed() >= 600);
    QCOMPARE(m_reading->state, State::Unchanged);
    QVERIFY(copies->isLocked());
}

void ToolCopiesTest::patience_seesAnotherAccountAtOnce()
{
    m_tool->writes.waits = 60s;
    write(QStringLiteral("one"), login("a9", "r9", 2, "bob"));
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    lockNow(*copies);
    reread(*copies, OwnerCopies::Patience::Patient);
    QVERIFY(m_reading);
    QCOMPARE(m_reading->state, State::OtherAccount);
}

void ToolCopiesTest::patience_withoutNews_isNotHeardOfAfterUnlock()
{
    write(QStringLiteral("one"), login("a1", "r1"));
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    lockNow(*copies);
    reread(*copies, OwnerCopies::Patience::Patient);
    copies->unlock();
    QTest::qWait(1000);
    QVERIFY(!m_reading);
    QVERIFY(!QFileInfo::exists(at(QStringLiteral("lock"))));
}

void ToolCopiesTest::publish_writesIntoWhatHoldsTheSpentOne_data() // INV-5
{
    QTest::addColumn<QByteArray>("there");
    QTest::addColumn<bool>("isReplaced");
    QTest::newRow("what was spent") << login("a1", "r1") << true;
    QTest::newRow("an ancestor") << login("a0", "r0") << true; // F-87
    QTest::newRow("the successor already") << login("a2", "r2", 8) << true;
    QTest::newRow("something else") << login("a9", "r9", 0) << false;
    QTest::newRow("another account's") << login("a1", "r1", 1, "bob") << false;
    QTest::newRow("blanked") << login("", "") << false;
    QTest::newRow("a bare token") << login("a9", "") << false;
    QTest::newRow("signed out") << QByteArray("{}") << false;
    QTest::newRow("no file") << QByteArray() << false;
}

void ToolCopiesTest::publish_writesIntoWhatHoldsTheSpentOne()
{
    QFETCH(const QByteArray, there);
    QFETCH(const bool, isReplaced);
    makeAncestor("r0");
    if (!there.isEmpty())
        write(QStringLiteral("one"), there);
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    lockNow(*copies);
    publish(*copies);
    QTRY_VERIFY(m_published);
    QCOMPARE(m_published->size(), std::size_t(1));
    QCOMPARE(m_published->front().path, at(QStringLiteral("one")));
    QCOMPARE(m_published->front().state,
             isReplaced ? PublishedCopy::State::Replaced : PublishedCopy::State::ChangedMeanwhile);
    if (isReplaced)
        QCOMPARE(content(QStringLiteral("one")), login("a2", "r2", 8));
    else
        QCOMPARE(content(QStringLiteral("one")), there.isEmpty() ? QByteArray("(none)") : there);
    QVERIFY(copies->isLocked());
}

void ToolCopiesTest::publish_oneCopyFails_theOthersGoOn() // F-88
{
    write(QStringLiteral("one"), login("a1", "r1"));
    write(QStringLiteral("two"), "x");
    write(QStringLiteral("three"), login("a1", "r1"));
    const auto copies =
        copiesOf({file(QStringLiteral("one")), file(QStringLiteral("two")), file(QStringLiteral("three"))});
    lockNow(*copies);
    publish(*copies);
    QTRY_VERIFY(m_published);
    QCOMPARE(m_published->at(0).state, PublishedCopy::State::Replaced);
    QCOMPARE(m_published->at(1).state, PublishedCopy::State::Failed);
    QVERIFY(m_published->at(1).error);
    QCOMPARE(m_published->at(2).state, PublishedCopy::State::Replaced);
    QCOMPARE(content(QStringLiteral("two")), QByteArray("x"));
    QCOMPARE(content(QStringLiteral("three")), login("a2", "r2", 8));
}

void ToolCopiesTest::publish_takesTheLocksAnew()
{
    write(QStringLiteral("one"), login("a1", "r1"));
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    auto other = tools::takeToolLock(lock(), {m_clock, m_random});
    publish(*copies);
    QTest::qWait(100);
    QVERIFY(!m_published);
    QCOMPARE(content(QStringLiteral("one")), login("a1", "r1"));
    other->reset();
    QTRY_VERIFY(m_published);
    QCOMPARE(m_published->front().state, PublishedCopy::State::Replaced);
    QVERIFY(copies->isLocked());
}

void ToolCopiesTest::publish_locksCannotBeHad_allFail()
{
    write(QStringLiteral("lock"), "a file where a directory belongs");
    write(QStringLiteral("one"), login("a1", "r1"));
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    publish(*copies);
    QTRY_VERIFY(m_published);
    QCOMPARE(m_published->front().state, PublishedCopy::State::Failed);
    QCOMPARE(m_published->front().error->kind, base::ErrorKind::NotAFile);
    QCOMPARE(content(QStringLiteral("one")), login("a1", "r1"));
}

void ToolCopiesTest::publish_keepsWhatWasThere()
{
    write(QStringLiteral("one"), login("a1", "r1"));
    const auto copies = copiesOf({file(QStringLiteral("one"))});
    publish(*copies);
    QTRY_VERIFY(m_published);
    QCOMPARE(m_kept, QByteArrayList({at(QStringLiteral("one")).toUtf8() + ": " + login("a1", "r1")}));
}

void ToolCopiesTest::publish_intoAKeychain_goesTheSameWay_data()
{
    publish_writesIntoWhatHoldsTheSpentOne_data();
}

void ToolCopiesTest::publish_intoAKeychain_goesTheSameWay()
{
    QFETCH(const QByteArray, there);
    QFETCH(const bool, isReplaced);
    makeAncestor("r0");
    if (!there.isEmpty())
        m_keychain->items[m_attributes] = there;
    write(QStringLiteral("one"), login("a1", "r1"));
    const auto copies = copiesOf({item(), file(QStringLiteral("one"))});
    lockNow(*copies);
    publish(*copies);
    QTRY_VERIFY(m_published);
    QCOMPARE(m_published->front().path, QStringLiteral("keychain: item"));
    QCOMPARE(m_published->front().state,
             isReplaced ? PublishedCopy::State::Replaced : PublishedCopy::State::ChangedMeanwhile);
    QCOMPARE(m_keychain->items[m_attributes], isReplaced ? login("a2", "r2", 8) : there);
    QCOMPARE(m_published->at(1).state, PublishedCopy::State::Replaced);
}

void ToolCopiesTest::reread_ofAKeychain_asksIt()
{
    const auto copies = copiesOf({item()});
    m_keychain->items[m_attributes] = login("a2", "r2", 2);
    reread(*copies);
    QTRY_VERIFY(m_reading);
    QCOMPARE(m_reading->state, State::Newer);
    m_reading.reset();
    m_keychain->failure = base::ErrorKind::Locked; // F-12: not "absent"
    reread(*copies);
    QTRY_VERIFY(m_reading);
    QCOMPARE(m_reading->state, State::Unreadable);
    QCOMPARE(m_reading->error->kind, base::ErrorKind::Locked);
}

void ToolCopiesTest::destroyed_isNotHeardOfAgain()
{
    m_keychain->items[m_attributes] = login("a1", "r1");
    auto copies = copiesOf({item()});
    lockNow(*copies);
    reread(*copies);
    publish(*copies);
    copies.reset();
    QTest::qWait(50);
    QVERIFY(!m_reading && !m_published);
    QVERIFY(!QFileInfo::exists(at(QStringLiteral("lock"))));
}

QTEST_GUILESS_MAIN(ToolCopiesTest)
#include "toolcopies.moc"
