// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What is started, with which arguments, environment and descriptors; and what never is (N-10, S-30 .. S-34, W-01,
// W-02).

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

#include "base/filedescriptor.h"
#include "fakes/temporaryhome.h"
#include "oauth/browser.h"

using namespace keytender;
using oauth::Browser;
using oauth::environmentForBrowser;
using oauth::WebAddressRule;
using provider::EndpointRule;

class BrowserTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void address_isTheOneArgument();
    void child_seesNothingOfOurs();
    void environment_hasKnownNamesOnly();
    void hostileAddress_neverReachesASpawn_data();
    void hostileAddress_neverReachesASpawn();
    void plainAddress_isAllowed_data();
    void plainAddress_isAllowed();
    void programThatFails_isReported();
    void programThatFails_isNotReportedToTheDead();
    void programThatIsMissing_isReportedAtOnce_data();
    void programThatIsMissing_isReportedAtOnce();
};

namespace {

const WebAddressRule example{.scheme = EndpointRule::HttpsOnly, .hosts = {QStringLiteral("auth.example")}};

// A program in a home of its own that writes down how it was started.
struct Recorder {
    explicit Recorder(const QByteArray &end = "exit 0")
    {
        home.write(QStringLiteral("bin/xdg-open"),
                   "#!/bin/sh\nout='" + home.path().toUtf8()
                       + "'\nprintf '%s\\n' \"$#\" \"$@\" > \"$out/arguments\"\n"
                         "tr '\\0' '\\n' < /proc/$$/environ > \"$out/environment\"\n"
                         "ls -l /proc/$$/fd > \"$out/descriptors\"\nps -o sid= -p $$ > \"$out/session\"\n"
                         "mv \"$out/arguments\" \"$out/ran\"\n"
                       + end + "\n");
        QFile(home.path(QStringLiteral("bin/xdg-open"))).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        home.environment().variables.insert(
            QStringLiteral("PATH"), QStringLiteral("relative::%1:/usr/bin:/bin").arg(home.path(QStringLiteral("bin"))));
    }

    [[nodiscard]] bool hasRun() const { return QFile::exists(home.path(QStringLiteral("ran"))); }

    fakes::TemporaryHome home;
};

} // namespace

void BrowserTest::address_isTheOneArgument()
{
    const Recorder recorder;
    Browser browser(recorder.home.environment());
    const QByteArray address = "https://auth.example/a?x=%20%24%28id%29&y=*~,@+z";
    QVERIFY(browser.open(base::Secret::copyOf(address.toStdString()), example, this, {}));
    QTRY_VERIFY(recorder.hasRun());
    QCOMPARE(recorder.home.read(QStringLiteral("ran")), "1\n" + address + "\n");
}

// S-32.
void BrowserTest::child_seesNothingOfOurs()
{
    Recorder recorder;
    const base::FileDescriptor inherited(::open("/dev/zero", O_RDONLY)); // NOLINT: without O_CLOEXEC, on purpose
    QVERIFY(inherited.isOpen());
    for (const char *name : {"LD_PRELOAD", "QT_PLUGIN_PATH", "ANTHROPIC_API_KEY", "BROWSER", "http_proxy", "DISPLAY"})
        recorder.home.environment().variables.insert(QString::fromLatin1(name), QStringLiteral("/value"));
    Browser browser(recorder.home.environment());
    QVERIFY(browser.open(base::Secret::copyOf("https://auth.example/"), example, this, {}));
    QTRY_VERIFY(recorder.hasRun());

    const QByteArray environment = recorder.home.read(QStringLiteral("environment"));
    QVERIFY(environment.contains("DISPLAY=/value\n"));
    for (const char *name : {"LD_PRELOAD", "QT_PLUGIN_PATH", "ANTHROPIC_API_KEY", "BROWSER", "http_proxy", "QT_"})
        QVERIFY2(!environment.contains(name), name);
    const QByteArray descriptors = recorder.home.read(QStringLiteral("descriptors"));
    QVERIFY(!descriptors.contains("/dev/zero"));
    QVERIFY(!descriptors.contains("socket:") && !descriptors.contains("eventfd") && !descriptors.contains("pipe:"));
    QVERIFY(recorder.home.read(QStringLiteral("session")).trimmed().toInt() != getsid(0));
}

