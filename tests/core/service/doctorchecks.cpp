// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What the doctor makes of what was gathered: functions on values.
#include <QTest>

#include "service/doctor/callbackports.h"
#include "service/doctor/clockcheck.h"
#include "service/doctor/doctorwords.h"
#include "service/doctor/gitcheck.h"
#include "service/doctor/homechecks.h"
#include "service/doctor/lineageclashes.h"
#include "service/doctor/networkvariables.h"

#include <unistd.h>

using namespace keytender;
using namespace service::doctor;
using namespace std::chrono_literals;
using profile::Severity;
using service::Finding;
using service::KeychainState;

namespace {

constexpr base::Timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h};

const Finding &only(const std::vector<Finding> &findings)
{
    static const Finding none;
    return findings.size() == 1 ? findings.front() : none;
}

provider::Provider withRedirects(const QString &name, const QStringList &uris)
{
    provider::Provider made;
    made.name = name;
    made.redirectUris = provider::Fact<QStringList>{.value = uris};
    return made;
}

service::Row row(const QString &label, const QStringList &clashes)
{
    service::Row made;
    made.profile.label = label;
    made.condition.hasClash = true;
    for (const QString &id : clashes)
        made.profile.duplicates.push_back({.profile = id, .kind = profile::DuplicateKind::SameLineage});
    return made;
}

} // namespace

class DoctorChecksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ports_comeFromProvidersWithAFixedOne();
    void port_thatIsTaken_namesItsHolder_data();
    void port_thatIsTaken_namesItsHolder();
    void ports_thatCouldNotBeLookedAt_areNotInOrder();
    void proxy_isShownWithoutWhoOneIs_data();
    void proxy_isShownWithoutWhoOneIs();
    void proxy_isJudged_data();
    void proxy_isJudged();
    void trust_namesWhoHeedsIt_andWhatIsWrong();
    void clock_isJudged_data();
    void clock_isJudged();
    void keychain_isJudged_data();
    void keychain_isJudged();
    void tray_isToldOnlyWhereThereIsAnIcon();
    void watches_nameTheLimit();
    void problems_areNamed();
    void clash_isOneFindingForAllThatShare();
    void gitHelpers_areReadAsGitTakesThem_data();
    void gitHelpers_areReadAsGitTakesThem();
    void gitVersion_isRead_data();
    void gitVersion_isRead();
    void git_isJudged_data();
    void git_isJudged();
    void words_areCleaned();
};

void DoctorChecksTest::ports_comeFromProvidersWithAFixedOne()
{
    const CallbackPorts ports = callbackPorts(
        {{QStringLiteral("a"),
          withRedirects(QStringLiteral("A"),
                        {QStringLiteral("http://127.0.0.1:1455/cb"), QStringLiteral("http://localhost:1455/cb"),
                         QStringLiteral("http://localhost:1457/cb"), QStringLiteral("http://localhost/cb"),
                         QStringLiteral("https://a.example:4433/cb")})},
         {QStringLiteral("b"), {}}});
    QCOMPARE(ports.at(1455).count(QStringLiteral("A")), 1);
    QVERIFY(ports.at(1455).contains(QStringLiteral("Codex")));
    QCOMPARE(ports.at(1457), QStringList{QStringLiteral("A")});
    QVERIFY(!ports.contains(80) && !ports.contains(4433));
    QVERIFY(ports.contains(54545));
}

void DoctorChecksTest::port_thatIsTaken_namesItsHolder_data()
{
    QTest::addColumn<int>("process");
    QTest::addColumn<int>("severity");
    QTest::addColumn<QString>("said");
    QTest::newRow("a program") << 4711 << int(Severity::Due) << QStringLiteral("node (process 4711)");
    QTest::newRow("ourselves") << int(::getpid()) << int(Severity::Well)
                               << QStringLiteral("another sign-in of Keytender");
}

