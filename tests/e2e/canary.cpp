// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// G-6: every secret that passes through the programs is a canary, an authorization server blurts them out in every way
// it can, a person signs in, renews, pastes, keeps keys and signs out; and none of it is ever found where it could be
// read: not in what the programs say or log, on the buses, in /proc, in a file, on the clipboard or in a widget.

#include <functional>

#include <QTest>
#include <QUrlQuery>

#include "canarydesk.h"
#include "fakes/privatekeyring.h"

using namespace keytender;
using e2e::CanaryDesk;
using e2e::CanaryScan;
using e2e::CanaryServer;
using e2e::Clipboards;
using e2e::Hit;
using e2e::ProcessSampler;
using Mood = CanaryServer::Mood;
using Echo = CanaryServer::Echo;

namespace {

constexpr int patience = 20'000; // ms

QString tokenPath()
{
    return QStringLiteral("/token");
}

} // namespace

class CanaryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void whoWatches_seesWhatIsPlanted();

    void signInsByBrowser_whatTheServerBlurts_data();
    void signInsByBrowser_whatTheServerBlurts();
    void aRefusalByRedirect_thatHoldsSecrets();
    void aSignInByPasting_afterWrongOnes();
    void aSignInByCode_shownToThePersonAlone();
    void aCodeThatIsRefused_data();
    void aCodeThatIsRefused();
    void renewals_whatTheServerBlurts_data();
    void renewals_whatTheServerBlurts();
    void aKeyThatIsTyped_andOneThatIsPasted();
    void signOuts_whatTheServerBlurts_data();
    void signOuts_whatTheServerBlurts();
    void bothPrograms_endWell();
    void nothingOfIt_isFoundAnywhere();

private:
    void signIn(const QString &account);

    std::unique_ptr<CanaryDesk> m_desk;
};

void CanaryTest::initTestCase()
{
    if (const QString why = fakes::Screen::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_desk = std::make_unique<CanaryDesk>();
    QVERIFY(m_desk->screen.isRunning() && m_desk->traffic.isRunning() && m_desk->accessibleTraffic.isRunning());
    QVERIFY2(m_desk->start(), qPrintable(m_desk->screenReader.words()));
}

void CanaryTest::cleanupTestCase()
{
    m_desk.reset();
}

void CanaryTest::whoWatches_seesWhatIsPlanted()
{
    const QByteArray canary = m_desk->server.canary(QStringLiteral("planted"));
    const QString text = QString::fromLatin1(canary);
    CanaryScan scan;
    scan.add({.kind = QStringLiteral("planted"), .value = canary});

    m_desk->notices.press(1, text); // a signal on the session's bus
    QTRY_VERIFY_WITH_TIMEOUT(!scan.in(m_desk->traffic.recorded(), {}).empty(), patience);

    QVERIFY(m_desk->clipboards->put(canary));
    QVERIFY(!scan.in(m_desk->clipboards->get(), {}).empty());
    QVERIFY(m_desk->clipboards->put("nothing"));
    QVERIFY(scan.in(m_desk->clipboards->get(), {}).empty());

    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PLANTED"), text);
    child.setProcessEnvironment(environment);
    child.start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("sleep 0.2; :"), text});
    QVERIFY(QTest::qWaitFor([&] { return child.state() == QProcess::NotRunning; }, patience));
    int arguments = 0;
    int environments = 0;
    for (const ProcessSampler::Seen &seen : m_desk->processes->seen()) {
        arguments += int(!scan.in(seen.arguments, {}).empty());
        environments += int(!scan.in(seen.environment, {}).empty());
    }
    QVERIFY(arguments > 0 && environments > 0);
}

void CanaryTest::signIn(const QString &account)
{
    m_desk->server.behave(tokenPath(), Mood::Well);
    m_desk->server.setAccount(account);
    QVERIFY2(m_desk->beginSignIn(QStringLiteral("browser")), qPrintable(m_desk->screenReader.words()));
    const QUrl opened = m_desk->openedAddress();
    QVERIFY(!opened.isEmpty());
    const QString state = QUrlQuery(opened).queryItemValue(QStringLiteral("state"));
    m_desk->comeBack(opened,
                     {{QStringLiteral("code"), QString::fromLatin1(m_desk->server.canary(QStringLiteral("code")))},
                      {QStringLiteral("state"), state}});
    QVERIFY2(m_desk->dismiss(QStringLiteral("Signed in")), qPrintable(m_desk->screenReader.words()));
}

