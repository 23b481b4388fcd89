// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The whole service beside Claude Code's and Codex's files: what a person decides about logins that other tools made,
// and what follows from it on the disk and at the server.

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "core/service/neighbourfixture.h"
#include "tools/locks/lockledger.h"

using namespace keytender;
using fakes::ClaudeLogin;
using fakes::NeighbourProgram;
using fakes::recordOf;
using profile::Care;
using profile::Health;
using service::LinkWay;
using namespace std::chrono_literals;

namespace {

const QString claude = QStringLiteral("claude-cli");
const QString clawFile = QStringLiteral(".coderclaw/0123abcd/agents/main/agent/auth-profiles.json");
const QString claudeFile = QStringLiteral(".claude/.credentials.json");

// The record with its three values taken out.
QByteArray without(QByteArray record)
{
    QString text = QString::fromUtf8(record);
    text.replace(QRegularExpression(QStringLiteral("\"(accessToken|refreshToken)\":\"[^\"]*\"")), QStringLiteral("T"));
    text.replace(QRegularExpression(QStringLiteral("\"(expiresAt)\":[0-9]+")), QStringLiteral("E"));
    return text.toUtf8();
}

} // namespace

class TestToolNeighbours : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();

    void foundLogin_isNeitherSpentNorWritten_beforeAPersonSaysSo();
    void keepFresh_renewsUnderClaudesLocks_andWritesItsFile();
    void locksOfAKilledKeytender_areGoneAtTheNextStart();
    void keepFresh_isRemembered_andTheHistoryToo();
    void keepFresh_inTheSettings_isAPersonsWord();
    void keepFresh_whileAnotherHomeHoldsTheSameToken_isNotOffered();
    void preview_showsWhatChanges_andNoSecret();
    void spentTokenWrittenBack_isMended();
    void refusal_withAnOutsideSignIn_isAdopted();
    void blankRecord_isNeverFilled_norCopied();
    void useAccount_exchangesTheLogin_andKeepsTheOtherOneFresh();
    void useAccount_besideSettingsThatAreLocked_isDone_andSaysWhatIsNot();
    void useAccount_whileClaudeRenews_isRefused_andNothingIsLost();
    void ownLogin_thatAToolsFileHoldsToo_isNotSpentWithoutItsLocks();
    void environmentFile_getsEachNewAccessToken_andNeverARefreshToken();
    void link_feedsAnotherToolsTokenProfile_andNeverARefreshToken();
    void link_toAnotherAccount_isRefused();
    void mirror_isWrittenWithEachRenewal_andRenewedByNeitherTwice();
    void anotherAccountInTheTool_isFollowedOnceThePersonSaysSo_andTheOldOneKept();
    void delegated_asksTheTool_andBelievesOnlyANewToken();

private:
    void put(const ClaudeLogin &login) { m_home->write(claudeFile, recordOf(login)); }
    void keepOwn(const QString &id, const QByteArray &refreshToken) const;
    [[nodiscard]] QByteArray claw() const { return m_home->read(clawFile); }
    // To the other tool's login whose id ends like this.
    [[nodiscard]] static service::Link offeredLink(const NeighbourProgram &program, const QString &to)
    {
        for (const service::Link &link : program.neighbours().links(claude)) {
            if (link.id.contains(QStringLiteral(":") + to + u'@'))
                return link;
        }
        return {};
    }
    [[nodiscard]] QByteArray file() const { return m_home->read(claudeFile); }

    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
};

void TestToolNeighbours::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    m_issuer->issue("sk-ant-ort01-ada-1");
}

