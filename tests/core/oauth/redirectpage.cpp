// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>

#include "base/secret.h"
#include "oauth/redirectpage.h"

using namespace keytender;
using oauth::redirectPage;

class RedirectPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void everyAnswer_hasTheHeaders_data();
    void everyAnswer_hasTheHeaders();
    void received_takesTheCodeOutOfTheAddressBar();
    void received_promisesNothing();
    void unknownStatus_isABadRequest();
};

namespace {

QByteArray headOf(const QByteArray &response)
{
    return response.left(response.indexOf("\r\n\r\n") + 4);
}

QByteArray documentOf(const QByteArray &response)
{
    return response.mid(response.indexOf("\r\n\r\n") + 4);
}

} // namespace

void RedirectPageTest::everyAnswer_hasTheHeaders_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 400, 404, 405, 408, 414, 431, 505})
        QTest::addRow("%d", status) << status;
}

// L-13; L-08 for Access-Control.
void RedirectPageTest::everyAnswer_hasTheHeaders()
{
    QFETCH(int, status);
    const QByteArray head = headOf(redirectPage(status));
    QVERIFY(head.startsWith("HTTP/1.1 " + QByteArray::number(status) + ' '));
    for (const char *line :
         {"\r\nContent-Type: text/html; charset=utf-8\r\n", "\r\nX-Content-Type-Options: nosniff\r\n",
          "\r\nReferrer-Policy: no-referrer\r\n", "\r\nCache-Control: no-store\r\n", "\r\nConnection: close\r\n",
          "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'"})
        QVERIFY2(head.contains(line), line);
    QVERIFY(
        head.contains("\r\nContent-Length: " + QByteArray::number(documentOf(redirectPage(status)).size()) + "\r\n"));
    QVERIFY(!head.contains("Access-Control"));
    QVERIFY(!redirectPage(status).contains("http://") && !redirectPage(status).contains("https://"));
    QCOMPARE(head.contains("\r\nAllow: GET\r\n"), status == 405);
    QCOMPARE(documentOf(redirectPage(status)).isEmpty(), status == 405);
    QCOMPARE(head.contains("script-src"), status == 200);
}

// L-14: the one script there is runs, and no other would.
void RedirectPageTest::received_takesTheCodeOutOfTheAddressBar()
{
    const QRegularExpression scripts(QStringLiteral("<script>(.*)</script>"));
    const auto script = scripts.match(QString::fromUtf8(redirectPage(200)));
    QVERIFY(script.hasMatch());
    QVERIFY(script.captured(1).startsWith(QStringLiteral("history.replaceState(")));
    const QByteArray hash = QCryptographicHash::hash(script.captured(1).toUtf8(), QCryptographicHash::Sha256);
    QVERIFY(headOf(redirectPage(200)).contains("; script-src 'sha256-" + hash.toBase64() + "'\r\n"));
}

// L-20.
void RedirectPageTest::received_promisesNothing()
{
    const QByteArray document = documentOf(redirectPage(200)).toLower();
    QVERIFY(document.contains("keytender has received the answer"));
    for (const char *word : {"success", "signed in", "welcome", "done", "complete", "fail"})
        QVERIFY2(!document.contains(word), word);
    QVERIFY(document.contains("prefers-color-scheme:dark"));
}

void RedirectPageTest::unknownStatus_isABadRequest()
{
    QCOMPARE(redirectPage(418), redirectPage(400));
}

QTEST_GUILESS_MAIN(RedirectPageTest)
#include "redirectpage.moc"
