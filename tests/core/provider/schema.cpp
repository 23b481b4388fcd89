// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QTest>

#include "provider/providerloader.h"

using namespace keytender;
using namespace keytender::provider;
using namespace std::chrono_literals;

namespace {

const QString path = QStringLiteral("/home/u/.config/keytender/providers/example.json");

// The fourth line is the one that a row may replace.
QByteArray textWith(const QByteArray &member)
{
    return "{\n  \"version\": 1, \"id\": \"example\",\n  \"name\": \"Example\""
           + (member.isEmpty() ? QByteArray() : ",\n  " + member) + "\n}\n";
}

base::Result<Provider> parse(const QByteArray &text, EndpointRule rule = EndpointRule::HttpsOnly)
{
    return parseProvider(
        base::Secret::copyOf(std::string_view(text.constData(), static_cast<std::size_t>(text.size()))), path, rule);
}

} // namespace

class SchemaTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void provider_withOnlyWhatIsRequired_isRead();
    void everyMember_isRead();
    void faultyMember_isNamedWithItsPlace_data();
    void faultyMember_isNamedWithItsPlace();
    void faultyText_isRefusedWithACure_data();
    void faultyText_isRefusedWithACure();
    void plainHttp_isForLoopbackAndByExplicitSwitchOnly_data();
    void plainHttp_isForLoopbackAndByExplicitSwitchOnly();
    void textCutOffAnywhere_isRefused();
};

void SchemaTest::provider_withOnlyWhatIsRequired_isRead()
{
    const auto provider = parse(textWith({}));
    QVERIFY(provider.has_value());
    Provider expected;
    expected.id = QStringLiteral("example");
    expected.name = QStringLiteral("Example");
    QVERIFY(*provider == expected);
}

