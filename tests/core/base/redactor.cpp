// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/redactor.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QProcess>
#include <QTest>

using namespace keytender::base;

namespace {

Q_LOGGING_CATEGORY(network, "qt.network.ssl")

const QString opaque = QStringLiteral("Zq7x-secret-Value_0042");

// Run as a child, so that its standard error can be read.
int speak()
{
    installRedactingMessageHandler();
    qWarning().noquote() << QStringLiteral("refresh_token=") + opaque;
    qInfo("plain words stay");
    qCDebug(network, "a header line");
    qCWarning(network, "a warning of the network");
    return 0;
}

} // namespace

class RedactorTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void secretByKey_isMasked_data();
    void secretByKey_isMasked();
    void secretByShape_isMasked_data();
    void secretByShape_isMasked();
    void harmlessText_staysAsItIs_data();
    void harmlessText_staysAsItIs();
    void keyStays_soThatTheLineStaysReadable();
    void severalSecretsInOneText_areAllMasked();
    void longText_isDoneQuickly();
    void messageHandler_masksAndSilencesTheNetwork();
};

void RedactorTest::secretByKey_isMasked_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &pattern) { QTest::newRow(name) << pattern.arg(opaque); };
    for (const char *key :
         {"access_token", "refresh_token", "id_token", "accessToken", "refreshToken", "idToken", "code_verifier",
          "device_code", "client_secret", "clientSecret", "client_assertion", "assertion", "api_key", "apiKey",
          "ANTHROPIC_API_KEY", "GH_TOKEN", "password", "user_code"}) {
        const QString name = QString::fromLatin1(key);
        row(qPrintable(name + QStringLiteral(" in a form")), name + QStringLiteral("=%1&scope=a"));
        row(qPrintable(name + QStringLiteral(" in JSON")),
            QStringLiteral("{\"") + name + QStringLiteral("\": \"%1\"}"));
        row(qPrintable(name + QStringLiteral(" in escaped JSON")),
            QStringLiteral("body \"{\\\"") + name + QStringLiteral("\\\":\\\"%1\\\"}\""));
        row(qPrintable(name + QStringLiteral(" in words")), QStringLiteral("got ") + name + QStringLiteral(": %1."));
    }
    row("code in a redirect", QStringLiteral("GET /callback?code=%1&state=x HTTP/1.1"));
    row("state in a redirect", QStringLiteral("GET /callback?scope=a&state=%1 HTTP/1.1"));
    row("code in a form", QStringLiteral("code=%1&grant_type=authorization_code"));
    row("code in JSON", QStringLiteral("{\"code\":\"%1\"}"));
    row("authorization header", QStringLiteral("Authorization: Bearer %1"));
    row("authorization header, lower case", QStringLiteral("> authorization: token %1"));
    row("proxy authorization", QStringLiteral("Proxy-Authorization: Basic %1"));
    row("cookie", QStringLiteral("Cookie: a=b; session=%1"));
    row("set-cookie", QStringLiteral("Set-Cookie: sid=%1; HttpOnly"));
    row("API key header", QStringLiteral("x-api-key: %1"));
    row("bearer in words", QStringLiteral("sent Bearer %1 to it"));
    row("percent-encoded form in a URL", QStringLiteral("https://x/?next=%2Fa%3Frefresh_token%3D%1"));
}

void RedactorTest::secretByKey_isMasked()
{
    QFETCH(const QString, text);
    QVERIFY2(!redacted(text).contains(opaque), qPrintable(redacted(text)));
    QVERIFY(redacted(text).contains(QStringLiteral("(redacted)")));
}

void RedactorTest::secretByShape_isMasked_data()
{
    QTest::addColumn<QString>("secret");
    const auto row = [](const char *secret) { QTest::newRow(secret) << QString::fromLatin1(secret); };
    row("sk-ant-oat01-0123456789abcdefghij_-ABCDEF");
    row("sk-proj-0123456789abcdef");
    row("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl");
    row("eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn");
    row("gho_0123456789abcdefABCD");
    row("ghu_0123456789abcdefABCD");
    row("ghp_0123456789abcdefABCD");
    row("ghs_0123456789abcdefABCD");
    row("ghr_0123456789abcdefABCD");
    row("github_pat_11AAAAAAA0abcdefghij");
    row("AIzaSyA0123456789abcdefghijklmnopqrstuv");
    row("ya29.a0AfH6SMBx0123456789");
    row("1//0gabcdefghijklmnop");
    row("GOCSPX-0123456789abcdef");
    row("xoxe.xoxp-1-0123456789");
    row("xoxb-0123456789-abcdef");
    row("Zk3vB9xQ2mN7pL4rT8wY1cF6hJ0sD5gA3eK7uV2o");         // base64url
    row("Zk3vB9xQ2mN7pL4rT8wY1cF6hJ0sD5gA3eK7uV2/b+o=");     // base64
    row("0123456789abcdef0123456789abcdef0123456789abcdef"); // hexadecimal
    row("rt1q2w3e4r5t6y7u8i9o0pasdfghjklzxcvbnm12345");      // one case only
}

