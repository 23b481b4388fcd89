// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// KEYTENDER_LONG=1 makes a million verifiers, else a hundred thousand.

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include "oauth/pkce.h"

using namespace keytender;
using oauth::challengeOf;
using oauth::makeState;
using oauth::Pkce;

class PkceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void challenge_isThatOfRfc7636AppendixB();
    void verifier_isTheRandomBytesAsBase64url();
    void manyVerifiers_allMatchAndNoneComesTwice();
    void state_isFreshAndAsLongAsAVerifier();

private:
    base::SystemRandom m_random;
};

namespace {

QByteArray bytesOf(const base::Secret &secret)
{
    return {secret.expose().data(), static_cast<qsizetype>(secret.size())};
}

class CountingRandom final : public base::Random {
public:
    void fill(std::span<std::byte> bytes) override
    {
        for (std::byte &each : bytes)
            each = static_cast<std::byte>(m_next++);
    }

private:
    unsigned m_next = 0xe0;
};

} // namespace

// N-04.
void PkceTest::challenge_isThatOfRfc7636AppendixB()
{
    QCOMPARE(challengeOf(base::Secret::copyOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
             QByteArrayLiteral("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
}

void PkceTest::verifier_isTheRandomBytesAsBase64url()
{
    CountingRandom random;
    QByteArray raw;
    for (int i = 0; i < 32; ++i)
        raw.append(static_cast<char>(0xe0 + i));

    const Pkce pkce = Pkce::make(random);
    QCOMPARE(bytesOf(pkce.verifier), raw.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    QCOMPARE(pkce.challenge, challengeOf(pkce.verifier));
}

// N-03, W-29.
void PkceTest::manyVerifiers_allMatchAndNoneComesTwice()
{
    const int count = qEnvironmentVariableIntValue("KEYTENDER_LONG") == 1 ? 1'000'000 : 100'000;
    const QRegularExpression shape(QStringLiteral("^[A-Za-z0-9_-]{43}$"));
    QSet<QByteArray> seen;
    seen.reserve(count);
    for (int i = 0; i < count; ++i) {
        const QByteArray verifier = bytesOf(Pkce::make(m_random).verifier);
        if (!shape.match(QString::fromLatin1(verifier)).hasMatch())
            QFAIL(verifier.constData());
        seen.insert(verifier);
    }
    QCOMPARE(seen.size(), qsizetype(count));
}

// N-05, N-06.
void PkceTest::state_isFreshAndAsLongAsAVerifier()
{
    const base::Secret one = makeState(m_random);
    const base::Secret other = makeState(m_random);
    QCOMPARE(one.size(), std::size_t(43));
    QVERIFY(!(one == other));
    const Pkce first = Pkce::make(m_random);
    const Pkce second = Pkce::make(m_random);
    QVERIFY(!(first.verifier == second.verifier));
    QVERIFY(first.challenge != second.challenge);
}

QTEST_GUILESS_MAIN(PkceTest)
#include "pkce.moc"
