// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The doctor as a whole, on a machine of its own.
#include "service/doctor/machinedoctor.h"

#include <thread>

#include <QDeadlineTimer>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSemaphore>
#include <QTest>
#include <QTimer>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/filedescriptor.h"
#include "core/service/keptlogin.h"
#include "fakes/fakeclock.h"
#include "fakes/temporaryhome.h"
#include "service/doctor/doctortext.h"
#include "service/doctor/openclawleftovers.h"

using namespace keytender;
using namespace std::chrono_literals;
using profile::Severity;
using service::Finding;

namespace {

const QString canary = QStringLiteral("canary0123456789");

service::Row loginIn(const QString &tool, const QString &path)
{
    service::Row row;
    row.profile.id = tool;
    row.profile.toolId = tool;
    row.profile.label = QStringLiteral("Login of ") + tool;
    profile::Copy copy;
    copy.tool = tool;
    copy.path = path;
    copy.state = profile::CopyState::Held;
    copy.protection = profile::Protection::SharedFile;
    copy.credential =
        profile::CredentialFacts{.kind = profile::CredentialKind::OAuth,
                                 .accessToken = {},
                                 .refreshToken = base::Fingerprint::fromHex(u"00112233445566778899aabbccddeeff"),
                                 .expiresAt = {},
                                 .issuedAt = {},
                                 .refreshTokenExpiresAt = {},
                                 .scopes = {}};
    row.profile.copies.push_back(copy);
    return row;
}

// A check that answers when it is told to.
struct Hung {
    QSemaphore reached;
    QSemaphore answers;
};

} // namespace

class MachineDoctorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void cleanup();

    void examination_findsWhatIsThere_loudestFirst();
    void cure_makesTheFilePrivate_once();
    void cure_removesTheLock();
    void cure_ofAnythingElse_isRefused();
    void everybodyWhoAsks_getsAnAnswer_andOneExaminationIsMade();
    void askerThatIsGone_isNotCalled();
    void doctorThatGoes_calls_nobody();
    void checkThatHangs_isNamed_andWhatTheOthersFoundIsShown();
    void examinationThatHangs_isNotBegunAgain_untilItHasEnded();
    void examinationThatWasGivenUp_isNobodysAnswer();
    void doctorThatGoes_leavesAHangingCheckToItself();
    void thousandProcesses_takeLittle_andBlockNobody();
    void git_isAskedWithAnEnvironmentOfKnownNames();
    void git_thatSaysNothing_isNotInOrder();
    void git_thatIsMissing_isNotAFinding();
    void git_isAskedByTheExamination();
    void leftovers_ofOpenClaw_areFound();
    void clock_isJudgedByWhatAProviderAnswered();
    void noText_holdsASecret();

private:
    [[nodiscard]] std::vector<Finding> examined();
    [[nodiscard]] static const Finding *find(const std::vector<Finding> &findings, const QString &id);
    void holdPort(const QString &process);
    void writeGit(const QByteArray &script);
    void makeDoctor(base::Milliseconds patience = 10s);
    [[nodiscard]] std::shared_ptr<Hung> hangAtGit();
    [[nodiscard]] std::vector<Finding> examinedUntil(Hung &check);

    std::unique_ptr<fakes::TemporaryHome> m_home;
    fakes::FakeClock m_clock;
    base::SystemRandom m_random;
    service::doctor::Sight m_sight;
    service::doctor::MachineView m_machine;
    std::unique_ptr<service::MachineDoctor> m_doctor;
    int m_sights = 0;
};

void MachineDoctorTest::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_clock.wall = base::SystemClock().wallTime();
    m_sight = {};
    m_sights = 0;
    m_sight.places = service::Places::in(m_home->environment());
    m_home->write(QStringLiteral("proc/net/tcp"), "header\n");
    m_home->write(QStringLiteral("proc/sys/fs/inotify/max_user_watches"), "8192\n");
    m_home->environment().variables.insert(QStringLiteral("PATH"), m_home->path(QStringLiteral("bin")));
    m_machine = service::machineView(m_home->environment());
    m_machine.proc = m_home->path(QStringLiteral("proc"));
    m_machine.isClockSynchronized = [] { return std::optional(true); };
    makeDoctor();
}

