// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// export and import, from one machine to another.

#include <QTest>

#include "core/ipc/deskfixture.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::Counter;
using fakes::joined;
using Words = std::string;

namespace {

const Words passphrase = "correct horse battery";
const QString own = QStringLiteral("anthropic");

void say(fakes::RecordedInquiry &inquiry, const char *key, std::string_view value)
{
    wire::Message more(wire::Kind::More);
    more.set(key, value);
    Q_EMIT inquiry.received(more);
}

std::unique_ptr<fakes::RecordedInquiry> import(const Counter &counter, const std::string &file, Counter::Fields fields)
{
    auto inquiry = counter.begin("import", fields);
    for (std::size_t at = 0; at < file.size() && !inquiry->isAnswered; at += 1000)
        say(*inquiry, "data", std::string_view(file).substr(at, 1000));
    say(*inquiry, "end", "yes");
    (void)QTest::qWaitFor([&] { return inquiry->isAnswered; }, 60'000);
    return inquiry;
}

bool holdsRefreshToken(const fakes::TemporaryHome &home)
{
    const auto vault = fakes::vaultIn(home, vault::Vault::Access::ReadOnly);
    const auto record = vault->read(own);
    return record && !record->credential.tokens.refreshToken.isEmpty();
}

} // namespace

class TestTransferDesk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();

    void exportedLogin_isUsableElsewhere_andRenewedOnOneMachineOnly();
    void movedLogin_isRenewedElsewhere_andGoneHere();
    void loginRenewedBeforeItsMoveIsConfirmed_staysHere();
    void wrongPassphrase_orAnAlteredFile_writesNothing();
    void nothingToExport_andShortPassphrases_areRefused();
    void export_asksThePersonFirst_andTellsNothingAfterANo();
    void secondTransferAtOnce_isRefused();

private:
    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::TemporaryHome> m_other;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
};

void TestTransferDesk::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_other = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    m_issuer->issue("sk-ant-ort01-bob-1");
    QVERIFY(fakes::keep(*m_home, {}));
}