// A login that Keytender signed in to earlier, Bob's.
void TestToolNeighbours::keepOwn(const QString &id, const QByteArray &refreshToken) const
{
    base::SystemRandom random;
    auto vault = vault::Vault::open(m_home->path(QStringLiteral(".local/share/keytender/vault")),
                                    *fakes::FixedKey().takeKey(), vault::Vault::Access::ReadWrite, random);
    QVERIFY(vault);
    const base::Timestamp now = base::SystemClock().wallTime();
    vault::Record record;
    record.id = id;
    record.providerId = QStringLiteral("anthropic");
    record.label = QStringLiteral("Anthropic");
    record.account = {.id = QStringLiteral("99999999-aaaa-4bbb-8ccc-000000000009"),
                      .email = QStringLiteral("bob@example.org"),
                      .organizationId = QStringLiteral("88888888-aaaa-4bbb-8ccc-000000000008"),
                      .organizationName = {},
                      .plan = QStringLiteral("pro")};
    record.care = Care::Own;
    QByteArray access = refreshToken;
    access.replace("ort01", "oat01");
    record.credential.tokens.refreshToken = base::Secret::copyOf(refreshToken.toStdString());
    record.credential.tokens.accessToken = base::Secret::copyOf(access.toStdString());
    record.credential.tokens.expiresAt = now + 7h;
    record.credential.tokens.issuedAt = now;
    record.credential.tokens.scopes = QStringList{QStringLiteral("user:inference"), QStringLiteral("user:profile")};
    record.firstSeenAt = now;
    record.lastChangedAt = now;
    QVERIFY((*vault)->write(record));
}

void TestToolNeighbours::foundLogin_isNeitherSpentNorWritten_beforeAPersonSaysSo()
{
    put({});
    const QByteArray before = file();
    NeighbourProgram program(*m_home, *m_issuer);
    QCOMPARE(program.neighbours().unasked(), QStringList{claude});
    const service::CareOffer offer = program.neighbours().careOffer(claude);
    QCOMPARE(offer.care, Care::Watched);
    QCOMPARE(offer.recommended, Care::Shared);
    QVERIFY(offer.choices.front().isOffered);
    program.service.refresh(claude);
    // Neither by a word that is no choice.
    QVERIFY(!program.neighbours().setCare(claude, Care::Own));
    QVERIFY(!program.neighbours().setCare(claude, Care::Delegated));
    QTest::qWait(200);
    QCOMPARE(m_issuer->posts, 0);
    QCOMPARE(file(), before);
}