void RedactorTest::secretByShape_isMasked()
{
    QFETCH(const QString, secret);
    for (const QString &pattern : {QStringLiteral("%1"), QStringLiteral("got %1 from it"), QStringLiteral("(\"%1\")"),
                                   QStringLiteral("x=%1&y=1"), QStringLiteral("line\n%1\nline")}) {
        const QString clean = redacted(pattern.arg(secret));
        QVERIFY2(!clean.contains(secret.sliced(secret.size() - 12)), qPrintable(clean));
    }
}

void RedactorTest::harmlessText_staysAsItIs_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *text) { QTest::newRow(text) << QString::fromUtf8(text); };
    row("");
    row("/home/user/.claude/.credentials.json, line 3, column 14, claudeAiOauth.expiresAt: is a string, not a number.");
    row("/usr/lib/x86_64-linux-gnu/qt6/plugins/platforms/libqoffscreen.so");
    row("/home/user/Projects/2026/KeytenderBuild/Debug12/core/base/CMakeFiles/keytender_base.dir");
    row("renamed .keytender-0123456789abcdef0123456789abcdef.tmp");
    row("request 550e8400-e29b-41d4-a716-446655440000 done");
    row("profile codex-cli@work adopted refresh token 1a2b3c4d from ~/.codex/auth.json");
    row("lineage 1a2b3c4d, 9f8e7d6c");
    row("fingerprint 0123456789abcdef0123456789abcdef");
    row("Sign in again: the refresh token expires in 9 days.");
    row("exit code: 3, state: refreshing");
    row(R"({"state":"unreadable","code":"ENOENT"})");
    row("org.freedesktop.StatusNotifierWatcher.RegisterStatusNotifierItem");
    row("https://console.anthropic.com/v1/oauth/token");
    row("keytender::base::JsonSpans::Builder::takeToken");
    row("tst_core_base_durablefile::write_newFile_isPrivateUnderAnyUmask");
    row("2026-11-22T04:52:55Z");
    row("Schlüssel für müde Söhne – schläft");
}

void RedactorTest::harmlessText_staysAsItIs()
{
    QFETCH(const QString, text);
    QCOMPARE(redacted(text), text);
}

void RedactorTest::keyStays_soThatTheLineStaysReadable()
{
    QCOMPARE(redacted(QStringLiteral("POST refresh_token=%1&client_id=abc").arg(opaque)),
             QStringLiteral("POST refresh_token=(redacted)&client_id=abc"));
    QCOMPARE(redacted(QStringLiteral("{\"accessToken\":\"%1\",\"expiresAt\":17}").arg(opaque)),
             QStringLiteral("{\"accessToken\":\"(redacted)\",\"expiresAt\":17}"));
}

void RedactorTest::severalSecretsInOneText_areAllMasked()
{
    const QString text = QStringLiteral("access_token=%1&refresh_token=%1\nCookie: %1\ngho_0123456789abcdefABCD");
    const QString clean = redacted(text.arg(opaque));
    QVERIFY(!clean.contains(opaque));
    QVERIFY(!clean.contains(QStringLiteral("gho_")));
    QCOMPARE(clean.count(QStringLiteral("(redacted)")), 4);
}

void RedactorTest::longText_isDoneQuickly()
{
    const QString text = QStringLiteral("a harmless line about /home/user/.config/file-%1.json\n").repeated(20000);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(redacted(text), text);
    QVERIFY2(timer.elapsed() < 5000,
             qPrintable(QString::number(timer.elapsed()))); // a megabyte; quadratic takes minutes
}

void RedactorTest::messageHandler_masksAndSilencesTheNetwork()
{
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("*=true"));
    environment.insert(QStringLiteral("QT_MESSAGE_PATTERN"), QStringLiteral("%{category} %{message}"));
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--speak")});
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitCode(), 0);
    const QByteArray said = child.readAllStandardError();
    QVERIFY2(said.contains("default refresh_token=(redacted)\n"), said.constData());
    QVERIFY(said.contains("plain words stay\n"));
    QVERIFY(!said.contains(opaque.toUtf8()));
    QVERIFY(!said.contains("a header line"));
    QVERIFY(said.contains("a warning of the network"));
}

int main(int argc, char **argv)
{
    if (argc == 2 && qstrcmp(argv[1], "--speak") == 0)
        return speak();
    QCoreApplication app(argc, argv);
    RedactorTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "redactor.moc"
