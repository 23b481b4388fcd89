// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The tray program as a desktop sees it: a real process, a private bus, a fake tray host.

#include <QCoreApplication>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include "fakes/privatekeyring.h"
#include "faketrayhost.h"
#include "program.h"
#include "ui/traytypes.h"

using namespace keytender;
using e2e::Running;
using Manner = fakes::FakeTrayHost::Manner;

namespace {

const QString credentials = QStringLiteral("/.claude/.credentials.json");

void putClaude(const QByteArray &refreshToken, qint64 expiresAt)
{
    const QString path = QDir::homePath() + credentials;
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    const QByteArray record = R"({"claudeAiOauth":{"accessToken":")" + refreshToken + R"(","refreshToken":")"
                              + refreshToken + R"(","expiresAt":)" + QByteArray::number(expiresAt)
                              + R"(,"scopes":["user:inference"]}})";
    if (!file.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner) || file.write(record) != record.size())
        qFatal("cannot write %s", qPrintable(path));
}

qint64 inHours(qint64 hours)
{
    return QDateTime::currentMSecsSinceEpoch() + hours * 3'600'000;
}

} // namespace

class TrayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aHost_getsOneItem_thatIsCalmWhileAllIsWell();
    void aLoginThatDies_asksForAttention_andARepairedOneCalms();
    void aLateHost_getsTheItemToo();
    void aSilentWatcher_doesNotFreezeTheProgram();
    void aSecondStart_raisesTheFirstAndEnds();
    void quitInTheMenu_endsTheProgram();

private:
    QVariant ask(const QString &path, const QString &interface, const QString &method, const QVariantList &arguments);
    QString status();

    std::unique_ptr<fakes::PrivateBus> m_bus;
    std::unique_ptr<fakes::FakeTrayHost> m_host;
};

void TrayTest::init()
{
    QDir(QDir::homePath() + QStringLiteral("/.claude")).removeRecursively();
    QDir(QDir::homePath() + QStringLiteral("/.local")).removeRecursively();
    m_bus = std::make_unique<fakes::PrivateBus>();
    QVERIFY(m_bus->isRunning());
    m_host = std::make_unique<fakes::FakeTrayHost>(*m_bus);
}

void TrayTest::cleanup()
{
    m_host.reset();
    m_bus.reset();
}

// Never blocking: the item asks us questions too.
QVariant TrayTest::ask(const QString &path, const QString &interface, const QString &method,
                       const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(m_host->registered().value(0), path, interface, method);
    message.setArguments(arguments);
    QDBusPendingCallWatcher answer(m_host->bus().asyncCall(message, 5000));
    if (!QTest::qWaitFor([&] { return answer.isFinished(); }, 6000) || answer.isError())
        return {};
    return answer.reply().arguments().value(method == QStringLiteral("GetLayout") ? 1 : 0);
}

QString TrayTest::status()
{
    const QVariant value =
        ask(QStringLiteral("/StatusNotifierItem"), QStringLiteral("org.freedesktop.DBus.Properties"),
            QStringLiteral("Get"), {QStringLiteral("org.kde.StatusNotifierItem"), QStringLiteral("Status")});
    return value.value<QDBusVariant>().variant().toString();
}

void TrayTest::aHost_getsOneItem_thatIsCalmWhileAllIsWell()
{
    putClaude("sk-ant-ort01-WELL", inHours(8));
    m_host->appear(Manner::HasHost);
    Running keytender(QStringLiteral("keytender"), {});
    QTRY_COMPARE_WITH_TIMEOUT(m_host->registered().size(), 1, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Active"), 10'000);
}

void TrayTest::aLoginThatDies_asksForAttention_andARepairedOneCalms()
{
    putClaude("sk-ant-ort01-WELL", inHours(8));
    m_host->appear(Manner::HasHost);
    Running keytender(QStringLiteral("keytender"), {});
    QTRY_COMPARE_WITH_TIMEOUT(m_host->registered().size(), 1, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Active"), 10'000);
    putClaude("", 0); // what Claude Code leaves after the provider's refusal
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("NeedsAttention"), 10'000);
    putClaude("sk-ant-ort01-AGAIN", inHours(8));
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Active"), 10'000);
}

void TrayTest::aLateHost_getsTheItemToo()
{
    Running keytender(QStringLiteral("keytender"), {});
    QVERIFY(QTest::qWaitFor(
        [&] { return m_host->bus().interface()->isServiceRegistered(QStringLiteral("org.keytender.Keytender")); },
        10'000));
    m_host->appear(Manner::HasHost);
    QTRY_COMPARE_WITH_TIMEOUT(m_host->registered().size(), 1, 10'000);
}

void TrayTest::aSilentWatcher_doesNotFreezeTheProgram()
{
    m_host->appear(Manner::Silent);
    QElapsedTimer started;
    started.start();
    Running keytender(QStringLiteral("keytender"), {});
    QVERIFY(QTest::qWaitFor([&] { return m_host->questions() > 0; }, 10'000));
    // It answers others while the watcher does not answer it.
    QDBusPendingCallWatcher raised(m_host->bus().asyncCall(
        QDBusMessage::createMethodCall(QStringLiteral("org.keytender.Keytender"),
                                       QStringLiteral("/org/keytender/Keytender"),
                                       QStringLiteral("org.keytender.Keytender"), QStringLiteral("Raise")),
        5000));
    QVERIFY(QTest::qWaitFor([&] { return raised.isFinished(); }, 6000));
    QVERIFY(!raised.isError());
    QVERIFY2(started.elapsed() < 8000, "Qt's own question would have frozen it for 25 s");
}

void TrayTest::aSecondStart_raisesTheFirstAndEnds()
{
    m_host->appear(Manner::HasHost);
    Running first(QStringLiteral("keytender"), {});
    QTRY_COMPARE_WITH_TIMEOUT(m_host->registered().size(), 1, 10'000);
    const auto second = e2e::run(QStringLiteral("keytender"), {});
    QCOMPARE(second.exitCode, 0);
    QVERIFY2(second.output.contains("running already"), second.output.constData());
    QCOMPARE(first.process().state(), QProcess::Running);
    QCOMPARE(m_host->registered().size(), 1);
}

void TrayTest::quitInTheMenu_endsTheProgram()
{
    m_host->appear(Manner::HasHost);
    Running keytender(QStringLiteral("keytender"), {});
    QTRY_COMPARE_WITH_TIMEOUT(m_host->registered().size(), 1, 10'000);
    const QVariant layout = ask(QStringLiteral("/MenuBar"), QStringLiteral("com.canonical.dbusmenu"),
                                QStringLiteral("GetLayout"), {0, -1, QStringList()});
    const auto menu = qdbus_cast<ui::MenuLayout>(layout.value<QDBusArgument>());
    int quit = 0;
    for (const ui::MenuLayout &entry : menu.children) {
        if (entry.properties.value(QStringLiteral("label")).toString().remove(u'_').startsWith(QStringLiteral("Quit")))
            quit = entry.id;
    }
    QVERIFY(quit != 0);
    ask(QStringLiteral("/MenuBar"), QStringLiteral("com.canonical.dbusmenu"), QStringLiteral("Event"),
        {quit, QStringLiteral("clicked"), QVariant::fromValue(QDBusVariant(0)), 0u});
    QTRY_COMPARE_WITH_TIMEOUT(keytender.process().state(), QProcess::NotRunning, 5000);
    QCOMPARE(keytender.process().exitCode(), 0);
}

int main(int argc, char *argv[])
{
    fakes::enterPrivateSession(argv);
    QCoreApplication application(argc, argv);
    TrayTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tray.moc"