void CanaryTest::signInsByBrowser_whatTheServerBlurts_data()
{
    QTest::addColumn<Mood>("mood");
    QTest::addColumn<Echo>("echo");
    QTest::newRow("in a refusal") << Mood::Refused << Echo::Plain;
    QTest::newRow("in a refusal, percent-encoded") << Mood::Refused << Echo::Percent;
    QTest::newRow("in a refusal, in base64") << Mood::Refused << Echo::Base64;
    QTest::newRow("in a refusal, in hexadecimal") << Mood::Refused << Echo::Hex;
    QTest::newRow("in place of the error's code") << Mood::RefusedInCode << Echo::Plain;
    QTest::newRow("in a page") << Mood::Page << Echo::Plain;
    QTest::newRow("in a redirect") << Mood::Redirect << Echo::Plain;
    QTest::newRow("in half an answer") << Mood::Cut << Echo::Plain;
}

void CanaryTest::signInsByBrowser_whatTheServerBlurts()
{
    QFETCH(const Mood, mood);
    QFETCH(const Echo, echo);
    m_desk->server.behave(tokenPath(), mood, echo);
    QVERIFY2(m_desk->beginSignIn(QStringLiteral("browser")), qPrintable(m_desk->screenReader.words()));
    const QUrl opened = m_desk->openedAddress();
    QVERIFY(!opened.isEmpty());
    const QString code = QString::fromLatin1(m_desk->server.canary(QStringLiteral("code")));
    const QString stray = QString::fromLatin1(m_desk->server.canary(QStringLiteral("code of a stray request")));
    const QString state = QUrlQuery(opened).queryItemValue(QStringLiteral("state"));
    m_desk->comeBack(opened, {{QStringLiteral("code"), stray}, {QStringLiteral("state"), stray}});
    m_desk->comeBack(opened, {{QStringLiteral("code"), code}, {QStringLiteral("state"), state}});
    QVERIFY2(m_desk->dismiss(QStringLiteral("The sign-in failed")), qPrintable(m_desk->screenReader.words()));
}

void CanaryTest::aRefusalByRedirect_thatHoldsSecrets()
{
    QVERIFY2(m_desk->beginSignIn(QStringLiteral("browser")), qPrintable(m_desk->screenReader.words()));
    const QUrl opened = m_desk->openedAddress();
    QVERIFY(!opened.isEmpty());
    const QString state = QUrlQuery(opened).queryItemValue(QStringLiteral("state"));
    m_desk->comeBack(opened,
                     {{QStringLiteral("error"), QStringLiteral("access_denied")},
                      {QStringLiteral("error_description"), QStringLiteral("no use for ") + state},
                      {QStringLiteral("error_uri"), QStringLiteral("https://login.example.org/?state=") + state},
                      {QStringLiteral("state"), state}});
    QVERIFY2(m_desk->dismiss(QStringLiteral("The sign-in failed")), qPrintable(m_desk->screenReader.words()));
}

void CanaryTest::aSignInByPasting_afterWrongOnes()
{
    m_desk->server.behave(tokenPath(), Mood::Well);
    m_desk->server.setAccount(QStringLiteral("paula"));
    QVERIFY2(m_desk->beginSignIn(QStringLiteral("paste")), qPrintable(m_desk->screenReader.words()));
    const QUrl opened = m_desk->openedAddress();
    QVERIFY(!opened.isEmpty());
    const auto paste = [this](const QByteArray &text) {
        return m_desk->pasteInto(QStringLiteral("Paste the address or the code"), text)
               && m_desk->screenReader.press(QStringLiteral("Use it"));
    };
    const auto canary = [this] { return m_desk->server.canary(QStringLiteral("what was pasted")); };
    const QByteArray back =
        QUrlQuery(opened).queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded).toLatin1();
    struct Wrong {
        QByteArray text;
        QString problem;
    };
    for (const Wrong &wrong :
         {Wrong{"so " + canary(), QStringLiteral("neither an address nor a code")},
          Wrong{"https://example.org/" + canary(), QStringLiteral("holds no code")},
          Wrong{back + "?code=" + canary() + "&state=" + canary(), QStringLiteral("another sign-in")}}) {
        QVERIFY(paste(wrong.text));
        QVERIFY2(m_desk->screenReader.waitForWords(wrong.problem), qPrintable(m_desk->screenReader.words()));
        m_desk->note();
        m_desk->noteClipboards();
    }
    const QByteArray state = QUrlQuery(opened).queryItemValue(QStringLiteral("state")).toLatin1();
    QVERIFY(paste(back + "?code=" + m_desk->server.canary(QStringLiteral("code")) + "&state=" + state));
    QVERIFY2(m_desk->dismiss(QStringLiteral("Signed in")), qPrintable(m_desk->screenReader.words()));
}

