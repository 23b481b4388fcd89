// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QTest>

#include "oauth/authorizationresponse.h"

using namespace keytender;
using oauth::AuthorizationCode;
using oauth::AuthorizationResponse;
using oauth::ExpectedResponse;
using oauth::readAuthorizationResponse;
using oauth::readPastedResponse;

class AuthorizationResponseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void query_isReadStrictly_data();
    void query_isReadStrictly();
    void issuer_isComparedByteForByte_data();
    void issuer_isComparedByteForByte();
    void stateThatIsNotExpected_matchesNothing();
    void description_becomesPlainText_data();
    void description_becomesPlainText();
    void pasted_isReadInEveryShape_data();
    void pasted_isReadInEveryShape();
    void pastedCode_saysThatNoStateWasThere();
    void pasted_withRequiredIssuer_needsIt();
};

namespace {

ExpectedResponse expecting(const char *state = "st-1", const QString &issuer = {}, bool requiresIssuer = false)
{
    return {.state = base::Secret::copyOf(state), .issuer = issuer, .requiresIssuer = requiresIssuer};
}

// "not ours", "refused", "error access_denied" or "code abc".
QByteArray wordsOf(const AuthorizationResponse &response)
{
    if (const auto *code = std::get_if<AuthorizationCode>(&response))
        return "code " + QByteArray(code->code.expose().data(), static_cast<qsizetype>(code->code.size()));
    if (const auto *error = std::get_if<oauth::ProviderError>(&response))
        return "error " + error->code.toUtf8();
    return std::holds_alternative<oauth::NotOurs>(response) ? "not ours" : "refused";
}

void row(const char *name, const QByteArray &text, const QByteArray &outcome)
{
    QTest::newRow(name) << text << outcome;
}

} // namespace

void AuthorizationResponseTest::query_isReadStrictly_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("outcome");
    row("code and state", "code=abc&state=st-1", "code abc");
    row("the other way round", "state=st-1&code=abc", "code abc");
    row("with others between", "a=b&code=abc&c&&=d&state=st-1&scope=x+y", "code abc");
    row("percent-encoded", "code=4%2F0a%3d&state=st%2d1", "code 4/0a=");
    row("encoded names", "%63ode=abc&stat%65=st-1", "code abc");
    row("plus is a space", "code=a+b&state=st-1", "code a b");
    row("equals in the value", "code=a=b=&state=st-1", "code a=b=");
    row("other names in upper case", "CODE=x&code=abc&state=st-1&State=x", "code abc");
    row("bytes that are no UTF-8 elsewhere", "x=%ff%fe&code=abc&state=st-1", "code abc");
    row("an error", "error=access_denied&state=st-1", "error access_denied");
    row("an error's control characters", "error=a%0d%0ab%1b%c3%a9c&state=st-1", "error abc");

    // L-10: state first, whatever else is wrong.
    row("nothing", "", "not ours");
    row("no state", "code=abc", "not ours");
    row("empty state", "code=abc&state=", "not ours");
    row("wrong state", "code=abc&state=st-2", "not ours");
    row("shorter state", "code=abc&state=st-", "not ours");
    row("longer state", "code=abc&state=st-1x", "not ours");
    row("state in upper case", "code=abc&state=ST-1", "not ours");
    row("state with a blank", "code=abc&state=st-1+", "not ours");
    row("state with a NUL", "code=abc&state=st-1%00", "not ours");
    row("two wrong states", "code=abc&state=a&state=b", "not ours");
    row("broken state", "code=abc&state=st-1%", "not ours");
    row("error without state", "error=access_denied", "not ours");
    row("error under a wrong state", "error=access_denied&state=no", "not ours");
    row("doubles under a wrong state", "code=a&code=b&state=no", "not ours");
    row("broken under a wrong state", "code=%zz&state=no", "not ours");

    // L-12.
    row("code twice", "code=abc&code=abc&state=st-1", "refused");
    row("code twice, once encoded", "code=abc&%63ode=abd&state=st-1", "refused");
    row("state twice, the same", "code=abc&state=st-1&state=st-1", "refused");
    row("state twice, wrong first", "code=abc&state=no&state=st-1", "refused");
    row("state twice, wrong last", "code=abc&state=st-1&state=no", "refused");
    row("error twice", "error=a&error=a&state=st-1", "refused");
    row("issuer twice", "code=abc&state=st-1&iss=a&iss=a", "refused");
    row("code and error", "code=abc&error=access_denied&state=st-1", "refused");
    row("no code", "state=st-1", "refused");
    row("empty code", "code=&state=st-1", "refused");
    row("code without a value", "code&state=st-1", "refused");
    row("empty error", "error=&state=st-1", "refused");
    row("an error of nothing visible", "error=%01%02&state=st-1", "refused");
    row("code with a line break", "code=a%0d%0ab&state=st-1", "refused");
    row("code with a NUL", "code=a%00b&state=st-1", "refused");
    row("code that is no ASCII", "code=%c3%a9&state=st-1", "refused");
    row("code that is no UTF-8", "code=%ff&state=st-1", "refused");
    row("broken percent in the code", "code=a%2&state=st-1", "refused");
    row("broken percent in a name", "%g1=x&code=abc&state=st-1", "refused");
    row("broken percent elsewhere", "x=%&code=abc&state=st-1", "refused");
}