void SchemaTest::everyMember_isRead()
{
    const auto provider =
        parse(textWith(R"("authorizationEndpoint": {"value": "https://a.example/authorize", "evidence": "measured"},
      "tokenEndpoint": {"value": "https://a.example/token?v=1", "evidence": "assumed", "note": "seen by nobody"},
      "deviceAuthorizationEndpoint": {"value": "https://a.example:8443/device", "evidence": "measured"},
      "revocationEndpoint": {"value": "https://a.example/revoke", "evidence": "measured"},
      "revokeByHand": {"value": "https://a.example/settings", "evidence": "measured"},
      "issuer": {"value": "https://a.example/", "evidence": "measured"},
      "issuerInResponse": {"value": true, "evidence": "assumed"},
      "profileEndpoint": {"value": "https://a.example/me", "evidence": "measured"},
      "userAgent": {"value": "example/1.0 x", "evidence": "measured"},
      "authorizationParameters": {"value": {"code": "true", "origin": ""}, "evidence": "measured"},
      "exchangeSendsState": {"value": true, "evidence": "measured"},
      "refreshSendsScope": {"value": true, "evidence": "assumed"},
      "tokenTypeIsOptional": {"value": false, "evidence": "measured"},
      "revocationStyle": {"value": "bearer", "evidence": "measured"},
      "revocationConfirmation": {"value": "request-id", "evidence": "measured"},
      "revocationEffect": {"value": "all of it", "evidence": "assumed"},
      "signInWays": {"value": ["device", "browser", "paste"], "evidence": "measured", "note": "x"},
      "identity": {"value": {"sources": ["tokenAnswer", "idToken", "accessToken", "profile"], "id": ["/a/uuid", "/sub"],
                   "plan": ["/https:~1~1a.example~1auth/plan"]}, "evidence": "measured"},
      "clientId": {"value": "client-1", "evidence": "measured"},
      "scopes": {"value": ["openid", "email"], "evidence": "measured"},
      "redirectUris": {"value": ["http://127.0.0.1/callback", "http://[::1]:80/c", "https://a.example/paste"], "evidence": "measured"},
      "exchangeEncoding": {"value": "form", "evidence": "measured"},
      "refreshEncoding": {"value": "json", "evidence": "measured"},
      "revocationEncoding": {"value": "json", "evidence": "assumed"},
      "accessTokenLifetime": {"value": 28800, "evidence": "assumed"},
      "signInLifetime": {"value": 2592000, "evidence": "assumed"},
      "ownerWindow": {"value": 0, "evidence": "measured"},
      "refreshTokenRotates": {"value": false, "evidence": "measured"},
      "gitHosts": {"value": ["git.a.example", "a.example:8443"], "evidence": "assumed"},
      "errorCodes": {"invalid_grant": {"value": "grantRejected", "evidence": "measured"},
                     "slow_down": {"value": "transient", "evidence": "assumed"},
                     "invalid_client": {"value": "configuration", "evidence": "assumed"}},
      "retirement": {"on": "2026-04-15", "for": "some", "instead": "an API key", "evidence": "measured", "note": null})"));
    QVERIFY2(provider.has_value(), provider ? "" : qPrintable(base::describe(provider.error())));
    const auto url = [](const char *text) { return QUrl(QString::fromLatin1(text)); };
    Provider expected;
    expected.id = QStringLiteral("example");
    expected.name = QStringLiteral("Example");
    expected.authorizationEndpoint = {url("https://a.example/authorize"), Evidence::Measured};
    expected.tokenEndpoint = {url("https://a.example/token?v=1"), Evidence::Assumed};
    expected.deviceAuthorizationEndpoint = {url("https://a.example:8443/device"), Evidence::Measured};
    expected.revocationEndpoint = {url("https://a.example/revoke"), Evidence::Measured};
    expected.revokeByHand = {url("https://a.example/settings"), Evidence::Measured};
    expected.issuer = {QStringLiteral("https://a.example/"), Evidence::Measured};
    expected.issuerInResponse = {true, Evidence::Assumed};
    expected.profileEndpoint = {url("https://a.example/me"), Evidence::Measured};
    expected.userAgent = {QStringLiteral("example/1.0 x"), Evidence::Measured};
    expected.authorizationParameters = {
        {{QStringLiteral("code"), QStringLiteral("true")}, {QStringLiteral("origin"), {}}}, Evidence::Measured};
    expected.exchangeSendsState = {true, Evidence::Measured};
    expected.refreshSendsScope = {true, Evidence::Assumed};
    expected.tokenTypeIsOptional = {false, Evidence::Measured};
    expected.revocationStyle = {RevocationStyle::Bearer, Evidence::Measured};
    expected.revocationConfirmation = {QStringLiteral("request-id"), Evidence::Measured};
    expected.revocationEffect = {QStringLiteral("all of it"), Evidence::Assumed};
    expected.signInWays = SignInWays{.ways = {SignInWay::Device, SignInWay::Browser, SignInWay::Paste},
                                     .whyNone = {},
                                     .evidence = Evidence::Measured};
    expected.identity = {Identity{.sources = {IdentitySource::TokenAnswer, IdentitySource::IdToken,
                                              IdentitySource::AccessToken, IdentitySource::Profile},
                                  .id = {QStringLiteral("/a/uuid"), QStringLiteral("/sub")},
                                  .email = {},
                                  .organizationId = {},
                                  .organizationName = {},
                                  .plan = {QStringLiteral("/https:~1~1a.example~1auth/plan")}},
                         Evidence::Measured};
    expected.clientId = {QStringLiteral("client-1"), Evidence::Measured};
    expected.scopes = {{QStringLiteral("openid"), QStringLiteral("email")}, Evidence::Measured};
    expected.redirectUris = {{QStringLiteral("http://127.0.0.1/callback"), QStringLiteral("http://[::1]:80/c"),
                              QStringLiteral("https://a.example/paste")},
                             Evidence::Measured};
    expected.exchangeEncoding = {BodyEncoding::Form, Evidence::Measured};
    expected.refreshEncoding = {BodyEncoding::Json, Evidence::Measured};
    expected.revocationEncoding = {BodyEncoding::Json, Evidence::Assumed};
    expected.accessTokenLifetime = {8h, Evidence::Assumed};
    expected.signInLifetime = {720h, Evidence::Assumed};
    expected.ownerWindow = {0s, Evidence::Measured};
    expected.refreshTokenRotates = {false, Evidence::Measured};
    expected.gitHosts = {{QStringLiteral("git.a.example"), QStringLiteral("a.example:8443")}, Evidence::Assumed};
    expected.errorCodes = {{QStringLiteral("invalid_grant"), {Verdict::GrantRejected, Evidence::Measured}},
                           {QStringLiteral("slow_down"), {Verdict::Transient, Evidence::Assumed}},
                           {QStringLiteral("invalid_client"), {Verdict::Configuration, Evidence::Assumed}}};
    expected.retirement = Retirement{.on = QDate(2026, 4, 15),
                                     .forEveryone = false,
                                     .instead = QStringLiteral("an API key"),
                                     .evidence = Evidence::Measured};
    QVERIFY(*provider == expected);
}

void SchemaTest::faultyMember_isNamedWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *name, const char *member, const char *where, const char *what) {
        QTest::newRow(name) << QByteArray(member) << QString::fromLatin1(where) << QString::fromLatin1(what);
    };
    row("unknown member", R"("tokenEndpont": {})", "tokenEndpont", "is not a member");
    row("unknown member of a fact", R"("clientId": {"value": "x", "evidence": "measured", "since": 1})",
        "clientId.since", "is not a member");
    row("fact without value", R"("clientId": {"evidence": "measured"})", "clientId.value", "is missing");
    row("fact without evidence", R"("clientId": {"value": "x"})", "clientId.evidence", "is missing");
    row("fact that is its value", R"("clientId": "x")", "clientId", "is a string, not an object");
    row("fact that is null", R"("clientId": null)", "clientId", "is null, not an object");
    row("unknown evidence", R"("clientId": {"value": "x", "evidence": "guessed"})", "clientId.evidence",
        "is 'guessed', not 'measured' or 'assumed'");
    row("evidence in capitals", R"("clientId": {"value": "x", "evidence": "Measured"})", "clientId.evidence",
        "is 'Measured'");
    row("evidence of a wrong type", R"("clientId": {"value": "x", "evidence": true})", "clientId.evidence",
        "not a string");
    row("note of a wrong type", R"("clientId": {"value": "x", "evidence": "assumed", "note": 1})", "clientId.note",
        "is a number, not a string");
    row("member given twice",
        R"("clientId": {"value": "x", "evidence": "assumed"}, "clientId": {"value": "y", "evidence": "assumed"})",
        "clientId", "twice");
    row("value given twice", R"("clientId": {"value": "x", "value": "y", "evidence": "assumed"})", "clientId.value",
        "twice");
    row("string of a wrong type", R"("clientId": {"value": 7, "evidence": "assumed"})", "clientId.value",
        "is a number, not a string");
    row("empty string", R"("clientId": {"value": " ", "evidence": "assumed"})", "clientId.value", "is empty");

    row("endpoint not https", R"("tokenEndpoint": {"value": "http://a.example/t", "evidence": "assumed"})",
        "tokenEndpoint.value", "is not https");
    row("endpoint on loopback", R"("tokenEndpoint": {"value": "http://127.0.0.1/t", "evidence": "assumed"})",
        "tokenEndpoint.value", "is not https");
    row("endpoint of another scheme", R"("tokenEndpoint": {"value": "ftp://a.example/t", "evidence": "assumed"})",
        "tokenEndpoint.value", "is not https");
    row("endpoint without scheme", R"("tokenEndpoint": {"value": "a.example/t", "evidence": "assumed"})",
        "tokenEndpoint.value", "is not the address of a host");
    row("endpoint without host", R"("tokenEndpoint": {"value": "https:///t", "evidence": "assumed"})",
        "tokenEndpoint.value", "is not the address of a host");
    row("endpoint with spaces", R"("tokenEndpoint": {"value": "https://a example/t", "evidence": "assumed"})",
        "tokenEndpoint.value", "is not the address of a host");
    row("endpoint with fragment", R"("tokenEndpoint": {"value": "https://a.example/t#x", "evidence": "assumed"})",
        "tokenEndpoint.value", "has a fragment");
    row("endpoint with empty fragment", R"("tokenEndpoint": {"value": "https://a.example/t#", "evidence": "assumed"})",
        "tokenEndpoint.value", "has a fragment");
    row("endpoint with a user", R"("tokenEndpoint": {"value": "https://u@a.example/t", "evidence": "assumed"})",
        "tokenEndpoint.value", "holds a user name");
    row("endpoint with a password", R"("tokenEndpoint": {"value": "https://u:p@a.example/t", "evidence": "assumed"})",
        "tokenEndpoint.value", "holds a user name");
    row("every endpoint is checked: authorization",
        R"("authorizationEndpoint": {"value": "http://a.example/", "evidence": "assumed"})",
        "authorizationEndpoint.value", "is not https");
    row("every endpoint is checked: device",
        R"("deviceAuthorizationEndpoint": {"value": "http://a.example/", "evidence": "assumed"})",
        "deviceAuthorizationEndpoint.value", "is not https");
    row("every endpoint is checked: revocation",
        R"("revocationEndpoint": {"value": "http://a.example/", "evidence": "assumed"})", "revocationEndpoint.value",
        "is not https");
    row("every endpoint is checked: by hand",
        R"("revokeByHand": {"value": "javascript:void", "evidence": "assumed"
})",
        "revokeByHand.value", "is not the address of a host");
    row("redirect to a foreign host without TLS",
        R"("redirectUris": {"value": ["http://a.example/cb"], "evidence": "assumed"})", "redirectUris.value[0]",
        "is not https");
    row("redirect to a host that only looks like loopback",
        R"("redirectUris": {"value": ["http://127.0.0.1/cb", "http://127.0.0.1.a.example/cb"], "evidence": "assumed"})",
        "redirectUris.value[1]", "is not https");

    row("issuer not https", R"("issuer": {"value": "http://a.example", "evidence": "assumed"})", "issuer.value",
        "is not https");
    row("issuer with a query", R"("issuer": {"value": "https://a.example?x=1", "evidence": "assumed"})", "issuer.value",
        "has a query");
    row("every endpoint is checked: profile",
        R"("profileEndpoint": {"value": "http://a.example/", "evidence": "assumed"})", "profileEndpoint.value",
        "is not https");
    row("user agent that ends its header", R"("userAgent": {"value": "a\r\nX: y", "evidence": "assumed"})",
        "userAgent.value", "more than visible ASCII");
    row("parameter that is ours", R"("authorizationParameters": {"value": {"state": "1"}, "evidence": "assumed"})",
        "authorizationParameters.value.state", "is set by Keytender itself");
    row("parameter of a wrong type", R"("authorizationParameters": {"value": {"code": true}, "evidence": "assumed"})",
        "authorizationParameters.value.code", "not a string");
    row("parameters that are a list", R"("authorizationParameters": {"value": [], "evidence": "assumed"})",
        "authorizationParameters.value", "not an object");
    row("unknown revocation style", R"("revocationStyle": {"value": "post", "evidence": "assumed"})",
        "revocationStyle.value", "is 'post', which is none of: rfc7009");
    row("unknown way", R"("signInWays": {"value": ["fax"], "evidence": "assumed"})", "signInWays.value[0]",
        "is 'fax', which is none of: browser");
    row("no way and no reason", R"("signInWays": {"value": [], "evidence": "assumed"})", "signInWays.whyNone",
        "is missing");
    row("a way and a reason against it",
        R"("signInWays": {"value": ["paste"], "whyNone": "terms", "evidence": "assumed"})", "signInWays.whyNone",
        "there are ways");
    row("unknown source", R"("identity": {"value": {"sources": ["whois"]}, "evidence": "assumed"})",
        "identity.value.sources[0]", "is 'whois', which is none of: tokenAnswer");
    row("no sources", R"("identity": {"value": {"id": ["/sub"]}, "evidence": "assumed"})", "identity.value.sources",
        "not a list");
    row("path that is no pointer", R"("identity": {"value": {"sources": [], "id": ["sub"]}, "evidence": "assumed"})",
        "identity.value.id[0]", "is not a JSON Pointer");
    row("pointer with a lone tilde",
        R"("identity": {"value": {"sources": [], "id": ["/a", "/b~2"]}, "evidence": "assumed"})",
        "identity.value.id[1]", "is not a JSON Pointer");
    row("unknown member of an identity",
        R"("identity": {"value": {"sources": [], "nick": ["/sub"]}, "evidence": "assumed"})", "identity.value.nick",
        "is not a member");
    row("list of a wrong type", R"("scopes": {"value": "openid", "evidence": "assumed"})", "scopes.value",
        "is not a list");
    row("list with a number", R"("scopes": {"value": ["openid", 1], "evidence": "assumed"})", "scopes.value[1]",
        "is a number, not a string");
    row("empty list", R"("scopes": {"value": [], "evidence": "assumed"})", "scopes.value", "is empty");
    row("unknown encoding", R"("refreshEncoding": {"value": "xml", "evidence": "assumed"})", "refreshEncoding.value",
        "is 'xml', which is none of: form, json");
    row("negative duration", R"("accessTokenLifetime": {"value": -1, "evidence": "assumed"})",
        "accessTokenLifetime.value", "is negative");
    row("broken duration", R"("ownerWindow": {"value": 0.5, "evidence": "assumed"})", "ownerWindow.value",
        "is not a whole number of seconds");
    row("endless duration", R"("signInLifetime": {"value": 1e300, "evidence": "assumed"})", "signInLifetime.value",
        "is not a whole number of seconds");
    row("duration as text", R"("signInLifetime": {"value": "30 days", "evidence": "assumed"})", "signInLifetime.value",
        "is a string, not a number");
    row("rotation as text", R"("refreshTokenRotates": {"value": "yes", "evidence": "assumed"})",
        "refreshTokenRotates.value", "is a string, not true or false");

    for (const char *host :
         {"GitHub.com", "github.com.", ".github.com", "a..example", "https://github.com", "me@a.example", "a.example:0",
          "a.example:443x", "a.example:08", "a.example:", "b\u00fccher.example", "a b"})
        row(host, (QByteArray(R"("gitHosts": {"value": [")") + host + R"("], "evidence": "assumed"})").constData(),
            "gitHosts.value[0]", "is not a host in small letters");

    row("error codes as a list", R"("errorCodes": ["invalid_grant"])", "errorCodes", "is a list, not an object");
    row("unknown verdict", R"("errorCodes": {"x": {"value": "fatal", "evidence": "assumed"}})", "errorCodes.x.value",
        "is 'fatal', which is none of: grantRejected, configuration, transient");
    row("verdict without evidence", R"("errorCodes": {"x": {"value": "transient"}})", "errorCodes.x.evidence",
        "is missing");
    row("code given twice",
        R"("errorCodes": {"x": {"value": "transient", "evidence": "assumed"}, "x": {"value": "transient", "evidence": "assumed"}})",
        "errorCodes.x", "twice");

    row("retirement without day", R"("retirement": {"for": "some", "instead": "x", "evidence": "assumed"})",
        "retirement.on", "is missing");
    row("retirement on no day",
        R"("retirement": {"on": "2026-02-30", "for": "some", "instead": "x", "evidence": "assumed"})", "retirement.on",
        "is not a day");
    row("retirement with a time",
        R"("retirement": {"on": "2026-04-15T00:00:00Z", "for": "some", "instead": "x", "evidence": "assumed"})",
        "retirement.on", "is not a day");
    row("retirement for nobody",
        R"("retirement": {"on": "2026-04-15", "for": "nobody", "instead": "x", "evidence": "assumed"})",
        "retirement.for", "is 'nobody', which is none of: everyone, some");
    row("retirement with an unknown member",
        R"("retirement": {"on": "2026-04-15", "for": "some", "instead": "x", "evidence": "assumed", "who": 1})",
        "retirement.who", "is not a member");
}

