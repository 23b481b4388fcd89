// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The master key against a real gnome-keyring. Each row runs this program again in a private session
// (tests/fakes/private-session), where it plays one scenario and ends with its status.

#include <map>

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/prctl.h>

#include "core/vault/records.h"
#include "vault/desktopkeychain.h"
#include "vault/keychainitem.h"
#include "vault/keychainmasterkey.h"
#include "vault/vault.h"

using namespace keytender;
using vault::DesktopKeychain;
using vault::KeychainMasterKey;
using Obstacle = vault::MasterKeySource::Obstacle;

namespace {

const QString secrets = QStringLiteral("org.freedesktop.secrets");
const QString secretsPath = QStringLiteral("/org/freedesktop/secrets");
const QString loginCollection = QStringLiteral("/org/freedesktop/secrets/collection/login");
constexpr int noMoreThan = 10'000; // ms

#define EXPECT(condition)                                                                                              \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            qFatal("line %d: %s", __LINE__, #condition);                                                               \
    } while (false)

// One KeychainMasterKey with what it needs.
struct Start {
    explicit Start(std::chrono::milliseconds deadline = std::chrono::seconds{5})
        : keychain({.environment = base::Environment::ofThisProcess(), .deadline = deadline}),
          source({.directory = directory(), .keychain = keychain, .random = random})
    {
        source.start();
    }

    static QString directory() { return qEnvironmentVariable("HOME") + QStringLiteral("/vault"); }
    static QString keyFile() { return directory() + QStringLiteral("/master.key"); }

    vault::MasterKey key()
    {
        EXPECT(!ready.isEmpty() || ready.wait(noMoreThan));
        return *source.takeKey();
    }
    // Waits for an obstacle.
    Obstacle obstacle()
    {
        if (obstacles.isEmpty())
            EXPECT(obstacles.wait(noMoreThan));
        EXPECT(ready.isEmpty());
        return obstacles.takeFirst().value(0).value<Obstacle>();
    }

    base::SystemRandom random;
    DesktopKeychain keychain;
    KeychainMasterKey source;
    QSignalSpy ready{&source, &KeychainMasterKey::ready};
    QSignalSpy obstacles{&source, &KeychainMasterKey::obstacleChanged};
};

QDBusMessage call(const QString &interface, const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(secrets, secretsPath, interface, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message);
}

void lockKeyring()
{
    const QList<QDBusObjectPath> paths{QDBusObjectPath(loginCollection)};
    const QDBusMessage answer =
        call(QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Lock"), {QVariant::fromValue(paths)});
    EXPECT(answer.type() == QDBusMessage::ReplyMessage);
}

struct SecretValue {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString type;
};

} // namespace

Q_DECLARE_METATYPE(SecretValue)

namespace {

QDBusArgument &operator<<(QDBusArgument &argument, const SecretValue &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.type;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, SecretValue &)
{
    return argument;
}

// As the session does at sign-in: without a prompt.
void unlockKeyring()
{
    qDBusRegisterMetaType<SecretValue>();
    const QDBusMessage session = call(QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("OpenSession"),
                                      {QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString()))});
    EXPECT(session.type() == QDBusMessage::ReplyMessage);
    const SecretValue password{.session = session.arguments().value(1).value<QDBusObjectPath>(),
                               .parameters = {},
                               .value = QByteArrayLiteral("password"),
                               .type = QStringLiteral("text/plain")};
    const QDBusMessage answer =
        call(QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
             QStringLiteral("UnlockWithMasterPassword"),
             {QVariant::fromValue(QDBusObjectPath(loginCollection)), QVariant::fromValue(password)});
    if (answer.type() != QDBusMessage::ReplyMessage)
        qFatal("cannot unlock: %s", qPrintable(answer.errorMessage()));
}

// Owns the Secret Service's name and answers nothing.
class SilentService final : public QDBusVirtualObject {
public:
    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &, const QDBusConnection &) override { return true; }
};

void unlocked_givesOneKeyForEver()
{
    const base::Secret first = Start().key().key;
    EXPECT(first.size() == vault::MasterKey::size);
    Start second;
    const vault::MasterKey again = second.key();
    EXPECT(again.key == first);
    EXPECT(again.protection == profile::Protection::Sealed);
    EXPECT(second.obstacles.isEmpty());
    EXPECT(!QFile::exists(Start::keyFile()));
}