void DoctorChecksTest::port_thatIsTaken_namesItsHolder()
{
    QFETCH(int, process);
    const auto findings = portFindings(std::vector<PortLook>{
        {.port = 1455,
         .wantedBy = {QStringLiteral("Codex")},
         .holder = oauth::PortHolder{.program = QStringLiteral("node"), .process = process, .user = ::geteuid()}},
        {.port = 1457, .wantedBy = {QStringLiteral("OpenAI")}, .holder = {}}});
    QCOMPARE(findings.size(), 2U);
    QCOMPARE(findings[0].id, QStringLiteral("callback-port:1455"));
    QTEST(int(findings[0].severity), "severity");
    QFETCH(QString, said);
    QVERIFY2(findings[0].text.contains(said), qPrintable(findings[0].text));
    QVERIFY(findings[0].text.contains(QStringLiteral("Codex")));
    QCOMPARE(findings[0].cure.isEmpty(), findings[0].severity == Severity::Well);
    QVERIFY(findings[1].text.contains(QStringLiteral("1457")) && findings[1].severity == Severity::Well);
}

void DoctorChecksTest::ports_thatCouldNotBeLookedAt_areNotInOrder()
{
    const Finding finding = only(portFindings(base::unexpected({.kind = base::ErrorKind::PermissionDenied,
                                                                .subject = QStringLiteral("/proc/net/tcp"),
                                                                .place = {},
                                                                .detail = {}})));
    QCOMPARE(finding.severity, Severity::Due);
    QVERIFY(finding.text.contains(QStringLiteral("/proc/net/tcp")));
}

void DoctorChecksTest::proxy_isShownWithoutWhoOneIs_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("shown");
    const auto add = [](const char *address, const char *shown) {
        QTest::newRow(address) << QString::fromLatin1(address) << QString::fromLatin1(shown);
    };
    add("http://proxy.example:3128", "http://proxy.example:3128");
    add("http://proxy.example:3128/path?token=canary", "http://proxy.example:3128");
    add("proxy.example:3128", "proxy.example:3128");
    add("socks5h://[::1]:1080", "socks5h://[::1]:1080");
    add("http://ada:canary@proxy.example:3128", "http://***@proxy.example:3128");
    add("http://canary@proxy.example", "http://***@proxy.example");
    add("ada:canary@proxy.example", "***@proxy.example");
    add("http://ada:can/ary@proxy.example:1", "http://***@proxy.example:1"); // not escaped
    add("http://ada:can@ary@proxy.example:1", "http://***@proxy.example:1");
    add("http://ada:canary", "(not shown)");
    add("canary:canary", "(not shown)");
    add("http://proxy example/canary", "(not shown)");
    add("", "(not shown)");
}

void DoctorChecksTest::proxy_isShownWithoutWhoOneIs()
{
    QFETCH(QString, address);
    QTEST(shownProxy(address), "shown");
    QVERIFY(!shownProxy(address).contains(QStringLiteral("canary")));
}

void DoctorChecksTest::proxy_isJudged_data()
{
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<QString>("exceptions");
    QTest::addColumn<int>("severity");
    const QString plain = QStringLiteral("http://proxy.example:3128");
    QTest::newRow("none") << QString() << QString() << int(Severity::Well);
    QTest::newRow("loopback is spared") << plain << QStringLiteral("localhost,127.0.0.1") << int(Severity::Well);
    QTest::newRow("all are spared") << plain << QStringLiteral("*") << int(Severity::Well);
    QTest::newRow("loopback goes through it") << plain << QStringLiteral("example.com") << int(Severity::Due);
    QTest::newRow("a password") << QStringLiteral("http://a:b@proxy.example") << QStringLiteral("localhost")
                                << int(Severity::Due);
}

void DoctorChecksTest::proxy_isJudged()
{
    QFETCH(QString, proxy);
    QFETCH(QString, exceptions);
    base::Environment environment;
    environment.variables = {{QStringLiteral("https_proxy"), proxy}, {QStringLiteral("NO_PROXY"), exceptions}};
    const auto findings = variableFindings(lookAtVariables(environment));
    QCOMPARE(findings[0].id, QStringLiteral("proxy"));
    QTEST(int(findings[0].severity), "severity");
    QCOMPARE(findings[0].cure.isEmpty(), findings[0].severity == Severity::Well);
}

