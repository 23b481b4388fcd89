// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <string>
#include <unordered_set>

#include <QTest>

#include "base/fingerprint.h"

using namespace keytender::base;

namespace {

FingerprintKey keyOf(char fill)
{
    return FingerprintKey(Secret::copyOf(std::string(FingerprintKey::size, fill)));
}

} // namespace

class FingerprintTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(initializeCrypto()); }
    void equalSecrets_haveEqualFingerprints();
    void otherKey_givesAnotherFingerprint();
    void known_isBlake2b();
    void nothing_hasTheNullFingerprint();
    void shortText_isEightDigits();
    void hex_readsBack_data();
    void hex_readsBack();
    void thousands_differ();
    void randomKeys_differ();
};

void FingerprintTest::equalSecrets_haveEqualFingerprints()
{
    const FingerprintKey key = keyOf('k');
    QVERIFY(key.of(Secret::copyOf("abc")) == key.of(Secret::copyOf("abc")));
    QVERIFY(key.of(Secret::copyOf("abc")) != key.of(Secret::copyOf("abd")));
}

void FingerprintTest::otherKey_givesAnotherFingerprint()
{
    QVERIFY(keyOf('k').of(Secret::copyOf("abc")) != keyOf('l').of(Secret::copyOf("abc")));
}

// Stored fingerprints must stay comparable: Python's hashlib.blake2b(b"abc", digest_size=16, key=b"k"*32).hexdigest().
void FingerprintTest::known_isBlake2b()
{
    QCOMPARE(keyOf('k').of(Secret::copyOf("abc")).hex(), QStringLiteral("c741392fb3956d217ba181c601bfd493"));
}

void FingerprintTest::nothing_hasTheNullFingerprint()
{
    QVERIFY(keyOf('k').of(Secret()).isNull());
    QVERIFY(Fingerprint().isNull());
    QVERIFY(!keyOf('k').of(Secret::copyOf("a")).isNull());
}

void FingerprintTest::shortText_isEightDigits()
{
    const Fingerprint fingerprint = Fingerprint::fromHex(u"0123456789abcdef0123456789abcdef");
    QCOMPARE(fingerprint.shortText(), QStringLiteral("01234567"));
    QCOMPARE(fingerprint.hex(), QStringLiteral("0123456789abcdef0123456789abcdef"));
}

void FingerprintTest::hex_readsBack_data()
{
    QTest::addColumn<QString>("hex");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("right") << QStringLiteral("0123456789abcdef0123456789abcdef") << true;
    QTest::newRow("upper case") << QStringLiteral("0123456789ABCDEF0123456789ABCDEF") << true;
    QTest::newRow("too short") << QStringLiteral("0123456789abcdef0123456789abcde") << false;
    QTest::newRow("too long") << QStringLiteral("0123456789abcdef0123456789abcdef00") << false;
    QTest::newRow("not hexadecimal") << QStringLiteral("0123456789abcdef0123456789abcdeg") << false;
    QTest::newRow("empty") << QString() << false;
}

void FingerprintTest::hex_readsBack()
{
    QFETCH(const QString, hex);
    QFETCH(const bool, isRead);
    const Fingerprint fingerprint = Fingerprint::fromHex(hex);
    QCOMPARE(!fingerprint.isNull(), isRead);
    if (isRead)
        QCOMPARE(fingerprint.hex(), hex.toLower());
}

void FingerprintTest::thousands_differ()
{
    const FingerprintKey key = keyOf('k');
    std::unordered_set<Fingerprint> seen;
    for (int i = 0; i < 5000; ++i)
        seen.insert(key.of(Secret::copyOf(std::to_string(i))));
    QCOMPARE(seen.size(), std::size_t(5000));
}

void FingerprintTest::randomKeys_differ()
{
    SystemRandom random;
    const FingerprintKey first = FingerprintKey::random(random);
    const FingerprintKey second = FingerprintKey::random(random);
    QCOMPARE(first.key().size(), FingerprintKey::size);
    QVERIFY(!(first.key() == second.key()));
    QCOMPARE(random.hex(16).size(), 32);
    QVERIFY(random.hex(16) != random.hex(16));
}

QTEST_GUILESS_MAIN(FingerprintTest)
#include "fingerprint.moc"
