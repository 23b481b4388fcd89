// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/revocation.h"

#include <QTest>

#include "answers.h"
#include "fakes/jsontestcases.h"

using namespace keytender;
using namespace keytender::answers;
using oauth::readRevocationAnswer;
using oauth::RevocationVerdict;
using namespace std::chrono_literals;

namespace {

provider::Provider anthropicLike()
{
    provider::Provider provider = testProvider();
    provider.revocationConfirmation = {QStringLiteral("request-id"), provider::Evidence::Measured};
    return provider;
}

provider::Provider slackLike()
{
    provider::Provider provider = testProvider();
    provider.revocationStyle = {provider::RevocationStyle::Bearer, provider::Evidence::Assumed};
    return provider;
}

} // namespace

class RevocationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void answer_meansWhatTheTableSays_data();
    void answer_meansWhatTheTableSays();
    void confirmation_isAsStrictAsTheProvidersOwnClient_data();
    void confirmation_isAsStrictAsTheProvidersOwnClient();
    void undeliveredRevocation_isTriedLater();
    void jsonTestSuite_neverCrashes();
};

void RevocationTest::answer_meansWhatTheTableSays_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<RevocationVerdict>("verdict");
    const auto row = [](const QByteArray &name, int status, const QByteArray &body, RevocationVerdict verdict) {
        QTest::newRow(name.constData()) << status << body << verdict;
    };
    using enum RevocationVerdict;
    row("N-41 200", 200, {}, Confirmed);
    row("N-41 200 with a body", 200, "{}", Confirmed);
    row("N-41 200 with a word", 200, "OK", Confirmed);
    row("N-41 204", 204, {}, Confirmed);
    row("GitHub: 202", 202, {}, Confirmed);
    row("200 and a page", 200, "<html>", NotConfirmed);
    row("N-25 200 with an error", 200, R"({"error":"invalid_client"})", NotConfirmed);
    row("200 with invalid_token", 200, R"({"error":"invalid_token"})", AlreadyGone);
    row("Google: invalid_token", 400, R"({"error":"invalid_token"})", AlreadyGone);
    row("N-41 unsupported_token_type", 400, R"({"error":"unsupported_token_type"})", Unsupported);
    row("N-41 503", 503, {}, Later);
    row("503 with invalid_token", 503, R"({"error":"invalid_token"})", AlreadyGone);
    row("503 with server_error", 503, R"({"error":"server_error"})", Later);
    row("400 with temporarily_unavailable", 400, R"({"error":"temporarily_unavailable"})", Later);
    row("invalid_client", 401, R"({"error":"invalid_client"})", NotConfirmed);
    row("invalid_request", 400, R"({"error":"invalid_request"})", NotConfirmed);
    row("401", 401, {}, NotConfirmed);
    row("403 of a firewall", 403, "<html>", NotConfirmed);
    row("GitHub: 422", 422, R"({"message":"Validation failed"})", NotConfirmed);
    for (const int status : {408, 425, 429, 500, 502, 504})
        row(QByteArray::number(status), status, {}, Later);
    for (const int status : {404, 405, 410, 501})
        row(QByteArray::number(status), status, {}, Unsupported);
    for (const int status : {301, 302, 307, 308})
        row("N-22 " + QByteArray::number(status), status, {}, NotConfirmed);
}

void RevocationTest::answer_meansWhatTheTableSays()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(RevocationVerdict, verdict);
    oauth::Delivery answer = answered(status, body);
    answer.headers.emplace_back("Retry-After", "7");
    const auto meaning = readRevocationAnswer(answer, testProvider(), receivedAt);
    QCOMPARE(int(meaning.verdict), int(verdict));
    QVERIFY(meaning.retryAfter == 7s);
    QCOMPARE(meaning.errorText.isEmpty(), verdict == RevocationVerdict::Confirmed);
    QCOMPARE(meaning.isEnded(), verdict == RevocationVerdict::Confirmed || verdict == RevocationVerdict::AlreadyGone);
}

void RevocationTest::confirmation_isAsStrictAsTheProvidersOwnClient_data()
{
    QTest::addColumn<bool>("isSlack");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<RevocationVerdict>("verdict");
    const auto row = [](const char *name, bool isSlack, const char *header, const char *body,
                        RevocationVerdict verdict) {
        QTest::newRow(name) << isSlack << QByteArray(header) << QByteArray(body) << verdict;
    };
    using enum RevocationVerdict;
    row("Anthropic: with request-id", false, "request-id", "{}", Confirmed);
    row("Anthropic: in another case", false, "Request-Id", "", Confirmed);
    row("Anthropic: without", false, "x-request-id", "{}", NotConfirmed);
    row("Slack: revoked", true, "", R"({"ok":true,"revoked":true})", Confirmed);
    row("Slack: not revoked", true, "", R"({"ok":true,"revoked":false})", NotConfirmed);
    row("Slack: ok alone", true, "", R"({"ok":true})", NotConfirmed);
    row("Slack: nothing", true, "", "", NotConfirmed);
    row("Slack: gone", true, "", R"({"ok":false,"error":"token_revoked"})", AlreadyGone);
    row("Slack: too fast", true, "", R"({"ok":false,"error":"ratelimited"})", Later);
    row("Slack: not allowed", true, "", R"({"ok":false,"error":"invalid_auth"})", NotConfirmed);
}

void RevocationTest::confirmation_isAsStrictAsTheProvidersOwnClient()
{
    QFETCH(bool, isSlack);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, body);
    QFETCH(RevocationVerdict, verdict);
    oauth::Delivery answer = answered(200, body);
    answer.headers.emplace_back(header, "req_1");
    const auto meaning = readRevocationAnswer(answer, isSlack ? slackLike() : anthropicLike(), receivedAt);
    QCOMPARE(int(meaning.verdict), int(verdict));
}

// F-109: nothing is lost by asking again, and until then it is still valid at the provider.
void RevocationTest::undeliveredRevocation_isTriedLater()
{
    for (const oauth::Fate fate : {oauth::Fate::NotSent, oauth::Fate::Unknown}) {
        oauth::Delivery answer = answered(200, {});
        answer.fate = fate;
        answer.error =
            base::Error{.kind = base::ErrorKind::TimedOut, .subject = {}, .place = {}, .detail = QStringLiteral("x")};
        const auto meaning = readRevocationAnswer(answer, testProvider(), receivedAt);
        QVERIFY(meaning.verdict == RevocationVerdict::Later && !meaning.isEnded());
        QCOMPARE(meaning.errorText, QStringLiteral("x"));
    }
}

void RevocationTest::jsonTestSuite_neverCrashes()
{
    const auto cases = fakes::JsonTestCases::load();
    if (cases.isEmpty())
        QSKIP("KEYTENDER_JSON_TEST_SUITE is not set");
    for (const QByteArray &body : cases.parsing)
        QVERIFY(!readRevocationAnswer(answered(200, body), slackLike(), receivedAt).isEnded());
}

QTEST_GUILESS_MAIN(RevocationTest)
#include "revocation.moc"