void MachineDoctorTest::makeDoctor(base::Milliseconds patience)
{
    m_doctor = std::make_unique<service::MachineDoctor>(service::DoctorWorld{.clock = m_clock,
                                                                             .random = m_random,
                                                                             .sight =
                                                                                 [this] {
                                                                                     ++m_sights;
                                                                                     return m_sight;
                                                                                 },
                                                                             .machine = m_machine,
                                                                             .patience = patience});
}

std::shared_ptr<Hung> MachineDoctorTest::hangAtGit()
{
    auto hung = std::make_shared<Hung>();
    m_machine.askGit = [hung](const base::Environment &) {
        hung->reached.release();
        hung->answers.acquire();
        return service::doctor::GitFacts{};
    };
    makeDoctor(500ms);
    m_machine.askGit = nullptr; // the doctor's alone from here on
    return hung;
}

void MachineDoctorTest::cleanup()
{
    m_doctor.reset();
}

std::vector<Finding> MachineDoctorTest::examined()
{
    std::optional<std::vector<Finding>> answer;
    m_doctor->examine(this, [&answer](std::vector<Finding> findings) { answer = std::move(findings); });
    (void)QTest::qWaitFor([&] { return answer.has_value(); }, 20'000);
    return answer.value_or(std::vector<Finding>());
}

// Patience, which is this thread's, does not end before the check has begun.
std::vector<Finding> MachineDoctorTest::examinedUntil(Hung &check)
{
    std::optional<std::vector<Finding>> answer;
    m_doctor->examine(this, [&answer](std::vector<Finding> findings) { answer = std::move(findings); });
    (void)check.reached.tryAcquire(1, 10'000);
    (void)QTest::qWaitFor([&] { return answer.has_value(); }, 20'000);
    return answer.value_or(std::vector<Finding>());
}

const Finding *MachineDoctorTest::find(const std::vector<Finding> &findings, const QString &id)
{
    const auto found = std::ranges::find(findings, id, &Finding::id);
    return found == findings.end() ? nullptr : &*found;
}

// 1455, with inode 4242.
void MachineDoctorTest::holdPort(const QString &process)
{
    m_home->write(QStringLiteral("proc/net/tcp"),
                  "header\n"
                  "   0: 0100007F:05AF 00000000:0000 0A 00000000:00000000 00:00000000 00000000 "
                      + QByteArray::number(::geteuid()) + "        0 4242 1 0 100 0 0 10 0\n");
    m_home->write(QStringLiteral("proc/%1/comm").arg(process), "node\n");
    QDir(m_home->path()).mkpath(QStringLiteral("proc/%1/fd").arg(process));
    QVERIFY(QFile::link(QStringLiteral("socket:[4242]"), m_home->path(QStringLiteral("proc/%1/fd/3").arg(process))));
}

void MachineDoctorTest::writeGit(const QByteArray &script)
{
    const QString path = m_home->write(QStringLiteral("bin/git"), "#!/bin/sh\n" + script);
    QVERIFY(::chmod(QFile::encodeName(path).constData(), 0700) == 0);
}

void MachineDoctorTest::examination_findsWhatIsThere_loudestFirst()
{
    const QString auth = m_home->write(QStringLiteral(".codex/auth.json"), "{}");
    QVERIFY(::chmod(QFile::encodeName(auth).constData(), 0644) == 0);
    m_sight.rows.emplace(QStringLiteral("codex"), loginIn(QStringLiteral("codex"), auth));
    m_sight.hasTrayHost = false;
    holdPort(QStringLiteral("4711"));
    const auto findings = examined();
    QVERIFY(find(findings, QStringLiteral("shared-file:") + auth) != nullptr);
    QCOMPARE(findings.front().id, QStringLiteral("shared-file:") + auth);
    const Finding *port = find(findings, QStringLiteral("callback-port:1455"));
    QVERIFY(port != nullptr && port->text.contains(QStringLiteral("node (process 4711)")));
    QCOMPARE(find(findings, QStringLiteral("plaintext-refresh-tokens"))->severity, Severity::Due);
    QCOMPARE(find(findings, QStringLiteral("tray"))->severity, Severity::Due);
    for (const char *wellId : {"clock", "keychain", "watches", "locks", "proxy", "trust", "same-login", "problem"})
        QVERIFY2(find(findings, QLatin1String(wellId)) != nullptr
                     && find(findings, QLatin1String(wellId))->severity == Severity::Well,
                 wellId);
    QVERIFY(std::ranges::is_sorted(findings, std::ranges::greater(), &Finding::severity));
}

void MachineDoctorTest::cure_makesTheFilePrivate_once()
{
    const QString auth = m_home->write(QStringLiteral(".codex/auth.json"), "{}");
    QVERIFY(::chmod(QFile::encodeName(auth).constData(), 0644) == 0);
    m_sight.rows.emplace(QStringLiteral("codex"), loginIn(QStringLiteral("codex"), auth));
    const QString id = QStringLiteral("shared-file:") + auth;
    QVERIFY(!m_doctor->cure(id).has_value()); // before anybody looked
    (void)examined();
    QVERIFY(m_doctor->cure(id).has_value());
    struct stat status {};
    QVERIFY(::stat(QFile::encodeName(auth).constData(), &status) == 0 && (status.st_mode & 0777) == 0600);
    QCOMPARE(m_doctor->cure(id).error().kind, base::ErrorKind::NotFound);
    QVERIFY(find(examined(), id) == nullptr);
}

void MachineDoctorTest::cure_removesTheLock()
{
    const QString record = m_home->write(QStringLiteral(".claude/.credentials.json"), "{}");
    m_sight.rows.emplace(QStringLiteral("claude-code"), loginIn(QStringLiteral("claude-code"), record));
    const QString lock = m_home->path(QStringLiteral(".claude.lock"));
    QVERIFY(QDir().mkdir(lock));
    const timespec longAgo[] = {{.tv_sec = 1'600'000'000, .tv_nsec = 0}, {.tv_sec = 1'600'000'000, .tv_nsec = 0}};
    QVERIFY(::utimensat(AT_FDCWD, QFile::encodeName(lock).constData(), longAgo, 0) == 0);
    const auto findings = examined();
    const Finding *finding = find(findings, QStringLiteral("lock:") + lock);
    QVERIFY(finding != nullptr && !finding->safeCure.isEmpty());
    QVERIFY(m_doctor->cure(finding->id).has_value());
    QVERIFY(!QFile::exists(lock));
    QVERIFY(find(examined(), QStringLiteral("locks")) != nullptr);
}

void MachineDoctorTest::cure_ofAnythingElse_isRefused()
{
    (void)examined();
    for (const char *id : {"clock", "shared-file:/etc/passwd", "lock:/etc", ""})
        QCOMPARE(m_doctor->cure(QLatin1String(id)).error().kind, base::ErrorKind::NotFound);
}

void MachineDoctorTest::everybodyWhoAsks_getsAnAnswer_andOneExaminationIsMade()
{
    int answers = 0;
    m_doctor->examine(this, [&answers](const auto &) { ++answers; });
    m_doctor->examine(this, [&answers](const auto &) { ++answers; });
    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 2);
    QCOMPARE(m_sights, 1);
}

void MachineDoctorTest::askerThatIsGone_isNotCalled()
{
    auto gone = std::make_unique<QObject>();
    bool wasCalled = false;
    m_doctor->examine(gone.get(), [&wasCalled](const auto &) { wasCalled = true; });
    gone.reset();
    (void)examined();
    QVERIFY(!wasCalled);
}

void MachineDoctorTest::doctorThatGoes_calls_nobody()
{
    bool wasCalled = false;
    m_doctor->examine(this, [&wasCalled](const auto &) { wasCalled = true; });
    m_doctor.reset();
    QCoreApplication::processEvents();
    QVERIFY(!wasCalled);
}

void MachineDoctorTest::checkThatHangs_isNamed_andWhatTheOthersFoundIsShown()
{
    holdPort(QStringLiteral("99999"));
    const auto hung = hangAtGit();
    const auto findings = examinedUntil(*hung);
    const Finding *unanswered = find(findings, QStringLiteral("examination"));
    QVERIFY(unanswered != nullptr);
    QVERIFY2(unanswered->text.contains(QStringLiteral("“git” has not answered")), qPrintable(unanswered->text));
    QCOMPARE(unanswered->severity, Severity::Due);
    QVERIFY(!unanswered->cure.isEmpty());
    QVERIFY(find(findings, QStringLiteral("callback-port:1455")) != nullptr);
    QVERIFY(find(findings, QStringLiteral("locks")) == nullptr); // comes after git: not "in order"
    QVERIFY(std::ranges::is_sorted(findings, std::ranges::greater(), &Finding::severity));
    hung->answers.release();
}

void MachineDoctorTest::examinationThatHangs_isNotBegunAgain_untilItHasEnded()
{
    const auto hung = hangAtGit();
    QVERIFY(find(examinedUntil(*hung), QStringLiteral("examination")) != nullptr);
    for (int time = 0; time < 3; ++time) {
        const auto findings = examined();
        const Finding *still = find(findings, QStringLiteral("examination"));
        QVERIFY(still != nullptr && still->text.contains(QStringLiteral("still waits for “git”")));
        QVERIFY(find(findings, QStringLiteral("clock")) != nullptr);
    }
    QCOMPARE(m_sights, 1);
    QCOMPARE(hung->reached.available(), 0);
    hung->answers.release(1000); // for those that come after it too
    const auto isBegunAnew = [&] {
        (void)examined();
        return m_sights > 1;
    };
    QTRY_VERIFY(isBegunAnew());
}

// Somebody asks when its thread has ended, and the doctor has not heard of that yet.
void MachineDoctorTest::examinationThatWasGivenUp_isNobodysAnswer()
{
    const auto threads = [] { return QDir(QStringLiteral("/proc/self/task")).count(); };
    const auto before = threads();
    const auto hung = hangAtGit();
    QVERIFY(find(examinedUntil(*hung), QStringLiteral("examination")) != nullptr);
    hung->answers.release(1000);
    const QDeadlineTimer deadline(10s);
    while (threads() > before && !deadline.hasExpired())
        std::this_thread::yield();
    QCOMPARE(threads(), before);
    const auto findings = examined();
    const bool isWhole = find(findings, QStringLiteral("locks")) != nullptr;
    QVERIFY(isWhole || find(findings, QStringLiteral("examination")) != nullptr); // patience may end on a slow machine
    QCOMPARE(m_sights, 2);
}

// What the thread needs goes with the thread, whatever becomes of the doctor.
void MachineDoctorTest::doctorThatGoes_leavesAHangingCheckToItself()
{
    auto hung = hangAtGit();
    m_doctor->examine(this, [](const auto &) {});
    QVERIFY(hung->reached.tryAcquire(1, 10'000));
    QElapsedTimer goes;
    goes.start();
    m_doctor.reset();
    QVERIFY2(goes.elapsed() < 5000, qPrintable(QString::number(goes.elapsed())));
    const std::weak_ptr<Hung> last = hung;
    hung->answers.release();
    hung.reset();
    QTRY_VERIFY(last.expired());
}

void MachineDoctorTest::thousandProcesses_takeLittle_andBlockNobody()
{
    for (int process = 10'000; process < 11'000; ++process) {
        const QString directory = QStringLiteral("proc/%1/fd").arg(process);
        QVERIFY(QDir(m_home->path()).mkpath(directory));
        for (int fd = 0; fd < 4; ++fd)
            QVERIFY(QFile::link(QStringLiteral("socket:[%1]").arg(process * 100 + fd),
                                m_home->path(directory + u'/' + QString::number(fd))));
    }
    holdPort(QStringLiteral("99999"));
    QElapsedTimer turn;
    qint64 longest = 0;
    QTimer ticking;
    connect(&ticking, &QTimer::timeout, this, [&] { longest = std::max(longest, turn.restart()); });
    turn.start();
    ticking.start(1);
    QElapsedTimer whole;
    whole.start();
    QVERIFY(find(examined(), QStringLiteral("callback-port:1455")) != nullptr);
    qInfo("1,000 processes: %lld ms; the longest turn of the event loop: %lld ms", whole.elapsed(), longest);
    QVERIFY(whole.elapsed() < 2000);
}

void MachineDoctorTest::git_isAskedWithAnEnvironmentOfKnownNames()
{
    m_home->environment().variables.insert(QStringLiteral("GIT_ASKPASS"), canary);
    m_home->environment().variables.insert(QStringLiteral("LD_PRELOAD"), canary);
    writeGit("env >> \"$HOME/seen\"; ls -l /proc/$$/fd >> \"$HOME/open\"\n"
             "[ \"$1\" = --version ] && echo 'git version 2.39.5' && exit 0\n"
             "printf 'credential.helper\\n!echo password="
             + canary.toLatin1() + "\\0credential.helper\\noauth\\0'\n");
    m_home->environment().variables.insert(QStringLiteral("PATH"),
                                           m_home->path(QStringLiteral("bin")) + QStringLiteral(":/usr/bin:/bin"));
    // Somebody forgot to mark this one.
    const QString forgotten = m_home->write(QStringLiteral("forgotten-") + canary, "x");
    const base::FileDescriptor open(::open(QFile::encodeName(forgotten).constData(), O_RDONLY));
    const auto facts = service::doctor::askGit(m_home->environment());
    QVERIFY(open.isOpen() && !facts.problem);
    QCOMPARE(facts.versionText, QStringLiteral("2.39.5"));
    QCOMPARE(facts.helpers.size(), 2U);
    const QByteArray seen = m_home->read(QStringLiteral("seen"));
    QVERIFY(seen.contains("GIT_TERMINAL_PROMPT=0") && !seen.contains("GIT_ASKPASS") && !seen.contains("LD_PRELOAD"));
    QVERIFY(m_home->read(QStringLiteral("open")).contains("/dev/null"));
    QVERIFY(!m_home->read(QStringLiteral("open")).contains("canary"));
    for (const Finding &finding : gitFindings(facts))
        QVERIFY(!finding.text.contains(canary) && finding.severity == Severity::Due);
}

void MachineDoctorTest::git_thatSaysNothing_isNotInOrder()
{
    m_home->environment().variables.insert(QStringLiteral("PATH"),
                                           m_home->path(QStringLiteral("bin")) + QStringLiteral(":/usr/bin:/bin"));
    writeGit("exec sleep 60\n");
    QElapsedTimer patience;
    patience.start();
    const auto facts = service::doctor::askGit(m_home->environment());
    QVERIFY(patience.elapsed() < 4000);
    QVERIFY(facts.isInstalled && facts.problem);
    QCOMPARE(gitFindings(facts).front().severity, Severity::Due);
}

void MachineDoctorTest::git_thatIsMissing_isNotAFinding()
{
    QVERIFY(find(examined(), QStringLiteral("git")) == nullptr);
}

// From a thread that Qt did not start.
void MachineDoctorTest::git_isAskedByTheExamination()
{
    writeGit("[ \"$1\" = --version ] && echo 'git version 2.45.1' && exit 0\nexit 1\n");
    const auto findings = examined();
    const Finding *git = find(findings, QStringLiteral("git"));
    QVERIFY(git != nullptr);
    QVERIFY2(git->severity == Severity::Well && git->text.contains(QStringLiteral("2.45.1")), qPrintable(git->text));
}

void MachineDoctorTest::leftovers_ofOpenClaw_areFound()
{
    m_home->write(QStringLiteral(".openclaw/agents/main/agent/auth-profiles.json"),
                  R"({"version": 1, "profiles": {}})");
    const QString imported = m_home->write(QStringLiteral(".openclaw/credentials/oauth.json"), "{}");
    const QString backup =
        m_home->write(QStringLiteral(".openclaw/agents/main/agent/auth-profiles.json.migrated-2026-09-01-x"), "{}");
    const auto findings = examined();
    const Finding *ignored = find(findings, QStringLiteral("openclaw-ignored"));
    QVERIFY(ignored != nullptr);
    QCOMPARE(ignored->places, QStringList{m_home->environment().shortened(imported)});
    const Finding *backups = find(findings, QStringLiteral("openclaw-backups"));
    QVERIFY(backups != nullptr);
    QCOMPARE(backups->places, QStringList{m_home->environment().shortened(backup)});
    QVERIFY(find(findings, QStringLiteral("openclaw")) == nullptr);
}

// F-98: by the Date of an answer of a token endpoint.
void MachineDoctorTest::clock_isJudgedByWhatAProviderAnswered()
{
    QVERIFY(fakes::keep(*m_home, {.left = -1min}));
    fakes::RotatingIssuer issuer;
    issuer.issue("sk-ant-ort01-bob-1");
    issuer.ahead = 42min;
    issuer.isDown = true;
    fakes::NeighbourProgram program(*m_home, issuer);
    QVERIFY(!service::sightOf(program.service).serverAhead);
    issuer.isDown = false;
    program.service.noteOnline();
    QTRY_COMPARE_WITH_TIMEOUT(issuer.posts, 1, 10'000);
    QTRY_VERIFY(service::sightOf(program.service).serverAhead.has_value());
    m_sight.serverAhead = service::sightOf(program.service).serverAhead;
    QVERIFY(std::chrono::abs(*m_sight.serverAhead - 42min) < 1min);
    const auto findings = examined();
    const Finding *clock = find(findings, QStringLiteral("clock"));
    QVERIFY2(clock->text.contains(QStringLiteral("42 min behind")), qPrintable(clock->text));
    QCOMPARE(clock->severity, Severity::ActNow);
}

// S-42: whatever comes in.
void MachineDoctorTest::noText_holdsASecret()
{
    const QByteArray token = "sk-ant-ort01-" + canary.toLatin1() + canary.toLatin1();
    const QString auth = m_home->write(QStringLiteral(".codex/auth.json"), "{\"token\": \"" + token + "\"}");
    QVERIFY(::chmod(QFile::encodeName(auth).constData(), 0644) == 0);
    m_home->write(QStringLiteral(".openclaw/credentials/oauth.json"), token);
    m_home->write(QStringLiteral(".openclaw/agents/main/agent/auth-profiles.json"), token);
    m_sight.rows.emplace(QStringLiteral("codex"), loginIn(QStringLiteral("codex"), auth));
    m_sight.surroundings.problems.push_back({.kind = base::ErrorKind::Malformed,
                                             .subject = QStringLiteral("config.json"),
                                             .place = {},
                                             .detail = QString::fromLatin1(token)});
    m_sight.surroundings.watchUnreliability = QStringLiteral("access_token=") + canary + canary;
    auto environment = m_home->environment();
    environment.variables.insert(QStringLiteral("https_proxy"),
                                 QStringLiteral("http://ada:%1@proxy.example").arg(canary));
    environment.variables.insert(QStringLiteral("HTTP_PROXY"), QStringLiteral("http://ada:%1").arg(canary));
    environment.variables.insert(QStringLiteral("SSL_CERT_FILE"), QString::fromLatin1(token));
    service::doctor::MachineView machine = service::machineView(environment);
    machine.proc = m_home->path(QStringLiteral("proc"));
    service::doctor::Progress progress;
    const auto findings = examination(m_sight, machine, m_clock.wall, progress).findings;
    QVERIFY(findings.size() > 8);
    QVERIFY2(!service::doctorTable(findings).contains(canary), qPrintable(service::doctorTable(findings)));
    QVERIFY(!service::doctorJson(findings).contains(canary.toLatin1()));
}

QTEST_GUILESS_MAIN(MachineDoctorTest)
#include "machinedoctor.moc"
