// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/knownsecrets.h"

#include <QTest>
#include <QUrl>

using namespace keytender::base;

namespace {

// Words only, so that neither key nor shape would give it away.
const QByteArray secretText = "correct+horse/battery=staple-and_more-words";

} // namespace

class KnownSecretsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void knownSecret_isMaskedInEveryForm_data();
    void knownSecret_isMaskedInEveryForm();
    void otherText_staysAsItIs();
    void everythingAround_stays();
    void halfOfASecret_isMasked();
    void twoSecrets_areBothMasked();
    void shortSecret_isLeftToTheShapes();
    void nothingLearned_changesNothing();

private:
    SystemRandom m_random;
};

void KnownSecretsTest::initTestCase()
{
    QVERIFY(initializeCrypto());
}

void KnownSecretsTest::knownSecret_isMaskedInEveryForm_data()
{
    QTest::addColumn<QString>("form");
    const QString plain = QString::fromLatin1(secretText);
    QTest::newRow("as it is") << plain;
    QTest::newRow("percent-encoded") << QString::fromLatin1(secretText.toPercentEncoding());
    QTest::newRow("percent-encoded, lower case")
        << QString::fromLatin1(secretText.toPercentEncoding()).replace(QStringLiteral("%2B"), QStringLiteral("%2b"));
    QTest::newRow("slashes escaped as PHP's JSON does") << QString(plain).replace(u'/', QStringLiteral("\\/"));
    QString escaped;
    for (const char letter : secretText)
        escaped += QStringLiteral("\\u%1").arg(ushort(letter), 4, 16, QChar(u'0'));
    QTest::newRow("escaped as \\u") << escaped;
    QString wide;
    for (const QChar letter : plain)
        wide += QString(letter) + QChar(0);
    QTest::newRow("UTF-16 taken for Latin-1") << wide;
    for (const char *before : {"", "a", "ab"}) {
        const QByteArray around = before + secretText + "tail";
        QTest::addRow("base64 after %zu bytes", std::strlen(before))
            << QString::fromLatin1(around.toBase64(QByteArray::OmitTrailingEquals));
        QTest::addRow("base64url after %zu bytes", std::strlen(before))
            << QString::fromLatin1(around.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    }
}

void KnownSecretsTest::knownSecret_isMaskedInEveryForm()
{
    QFETCH(const QString, form);
    KnownSecrets known(m_random);
    known.learn(Secret::copyOf({secretText.constData(), std::size_t(secretText.size())}));
    QCOMPARE(known.redacted(QStringLiteral("before \"%1\" after").arg(form)),
             QStringLiteral("before \"(redacted)\" after"));
    QCOMPARE(known.redacted(form), QStringLiteral("(redacted)"));
}

void KnownSecretsTest::otherText_staysAsItIs()
{
    KnownSecrets known(m_random);
    known.learn(Secret::copyOf({secretText.constData(), std::size_t(secretText.size())}));
    for (const QString &text :
         {QString(), QStringLiteral("correct horse battery staple"), QStringLiteral("100 % of \\ and %zz and \\u12"),
          QStringLiteral("/home/user/.claude/.credentials.json, line 3, column 14"), QStringLiteral("ends in %"),
          QStringLiteral("ends in a backslash, which is long \\")})
        QCOMPARE(known.redacted(text), text);
}

void KnownSecretsTest::everythingAround_stays()
{
    KnownSecrets known(m_random);
    known.learn(Secret::copyOf({secretText.constData(), std::size_t(secretText.size())}));
    const QString text = QStringLiteral("Grüße=%1&tail 😀").arg(QString::fromLatin1(secretText.toPercentEncoding()));
    QCOMPARE(known.redacted(text), QStringLiteral("Grüße=(redacted)&tail 😀"));
}

void KnownSecretsTest::halfOfASecret_isMasked()
{
    KnownSecrets known(m_random);
    known.learn(Secret::copyOf({secretText.constData(), std::size_t(secretText.size())}));
    const QString half = QString::fromLatin1(secretText.last(20));
    QVERIFY(!known.redacted(QStringLiteral("got ...") + half).contains(half.last(8)));
}

void KnownSecretsTest::twoSecrets_areBothMasked()
{
    KnownSecrets known(m_random);
    known.learn(Secret::copyOf("the-first-secret-there-is"));
    known.learn(Secret::copyOf("and-then-the-second-secret"));
    QCOMPARE(known.redacted(QStringLiteral("the-first-secret-there-is, and-then-the-second-secret.")),
             QStringLiteral("(redacted), (redacted)"));
}

void KnownSecretsTest::shortSecret_isLeftToTheShapes()
{
    KnownSecrets known(m_random);
    known.learn(Secret::copyOf("fifteen-bytes-x"));
    QCOMPARE(known.redacted(QStringLiteral("x fifteen-bytes-x y")), QStringLiteral("x fifteen-bytes-x y"));
}

void KnownSecretsTest::nothingLearned_changesNothing()
{
    const QString text = QString::fromLatin1(secretText);
    QCOMPARE(KnownSecrets(m_random).redacted(text), text);
}

QTEST_GUILESS_MAIN(KnownSecretsTest)
#include "knownsecrets.moc"
