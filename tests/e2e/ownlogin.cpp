// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The tray program, a person at its windows, a browser, an authorization server that others wrote, and a notification
// daemon: from the menu to a login, from a refusal to the sign-in that mends it, and out again.

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include "base/secret.h"
#include "fakes/chromium.h"
#include "fakes/notificationserver.h"
#include "fakes/oidcprovider.h"
#include "fakes/plainhttp.h"
#include "fakes/privatekeyring.h"
#include "fakes/screen.h"
#include "faketrayhost.h"
#include "oauth/discovery.h"
#include "oauth/networktransport.h"
#include "program.h"
#include "provider/providerwriter.h"
#include "ui/traytypes.h"
#include "vault/vault.h"

using namespace keytender;
using e2e::Running;
using fakes::FakeTrayHost;
using fakes::OidcProvider;

namespace {

constexpr auto rule = provider::EndpointRule::HttpsOrLoopback;
constexpr int patience = 20'000; // ms

void put(const QString &path, const QByteArray &bytes, QFile::Permissions permissions)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.setPermissions(permissions))
        qFatal("cannot write %s", qPrintable(path));
}

// Without a keychain the key lies beside the vault.
base::Secret masterKey()
{
    QFile file(QDir::homePath() + QStringLiteral("/.local/share/keytender/vault/master.key"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    return base::Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

} // namespace

class OwnLoginTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void fromTheMenuToALogin_andOutAgain();
    void aRefusal_onDunst_isPictured();

private:
    void signIn();
    void discover();
    void walkThroughTheBrowser();
    [[nodiscard]] QVariant ask(const QString &method, const QVariantList &arguments);
    [[nodiscard]] bool choose(const QStringList &path);
    [[nodiscard]] QString labels();
    [[nodiscard]] std::optional<vault::Record> held();

    std::unique_ptr<OidcProvider> m_server;
    std::unique_ptr<fakes::Screen> m_screen;
    std::unique_ptr<fakes::PrivateBus> m_bus;
    std::unique_ptr<FakeTrayHost> m_host;
    std::unique_ptr<fakes::NotificationServer> m_notices;
    std::unique_ptr<fakes::Chromium> m_browser;
    provider::Provider m_provider;
    QString m_opened; // where the program's xdg-open leaves the address
};

void OwnLoginTest::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    if (const QString why = OidcProvider::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    if (const QString why = fakes::Screen::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_server = std::make_unique<OidcProvider>();
    m_screen = std::make_unique<fakes::Screen>();
    m_bus = std::make_unique<fakes::PrivateBus>();
    QVERIFY(m_server->isRunning() && m_screen->isRunning() && m_bus->isRunning());
    m_host = std::make_unique<FakeTrayHost>(*m_bus);
    m_host->appear(FakeTrayHost::Manner::HasHost);
    m_notices = std::make_unique<fakes::NotificationServer>(m_bus->address());
    QVERIFY(m_notices->appear());
    if (fakes::Chromium::whyNot().isEmpty())
        m_browser = std::make_unique<fakes::Chromium>();
    discover();

    m_opened = QDir::homePath() + QStringLiteral("/opened");
    const QString bin = QDir::homePath() + QStringLiteral("/bin");
    put(bin + QStringLiteral("/xdg-open"),
        QByteArrayLiteral(
            "#!/bin/sh\nprintf %s \"$1\" > \"$HOME/opened.part\" && mv \"$HOME/opened.part\" \"$HOME/opened\"\n"),
        QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("PATH", bin.toUtf8() + ':' + qgetenv("PATH"));
    qunsetenv("QT_QPA_PLATFORM"); // the program draws on the screen
}

void OwnLoginTest::cleanupTestCase()
{
    m_browser.reset();
    m_notices.reset();
    m_host.reset();
    m_bus.reset();
    m_screen.reset();
}

// The provider file that a person would have by "Another server".
void OwnLoginTest::discover()
{
    oauth::NetworkTransport transport;
    oauth::Discovery discovery(
        {.issuer = m_server->issuer().toString(), .clientId = m_server->clientId(), .rule = rule}, transport);
    connect(&discovery, &oauth::Discovery::finished, this, [&](const base::Result<provider::Provider> &found) {
        QVERIFY2(found, found ? "" : qPrintable(base::describe(found.error())));
        m_provider = *found;
    });
    discovery.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_provider.tokenEndpoint, patience);
    put(QDir::homePath() + QStringLiteral("/.config/keytender/providers/") + m_provider.id + QStringLiteral(".json"),
        provider::providerFile(m_provider), QFile::ReadOwner | QFile::WriteOwner);
}

QVariant OwnLoginTest::ask(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(m_host->registered().last(), QStringLiteral("/MenuBar"),
                                                          QStringLiteral("com.canonical.dbusmenu"), method);
    message.setArguments(arguments);
    QDBusPendingCallWatcher answer(m_host->bus().asyncCall(message, 5000));
    if (!QTest::qWaitFor([&] { return answer.isFinished(); }, 6000) || answer.isError())
        return {};
    return answer.reply().arguments().value(method == QStringLiteral("GetLayout") ? 1 : 0);
}

// Clicks the entry at this path of labels, each as its beginning.
bool OwnLoginTest::choose(const QStringList &path)
{
    const QVariant layout = ask(QStringLiteral("GetLayout"), {0, -1, QStringList()});
    ui::MenuLayout menu = qdbus_cast<ui::MenuLayout>(layout.value<QDBusArgument>());
    for (const QString &label : path) {
        const auto found = std::ranges::find_if(menu.children, [&](const ui::MenuLayout &entry) {
            return entry.properties.value(QStringLiteral("label")).toString().remove(u'_').startsWith(label)
                   && entry.properties.value(QStringLiteral("enabled"), true).toBool();
        });
        if (found == menu.children.end())
            return false;
        const ui::MenuLayout next = *found;
        menu = next;
    }
    (void)ask(QStringLiteral("Event"), {menu.id, QStringLiteral("clicked"), QVariant::fromValue(QDBusVariant(0)), 0u});
    return true;
}

// Every entry, each with its path; in brackets what cannot be chosen.
QString OwnLoginTest::labels()
{
    QStringList labels;
    const std::function<void(const ui::MenuLayout &, const QString &)> list = [&](const ui::MenuLayout &menu,
                                                                                  const QString &path) {
        for (const ui::MenuLayout &entry : menu.children) {
            const QString label = path + entry.properties.value(QStringLiteral("label")).toString().remove(u'_');
            const bool isEnabled = entry.properties.value(QStringLiteral("enabled"), true).toBool();
            labels += isEnabled ? label : u'[' + label + u']';
            list(entry, label + QStringLiteral(" > "));
        }
    };
    const QVariant layout = ask(QStringLiteral("GetLayout"), {0, -1, QStringList()});
    list(qdbus_cast<ui::MenuLayout>(layout.value<QDBusArgument>()), {});
    return labels.join(u'\n');
}

// What a person does with the address that the program opened: in Chromium where there is one, else by plain requests.
void OwnLoginTest::walkThroughTheBrowser()
{
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_opened), patience);
    QFile file(m_opened);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QUrl address = QUrl::fromEncoded(file.readAll());
    QVERIFY(QFile::remove(m_opened));
    if (!m_browser) {
        const QUrl back = m_server->signInByForms(address);
        QVERIFY(!back.isEmpty());
        QCOMPARE(fakes::PlainHttp().get(back).status, 200);
        return;
    }
    QVERIFY(m_browser->open(address));
    const QString isBack = QStringLiteral("(location.hostname === '127.0.0.1' && location.pathname === '/callback')");
    for (int page = 0; page < 4 && !m_browser->evaluate(isBack).toBool(); ++page) {
        // Who is asked only as long as the server does not remember it.
        QVERIFY(m_browser->waitFor(QStringLiteral("!!document.querySelector('button.yes') || ") + isBack));
        const QString asksWho = QStringLiteral("!!document.querySelector('input[name=login]')");
        if (m_browser->evaluate(asksWho).toBool())
            QVERIFY(m_browser->fill(QStringLiteral("input[name=login]"), QStringLiteral("ada")));
        const QString before = m_browser->address().toString();
        QVERIFY(m_browser->press(QStringLiteral("button.yes")));
        QTRY_VERIFY_WITH_TIMEOUT(m_browser->address().toString() != before, patience);
    }
    QVERIFY(m_browser->waitFor(isBack));
    // The code stays in no address bar and no history (L-14).
    QVERIFY(m_browser->waitFor(QStringLiteral("location.search === ''")));
    if (const QString pictures = qEnvironmentVariable("KEYTENDER_PICTURES"); !pictures.isEmpty())
        (void)m_browser->screenshot(QDir(pictures).filePath(QStringLiteral("ownlogin-browser.png")));
}

