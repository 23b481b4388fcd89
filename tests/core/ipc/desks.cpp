// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What people ask for at a terminal, before a whole program.

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>

#include "core/ipc/deskfixture.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::Counter;
using fakes::joined;
using fakes::textOf;
using Words = std::string;

namespace {

QJsonObject jsonOf(const fakes::RecordedInquiry &inquiry)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(textOf(inquiry))).object();
}

bool has(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestDesks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();

    void everyCommand_refusesAnUnknownField_data();
    void everyCommand_refusesAnUnknownField();
    void status_isTheTable_orJson_andItsOutcome();
    void activity_isTheHistory_newestFirst();
    void providers_nameWaysOrWhyThereAreNone();
    void accounts_areListed_andUsedInTheOnlyPlace();
    void consents_areNumbered_andTakenBack();
    void doctor_tells_andCuresWhatIsSafe();
    void logoutPreview_changesNothing();
    void logout_withoutALine_hasFailed_andSaysWhatIsOpen();
    void logoutLocal_isDoneWithoutTheProvider();
    void logoutOfAToolsLogin_isLeftToTheTool();
    void login_tellsTheAddress_andOpensNothing();
    void login_withOpen_opensTheBrowser();
    void login_goesOnAfterAWrongPaste_andIsKeptAfterTheRightOne();
    void login_ofAClientThatIsGone_isCancelled();
    void login_ofAToolsLogin_orAnUnknownWay_isRefused();

private:
    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
};

void TestDesks::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    m_issuer->issue("sk-ant-ort01-bob-1");
}

void TestDesks::everyCommand_refusesAnUnknownField_data()
{
    QTest::addColumn<QByteArray>("command");
    for (const char *command : {"status", "token", "reject", "refresh", "accounts", "use", "activity", "providers",
                                "login", "logout", "doctor", "consents", "export", "import"})
        QTest::newRow(command) << QByteArray(command);
}

void TestDesks::everyCommand_refusesAnUnknownField()
{
    QFETCH(const QByteArray, command);
    const Counter counter(*m_home, *m_issuer);
    const auto answer = counter.ask(command.toStdString(), {{"exec", "/bin/sh"}});
    QCOMPARE(answer->field("outcome"), Words("usage"));
    QVERIFY2(has(answer->field("text"), "exec"), answer->field("text").c_str());
}