void CanaryTest::aSignInByCode_shownToThePersonAlone()
{
    m_desk->server.behave(tokenPath(), Mood::Pending);
    m_desk->server.setAccount(QStringLiteral("dora"));
    QVERIFY2(m_desk->beginSignIn(QStringLiteral("device")), qPrintable(m_desk->screenReader.words()));
    QVERIFY2(m_desk->screenReader.waitForWords(QString::fromLatin1(m_desk->server.userCode())),
             qPrintable(m_desk->screenReader.words()));
    m_desk->note();
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->server.requests(tokenPath()) > 0, patience);
    m_desk->server.behave(tokenPath(), Mood::Well);
    QVERIFY2(m_desk->dismiss(QStringLiteral("Signed in")), qPrintable(m_desk->screenReader.words()));
}

void CanaryTest::aCodeThatIsRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("at once") << "/device";
    QTest::newRow("once it is asked for") << "/token";
}

void CanaryTest::aCodeThatIsRefused()
{
    QFETCH(const QString, path);
    m_desk->server.behave(path, Mood::Refused);
    QVERIFY2(m_desk->beginSignIn(QStringLiteral("device")), qPrintable(m_desk->screenReader.words()));
    QVERIFY2(m_desk->dismiss(QStringLiteral("The sign-in failed")), qPrintable(m_desk->screenReader.words()));
    m_desk->server.behave(path, Mood::Well);
}

void CanaryTest::renewals_whatTheServerBlurts_data()
{
    QTest::addColumn<Mood>("mood");
    QTest::addColumn<Echo>("echo");
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("activity");
    const QString ended = QStringLiteral("the provider has ended this sign-in");
    const QString unwell = QStringLiteral("the server is not well");
    QTest::newRow("nothing") << Mood::Well << Echo::Plain << "anna"
                             << "renewed by Keytender";
    QTest::newRow("in a refusal") << Mood::Refused << Echo::Plain << "bert" << ended;
    QTest::newRow("in a refusal, percent-encoded") << Mood::Refused << Echo::Percent << "cleo" << ended;
    QTest::newRow("in a refusal, in base64") << Mood::Refused << Echo::Base64 << "dirk" << ended;
    QTest::newRow("in a refusal, in hexadecimal") << Mood::Refused << Echo::Hex << "ella" << ended;
    QTest::newRow("in place of the error's code") << Mood::RefusedInCode << Echo::Plain << "finn" << unwell;
    QTest::newRow("in a page") << Mood::Page << Echo::Plain << "gina" << unwell;
    QTest::newRow("in a redirect") << Mood::Redirect << Echo::Plain << "hugo" << unwell;
    QTest::newRow("in half an answer") << Mood::Cut << Echo::Plain << "ines"
                                       << "no answer came";
    QTest::newRow("another account's") << Mood::OtherAccount << Echo::Plain << "jens"
                                       << "another account";
}

void CanaryTest::renewals_whatTheServerBlurts()
{
    QFETCH(const Mood, mood);
    QFETCH(const Echo, echo);
    QFETCH(const QString, account);
    QFETCH(const QString, activity);
    m_desk->server.behave(QStringLiteral("/me"), mood == Mood::Cut ? Mood::Well : mood, echo);
    signIn(account);
    if (QTest::currentTestFailed())
        return;
    m_desk->server.behave(tokenPath(), mood, echo);
    const int before = m_desk->server.requests(tokenPath());
    const auto isAsked = [&] { return m_desk->server.requests(tokenPath()) > before; };
    QVERIFY(m_desk->chooseUntil({account + u'@', QStringLiteral("Renew now")}, isAsked));
    const auto isTold = [&] { return m_desk->screenReader.words().contains(activity); };
    QVERIFY2(m_desk->chooseUntil({account + u'@', QStringLiteral("Show details")}, isTold),
             qPrintable(m_desk->screenReader.words()));
    m_desk->note();
}