void locked_withTheKeyInIt_isWaitedFor()
{
    const base::Secret first = Start().key().key;
    lockKeyring();
    Start locked;
    EXPECT(locked.obstacle() == Obstacle::KeychainLocked);
    unlockKeyring();
    EXPECT(locked.key().key == first);
    EXPECT(!QFile::exists(Start::keyFile()));
}

void locked_atTheFirstStart_isWaitedFor()
{
    Start locked;
    EXPECT(locked.obstacle() == Obstacle::KeychainLocked);
    EXPECT(!QFile::exists(Start::keyFile()));
    unlockKeyring();
    EXPECT(locked.key().protection == profile::Protection::Sealed);
}

void unlock_withNobodyToAsk_staysLocked()
{
    Start locked;
    EXPECT(locked.obstacle() == Obstacle::KeychainLocked);
    QSignalSpy changed(&locked.keychain, &DesktopKeychain::changed);
    locked.source.unlock();
    EXPECT(changed.wait(noMoreThan)); // no prompter in this session: dismissed
    unlockKeyring();
    EXPECT(locked.key().protection == profile::Protection::Sealed);
}

void absent_makesAKeyFile()
{
    EXPECT(Start().key().protection == profile::Protection::SealedByFile);
    EXPECT(QFile::exists(Start::keyFile()));
}

// Between the two sessions the vault was sealed under a key of the keychain.
void absent_afterAKeychain_isGone_untilItComes()
{
    Start start;
    EXPECT(start.obstacle() == Obstacle::KeychainGone);
    EXPECT(!QFile::exists(Start::keyFile()));
    QProcess keyring;
    keyring.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    keyring.start(QStringLiteral("gnome-keyring-daemon"),
                  {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
    EXPECT(keyring.waitForStarted());
    keyring.write("password");
    keyring.closeWriteChannel();
    EXPECT(start.key().protection == profile::Protection::Sealed);
    keyring.kill();
    keyring.waitForFinished();
}

void silent_isKeychainSilentWithinTheDeadline()
{
    QDBusConnection bus =
        QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("silent"));
    SilentService service;
    EXPECT(bus.registerVirtualObject(QStringLiteral("/"), &service, QDBusConnection::SubPath));
    EXPECT(bus.registerService(secrets));
    QElapsedTimer timer;
    timer.start();
    Start start(std::chrono::milliseconds{300});
    EXPECT(timer.elapsed() < 250); // nothing blocked
    EXPECT(start.obstacle() == Obstacle::KeychainSilent);
    EXPECT(timer.elapsed() < 5000);
    EXPECT(!QFile::exists(Start::keyFile()));
}

const std::map<QByteArray, void (*)()> scenarios{
    {"unlocked", unlocked_givesOneKeyForEver},
    {"lockedLater", locked_withTheKeyInIt_isWaitedFor},
    {"lockedFirst", locked_atTheFirstStart_isWaitedFor},
    {"unlock", unlock_withNobodyToAsk_staysLocked},
    {"absent", absent_makesAKeyFile},
    {"gone", absent_afterAKeychain_isGone_untilItComes},
    {"silent", silent_isKeychainSilentWithinTheDeadline},
};

} // namespace

class TestDesktopKeychain : public QObject {
    Q_OBJECT

private:
    static void play(const char *keyring, const char *scenario, const QString &home = {})
    {
        QStringList arguments{QStringLiteral("--keyring"), QString::fromLatin1(keyring)};
        if (!home.isEmpty())
            arguments << QStringLiteral("--home") << home;
        arguments << QStringLiteral("--") << QCoreApplication::applicationFilePath() << QStringLiteral("--scenario")
                  << QString::fromLatin1(scenario);
        run(QStringLiteral(KEYTENDER_FIXTURES "/../fakes/private-session"), arguments, environment());
    }
    static QProcessEnvironment environment()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION",
                                 "KDE_SESSION_VERSION", "KDE_FULL_SESSION", "QT_NO_GLIB"})
            environment.remove(QString::fromLatin1(name));
        return environment;
    }
    static void run(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setProcessEnvironment(environment);
        process.start(program, arguments);
        QVERIFY(process.waitForFinished(30'000));
        const QByteArray output = process.readAll();
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, output.constData());
    }

private Q_SLOTS:
    void scenario_data();
    void scenario();
    void keychain_thatWasThere_isNeverReplacedByAFile();
    void session_withoutABus_makesAKeyFile();
    void answer_beforeReading_data();
    void answer_beforeReading();
};