void SchemaTest::faultyMember_isNamedWithItsPlace()
{
    QFETCH(QByteArray, member);
    QFETCH(QString, where);
    QFETCH(QString, what);
    const auto provider = parse(textWith(member));
    QVERIFY(!provider.has_value());
    const base::Error &error = provider.error();
    QCOMPARE(error.kind, base::ErrorKind::Misconfigured);
    QCOMPARE(error.subject, path);
    QVERIFY2(error.place.startsWith(QLatin1String("line 4, ")), qPrintable(error.place));
    QVERIFY2(error.place.endsWith(QStringLiteral(", ") + where), qPrintable(error.place));
    QVERIFY2(error.detail.contains(what), qPrintable(error.detail));
    QVERIFY(base::describe(error).endsWith(base::cureFor(base::ErrorKind::Misconfigured)));
}

void SchemaTest::faultyText_isRefusedWithACure_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<base::ErrorKind>("kind");
    QTest::addColumn<QString>("where");
    const auto row = [](const char *name, const QByteArray &text, const char *where,
                        base::ErrorKind kind = base::ErrorKind::Misconfigured) {
        QTest::newRow(name) << text << kind << QString::fromLatin1(where);
    };
    row("empty", {}, "");
    row("no JSON", "id = example\n", "line 1");
    row("a comment", textWith("// x"), "line 4");
    row("trailing comma", R"({"version": 1, "id": "example", "name": "Example",})", "line 1");
    row("two values", textWith({}) + "{}", "line 5");
    row("a list", "[]", "line 1");
    row("UTF-16", QByteArray("{\0}\0", 4), "line 1");
    row("byte order mark", "\xEF\xBB\xBF" + textWith({}), "");
    row("no version", R"({"id": "example", "name": "Example"})", "version");
    row("no id", R"({"version": 1, "name": "Example"})", "id");
    row("no name", R"({"version": 1, "id": "example"})", "name");
    row("empty name", R"({"version": 1, "id": "example", "name": ""})", "name");
    row("version as text", R"({"version": "1", "id": "example", "name": "Example"})", "version");
    row("version 0", R"({"version": 0, "id": "example", "name": "Example"})", "version");
    row("version 2", R"({"version": 2, "id": "example", "name": "Example"})", "version",
        base::ErrorKind::UnknownVersion);
    row("id of another file", R"({"version": 1, "id": "anthropic", "name": "Example"})", "id");
    row("id with a slash", R"({"version": 1, "id": "../example", "name": "Example"})", "id");
    row("id with a line break", R"({"version": 1, "id": "example\n", "name": "Example"})", "id");
    row("nested deeply", textWith(QByteArray(R"("clientId": )") + QByteArray(100, '[') + QByteArray(100, ']')),
        "line 4", base::ErrorKind::TooLarge);
}