void CanaryTest::aKeyThatIsTyped_andOneThatIsPasted()
{
    const auto give = [this](const QString &name, const std::function<void(const QByteArray &)> &bring) {
        const auto isOpen = [this] { return m_desk->screenReader.words().contains(QStringLiteral("Keep it")); };
        QVERIFY(m_desk->chooseUntil({QStringLiteral("Add a key")}, isOpen));
        m_desk->screen.pressIn(QStringLiteral("Add a key or token"), QStringLiteral("Tab")); // from the kinds
        m_desk->screen.type(name);
        const QByteArray key = m_desk->server.canary(QStringLiteral("key that was ") + name);
        QVERIFY(m_desk->screenReader.focus(QStringLiteral("The key or token itself")));
        bring(key);
        m_desk->note();
        QVERIFY(m_desk->screenReader.press(QStringLiteral("Keep it")));
        QVERIFY2(m_desk->dismiss(QStringLiteral("Kept")), qPrintable(m_desk->screenReader.words()));
    };
    give(QStringLiteral("typed"), [this](const QByteArray &key) { m_desk->typeSecretly(key); });
    if (QTest::currentTestFailed())
        return;
    give(QStringLiteral("pasted"), [this](const QByteArray &key) {
        QVERIFY(m_desk->clipboards->put(key));
        m_desk->screen.press(QStringLiteral("ctrl+v"));
    });
}

void CanaryTest::signOuts_whatTheServerBlurts_data()
{
    QTest::addColumn<Mood>("mood");
    QTest::addColumn<Echo>("echo");
    QTest::addColumn<QString>("account");
    QTest::newRow("nothing") << Mood::Well << Echo::Plain << "anna";
    QTest::newRow("in a refusal") << Mood::Refused << Echo::Plain << "paula";
    QTest::newRow("in a refusal, in base64") << Mood::Refused << Echo::Base64 << "dora";
    QTest::newRow("in place of the error's code") << Mood::RefusedInCode << Echo::Plain << "finn";
    QTest::newRow("in a page") << Mood::Page << Echo::Plain << "gina";
    QTest::newRow("in a redirect") << Mood::Redirect << Echo::Plain << "hugo";
    QTest::newRow("in half an answer") << Mood::Cut << Echo::Plain << "ines";
}

void CanaryTest::signOuts_whatTheServerBlurts()
{
    QFETCH(const Mood, mood);
    QFETCH(const Echo, echo);
    QFETCH(const QString, account);
    m_desk->server.behave(QStringLiteral("/revoke"), mood, echo);
    const auto isOpen = [this] {
        return m_desk->screenReader.words().contains(QStringLiteral("What will stop working"));
    };
    QVERIFY(m_desk->chooseUntil({account + u'@', QStringLiteral("Sign out")}, isOpen));
    QVERIFY(m_desk->screenReader.press(QStringLiteral("Sign out")));
    QVERIFY2(m_desk->dismiss(QStringLiteral("Signed out")), qPrintable(m_desk->screenReader.words()));
}

void CanaryTest::bothPrograms_endWell()
{
    QVERIFY2(m_desk->quit(), qPrintable(m_desk->ends()));
}

void CanaryTest::nothingOfIt_isFoundAnywhere()
{
    QVERIFY(!m_desk->notices.calls().empty()); // there was something to be found on the bus
    const std::vector<Hit> hits = m_desk->hits();
    for (const Hit &hit : hits)
        qWarning("%s", qPrintable(hit.text()));
    QCOMPARE(hits.size(), std::size_t{0});
}

int main(int argc, char *argv[])
{
    if (argc == 2 && QByteArray(argv[1]) == "--clipboards")
        return Clipboards::serve(argc, argv);
    fakes::enterPrivateSession(argv);
    QCoreApplication application(argc, argv);
    CanaryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "canary.moc"