void BrowserTest::environment_hasKnownNamesOnly()
{
    base::Environment environment{.home = QStringLiteral("/home/u"), .variables = {}, .user = 1000};
    for (const char *name : {"PATH", "HOME", "LC_ALL", "XDG_RUNTIME_DIR", "WAYLAND_DISPLAY", "SSH_AUTH_SOCK",
                             "SSLKEYLOGFILE", "BROWSER", "LD_LIBRARY_PATH", "IFS", "BASH_ENV", "ENV"})
        environment.variables.insert(QString::fromLatin1(name), QStringLiteral("x"));
    environment.variables.insert(QStringLiteral("XDG_ACTIVATION_TOKEN"), base::Environment::withheld);
    QCOMPARE(environmentForBrowser(environment),
             QStringList({QStringLiteral("HOME=x"), QStringLiteral("LC_ALL=x"), QStringLiteral("PATH=x"),
                          QStringLiteral("WAYLAND_DISPLAY=x"), QStringLiteral("XDG_RUNTIME_DIR=x")}));
}

void BrowserTest::hostileAddress_neverReachesASpawn_data()
{
    QTest::addColumn<QByteArray>("address");
    int number = 0;
    for (const char *each : {"",
                             " ",
                             "-",
                             "--help",
                             "--upload-pack=touch x",
                             "-https://auth.example/",
                             " https://auth.example/",
                             "https://auth.example/$(touch x)",
                             "https://auth.example/`touch x`",
                             "https://auth.example/;touch x",
                             "https://auth.example/;touch",
                             "https://auth.example/$IFS",
                             "https://auth.example/|x",
                             "https://auth.example/'",
                             "https://auth.example/\"",
                             "https://auth.example/a b",
                             "https://auth.example/a\tb",
                             "https://auth.example/a\nb",
                             "https://auth.example/a\r\nHost: x",
                             "https://auth.example/%0d%0aHost:x",
                             "https://auth.example/%00",
                             "https://auth.example/%7f",
                             "https://auth.example/%1B",
                             "https://auth.example/%",
                             "https://auth.example/%2",
                             "https://auth.example/%zz",
                             "https://auth.example/<b>",
                             "https://auth.example/\\x",
                             "https://auth.example/#x",
                             "https://auth.example/{a,b}",
                             "https://auth.example/!x",
                             "https://auth.example/(x)",
                             "https://auth.example/\x7f",
                             "https://auth.example/\xe2\x80\xa8",
                             "https://auth.example/\xc3\xa4",
                             "https://\xc3\xa4uth.example/",
                             "https://xn--uth-pla.example/",
                             "https://auth.example.evil.example/",
                             "https://evil.example/auth.example",
                             "https://evil.example/?auth.example",
                             "https://evilauth.example/",
                             "https://auth.example./",
                             "https://AUTH.example/",
                             "https://user@auth.example/",
                             "https://auth.example@evil.example/",
                             "https://auth.example:pw@evil.example/",
                             "https://auth.example:0/",
                             "https://auth.example:65536/",
                             "https://auth.example:/",
                             "https://auth.example:443:443/",
                             "https://auth.example\\@evil.example/",
                             "https://[auth.example]/",
                             "https://[::1/",
                             "https://",
                             "https:///",
                             "https:auth.example",
                             "https:/auth.example",
                             "HTTPS://auth.example/",
                             "http://auth.example/",
                             "http://127.0.0.1/",
                             "http://localhost:1/",
                             "ftp://auth.example/",
                             "file:///etc/passwd",
                             "file://auth.example/etc/passwd",
                             "javascript:alert(1)",
                             "data:text/html,x",
                             "smb://auth.example/x",
                             "ssh://-oProxyCommand=x/",
                             "vscode://auth.example/",
                             "view-source:https://auth.example/",
                             "mailto:x@auth.example",
                             "about:blank",
                             "//auth.example/",
                             "/etc/passwd",
                             "auth.example",
                             "C:\\x"})
        QTest::addRow("%d %s", ++number, each) << QByteArray(each);
    QTest::newRow("a NUL") << QByteArray("https://auth.example/\0x", 23);
    QTest::newRow("too long") << "https://auth.example/" + QByteArray(20'000, 'a');
}

void BrowserTest::hostileAddress_neverReachesASpawn()
{
    QFETCH(QByteArray, address);
    const Recorder recorder;
    Browser browser(recorder.home.environment());
    const auto opened = browser.open(base::Secret::copyOf(address.toStdString()), example, this, {});
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, base::ErrorKind::Misconfigured);
    QVERIFY(!base::describe(opened.error()).contains(QStringLiteral("touch")));
    QVERIFY(browser.children().isEmpty()); // nothing is waited for, as nothing was started
    QVERIFY(!recorder.hasRun());
}

