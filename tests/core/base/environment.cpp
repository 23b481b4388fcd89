// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/environment.h"

#include <QTest>

#include <unistd.h>

using namespace keytender::base;

class EnvironmentTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void secretVariable_isWithheld_data();
    void secretVariable_isWithheld();
    void ordinaryVariable_isKept_data();
    void ordinaryVariable_isKept();
    void emptySecretVariable_isEmpty();
    void unsetAndEmpty_differ();
    void baseDirectories_followTheSpecification();
    void baseDirectories_relative_areIgnored();
    void runtimeDir_hasNoFallback();
    void expanded_knowsTheTilde_data();
    void expanded_knowsTheTilde();
    void shortened_isTheReverse_data();
    void shortened_isTheReverse();
    void ofThisProcess_isThisUser();

private:
    static Environment somebody(const QHash<QString, QString> &variables = {})
    {
        return {.home = QStringLiteral("/home/u"), .variables = variables, .user = 1000};
    }
};

void EnvironmentTest::secretVariable_isWithheld_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"GH_TOKEN", "GITHUB_TOKEN", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN",
                             "CLAUDE_CODE_OAUTH_TOKEN", "OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
                             "MY_PASSWORD", "my_passwd", "OPENCODE_AUTH_CONTENT", "A_CREDENTIAL", "https_proxy",
                             "GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS_JSON",
                             "MY_GOOGLE_APPLICATION_CREDENTIALS", "AWS_SHARED_CREDENTIALS_FILE", "SECRET_PATH"})
        QTest::newRow(name) << QByteArray(name);
}

void EnvironmentTest::secretVariable_isWithheld()
{
    QFETCH(const QByteArray, name);
    const QByteArray before = qgetenv(name.constData());
    qputenv(name.constData(), "the-secret");
    const Environment environment = Environment::ofThisProcess();
    before.isNull() ? (void)qunsetenv(name.constData()) : (void)qputenv(name.constData(), before);
    QCOMPARE(environment.variable(QString::fromLatin1(name)), std::optional(Environment::withheld));
    QVERIFY(!environment.variables.values().contains(QStringLiteral("the-secret")));
}

void EnvironmentTest::ordinaryVariable_isKept_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name :
         {"CLAUDE_CONFIG_DIR", "CODEX_HOME", "XDG_CONFIG_HOME", "GOOGLE_APPLICATION_CREDENTIALS",
          "AWS_SHARED_CREDENTIALS_FILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "CLOUDSDK_CONFIG", "DBUS_SESSION_BUS_ADDRESS"})
        QTest::newRow(name) << QByteArray(name);
}

void EnvironmentTest::ordinaryVariable_isKept()
{
    QFETCH(const QByteArray, name);
    const QByteArray before = qgetenv(name.constData());
    qputenv(name.constData(), "/home/u/pläce=1");
    const Environment environment = Environment::ofThisProcess();
    before.isNull() ? (void)qunsetenv(name.constData()) : (void)qputenv(name.constData(), before);
    QCOMPARE(environment.variable(QString::fromLatin1(name)), std::optional(QStringLiteral("/home/u/pläce=1")));
}

void EnvironmentTest::emptySecretVariable_isEmpty()
{
    const QByteArray before = qgetenv("GH_TOKEN");
    qputenv("GH_TOKEN", "");
    const Environment environment = Environment::ofThisProcess();
    before.isNull() ? (void)qunsetenv("GH_TOKEN") : (void)qputenv("GH_TOKEN", before);
    QCOMPARE(environment.variable(QStringLiteral("GH_TOKEN")), std::optional(QString()));
}

void EnvironmentTest::unsetAndEmpty_differ()
{
    const Environment environment = somebody({{QStringLiteral("EMPTY"), QString()}});
    QVERIFY(environment.variable(QStringLiteral("EMPTY")).has_value());
    QVERIFY(!environment.variable(QStringLiteral("UNSET")).has_value());
    QCOMPARE(environment.nonEmptyOr(QStringLiteral("EMPTY"), QStringLiteral("x")), QStringLiteral("x"));
    QCOMPARE(environment.nonEmptyOr(QStringLiteral("UNSET"), QStringLiteral("x")), QStringLiteral("x"));
}

void EnvironmentTest::baseDirectories_followTheSpecification()
{
    QCOMPARE(somebody().configHome(), QStringLiteral("/home/u/.config"));
    QCOMPARE(somebody().dataHome(), QStringLiteral("/home/u/.local/share"));
    QCOMPARE(somebody().stateHome(), QStringLiteral("/home/u/.local/state"));
    const Environment set = somebody({{QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("/c//x/")},
                                      {QStringLiteral("XDG_DATA_HOME"), QStringLiteral("/d")},
                                      {QStringLiteral("XDG_STATE_HOME"), QStringLiteral("/s")},
                                      {QStringLiteral("XDG_RUNTIME_DIR"), QStringLiteral("/run/user/1000")}});
    QCOMPARE(set.configHome(), QStringLiteral("/c/x"));
    QCOMPARE(set.dataHome(), QStringLiteral("/d"));
    QCOMPARE(set.stateHome(), QStringLiteral("/s"));
    QCOMPARE(set.runtimeDir(), QStringLiteral("/run/user/1000"));
}

void EnvironmentTest::baseDirectories_relative_areIgnored()
{
    QCOMPARE(somebody({{QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("config")}}).configHome(),
             QStringLiteral("/home/u/.config"));
}

void EnvironmentTest::runtimeDir_hasNoFallback()
{
    QCOMPARE(somebody().runtimeDir(), QString());
    QCOMPARE(somebody({{QStringLiteral("XDG_RUNTIME_DIR"), QStringLiteral("run")}}).runtimeDir(), QString());
}

void EnvironmentTest::expanded_knowsTheTilde_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("absolute");
    QTest::newRow("home") << QStringLiteral("~") << QStringLiteral("/home/u");
    QTest::newRow("below") << QStringLiteral("~/.claude") << QStringLiteral("/home/u/.claude");
    QTest::newRow("somebody else's") << QStringLiteral("~v/x") << QStringLiteral("~v/x");
    QTest::newRow("absolute") << QStringLiteral("/a/~/b") << QStringLiteral("/a/~/b");
    QTest::newRow("empty") << QString() << QString();
}

void EnvironmentTest::expanded_knowsTheTilde()
{
    QFETCH(const QString, path);
    QFETCH(const QString, absolute);
    QCOMPARE(somebody().expanded(path), absolute);
}

void EnvironmentTest::shortened_isTheReverse_data()
{
    QTest::addColumn<QString>("absolute");
    QTest::addColumn<QString>("path");
    QTest::newRow("home") << QStringLiteral("/home/u") << QStringLiteral("~");
    QTest::newRow("below") << QStringLiteral("/home/u/.claude") << QStringLiteral("~/.claude");
    QTest::newRow("a longer name") << QStringLiteral("/home/ur/x") << QStringLiteral("/home/ur/x");
    QTest::newRow("elsewhere") << QStringLiteral("/etc") << QStringLiteral("/etc");
}

void EnvironmentTest::shortened_isTheReverse()
{
    QFETCH(const QString, absolute);
    QFETCH(const QString, path);
    QCOMPARE(somebody().shortened(absolute), path);
}

void EnvironmentTest::ofThisProcess_isThisUser()
{
    const Environment environment = Environment::ofThisProcess();
    QCOMPARE(environment.user, geteuid());
    QVERIFY(environment.home.startsWith(u'/'));
}

QTEST_GUILESS_MAIN(EnvironmentTest)
#include "environment.moc"