void TestDesktopKeychain::scenario_data()
{
    QTest::addColumn<QByteArray>("keyring");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("unlocked: one key for ever") << QByteArray("unlocked") << QByteArray("unlocked");
    QTest::newRow("locked with the key in it: waited for") << QByteArray("unlocked") << QByteArray("lockedLater");
    QTest::newRow("locked at the first start: waited for") << QByteArray("locked") << QByteArray("lockedFirst");
    QTest::newRow("unlock with nobody to ask: stays locked") << QByteArray("locked") << QByteArray("unlock");
    QTest::newRow("absent: a key file") << QByteArray("none") << QByteArray("absent");
    QTest::newRow("silent: said within the deadline") << QByteArray("none") << QByteArray("silent");
}

void TestDesktopKeychain::scenario()
{
    QFETCH(QByteArray, keyring);
    QFETCH(QByteArray, name);
    play(keyring.constData(), name.constData());
}

void TestDesktopKeychain::keychain_thatWasThere_isNeverReplacedByAFile()
{
    const QTemporaryDir home;
    play("unlocked", "unlocked", home.path());
    if (!QTest::currentTestFailed())
        play("none", "gone", home.path());
}

void TestDesktopKeychain::session_withoutABus_makesAKeyFile()
{
    const QTemporaryDir home;
    QProcessEnvironment bare = environment();
    bare.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    bare.insert(QStringLiteral("HOME"), home.path());
    bare.insert(QStringLiteral("XDG_RUNTIME_DIR"), home.path());
    run(QCoreApplication::applicationFilePath(), {QStringLiteral("--scenario"), QStringLiteral("absent")}, bare);
}

void TestDesktopKeychain::answer_beforeReading_data()
{
    using vault::Display;
    using vault::SecretServiceFacts;
    using Answer = std::optional<base::ErrorKind>;
    QTest::addColumn<SecretServiceFacts>("facts");
    QTest::addColumn<Display>("display");
    QTest::addColumn<Answer>("answer");
    const QStringList item{QStringLiteral("/item")};
    const QString login = loginCollection;
    const auto row = [](const char *name, const SecretServiceFacts &facts, Answer answer,
                        Display display = Display::Present) { QTest::newRow(name) << facts << display << answer; };
    row("no service", {}, base::ErrorKind::Unavailable);
    row("item open", {.isPresent = true, .defaultCollection = login, .openItems = item}, std::nullopt);
    row("item open, default locked",
        {.isPresent = true, .defaultCollection = login, .isDefaultLocked = true, .openItems = item}, std::nullopt);
    row("item locked, default open", {.isPresent = true, .defaultCollection = login, .lockedItems = item},
        base::ErrorKind::Locked);
    row("no item, default locked", {.isPresent = true, .defaultCollection = login, .isDefaultLocked = true},
        base::ErrorKind::Locked);
    row("no item, default open", {.isPresent = true, .defaultCollection = login}, base::ErrorKind::NotFound);
    row("no collection, a display for the prompt", {.isPresent = true}, base::ErrorKind::Locked);
    row("no collection, no display", {.isPresent = true}, base::ErrorKind::Unavailable, Display::None);
}

void TestDesktopKeychain::answer_beforeReading()
{
    QFETCH(vault::SecretServiceFacts, facts);
    QFETCH(vault::Display, display);
    QFETCH(std::optional<base::ErrorKind>, answer);
    QVERIFY(vault::answerWithoutReading(facts, display) == answer);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (!base::initializeCrypto())
        return 1;
    if (argc != 3 || qstrcmp(argv[1], "--scenario") != 0) {
        TestDesktopKeychain test;
        return QTest::qExec(&test, argc, argv);
    }
    const auto found = scenarios.find(argv[2]);
    if (found == scenarios.end())
        return 64;
    found->second();
    return 0;
}

#include "desktopkeychain.moc"