void AuthorizationResponseTest::query_isReadStrictly()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, outcome);
    QCOMPARE(wordsOf(readAuthorizationResponse(query.toStdString(), expecting())), outcome);
}

// N-07, N-08.
void AuthorizationResponseTest::issuer_isComparedByteForByte_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("outcome");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<bool>("isRequired");
    const auto issuerRow = [](const char *name, const QByteArray &query, const QByteArray &outcome, bool isRequired,
                              const QString &issuer = QStringLiteral("https://a.example")) {
        QTest::newRow(name) << query << outcome << issuer << isRequired;
    };
    const QByteArray right = "&iss=https%3A%2F%2Fa.example";
    issuerRow("right", "code=abc&state=st-1" + right, "code abc", true);
    issuerRow("right and not required", "code=abc&state=st-1" + right, "code abc", false);
    issuerRow("missing and not required", "code=abc&state=st-1", "code abc", false);
    issuerRow("missing", "code=abc&state=st-1", "refused", true);
    issuerRow("missing on an error", "error=access_denied&state=st-1", "refused", true);
    issuerRow("right on an error", "error=access_denied&state=st-1" + right, "error access_denied", true);
    issuerRow("wrong", "code=abc&state=st-1&iss=https%3A%2F%2Fb.example", "refused", false);
    issuerRow("wrong on an error", "error=access_denied&state=st-1&iss=https%3A%2F%2Fb.example", "refused", false);
    issuerRow("with a slash", "code=abc&state=st-1" + right + "/", "refused", false);
    issuerRow("in upper case", "code=abc&state=st-1&iss=https%3A%2F%2FA.example", "refused", false);
    issuerRow("empty", "code=abc&state=st-1&iss=", "refused", false);
    issuerRow("wrong under a wrong state", "code=abc&state=no&iss=x", "not ours", true);
    issuerRow("nobody knows it", "code=abc&state=st-1&iss=https%3A%2F%2Fb.example", "code abc", false, {});
    issuerRow("required and nobody knows it", "code=abc&state=st-1&iss=x", "refused", true, {});
}

void AuthorizationResponseTest::issuer_isComparedByteForByte()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, outcome);
    QFETCH(QString, issuer);
    QFETCH(bool, isRequired);
    QCOMPARE(wordsOf(readAuthorizationResponse(query.toStdString(), expecting("st-1", issuer, isRequired))), outcome);
}

void AuthorizationResponseTest::stateThatIsNotExpected_matchesNothing()
{
    QCOMPARE(wordsOf(readAuthorizationResponse("code=abc&state=", expecting(""))), QByteArrayLiteral("not ours"));
    QCOMPARE(wordsOf(readAuthorizationResponse("code=abc", expecting(""))), QByteArrayLiteral("not ours"));
}

// L-11.
void AuthorizationResponseTest::description_becomesPlainText_data()
{
    QTest::addColumn<QByteArray>("description");
    QTest::addColumn<QString>("text");
    QTest::newRow("words") << QByteArray("The+user%20said+no.") << QStringLiteral("The user said no.");
    QTest::newRow("escapes") << QByteArray("a%1b%5b31mb%00c%0d%0ad") << QStringLiteral("a [31mb c d");
    QTest::newRow("direction") << QByteArray("a%e2%80%aeb%e2%80%8bc%e2%81%a6") << QStringLiteral("a b c");
    QTest::newRow("line separator") << QByteArray("a%e2%80%a8b") << QStringLiteral("a b");
    QTest::newRow("markup stays text") << QByteArray("%3Cscript%3E") << QStringLiteral("<script>");
    QTest::newRow("umlaut") << QByteArray("%c3%bcber") << QStringLiteral("über");
    QTest::newRow("none") << QByteArray() << QString();
}