void TestToolNeighbours::keepFresh_renewsUnderClaudesLocks_andWritesItsFile()
{
    put({});
    const QByteArray before = file();
    QStringList locks;
    m_issuer->atPost = [&] {
        for (const char *name : {".claude/.oauth_refresh.lock", ".claude.lock"}) {
            if (QDir(m_home->path(QString::fromLatin1(name))).exists())
                locks += QString::fromLatin1(name);
        }
    };
    NeighbourProgram program(*m_home, *m_issuer);
    QVERIFY(program.neighbours().setCare(claude, Care::Shared));
    QTRY_VERIFY_WITH_TIMEOUT(file().contains("sk-ant-ort01-ada-2"), 10'000);
    QCOMPARE(locks, (QStringList{QStringLiteral(".claude/.oauth_refresh.lock"), QStringLiteral(".claude.lock")}));
    QCOMPARE(without(file()), without(before)); // INV-7
    QVERIFY(file().contains("sk-ant-oat01-ada-2"));
    QTRY_COMPARE(program.row(claude).condition.health, Health::Fresh);
    QTRY_VERIFY(!QDir(m_home->path(QStringLiteral(".claude/.oauth_refresh.lock"))).exists());
    QVERIFY(!QDir(m_home->path(QStringLiteral(".claude.lock"))).exists());
    QVERIFY(!QDir(m_home->path(QStringLiteral(".claude/.storage-write.lock"))).exists());
    QCOMPARE(m_issuer->posts, 1);
    const auto written = program.neighbours().lastWrite(claude);
    QVERIFY(written);
    QVERIFY(!written->canBeUndone && !written->whyNot.isEmpty());
    const auto generations = program.neighbours().generations(claude);
    QCOMPARE(generations.size(), std::size_t{2});
    QCOMPARE(generations.front().writer, QStringLiteral("Keytender"));
    QVERIFY(program.neighbours().generations(claude).front().evidence.startsWith(QStringLiteral("attempt ")));
    QVERIFY(generations.back().spentBy.startsWith(QStringLiteral("Keytender")));
    const QString report = program.neighbours().timelineReport(claude);
    QVERIFY(report.contains(generations.back().fingerprint));
    QVERIFY(!report.contains(QStringLiteral("ort01")));
}

// F-03: Claude Code would call them abandoned after a minute only.
void TestToolNeighbours::locksOfAKilledKeytender_areGoneAtTheNextStart()
{
    put({});
    const QString list = QStringLiteral(".local/state/keytender/locks.json");
    int ready[2];
    QCOMPARE(pipe(ready), 0);
    const pid_t killed = fork();
    if (killed == 0) {
        const base::SystemClock clock;
        base::SystemRandom random;
        const auto ledger = std::make_shared<tools::LockLedger>(m_home->path(list), random);
        const auto lock =
            ledger->removeOrphans() ? tools::takeToolLock(
                {.path = m_home->path(QStringLiteral(".claude.lock")), .stale = 60s}, {clock, random, ledger})
                                    : tools::TakenLock(base::unexpected(base::Error{}));
        if (lock && ::write(ready[1], "x", 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    close(ready[1]);
    char byte = 0;
    QCOMPARE(::read(ready[0], &byte, 1), ssize_t(1));
    close(ready[0]);
    QCOMPARE(kill(killed, SIGKILL), 0);
    QCOMPARE(waitpid(killed, nullptr, 0), killed);
    QVERIFY(QDir(m_home->path(QStringLiteral(".claude.lock"))).exists());

    QByteArray listed;
    m_issuer->atPost = [&] { listed = m_home->read(list); };
    NeighbourProgram program(*m_home, *m_issuer);
    QVERIFY(!QDir(m_home->path(QStringLiteral(".claude.lock"))).exists());
    QVERIFY(program.neighbours().setCare(claude, Care::Shared));
    QTRY_VERIFY_WITH_TIMEOUT(file().contains("sk-ant-ort01-ada-2"), 10'000);
    QVERIFY(listed.contains("/.claude/.oauth_refresh.lock") && listed.contains("/.claude.lock"));
    QTRY_VERIFY(!m_home->read(list).contains("claude"));
}

void TestToolNeighbours::keepFresh_isRemembered_andTheHistoryToo()
{
    put({.left = 6h});
    {
        NeighbourProgram program(*m_home, *m_issuer);
        QVERIFY(program.neighbours().setCare(claude, Care::Shared));
    }
    NeighbourProgram program(*m_home, *m_issuer);
    QVERIFY(program.neighbours().careOffer(claude).wasAsked);
    QCOMPARE(program.neighbours().careOffer(claude).care, Care::Shared);
    program.service.refresh(claude);
    QTRY_VERIFY_WITH_TIMEOUT(file().contains("sk-ant-ort01-ada-2"), 10'000);
    QCOMPARE(program.neighbours().generations(claude).size(), std::size_t{2});
}

void TestToolNeighbours::keepFresh_inTheSettings_isAPersonsWord()
{
    put({});
    m_home->write(QStringLiteral(".config/keytender/config.json"), R"({"version":1,"care":{"claude-cli":"shared"}})");
    NeighbourProgram program(*m_home, *m_issuer);
    QTRY_VERIFY_WITH_TIMEOUT(file().contains("sk-ant-ort01-ada-2"), 10'000);
    QVERIFY(program.neighbours().unasked().isEmpty());
}

void TestToolNeighbours::keepFresh_whileAnotherHomeHoldsTheSameToken_isNotOffered()
{
    put({});
    m_home->write(QStringLiteral("other/.credentials.json"), recordOf({}));
    m_home->environment().variables.insert(QStringLiteral("CLAUDE_CONFIG_DIR"), m_home->path(QStringLiteral("other")));
    NeighbourProgram program(*m_home, *m_issuer);
    const service::CareOffer offer = program.neighbours().careOffer(claude);
    QCOMPARE(offer.recommended, Care::Watched);
    const auto refused = program.neighbours().setCare(claude, Care::Shared);
    QVERIFY(!refused);
    QVERIFY(refused.error().detail.contains(QStringLiteral("same login")));
    QTest::qWait(200);
    QCOMPARE(m_issuer->posts, 0);
}

void TestToolNeighbours::preview_showsWhatChanges_andNoSecret()
{
    put({});
    NeighbourProgram program(*m_home, *m_issuer);
    const service::WritePreview preview = program.neighbours().preview(claude);
    QCOMPARE(preview.files.size(), std::size_t{1});
    const auto &shown = preview.files.front();
    QCOMPARE(shown.path, QStringLiteral("~/.claude/.credentials.json"));
    QCOMPARE(shown.locks.size(), 3);
    QString text = preview.summary;
    int changed = 0;
    for (const auto &line : shown.lines) {
        text += line.text + u'\n';
        changed += line.kind == service::WritePreview::Line::Kind::After ? 1 : 0;
    }
    QVERIFY2(text.contains(QStringLiteral("claudeAiOauth.refreshToken: ‹new›")), qPrintable(text));
    QCOMPARE(changed, 3); // both tokens and the end of the access token
    QVERIFY(text.contains(QStringLiteral("claudeAiOauth.accessToken")));
    for (const char *secret : {"ort01", "oat01", "dummy-device"})
        QVERIFY2(!text.contains(QString::fromLatin1(secret)), qPrintable(text));
}

void TestToolNeighbours::spentTokenWrittenBack_isMended()
{
    put({});
    const QByteArray old = file();
    NeighbourProgram program(*m_home, *m_issuer);
    QVERIFY(program.neighbours().setCare(claude, Care::Shared));
    QTRY_VERIFY_WITH_TIMEOUT(file().contains("sk-ant-ort01-ada-2"), 10'000);
    QTRY_COMPARE(program.row(claude).condition.health, Health::Fresh);
    m_home->write(claudeFile, old); // F-87: from some program's memory
    QTRY_VERIFY_WITH_TIMEOUT(file().contains("sk-ant-ort01-ada-2"), 10'000);
    QCOMPARE(m_issuer->posts, 1);
    QCOMPARE(m_issuer->reuses, 0);
    QTRY_VERIFY(program.history(claude).contains(QStringLiteral("put the current tokens back over spent ones")));
}

void TestToolNeighbours::refusal_withAnOutsideSignIn_isAdopted()
{
    put({.refreshToken = "sk-ant-ort01-gone-1"}); // nobody issued it
    NeighbourProgram program(*m_home, *m_issuer);
    m_issuer->atPost = [this] { put({.left = 8h}); }; // the person signs in again while we ask
    QVERIFY(program.neighbours().setCare(claude, Care::Shared));
    QTRY_COMPARE_WITH_TIMEOUT(program.row(claude).condition.health, Health::Fresh, 20'000);
    QVERIFY(file().contains("sk-ant-ort01-ada-1"));
    QCOMPARE(m_issuer->posts, 1);
}

void TestToolNeighbours::blankRecord_isNeverFilled_norCopied()
{
    put({.left = 6h});
    NeighbourProgram program(*m_home, *m_issuer);
    QVERIFY(program.neighbours().setCare(claude, Care::Shared));
    const QByteArray blank = R"({"claudeAiOauth":{"accessToken":"","refreshToken":"","expiresAt":0}})";
    m_home->write(claudeFile, blank);
    QTRY_COMPARE(program.row(claude).condition.health, Health::NeedsSignIn);
    program.service.refresh(claude);
    QTest::qWait(300);
    QCOMPARE(file(), blank);
    QCOMPARE(m_issuer->posts, 0);
    QVERIFY(program.neighbours().generations(claude).front().end.contains(QStringLiteral("Claude Code")));
    put({.refreshToken = "sk-ant-ort01-ada-5", .left = 8h}); // a later sign-in counts at once
    QTRY_COMPARE(program.row(claude).condition.health, Health::Fresh);
}

void TestToolNeighbours::useAccount_exchangesTheLogin_andKeepsTheOtherOneFresh()
{
    put({.left = 6h});
    m_home->write(QStringLiteral(".claude.json"),
                  R"({"numStartups":3,"oauthAccount":{"accountUuid":"11111111-aaaa-4bbb-8ccc-000000000001",)"
                  R"("emailAddress":"ada@example.org","organizationUuid":"22222222-aaaa-4bbb-8ccc-000000000002"}})");
    keepOwn(QStringLiteral("anthropic"), "sk-ant-ort01-bob-1");
    NeighbourProgram program(*m_home, *m_issuer);
    const QByteArray adas = file();
    const auto groups = program.neighbours().accounts();
    QCOMPARE(groups.size(), std::size_t{1});
    QCOMPARE(groups.front().accounts.size(), std::size_t{2});
    QVERIFY(!groups.front().notice.isEmpty());

    const auto used = program.neighbours().useAccount(QStringLiteral("anthropic"), claude);
    QVERIFY2(used, used ? "" : qPrintable(base::describe(used.error())));
    QVERIFY(file().contains("sk-ant-ort01-bob-1"));
    QVERIFY(file().contains("mcpOAuth")); // shared by the machine
    QVERIFY(!file().contains("ada-1"));
    QVERIFY(m_home->read(QStringLiteral(".claude.json")).contains("bob@example.org"));
    QTRY_COMPARE(program.row(claude).profile.account.email, QStringLiteral("bob@example.org"));
    QVERIFY(!program.service.rows().contains(QStringLiteral("anthropic")));
    const QString parked = QStringLiteral("claude-cli:ada");
    QCOMPARE(program.row(parked).profile.care, Care::Own);
    QTest::qWait(100);
    QCOMPARE(m_issuer->posts, 0); // nothing is spent for it

    // And back: the record is Ada's as it was.
    QVERIFY(program.neighbours().useAccount(parked, claude));
    QCOMPARE(file(), adas);
    QTRY_COMPARE(program.row(claude).profile.account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(program.row(QStringLiteral("claude-cli:bob")).profile.care, Care::Own);
}

void TestToolNeighbours::useAccount_besideSettingsThatAreLocked_isDone_andSaysWhatIsNot()
{
    put({.left = 6h});
    m_home->write(QStringLiteral(".claude.json"),
                  R"({"oauthAccount":{"accountUuid":"11111111-aaaa-4bbb-8ccc-000000000001",)"
                  R"("emailAddress":"ada@example.org","organizationUuid":"22222222-aaaa-4bbb-8ccc-000000000002"}})");
    keepOwn(QStringLiteral("anthropic"), "sk-ant-ort01-bob-1");
    NeighbourProgram program(*m_home, *m_issuer);
    QVERIFY(QDir().mkdir(m_home->path(QStringLiteral(".claude.json.lock")))); // Claude Code's own
    const auto used = program.neighbours().useAccount(QStringLiteral("anthropic"), claude);
    QVERIFY(!used);
    QVERIFY2(used.error().subject.contains(QStringLiteral(".claude.json")), qPrintable(base::describe(used.error())));
    // The tool works with Bob's login from now on, and so do we.
    QVERIFY(file().contains("sk-ant-ort01-bob-1"));
    QTRY_COMPARE(program.row(claude).profile.account.email, QStringLiteral("bob@example.org"));
    QCOMPARE(program.row(QStringLiteral("claude-cli:ada")).profile.care, Care::Own);
    QVERIFY(!program.service.rows().contains(QStringLiteral("anthropic")));
}

void TestToolNeighbours::useAccount_whileClaudeRenews_isRefused_andNothingIsLost()
{
    put({.left = 6h});
    keepOwn(QStringLiteral("anthropic"), "sk-ant-ort01-bob-1");
    NeighbourProgram program(*m_home, *m_issuer);
    const QByteArray adas = file();
    QVERIFY(QDir().mkdir(m_home->path(QStringLiteral(".claude/.oauth_refresh.lock")))); // Claude Code's own
    const auto refused = program.neighbours().useAccount(QStringLiteral("anthropic"), claude);
    QVERIFY(!refused);
    QCOMPARE(file(), adas);
    QCOMPARE(program.row(claude).profile.account.id, QStringLiteral("11111111-aaaa-4bbb-8ccc-000000000001"));
    QVERIFY(program.service.rows().contains(QStringLiteral("anthropic")));
    QVERIFY(!program.service.rows().contains(QStringLiteral("claude-cli:ada")));
    QVERIFY(QDir(m_home->path(QStringLiteral(".claude/.oauth_refresh.lock"))).exists()); // not ours to remove
}

// As an exchange of accounts leaves it that was cut off: the file holds one login, the vault says another.
void TestToolNeighbours::ownLogin_thatAToolsFileHoldsToo_isNotSpentWithoutItsLocks()
{
    put({.left = 6h});
    keepOwn(QStringLiteral("anthropic"), "sk-ant-ort01-ada-1");
    NeighbourProgram program(*m_home, *m_issuer);
    program.service.refresh(QStringLiteral("anthropic"));
    QTest::qWait(500);
    QCOMPARE(m_issuer->posts, 0);
}

void TestToolNeighbours::environmentFile_getsEachNewAccessToken_andNeverARefreshToken()
{
    put({});
    const QString sink = m_home->write(QStringLiteral("gateway/.env"), "# keep\nOTHER=1\nANTHROPIC_OAUTH_TOKEN=old\n");
    NeighbourProgram program(*m_home, *m_issuer);
    service::Link link;
    link.profileId = claude;
    link.way = LinkWay::OneWay;
    link.file = sink;
    link.variable = QStringLiteral("ANTHROPIC_OAUTH_TOKEN");
    QVERIFY(program.neighbours().setLink(link));
    QVERIFY(m_home->read(QStringLiteral("gateway/.env")).contains("=sk-ant-oat01-ada-1\n"));
    QVERIFY(program.neighbours().setCare(claude, Care::Shared));
    QTRY_VERIFY_WITH_TIMEOUT(m_home->read(QStringLiteral("gateway/.env")).contains("=sk-ant-oat01-ada-2\n"), 10'000);
    const QByteArray written = m_home->read(QStringLiteral("gateway/.env"));
    QVERIFY(written.startsWith("# keep\nOTHER=1\n"));
    QVERIFY(!written.contains("ort01")); // F-94
    QCOMPARE(program.neighbours().links(claude).front().way, LinkWay::OneWay);
}

void TestToolNeighbours::link_feedsAnotherToolsTokenProfile_andNeverARefreshToken()
{
    put({});
    m_home->write(clawFile, R"({
  "version": 1,
  "profiles": {
    "anthropic:manual": { "type": "token", "provider": "anthropic", "token": "sk-ant-oat01-old", "expires": 1795300000000 },
    "other:default": { "type": "api_key", "provider": "other", "key": "dummy-key" }
  }
}
)");
    NeighbourProgram program(*m_home, *m_issuer);
    auto link = offeredLink(program, QStringLiteral("manual"));
    QCOMPARE(link.offered, std::vector{LinkWay::OneWay});
    link.way = LinkWay::OneWay;
    const auto set = program.neighbours().setLink(link);
    QVERIFY2(set, set ? "" : qPrintable(base::describe(set.error())));
    QVERIFY2(claw().contains("sk-ant-oat01-ada-1"), claw().constData());
    QVERIFY(program.neighbours().setCare(claude, Care::Shared));
    QTRY_VERIFY_WITH_TIMEOUT(claw().contains("sk-ant-oat01-ada-2"), 10'000);
    QVERIFY(!claw().contains("ort01")); // F-94
    QVERIFY(claw().contains(R"("other:default": { "type": "api_key", "provider": "other", "key": "dummy-key" })"));
    const QString reader = link.id.section(u'>', 1);
    const auto last = program.neighbours().lastWrite(reader);
    QVERIFY(last && last->canBeUndone);
    QVERIFY(program.neighbours().undoLastWrite(reader));
    QVERIFY(claw().contains("sk-ant-oat01-ada-1")); // what the last write took the place of
    QCOMPARE(offeredLink(program, QStringLiteral("manual")).way, LinkWay::Off);
}

void TestToolNeighbours::link_toAnotherAccount_isRefused()
{
    put({});
    m_home->write(QStringLiteral(".claude.json"),
                  R"({"oauthAccount":{"accountUuid":"11111111-aaaa-4bbb-8ccc-000000000001",)"
                  R"("emailAddress":"ada@example.org","organizationUuid":"22222222-aaaa-4bbb-8ccc-000000000002"}})");
    const QByteArray bobs = R"({"version":1,"profiles":{"anthropic:bob":{"type":"token","provider":"anthropic",)"
                            R"("token":"sk-ant-oat01-bob","email":"bob@example.org","expires":1795300000000}}})";
    m_home->write(clawFile, bobs);
    NeighbourProgram program(*m_home, *m_issuer);
    auto link = offeredLink(program, QStringLiteral("bob"));
    QVERIFY(link.offered.empty());
    QVERIFY(!link.whyNot.isEmpty());
    link.way = LinkWay::OneWay;
    QVERIFY(!program.neighbours().setLink(link));
    QCOMPARE(claw(), bobs);
}

void TestToolNeighbours::mirror_isWrittenWithEachRenewal_andRenewedByNeitherTwice()
{
    put({});
    const qint64 now = base::SystemClock().wallTime().time_since_epoch().count();
    m_home->write(clawFile, R"({"version":1,"profiles":{"anthropic:claude-cli":{"type":"oauth","provider":"anthropic",)"
                            R"("access":"sk-ant-oat01-ada-1","refresh":"sk-ant-ort01-ada-1","expires":)"
                                + QByteArray::number(now + 20 * 60 * 1000) + "}}}");
    NeighbourProgram program(*m_home, *m_issuer);
    QVERIFY(!program.neighbours().setCare(claude, Care::Shared)); // the other one holds it too
    auto link = offeredLink(program, QStringLiteral("claude-cli"));
    QVERIFY(std::ranges::find(link.offered, LinkWay::Mirror) != link.offered.end());
    link.way = LinkWay::Mirror;
    QVERIFY(program.neighbours().setLink(link));
    const auto shared = program.neighbours().setCare(claude, Care::Shared);
    QVERIFY2(shared, shared ? "" : qPrintable(base::describe(shared.error())));
    QTRY_VERIFY_WITH_TIMEOUT(file().contains("sk-ant-ort01-ada-2") && claw().contains("sk-ant-ort01-ada-2"), 15'000);
    QTest::qWait(1'000);
    QCOMPARE(m_issuer->posts, 1);
    QCOMPARE(m_issuer->reuses, 0);
}

void TestToolNeighbours::anotherAccountInTheTool_isFollowedOnceThePersonSaysSo_andTheOldOneKept()
{
    put({.left = 6h});
    NeighbourProgram program(*m_home, *m_issuer);
    QVERIFY(program.neighbours().setCare(claude, Care::Shared));
    put({.refreshToken = "sk-ant-ort01-bob-1", .left = 7h, .account = "99999999-aaaa-4bbb-8ccc-000000000009"});
    QTRY_COMPARE(program.row(claude).profile.accord, profile::Accord::DifferentAccount); // F-15
    const QByteArray bobs = file();
    program.service.refresh(claude);
    QTest::qWait(300);
    QCOMPARE(m_issuer->posts, 0);
    QCOMPARE(file(), bobs);
    QVERIFY(program.neighbours().setCare(claude, Care::Watched));
    QTRY_COMPARE(program.row(claude).profile.account.id, QStringLiteral("99999999-aaaa-4bbb-8ccc-000000000009"));
    const auto kept = std::ranges::find_if(program.service.rows(),
                                           [](const auto &row) { return row.second.profile.care == Care::Own; });
    QVERIFY(kept != program.service.rows().end());
    QCOMPARE(kept->second.profile.account.id, QStringLiteral("11111111-aaaa-4bbb-8ccc-000000000001"));
}

void TestToolNeighbours::delegated_asksTheTool_andBelievesOnlyANewToken()
{
    const QString record = QStringLiteral(".mmx/config.json");
    const qint64 now = base::SystemClock().wallTime().time_since_epoch().count();
    const auto login = [&](const QByteArray &name, qint64 expires) {
        return R"({"oauth":{"access_token":"dummy-access-)" + name + R"(","refresh_token":"dummy-refresh-)" + name
               + R"(","expires_at":")"
               + QDateTime::fromMSecsSinceEpoch(expires, Qt::UTC).toString(Qt::ISODateWithMs).toUtf8()
               + R"(","token_type":"Bearer"},"region":"global"})";
    };
    m_home->write(record, login("one", now - 60'000));
    m_home->write(QStringLiteral("next.json"), login("two", now + 3'600'000));
    const QString bin = m_home->path(QStringLiteral("bin"));
    m_home->write(QStringLiteral("bin/mmx"), "#!/bin/sh\ncp \"$HOME/next.json\" \"$HOME/.mmx/config.json\"\n");
    QVERIFY(
        QFile::setPermissions(bin + QStringLiteral("/mmx"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    m_home->environment().variables.insert(QStringLiteral("PATH"), bin + QStringLiteral(":/usr/bin:/bin"));
    NeighbourProgram program(*m_home, *m_issuer);
    const QString id = QStringLiteral("minimax-cli");
    QVERIFY2(program.service.rows().contains(id),
             qPrintable(QStringList(program.service.rows().size(), id).join(u' ')));
    const auto set = program.neighbours().setCare(id, Care::Delegated);
    QVERIFY2(set, set ? "" : qPrintable(base::describe(set.error())));
    program.service.refresh(id);
    QTRY_VERIFY_WITH_TIMEOUT(program.history(id).contains(QStringLiteral("its tool was asked to renew it, and did")),
                             15'000);
    QCOMPARE(m_issuer->posts, 0);
}

QTEST_GUILESS_MAIN(TestToolNeighbours)
#include "toolneighbours.moc"