void SchemaTest::faultyText_isRefusedWithACure()
{
    QFETCH(QByteArray, text);
    QFETCH(base::ErrorKind, kind);
    QFETCH(QString, where);
    const auto provider = parse(text);
    QVERIFY(!provider.has_value());
    QCOMPARE(provider.error().kind, kind);
    QCOMPARE(provider.error().subject, path);
    QVERIFY2(provider.error().place.contains(where), qPrintable(provider.error().place));
    QVERIFY(!provider.error().detail.isEmpty());
}

void SchemaTest::plainHttp_isForLoopbackAndByExplicitSwitchOnly_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("127.0.0.1") << QByteArray("http://127.0.0.1:18460/token") << true;
    QTest::newRow("localhost") << QByteArray("http://localhost/token") << true;
    QTest::newRow("::1") << QByteArray("http://[::1]:8080/token") << true;
    QTest::newRow("https elsewhere") << QByteArray("https://a.example/token") << true;
    QTest::newRow("http elsewhere") << QByteArray("http://a.example/token") << false;
    QTest::newRow("looks like it") << QByteArray("http://localhost.a.example/token") << false;
    QTest::newRow("hides behind a user") << QByteArray("http://127.0.0.1@a.example/token") << false;
    QTest::newRow("any address") << QByteArray("http://0.0.0.0/token") << false;
    QTest::newRow("file on loopback") << QByteArray("file://localhost/etc/passwd") << false;
}

void SchemaTest::plainHttp_isForLoopbackAndByExplicitSwitchOnly()
{
    QFETCH(QByteArray, address);
    QFETCH(bool, isAllowed);
    const QByteArray text = textWith("\"tokenEndpoint\": {\"value\": \"" + address + "\", \"evidence\": \"measured\"}");
    QCOMPARE(parse(text, EndpointRule::HttpsOrLoopback).has_value(), isAllowed);
    QCOMPARE(parse(text, EndpointRule::HttpsOnly).has_value(), address.startsWith("https:"));
}

void SchemaTest::textCutOffAnywhere_isRefused()
{
    const QByteArray text = textWith(R"("errorCodes": {"x": {"value": "transient", "evidence": "assumed"}})").trimmed();
    QVERIFY(parse(text).has_value());
    for (qsizetype length = 0; length < text.size(); ++length)
        QVERIFY2(!parse(text.first(length)).has_value(), qPrintable(QString::number(length)));
}

QTEST_GUILESS_MAIN(SchemaTest)
#include "schema.moc"