void DoctorChecksTest::trust_namesWhoHeedsIt_andWhatIsWrong()
{
    base::Environment environment{.home = QStringLiteral("/home/ada"), .variables = {}, .user = ::geteuid()};
    environment.variables = {{QStringLiteral("NODE_EXTRA_CA_CERTS"), QStringLiteral("/nowhere/ca.pem")},
                             {QStringLiteral("SSL_CERT_DIR"), QStringLiteral("/etc:/usr")},
                             {QStringLiteral("AWS_CA_BUNDLE"), QStringLiteral("ca.pem")},
                             {QStringLiteral("CODEX_CA_CERTIFICATE"), base::Environment::withheld},
                             {QStringLiteral("REQUESTS_CA_BUNDLE"), QString()}};
    const auto findings = variableFindings(lookAtVariables(environment));
    const auto of = [&](const char *name) {
        const auto found = std::ranges::find(findings, QStringLiteral("trust:") + QLatin1String(name), &Finding::id);
        return found == findings.end() ? Finding() : *found;
    };
    QCOMPARE(of("NODE_EXTRA_CA_CERTS").severity, Severity::Due);
    QVERIFY(of("NODE_EXTRA_CA_CERTS").text.contains(QStringLiteral("Claude Code")));
    QVERIFY(of("NODE_EXTRA_CA_CERTS").text.contains(QStringLiteral("/nowhere/ca.pem")));
    QCOMPARE(of("AWS_CA_BUNDLE").severity, Severity::Due);
    QCOMPARE(of("SSL_CERT_DIR").severity, Severity::Well);
    QCOMPARE(of("CODEX_CA_CERTIFICATE").severity, Severity::Well);
    QVERIFY(of("CODEX_CA_CERTIFICATE").places.isEmpty());
    QCOMPARE(of("REQUESTS_CA_BUNDLE"), Finding());
}

void DoctorChecksTest::clock_isJudged_data()
{
    QTest::addColumn<ClockFacts>("facts");
    QTest::addColumn<int>("severity");
    const FutureFile file{.path = QStringLiteral("~/.codex/auth.json"), .changedAt = noon + 1h};
    const auto facts = [](std::optional<bool> kept, std::optional<base::Milliseconds> ahead,
                          std::vector<FutureFile> files = {}) {
        return ClockFacts{.now = noon, .isSynchronized = kept, .serverAhead = ahead, .futureFiles = std::move(files)};
    };
    QTest::newRow("kept") << facts(true, {}) << int(Severity::Well);
    QTest::newRow("kept by nobody") << facts(false, {}) << int(Severity::Due);
    QTest::newRow("kept by nobody, and a server agrees") << facts(false, 2s) << int(Severity::Well);
    QTest::newRow("it cannot be told") << facts({}, {}) << int(Severity::Due);
    QTest::newRow("a server is ahead") << facts(true, 6min) << int(Severity::ActNow);
    QTest::newRow("a server is behind") << facts(true, -6min) << int(Severity::ActNow);
    QTest::newRow("files of the future") << facts(true, 1s, {file}) << int(Severity::Due);
}

void DoctorChecksTest::clock_isJudged()
{
    QFETCH(ClockFacts, facts);
    const Finding finding = only(clockFindings(facts));
    QCOMPARE(finding.id, QStringLiteral("clock"));
    QTEST(int(finding.severity), "severity");
    QCOMPARE(finding.places.size(), static_cast<qsizetype>(facts.futureFiles.size()));
}

void DoctorChecksTest::keychain_isJudged_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("keyLiesInFile");
    QTest::addColumn<int>("severity");
    const auto add = [](const char *name, KeychainState state, bool inFile, Severity severity) {
        QTest::newRow(name) << int(state) << inFile << int(severity);
    };
    add("usable", KeychainState::Usable, false, Severity::Well);
    add("key in a file", KeychainState::Usable, true, Severity::Due);
    add("locked", KeychainState::Locked, false, Severity::ActNow);
    add("silent", KeychainState::Silent, false, Severity::Due);
    add("absent", KeychainState::Absent, false, Severity::Due);
    add("key file unusable", KeychainState::KeyFileUnusable, true, Severity::ActNow);
}