void AuthorizationResponseTest::description_becomesPlainText()
{
    QFETCH(QByteArray, description);
    QFETCH(QString, text);
    const auto described =
        readAuthorizationResponse("error=x&state=st-1&error_description=" + description.toStdString(), expecting());
    QCOMPARE(std::get<oauth::ProviderError>(described).description, text);

    const auto longest = readAuthorizationResponse(
        "error=" + std::string(100, 'e') + "&state=st-1&error_description=" + std::string(5000, '-'), expecting());
    QCOMPARE(std::get<oauth::ProviderError>(longest).code.size(), 64);
    QCOMPARE(std::get<oauth::ProviderError>(longest).description.size(), 300);
}

// L-26.
void AuthorizationResponseTest::pasted_isReadInEveryShape_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("outcome");
    row("whole address", "http://localhost:53692/callback?code=abc&state=st-1", "code abc");
    row("with blanks around it", " \r\n\thttp://localhost:53692/callback?code=abc&state=st-1\n", "code abc");
    row("without its scheme", "localhost:53692/callback?code=abc&state=st-1", "code abc");
    row("with a fragment", "http://localhost:53692/callback?code=abc&state=st-1#_=_", "code abc");
    row("its query", "?code=abc&state=st-1", "code abc");
    row("its parameters", "code=abc&state=st-1", "code abc");
    row("its parameters the other way round", "state=st-1&code=a%2Fb", "code a/b");
    row("code#state", "abc#st-1", "code abc");
    row("bare code", "abc", "code abc");
    row("bare code with slashes and equals signs", "4/0AX-_.~=", "code 4/0AX-_.~=");
    row("code#state is not decoded", "a%2Fb#st-1", "code a%2Fb");
    row("an error", "http://localhost:53692/callback?error=access_denied&state=st-1", "error access_denied");

    row("wrong state", "http://localhost:53692/callback?code=abc&state=no", "not ours");
    row("no state", "http://localhost:53692/callback?code=abc", "not ours");
    row("parameters without state", "code=abc", "not ours");
    row("code#wrong", "abc#st-2", "not ours");
    row("code#", "abc#", "not ours");
    row("an error under a wrong state", "error=access_denied&state=no", "not ours");
    row("the address of the sign-in page", "https://auth.example/authorize?client_id=x&state=st-1", "refused");

    row("nothing", "", "refused");
    row("blanks", " \n", "refused");
    row("another port", "http://localhost:1/callback?code=abc&state=st-1", "refused");
    row("another host", "http://evil.example/callback?code=abc&state=st-1", "refused");
    row("another path", "http://localhost:53692/other?code=abc&state=st-1", "refused");
    row("https", "https://localhost:53692/callback?code=abc&state=st-1", "refused");
    row("an address without an answer", "http://localhost:53692/callback", "refused");
    row("#state", "#st-1", "refused");
    row("two words", "abc def", "refused");
    row("two lines", "abc\ndef", "refused");
    row("no ASCII", "abc\xc3\xa9", "refused");
    row("a NUL", QByteArray("abc\0def", 7), "refused");
    row("code twice", "code=a&code=b&state=st-1", "refused");
    row("too long", QByteArray(17000, 'a'), "refused");
}

void AuthorizationResponseTest::pasted_isReadInEveryShape()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, outcome);
    const QUrl redirectUri(QStringLiteral("http://localhost:53692/callback"));
    QCOMPARE(wordsOf(readPastedResponse(base::Secret::copyOf(text.toStdString()), expecting(), redirectUri)), outcome);
}

void AuthorizationResponseTest::pastedCode_saysThatNoStateWasThere()
{
    const auto bare = readPastedResponse(base::Secret::copyOf("abc"), expecting(), {});
    QCOMPARE(std::get<AuthorizationCode>(bare).state, AuthorizationCode::State::Absent);
    const auto whole = readPastedResponse(base::Secret::copyOf("abc#st-1"), expecting(), {});
    QCOMPARE(std::get<AuthorizationCode>(whole).state, AuthorizationCode::State::Matched);
}

void AuthorizationResponseTest::pasted_withRequiredIssuer_needsIt()
{
    const ExpectedResponse expected = expecting("st-1", QStringLiteral("i"), true);
    QCOMPARE(wordsOf(readPastedResponse(base::Secret::copyOf("abc"), expected, {})), QByteArrayLiteral("refused"));
    QCOMPARE(wordsOf(readPastedResponse(base::Secret::copyOf("abc#st-1"), expected, {})), QByteArrayLiteral("refused"));
    QCOMPARE(wordsOf(readPastedResponse(base::Secret::copyOf("code=abc&state=st-1&iss=i"), expected, {})),
             QByteArrayLiteral("code abc"));
}

QTEST_GUILESS_MAIN(AuthorizationResponseTest)
#include "authorizationresponse.moc"