void TestDesks::status_isTheTable_orJson_andItsOutcome()
{
    QVERIFY(fakes::keep(*m_home, {}));
    const Counter counter(*m_home, *m_issuer);
    const auto table = counter.ask("status");
    QCOMPARE(table->field("outcome"), Words("ok"));
    QVERIFY(has(textOf(*table), "bob@example.org"));
    const auto json = counter.ask("status", {{"format", "json"}});
    QCOMPARE(jsonOf(*json).value(QStringLiteral("profiles")).toArray().size(), 1);
    QVERIFY(!fakes::holds(*json, "oat01") && !fakes::holds(*json, "ort01"));
    QCOMPARE(counter.ask("status", {{"format", "xml"}})->field("outcome"), Words("usage"));

    const fakes::TemporaryHome other;
    QVERIFY(fakes::keep(other, {.refreshToken = "sk-ant-ort01-dead-1", .left = -1min}));
    const Counter dead(other, *m_issuer);
    QTRY_COMPARE_WITH_TIMEOUT(dead.ask("status")->field("outcome"), Words("needs-sign-in"), 10'000);
}

void TestDesks::activity_isTheHistory_newestFirst()
{
    QVERIFY(fakes::keep(*m_home, {}));
    const Counter counter(*m_home, *m_issuer);
    QCOMPARE(counter.ask("refresh", {{"profile", "anthropic"}})->field("outcome"), Words("ok"));
    QTRY_VERIFY(!counter.program.service.activityOf(QStringLiteral("anthropic")).empty());
    const auto json = counter.ask("activity", {{"profile", "Anthropic · bob@example.org"}, {"format", "json"}});
    const QJsonArray entries = jsonOf(*json).value(QStringLiteral("activity")).toArray();
    QVERIFY(!entries.isEmpty());
    QCOMPARE(entries.at(0)[QStringLiteral("profile")].toString(), QStringLiteral("anthropic"));
    QVERIFY(entries.at(0)[QStringLiteral("steps")].toArray().size() >= 5);
    QVERIFY(!fakes::holds(*json, "ort01"));
    QVERIFY(has(textOf(*counter.ask("activity", {{"limit", "1"}})), "anthropic"));
    QCOMPARE(counter.ask("activity", {{"profile", "nobody"}})->field("outcome"), Words("not-found"));
}

void TestDesks::providers_nameWaysOrWhyThereAreNone()
{
    const Counter counter(*m_home, *m_issuer);
    const QJsonArray providers =
        jsonOf(*counter.ask("providers", {{"format", "json"}})).value(QStringLiteral("providers")).toArray();
    QVERIFY(providers.size() > 5);
    for (const auto &each : providers)
        QVERIFY(each[QStringLiteral("ways")].toArray().isEmpty() != each[QStringLiteral("whyNone")].isNull());
    QVERIFY(has(textOf(*counter.ask("providers")), "anthropic"));
}

void TestDesks::accounts_areListed_andUsedInTheOnlyPlace()
{
    QVERIFY(fakes::keep(*m_home, {}));
    Counter counter(*m_home, *m_issuer);
    fakes::FakeNeighbours neighbours;
    service::AccountGroup group;
    group.profileId = QStringLiteral("claude-cli");
    group.toolName = QStringLiteral("Claude Code");
    group.accounts = {{.profileId = QStringLiteral("claude-cli"), .label = QStringLiteral("ada"), .isInUse = true},
                      {.profileId = QStringLiteral("anthropic"), .label = QStringLiteral("bob")}};
    neighbours.groups = {group};
    counter.world.neighbours = [&neighbours] { return &neighbours; };
    ipc::addAccountDesk(counter.door, counter.world);
    QVERIFY(has(textOf(*counter.ask("accounts")), "* claude-cli"));
    const QJsonArray places =
        jsonOf(*counter.ask("accounts", {{"format", "json"}})).value(QStringLiteral("places")).toArray();
    QCOMPARE(places.at(0)[QStringLiteral("accounts")].toArray().size(), 2);
    QCOMPARE(counter.ask("use", {{"profile", "anthropic"}})->field("outcome"), Words("ok"));
    QCOMPARE(neighbours.calls, QStringList{QStringLiteral("use anthropic claude-cli")});
    QCOMPARE(counter.ask("use", {{"profile", "anthropic"}, {"place", "codex-cli"}})->field("outcome"),
             Words("not-found"));
    QCOMPARE(counter.ask("use")->field("outcome"), Words("usage"));
    neighbours.refusal = base::Error{
        .kind = base::ErrorKind::Locked, .subject = QStringLiteral("Claude Code"), .place = {}, .detail = {}};
    QCOMPARE(counter.ask("use", {{"profile", "anthropic"}})->field("outcome"), Words("unavailable"));
}

void TestDesks::consents_areNumbered_andTakenBack()
{
    Counter counter(*m_home, *m_issuer);
    service::ConsentRule rule;
    rule.profileId = QStringLiteral("gh-cli");
    rule.program = QStringLiteral("/usr/bin/git");
    rule.since = counter.program.service.now();
    service::ConsentRule settled = rule;
    settled.program = QStringLiteral("*");
    settled.isFromSettings = true;
    counter.consent.known = {rule, settled};
    QVERIFY(has(textOf(*counter.ask("consents")), "  1  allowed  gh-cli  /usr/bin/git"));
    const QJsonArray list =
        jsonOf(*counter.ask("consents", {{"format", "json"}})).value(QStringLiteral("consents")).toArray();
    QCOMPARE(list.at(1)[QStringLiteral("number")].toInt(), 2);
    QCOMPARE(counter.ask("consents", {{"revoke", "2"}})->field("outcome"), Words("failed")); // in the settings
    QCOMPARE(counter.ask("consents", {{"revoke", "1"}})->field("outcome"), Words("ok"));
    QCOMPARE(counter.consent.known.size(), std::size_t{1});
    for (const char *number : {"0", "2", "99"})
        QCOMPARE(counter.ask("consents", {{"revoke", number}})->field("outcome"), Words("not-found"));
}

void TestDesks::doctor_tells_andCuresWhatIsSafe()
{
    Counter counter(*m_home, *m_issuer);
    QCOMPARE(counter.ask("doctor")->field("outcome"), Words("ok"));
    service::Finding wide;
    wide.id = QStringLiteral("wide-files");
    wide.subject = QStringLiteral("Others may read it");
    wide.safeCure = QStringLiteral("Make it private");
    service::Finding clock;
    clock.id = QStringLiteral("clock");
    clock.cure = QStringLiteral("Set the clock.");
    counter.doctor.findings = {wide, clock};
    const auto table = counter.ask("doctor");
    QCOMPARE(table->field("outcome"), Words("due-soon"));
    QVERIFY(has(textOf(*table), "Others may read it"));
    QCOMPARE(counter.ask("doctor", {{"cure", "clock"}})->field("outcome"), Words("failed"));
    QCOMPARE(counter.ask("doctor", {{"cure", "nothing"}})->field("outcome"), Words("not-found"));
    QCOMPARE(counter.ask("doctor", {{"cure", "wide-files"}})->field("outcome"), Words("ok"));
    QCOMPARE(counter.doctor.cures, QStringList{QStringLiteral("wide-files")});
}

void TestDesks::logoutPreview_changesNothing()
{
    QVERIFY(fakes::keep(*m_home, {}));
    const Counter counter(*m_home, *m_issuer);
    const auto preview = counter.ask("logout", {{"all", "yes"}, {"preview", "yes"}});
    QCOMPARE(preview->field("outcome"), Words("ok"));
    QVERIFY2(has(joined(*preview, "line"), "bob@example.org"), joined(*preview, "line").c_str());
    QVERIFY(counter.program.service.rows().contains(QStringLiteral("anthropic")));
    QCOMPARE(m_issuer->posts, 0);
    for (const Counter::Fields fields : {Counter::Fields{}, Counter::Fields{{"all", "yes"}, {"profile", "anthropic"}}})
        QCOMPARE(counter.ask("logout", fields)->field("outcome"), Words("usage"));
}

void TestDesks::logout_withoutALine_hasFailed_andSaysWhatIsOpen()
{
    QVERIFY(fakes::keep(*m_home, {}));
    m_issuer->isDown = true;
    const Counter counter(*m_home, *m_issuer);
    const auto answer = counter.ask("logout", {{"profile", "anthropic"}});
    QCOMPARE(answer->field("outcome"), Words("failed"));
    QVERIFY2(has(answer->field("text"), "bob@example.org"), answer->field("text").c_str());
    QCOMPARE(answer->toldFields("line").size(), std::size_t{1});
    QVERIFY(!counter.program.service.rows().contains(QStringLiteral("anthropic")));
    QCOMPARE(counter.ask("token", {{"profile", "anthropic"}})->field("outcome"), Words("not-found"));
}

void TestDesks::logoutLocal_isDoneWithoutTheProvider()
{
    QVERIFY(fakes::keep(*m_home, {}));
    const Counter counter(*m_home, *m_issuer);
    const auto answer = counter.ask("logout", {{"provider", "anthropic"}, {"local", "yes"}});
    QVERIFY2(answer->field("outcome") == "ok", answer->field("text").c_str());
    QVERIFY(!counter.program.service.rows().contains(QStringLiteral("anthropic")));
    QCOMPARE(m_issuer->posts, 0);
    QVERIFY(m_issuer->isAlive("sk-ant-ort01-bob-1"));
}

void TestDesks::logoutOfAToolsLogin_isLeftToTheTool()
{
    m_home->write(QStringLiteral(".claude/.credentials.json"), fakes::recordOf({}));
    const Counter counter(*m_home, *m_issuer);
    const auto answer = counter.ask("logout", {{"profile", "claude-cli"}});
    QCOMPARE(answer->field("outcome"), Words("not-found"));
    QVERIFY(has(answer->field("text"), "Claude Code"));
    QVERIFY(m_home->read(QStringLiteral(".claude/.credentials.json")).contains("sk-ant-ort01-ada-1"));
}

void TestDesks::login_tellsTheAddress_andOpensNothing()
{
    const Counter counter(*m_home, *m_issuer);
    const auto inquiry = counter.begin("login", {{"provider", "anthropic"}, {"way", "browser"}});
    QTRY_VERIFY(!inquiry->toldFields("address").empty());
    const QUrl address = QUrl::fromEncoded(QByteArray::fromStdString(inquiry->toldFields("address").front()));
    QVERIFY(address.isValid() && QUrlQuery(address).hasQueryItem(QStringLiteral("state")));
    QVERIFY(!inquiry->toldFields("line").empty());
    QVERIFY(counter.program.opener.opened.empty());
    QVERIFY(!inquiry->isAnswered);
}

void TestDesks::login_withOpen_opensTheBrowser()
{
    const Counter counter(*m_home, *m_issuer);
    const auto inquiry = counter.begin("login", {{"provider", "anthropic"}, {"way", "browser"}, {"open", "yes"}});
    QTRY_COMPARE(counter.program.opener.opened.size(), std::size_t{1});
    QCOMPARE(QByteArray::fromStdString(inquiry->toldFields("address").front()), counter.program.opener.opened.front());
}

void TestDesks::login_goesOnAfterAWrongPaste_andIsKeptAfterTheRightOne()
{
    const Counter counter(*m_home, *m_issuer);
    const auto inquiry = counter.begin("login", {{"provider", "anthropic"}, {"way", "paste"}});
    QTRY_VERIFY(!inquiry->toldFields("address").empty());
    const QUrl address = QUrl::fromEncoded(QByteArray::fromStdString(inquiry->toldFields("address").front()));
    const std::string state =
        QUrlQuery(address).queryItemValue(QStringLiteral("state"), QUrl::FullyDecoded).toStdString();
    const auto paste = [&](const std::string &text) {
        wire::Message more(wire::Kind::More);
        more.set("paste", text);
        Q_EMIT inquiry->received(more);
    };
    const std::size_t lines = inquiry->toldFields("line").size();
    paste("code-1#another-state");
    QCOMPARE(inquiry->toldFields("line").size(), lines + 1);
    QVERIFY(!inquiry->isAnswered);
    paste("code-1#" + state);
    QTRY_VERIFY_WITH_TIMEOUT(inquiry->isAnswered, 10'000);
    QVERIFY2(inquiry->field("outcome") == "ok", inquiry->field("text").c_str());
    QCOMPARE(inquiry->field("profile"), Words("anthropic"));
    QVERIFY(!inquiry->field("label").empty());
    QVERIFY(!fakes::holds(*inquiry, "ort01") && !fakes::holds(*inquiry, "oat01"));
    QCOMPARE(counter.ask("token", {{"profile", "anthropic"}})->field("token"), Words("sk-ant-oat01-new-1"));
}

void TestDesks::login_ofAClientThatIsGone_isCancelled()
{
    const Counter counter(*m_home, *m_issuer);
    auto inquiry = counter.begin("login", {{"provider", "anthropic"}, {"way", "browser"}});
    QTRY_VERIFY(!inquiry->toldFields("address").empty());
    const QUrl address = QUrl::fromEncoded(QByteArray::fromStdString(inquiry->toldFields("address").front()));
    const QUrl redirect(QUrlQuery(address).queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded));
    const auto isListening = [&] {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(redirect.port()));
        return socket.waitForConnected(2000);
    };
    QVERIFY(isListening());
    Q_EMIT inquiry->abandoned();
    QVERIFY(!isListening());
    inquiry.reset();
    QVERIFY(counter.program.service.rows().empty());
}

void TestDesks::login_ofAToolsLogin_orAnUnknownWay_isRefused()
{
    m_home->write(QStringLiteral(".claude/.credentials.json"), fakes::recordOf({}));
    const Counter counter(*m_home, *m_issuer);
    const auto tools = counter.ask("login", {{"profile", "claude-cli"}});
    QCOMPARE(tools->field("outcome"), Words("failed"));
    QVERIFY2(has(tools->field("text"), "claude auth login"), tools->field("text").c_str());
    QCOMPARE(counter.ask("login", {{"provider", "anthropic"}, {"way", "telepathy"}})->field("outcome"), Words("usage"));
    QCOMPARE(counter.ask("login", {{"provider", "anthropic"}, {"scopes", "evil:all"}})->field("outcome"),
             Words("usage"));
    QCOMPARE(counter.ask("login", {{"provider", "nobody"}})->field("outcome"), Words("not-found"));
    QCOMPARE(counter.ask("login", {{"provider", "google"}})->field("outcome"), Words("failed"));
    QCOMPARE(counter.ask("login")->field("outcome"), Words("usage"));
}

QTEST_GUILESS_MAIN(TestDesks)
#include "desks.moc"