void DoctorChecksTest::keychain_isJudged()
{
    QFETCH(int, state);
    QFETCH(bool, keyLiesInFile);
    HomeFacts facts{.surroundings = {}, .keyLiesInFile = keyLiesInFile, .hasTrayHost = {}, .watchesAllowed = {}};
    facts.surroundings.keychain = static_cast<KeychainState>(state);
    const auto findings = homeFindings(facts);
    QCOMPARE(findings[0].id, QStringLiteral("keychain"));
    QTEST(int(findings[0].severity), "severity");
    QVERIFY(!findings[0].text.isEmpty());
}

void DoctorChecksTest::tray_isToldOnlyWhereThereIsAnIcon()
{
    const auto severity = [](std::optional<bool> hasHost) -> std::optional<Severity> {
        const auto findings =
            homeFindings({.surroundings = {}, .keyLiesInFile = false, .hasTrayHost = hasHost, .watchesAllowed = {}});
        const auto found = std::ranges::find(findings, QStringLiteral("tray"), &Finding::id);
        return found == findings.end() ? std::nullopt : std::optional(found->severity);
    };
    QVERIFY(severity({}) == std::nullopt);
    QVERIFY(severity(true) == Severity::Well);
    QVERIFY(severity(false) == Severity::Due);
}

void DoctorChecksTest::watches_nameTheLimit()
{
    HomeFacts facts{.surroundings = {}, .keyLiesInFile = false, .hasTrayHost = {}, .watchesAllowed = 8192};
    QCOMPARE(homeFindings(facts)[1].severity, Severity::Well);
    facts.surroundings.watchUnreliability = QStringLiteral("no more watches");
    const Finding finding = homeFindings(facts)[1];
    QCOMPARE(finding.severity, Severity::Due);
    QVERIFY(finding.text.contains(QStringLiteral("8192")));
    QVERIFY(finding.text.contains(QStringLiteral("no more watches")));
}

void DoctorChecksTest::problems_areNamed()
{
    HomeFacts facts{.surroundings = {}, .keyLiesInFile = false, .hasTrayHost = {}, .watchesAllowed = {}};
    facts.surroundings.problems.push_back({.kind = base::ErrorKind::Misconfigured,
                                           .subject = QStringLiteral("config.json"),
                                           .place = QStringLiteral("line 3"),
                                           .detail = {}});
    const Finding finding = homeFindings(facts).back();
    QCOMPARE(finding.id, QStringLiteral("problem:config.json"));
    QCOMPARE(finding.severity, Severity::Due);
    QVERIFY(finding.text.contains(QStringLiteral("line 3")));
}

void DoctorChecksTest::clash_isOneFindingForAllThatShare()
{
    const QString a = QStringLiteral("a");
    const QString b = QStringLiteral("b");
    const QString c = QStringLiteral("c");
    const auto findings = clashFindings({{a, row(QStringLiteral("Claude Code"), {b})},
                                         {b, row(QStringLiteral("OpenClaw"), {a, c})},
                                         {c, row(QStringLiteral("Hermes"), {b})},
                                         {QStringLiteral("d"), service::Row()}});
    const Finding finding = only(findings);
    QCOMPARE(finding.id, QStringLiteral("same-login:a+b+c"));
    QCOMPARE(finding.severity, Severity::ActNow);
    QCOMPARE(finding.places.size(), 3);
    QCOMPARE(only(clashFindings({{a, service::Row()}})).severity, Severity::Well);
}

void DoctorChecksTest::gitHelpers_areReadAsGitTakesThem_data()
{
    QTest::addColumn<QByteArray>("listing");
    QTest::addColumn<std::vector<GitHelper>>("helpers");
    const auto add = [](const char *name, const QByteArray &listing, std::vector<GitHelper> helpers) {
        QTest::newRow(name) << listing << helpers;
    };
    const QByteArray key("credential.helper\n");
    const QByteArray nul(1, '\0');
    add("nothing", {}, {});
    add("store", key + "store" + nul, {GitHelper::Store});
    add("with arguments", key + "cache --timeout 21600" + nul, {GitHelper::Keeps});
    add("a path", key + "/usr/lib/git-core/git-credential-libsecret" + nul, {GitHelper::Keeps});
    add("oauth", key + "cache" + nul + key + "oauth" + nul, {GitHelper::Keeps, GitHelper::OAuth});
    add("oauth by device", key + "oauth -device" + nul, {GitHelper::OAuthByDevice});
    add("a reset", key + "store" + nul + key + nul + key + "keytender" + nul, {GitHelper::Keytender});
    add("a script", key + "!f() { echo password=canary; }; f" + nul, {GitHelper::Other});
    add("of one host", "credential.https://github.com.helper\n!gh auth git-credential" + nul, {GitHelper::Other});
}