std::optional<vault::Record> OwnLoginTest::held()
{
    base::SystemRandom random;
    const auto opened = vault::Vault::open(QDir::homePath() + QStringLiteral("/.local/share/keytender/vault"),
                                           {.key = masterKey(), .protection = profile::Protection::SealedByFile},
                                           vault::Vault::Access::ReadOnly, random);
    if (!opened)
        return std::nullopt;
    auto record = (*opened)->read(m_provider.id);
    return record ? std::optional(*std::move(record)) : std::nullopt;
}

void OwnLoginTest::fromTheMenuToALogin_andOutAgain()
{
    if (!m_screen)
        QSKIP("no screen or no server");
    const auto bytes = [](const base::Secret &token) {
        return QByteArray(token.expose().data(), static_cast<qsizetype>(token.size()));
    };
    Running keytender(QStringLiteral("keytender"), {QStringLiteral("--allow-loopback-http")});
    QTRY_COMPARE_WITH_TIMEOUT(m_host->registered().size(), 1, patience);

    // Sign in: the menu, the window, the browser.
    QVERIFY2(QTest::qWaitFor(
                 [&] {
                     return choose({QStringLiteral("Sign in to"), m_provider.name});
                 },
                 patience),
             qPrintable(labels()));
    QVERIFY2(m_screen->waitForWindow(QStringLiteral("Sign in")), qPrintable(m_screen->windows().join(u'|')));
    m_screen->picture(QStringLiteral("ownlogin-1-scopes"));
    m_screen->press(QStringLiteral("Return"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_opened), patience);
    m_screen->picture(QStringLiteral("ownlogin-2-waiting"));
    walkThroughTheBrowser();
    if (QTest::currentTestFailed())
        return;
    QTRY_VERIFY_WITH_TIMEOUT(labels().contains(QStringLiteral("ada@example.org")), patience);
    m_screen->picture(QStringLiteral("ownlogin-3-done"));
    m_screen->press(QStringLiteral("Escape"));
    const std::optional<vault::Record> first = held();
    QVERIFY(first && m_server->isActive(bytes(first->credential.tokens.refreshToken)));
    QVERIFY(choose({QStringLiteral("Show panel")}));
    m_screen->picture(QStringLiteral("ownlogin-4-panel"));
    QVERIFY(m_notices->calls().empty());

    // The provider ends it behind our back: a notice, and its button leads to the sign-in that mends it.
    m_server->revokeEverything();
    QVERIFY(choose({first->label, QStringLiteral("Renew now")}));
    QTRY_COMPARE_WITH_TIMEOUT(m_notices->open().size(), std::size_t{1}, patience);
    const fakes::ShownNotification notice = m_notices->open().front();
    QVERIFY2(notice.actions.contains(QStringLiteral("sign-in")), qPrintable(notice.actions.join(u'|')));
    QVERIFY(notice.summary.contains(QStringLiteral("ada@example.org")));
    m_screen->picture(QStringLiteral("ownlogin-5-refused"));
    m_notices->press(notice.id, QStringLiteral("sign-in"));
    QVERIFY2(m_screen->waitForWindow(QStringLiteral("Sign in")), qPrintable(m_screen->windows().join(u'|')));
    m_screen->picture(QStringLiteral("ownlogin-6-again"));
    m_screen->pressIn(QStringLiteral("Sign in"), QStringLiteral("Return"));
    walkThroughTheBrowser();
    if (QTest::currentTestFailed())
        return;
    const auto second = [&]() -> bool {
        const std::optional<vault::Record> record = held();
        return record && m_server->isActive(bytes(record->credential.tokens.refreshToken));
    };
    QTRY_VERIFY_WITH_TIMEOUT(second(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_notices->open().empty(), patience); // withdrawn by what mended it
    m_screen->press(QStringLiteral("Escape"));

    // Out again, and the server's own word for it.
    const std::optional<vault::Record> last = held();
    QVERIFY(last);
    QVERIFY(choose({last->label, QStringLiteral("Sign out")}));
    QVERIFY2(m_screen->waitForWindow(QStringLiteral("Sign out")), qPrintable(m_screen->windows().join(u'|')));
    m_screen->picture(QStringLiteral("ownlogin-7-sign-out"));
    m_screen->pressIn(QStringLiteral("Sign out"), QStringLiteral("Return"));
    QTRY_VERIFY_WITH_TIMEOUT(!held(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!m_server->isActive(bytes(last->credential.tokens.refreshToken)), patience);
    QVERIFY(!m_server->isActive(bytes(last->credential.tokens.accessToken)));
    m_screen->picture(QStringLiteral("ownlogin-8-signed-out"));
    QTRY_VERIFY_WITH_TIMEOUT(!labels().contains(QStringLiteral("ada@example.org: ")), patience);
    QVERIFY(choose({QStringLiteral("Quit")}));
    QTRY_COMPARE_WITH_TIMEOUT(keytender.process().state(), QProcess::NotRunning, patience);
    QCOMPARE(keytender.process().exitCode(), 0);
}

void OwnLoginTest::signIn()
{
    QTRY_VERIFY_WITH_TIMEOUT(choose({QStringLiteral("Sign in to"), m_provider.name}), patience);
    QVERIFY(m_screen->waitForWindow(QStringLiteral("Sign in")));
    m_screen->pressIn(QStringLiteral("Sign in"), QStringLiteral("Return"));
    walkThroughTheBrowser();
    if (QTest::currentTestFailed())
        return;
    QTRY_VERIFY_WITH_TIMEOUT(labels().contains(QStringLiteral("ada@example.org")), patience);
    m_screen->press(QStringLiteral("Escape"));
}

// As people see it: tests/ui/dunst.cpp proves what it does.
void OwnLoginTest::aRefusal_onDunst_isPictured()
{
    if (!m_screen || qEnvironmentVariableIsEmpty("KEYTENDER_PICTURES"))
        QSKIP("a picture is taken only where KEYTENDER_PICTURES names a directory");
    if (QStandardPaths::findExecutable(QStringLiteral("dunst")).isEmpty())
        QSKIP("dunst is not installed");
    m_notices->vanish();
    QProcess dunst;
    dunst.setStandardErrorFile(QProcess::nullDevice());
    dunst.setStandardOutputFile(QProcess::nullDevice());
    dunst.start(QStringLiteral("dunst"), {});
    QVERIFY(dunst.waitForStarted());
    const int before = static_cast<int>(m_host->registered().size());
    Running keytender(QStringLiteral("keytender"), {QStringLiteral("--allow-loopback-http")});
    QTRY_COMPARE_WITH_TIMEOUT(m_host->registered().size(), before + 1, patience);
    signIn();
    if (QTest::currentTestFailed())
        return;
    m_server->revokeEverything();
    const std::optional<vault::Record> record = held();
    QVERIFY(record && choose({record->label, QStringLiteral("Renew now")}));
    QVERIFY2(m_screen->waitForWindow(QStringLiteral("Dunst")), qPrintable(m_screen->windows().join(u'|')));
    QVERIFY(choose({QStringLiteral("Show panel")}));
    m_screen->picture(QStringLiteral("ownlogin-dunst"));
    dunst.terminate();
    QVERIFY(dunst.waitForFinished());
}

int main(int argc, char *argv[])
{
    fakes::enterPrivateSession(argv);
    QCoreApplication application(argc, argv);
    OwnLoginTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "ownlogin.moc"