void TestTransferDesk::exportedLogin_isUsableElsewhere_andRenewedOnOneMachineOnly()
{
    const Counter here(*m_home, *m_issuer);
    const auto exported = here.begin("export", {{"passphrase", passphrase}});
    QTRY_VERIFY_WITH_TIMEOUT(exported->isAnswered, 60'000);
    QCOMPARE(exported->field("outcome"), Words("ok"));
    const std::string file = joined(*exported, "data");
    QVERIFY(!file.empty() && file.find("ort01") == std::string::npos);
    QVERIFY(joined(*exported, "line").find("one machine only") != std::string::npos);
    QVERIFY(here.program.service.rows().contains(own));

    const Counter there(*m_other, *m_issuer);
    const auto imported = import(there, file, {{"passphrase", passphrase}});
    QVERIFY2(imported->field("outcome") == "ok", imported->field("text").c_str());
    QCOMPARE(there.ask("token", {{"profile", "anthropic"}})->field("token"), Words("sk-ant-oat01-bob-1"));
    QVERIFY(!holdsRefreshToken(*m_other));
    QCOMPARE(there.ask("refresh", {{"profile", "anthropic"}})->field("outcome"), Words("failed"));
    QCOMPARE(m_issuer->posts, 0);
    // A person says that it is used there only.
    const auto again = import(there, file, {{"passphrase", passphrase}, {"renew", "yes"}});
    QVERIFY2(again->field("outcome") == "ok", again->field("text").c_str());
    QVERIFY(holdsRefreshToken(*m_other));
    QCOMPARE(there.ask("refresh", {{"profile", "anthropic"}})->field("outcome"), Words("ok"));
    QCOMPARE(m_issuer->reuses, 0);
    // What the file holds is spent now: it never comes back.
    const auto third = import(there, file, {{"passphrase", passphrase}, {"renew", "yes"}});
    QVERIFY2(joined(*third, "line").find("newer state") != std::string::npos, joined(*third, "line").c_str());
    QCOMPARE(there.ask("token", {{"profile", "anthropic"}})->field("token"), Words("sk-ant-oat01-bob-2"));
}

void TestTransferDesk::movedLogin_isRenewedElsewhere_andGoneHere()
{
    const Counter here(*m_home, *m_issuer);
    const auto exported = here.begin("export", {{"passphrase", passphrase}, {"move", "yes"}});
    QTRY_VERIFY_WITH_TIMEOUT(!joined(*exported, "data").empty(), 60'000);
    QVERIFY(!exported->isAnswered); // before the client has it on its disk
    QVERIFY(here.program.service.rows().contains(own));
    say(*exported, "end", "yes");
    QTRY_VERIFY_WITH_TIMEOUT(exported->isAnswered, 20'000);
    QVERIFY2(exported->field("outcome") == "ok", exported->field("text").c_str());
    QVERIFY(!here.program.service.rows().contains(own));
    QCOMPARE(here.ask("token", {{"profile", "anthropic"}})->field("outcome"), Words("not-found"));
    QVERIFY(m_issuer->isAlive("sk-ant-ort01-bob-1"));

    const Counter there(*m_other, *m_issuer);
    QCOMPARE(import(there, joined(*exported, "data"), {{"passphrase", passphrase}})->field("outcome"), Words("ok"));
    QCOMPARE(there.ask("refresh", {{"profile", "anthropic"}})->field("outcome"), Words("ok"));
    QCOMPARE(there.ask("token", {{"profile", "anthropic"}})->field("token"), Words("sk-ant-oat01-bob-2"));
}

void TestTransferDesk::loginRenewedBeforeItsMoveIsConfirmed_staysHere()
{
    const Counter here(*m_home, *m_issuer);
    const auto exported = here.begin("export", {{"passphrase", passphrase}, {"move", "yes"}});
    QTRY_VERIFY_WITH_TIMEOUT(!joined(*exported, "data").empty(), 60'000);
    QCOMPARE(here.ask("refresh", {{"profile", "anthropic"}})->field("outcome"), Words("ok"));
    QTRY_VERIFY(here.program.row(own).condition.health != profile::Health::Refreshing);
    say(*exported, "end", "yes");
    QTRY_VERIFY_WITH_TIMEOUT(exported->isAnswered, 20'000);
    QCOMPARE(exported->field("outcome"), Words("failed"));
    QVERIFY(exported->field("text").find("bob@example.org") != std::string::npos);
    QCOMPARE(here.ask("token", {{"profile", "anthropic"}})->field("token"), Words("sk-ant-oat01-bob-2"));
}

void TestTransferDesk::wrongPassphrase_orAnAlteredFile_writesNothing()
{
    const Counter here(*m_home, *m_issuer);
    const auto exported = here.begin("export", {{"passphrase", passphrase}});
    QTRY_VERIFY_WITH_TIMEOUT(exported->isAnswered, 60'000);
    const std::string file = joined(*exported, "data");
    const Counter there(*m_other, *m_issuer);
    std::string altered = file;
    altered[altered.size() / 2] = static_cast<char>(altered[altered.size() / 2] ^ 4);
    const auto wrong = import(there, file, {{"passphrase", "correct horse batterz"}, {"renew", "yes"}});
    QCOMPARE(wrong->field("outcome"), Words("failed"));
    QVERIFY(wrong->field("text").find("passphrase") != std::string::npos);
    QCOMPARE(import(there, altered, {{"passphrase", passphrase}})->field("outcome"), Words("failed"));
    QCOMPARE(import(there, file.substr(0, 100), {{"passphrase", passphrase}})->field("outcome"), Words("failed"));
    QCOMPARE(import(there, {}, {{"passphrase", passphrase}})->field("outcome"), Words("failed"));
    QVERIFY(there.program.service.rows().empty());
}

void TestTransferDesk::nothingToExport_andShortPassphrases_areRefused()
{
    const Counter there(*m_other, *m_issuer);
    QCOMPARE(there.ask("export", {{"passphrase", "short"}})->field("outcome"), Words("usage"));
    QCOMPARE(there.ask("export")->field("outcome"), Words("usage"));
    const auto nothing = there.begin("export", {{"passphrase", passphrase}});
    QTRY_VERIFY_WITH_TIMEOUT(nothing->isAnswered, 60'000);
    QCOMPARE(nothing->field("outcome"), Words("not-found"));
}

// S-53, S-54: a program that may have an access token may not have all that renews them.
void TestTransferDesk::export_asksThePersonFirst_andTellsNothingAfterANo()
{
    Counter here(*m_home, *m_issuer);
    here.consent.verdict = service::Consent::Verdict{.isAllowed = false, .text = QStringLiteral("no")};
    const auto refused = here.ask("export", {{"passphrase", passphrase}});
    QCOMPARE(refused->field("outcome"), Words("denied"));
    QVERIFY(refused->texts.empty());
    QCOMPARE(here.consent.asked.size(), std::size_t{1});
    QCOMPARE(here.consent.asked.front().profileId, QStringLiteral("export"));
}

void TestTransferDesk::secondTransferAtOnce_isRefused()
{
    const Counter here(*m_home, *m_issuer);
    auto first = here.begin("export", {{"passphrase", passphrase}});
    QCOMPARE(here.ask("export", {{"passphrase", passphrase}})->field("outcome"), Words("unavailable"));
    QTRY_VERIFY_WITH_TIMEOUT(first->isAnswered, 60'000);
    first.reset();
    const auto next = here.begin("import", {{"passphrase", passphrase}});
    QVERIFY(!next->isAnswered);
}

QTEST_GUILESS_MAIN(TestTransferDesk)
#include "transferdesk.moc"