void DoctorChecksTest::gitHelpers_areReadAsGitTakesThem()
{
    QFETCH(QByteArray, listing);
    QFETCH(std::vector<GitHelper>, helpers);
    QVERIFY(gitHelpersIn(listing) == helpers);
}

void DoctorChecksTest::gitVersion_isRead_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("minor");
    QTest::newRow("debian") << QStringLiteral("git version 2.39.5") << 39;
    QTest::newRow("apple") << QStringLiteral("git version 2.50.1 (Apple Git-155)") << 50;
    QTest::newRow("something else") << QStringLiteral("usage: git") << -1;
}

void DoctorChecksTest::gitVersion_isRead()
{
    QFETCH(QString, line);
    const auto version = gitVersionIn(line);
    QTEST(version ? version->minor : -1, "minor");
}

void DoctorChecksTest::git_isJudged_data()
{
    QTest::addColumn<GitFacts>("facts");
    QTest::addColumn<int>("severity");
    const auto facts = [](int minor, std::vector<GitHelper> helpers, bool hasDisplay = true) {
        return GitFacts{.isInstalled = true,
                        .version = GitVersion{.major = 2, .minor = minor},
                        .versionText = QStringLiteral("2.%1.0").arg(minor),
                        .helpers = std::move(helpers),
                        .hasDisplay = hasDisplay};
    };
    using Helpers = std::vector<GitHelper>;
    QTest::newRow("old, no helper") << facts(39, {}) << int(Severity::Well);
    QTest::newRow("old, ours") << facts(39, {GitHelper::Keytender}) << int(Severity::Well);
    QTest::newRow("old, oauth") << facts(39, Helpers{GitHelper::Keeps, GitHelper::OAuth}) << int(Severity::Due);
    QTest::newRow("new, oauth") << facts(40, Helpers{GitHelper::Keeps, GitHelper::OAuth}) << int(Severity::Well);
    QTest::newRow("store before oauth") << facts(47, Helpers{GitHelper::Store, GitHelper::OAuth}) << int(Severity::Due);
    QTest::newRow("store and cache") << facts(47, Helpers{GitHelper::Store, GitHelper::Keeps, GitHelper::OAuth})
                                     << int(Severity::Well);
    QTest::newRow("no display") << facts(47, Helpers{GitHelper::Keeps, GitHelper::OAuth}, false) << int(Severity::Due);
    QTest::newRow("no display, device") << facts(47, Helpers{GitHelper::Keeps, GitHelper::OAuthByDevice}, false)
                                        << int(Severity::Well);
    QTest::newRow("silent") << GitFacts{.isInstalled = true, .version = {}} << int(Severity::Due);
}

void DoctorChecksTest::git_isJudged()
{
    QFETCH(GitFacts, facts);
    QTEST(int(only(gitFindings(facts)).severity), "severity");
    QVERIFY(gitFindings({}).empty());
}

void DoctorChecksTest::words_areCleaned()
{
    Finding finding;
    finding.places = {QStringLiteral("/tmp/\x1b[2J\u202egnp.exe"),
                      QStringLiteral("sk-ant-oat01-canarycanarycanarycanarycanary")};
    finding = cleaned(finding, nullptr);
    QVERIFY(!finding.places[0].contains(QChar(0x1b)) && !finding.places[0].contains(QChar(0x202e)));
    QVERIFY(!finding.places[1].contains(QStringLiteral("canary")));
}

QTEST_GUILESS_MAIN(DoctorChecksTest)
#include "doctorchecks.moc"