void BrowserTest::plainAddress_isAllowed_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<EndpointRule>("scheme");
    QTest::addColumn<QString>("host");
    const auto row = [](const char *address, const char *host, EndpointRule scheme = EndpointRule::HttpsOnly) {
        QTest::newRow(address) << QByteArray(address) << scheme << QString::fromLatin1(host);
    };
    row("https://auth.example", "auth.example");
    row("https://auth.example:8443/a/b.c?d=e&f=%C3%A4", "auth.example");
    row("https://auth.example?a=b", "auth.example");
    row("https://[::1]:1/a", "::1");
    row("http://127.0.0.1:8080/a", "127.0.0.1", EndpointRule::HttpsOrLoopback);
    row("http://localhost/a", "localhost", EndpointRule::HttpsOrLoopback);
    row("http://[::1]:1/a", "::1", EndpointRule::HttpsOrLoopback);
}

void BrowserTest::plainAddress_isAllowed()
{
    QFETCH(QByteArray, address);
    QFETCH(EndpointRule, scheme);
    QFETCH(QString, host);
    const std::string text = address.toStdString();
    QVERIFY(oauth::checkWebAddress(text, {.scheme = scheme, .hosts = {host}}));
    QVERIFY(!oauth::checkWebAddress(text, {.scheme = scheme, .hosts = {}}));
    QVERIFY(!oauth::checkWebAddress(text, {.scheme = scheme, .hosts = {u'.' + host, host + u'.', host.mid(1)}}));
    if (address.startsWith("http:"))
        QVERIFY(!oauth::checkWebAddress(text, {.scheme = EndpointRule::HttpsOnly, .hosts = {host}}));
}

void BrowserTest::programThatFails_isReported()
{
    const Recorder recorder("exit 3");
    Browser browser(recorder.home.environment());
    std::optional<base::Error> error;
    QVERIFY(browser.open(base::Secret::copyOf("https://auth.example/?state=secret"), example, this,
                         [&](const base::Error &why) { error = why; }));
    QVERIFY(!error);
    QTRY_VERIFY(error);
    QCOMPARE(error->kind, base::ErrorKind::Unavailable);
    QVERIFY(!base::describe(*error).contains(QStringLiteral("secret")));
    QTRY_VERIFY(browser.children().isEmpty());
}

void BrowserTest::programThatFails_isNotReportedToTheDead()
{
    const Recorder recorder("exit 3");
    Browser browser(recorder.home.environment());
    auto context = std::make_unique<QObject>();
    bool isTold = false;
    QVERIFY(browser.open(base::Secret::copyOf("https://auth.example/"), example, context.get(),
                         [&](const base::Error &) { isTold = true; }));
    context.reset();
    QTRY_VERIFY(browser.children().isEmpty());
    QVERIFY(recorder.hasRun());
    QVERIFY(!isTold);
}

void BrowserTest::programThatIsMissing_isReportedAtOnce_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("an empty directory") << QStringLiteral("/nonexistent");
    QTest::newRow("relative directories only") << QStringLiteral("bin:.:");
}

void BrowserTest::programThatIsMissing_isReportedAtOnce()
{
    QFETCH(QString, path);
    Recorder recorder;
    recorder.home.environment().variables.insert(QStringLiteral("PATH"), path);
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(recorder.home.path()));
    Browser browser(recorder.home.environment());
    const auto opened = browser.open(base::Secret::copyOf("https://auth.example/"), example, this, {});
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, base::ErrorKind::Unavailable);
    QCOMPARE(opened.error().subject, QStringLiteral("xdg-open"));
    QVERIFY(QDir::setCurrent(before));
}

QTEST_GUILESS_MAIN(BrowserTest)
#include "browser.moc"
