// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/jwt.h"

#include <QTest>

using namespace keytender;

namespace {

// 2026-11-22T11:00:00Z
constexpr base::Timestamp fixtureEnd{std::chrono::milliseconds{1'795'345'200'000}};
constexpr base::Timestamp now{fixtureEnd - std::chrono::hours{1}};

base::Secret secretOf(const QByteArray &bytes)
{
    return base::Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

QByteArray encoded(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray tokenOf(const QByteArray &claims)
{
    return encoded("{\"alg\":\"none\"}") + '.' + encoded(claims) + ".c2ln";
}

} // namespace

class JwtTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void claims_areRead();
    void payloadWithUrlSafeCharacters_isRead();
    void oddToken_isNoInformation_data();
    void oddToken_isNoInformation();
    void oddClaim_isNoInformation_data();
    void oddClaim_isNoInformation();
};

void JwtTest::claims_areRead()
{
    const auto claims = base::JwtClaims::decode(
        secretOf(tokenOf("{\"exp\":1795345200,\"iat\":1795341600.5,\"https://x/auth\":{\"plan\":\"pl\xc3\xbcs\"}}")));
    QVERIFY(claims);
    QVERIFY(claims->time("exp") == fixtureEnd);
    QVERIFY(claims->time("iat") == now + base::Milliseconds{500});
    QCOMPARE(claims->text({"https://x/auth", "plan"}), QStringLiteral("plüs"));
    QCOMPARE(claims->text({"https://x/auth", "absent"}), QString());
}

void JwtTest::payloadWithUrlSafeCharacters_isRead()
{
    const QByteArray token = tokenOf("{\"a\":\"\xc3\xbf\xc3\xbe?>\xc3\xbf\"}");
    QVERIFY(token.contains('-') || token.contains('_'));
    QVERIFY(base::JwtClaims::decode(secretOf(token)));
}

void JwtTest::oddToken_isNoInformation_data()
{
    QTest::addColumn<QByteArray>("token");
    const QByteArray header = encoded("{\"alg\":\"none\"}");
    const QByteArray payload = encoded("{\"exp\":1}");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("opaque") << QByteArray("sk-ant-oat01-dummy");
    QTest::newRow("two segments") << QByteArray(header + '.' + payload);
    QTest::newRow("four segments") << QByteArray(header + '.' + payload + ".a.b");
    QTest::newRow("five segments") << QByteArray(header + ".a." + payload + ".b.c");
    QTest::newRow("only dots") << QByteArray("..");
    QTest::newRow("empty header") << QByteArray('.' + payload + ".c2ln");
    QTest::newRow("empty payload") << QByteArray(header + "..c2ln");
    QTest::newRow("empty signature") << QByteArray(header + '.' + payload + '.');
    QTest::newRow("padded") << QByteArray(header + '.' + QByteArray("{\"a\":1}").toBase64() + ".c2ln");
    QTest::newRow("not base64url") << QByteArray(header + ".!!!!.c2ln");
    QTest::newRow("not JSON") << tokenOf("nonsense");
    QTest::newRow("cut JSON") << tokenOf("{\"exp\":");
    QTest::newRow("not UTF-8") << tokenOf("{\"a\":\"\xff\xfe\"}");
    QTest::newRow("array") << tokenOf("[1]");
    QTest::newRow("nested token") << tokenOf(tokenOf("{\"exp\":1}"));
    QTest::newRow("deep") << tokenOf(QByteArray("{\"a\":").repeated(100) + '1' + QByteArray("}").repeated(100));
    QTest::newRow("huge") << tokenOf("{\"a\":\"" + QByteArray(100'000, 'x') + "\"}");
}

void JwtTest::oddToken_isNoInformation()
{
    QFETCH(QByteArray, token);
    QVERIFY(!base::JwtClaims::decode(secretOf(token)));
}

void JwtTest::oddClaim_isNoInformation_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::newRow("missing") << QByteArray("{}");
    QTest::newRow("text") << QByteArray("{\"exp\":\"1795345200\",\"email\":1}");
    QTest::newRow("milliseconds") << QByteArray("{\"exp\":1795345200000,\"email\":null}");
    QTest::newRow("negative") << QByteArray("{\"exp\":-1,\"email\":[]}");
    QTest::newRow("huge") << QByteArray("{\"exp\":1e300,\"email\":{}}");
    QTest::newRow("twice") << QByteArray("{\"exp\":1795345200,\"email\":\"a\",\"exp\":1795345201,\"email\":\"b\"}");
}

void JwtTest::oddClaim_isNoInformation()
{
    QFETCH(QByteArray, claims);
    const auto decoded = base::JwtClaims::decode(secretOf(tokenOf(claims)));
    QVERIFY(decoded);
    QVERIFY(!decoded->time("exp"));
    QCOMPARE(decoded->text({"email"}), QString());
}

QTEST_GUILESS_MAIN(JwtTest)
#include "jwt.moc"
