// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Two Keytenders of one person on one vault: one keeps it, the other looks on until that one has ended.

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include "fakes/privatekeyring.h"
#include "neighbourhood.h"
#include "program.h"
#include "wire/client.h"
#include "wire/place.h"

using namespace keytender;
using e2e::Running;
using e2e::Tender;
using e2e::TokenServer;
using e2e::ToolHome;

namespace {

const QString firstName = QStringLiteral("Keytender-1");
const QString secondName = QStringLiteral("Keytender-2");
constexpr int patience = 30'000; // ms

int renewalsBy(TokenServer &server, const QString &name)
{
    return server.counts()[QStringLiteral("refreshes")][name].toInt();
}

// The name by which the next one to start asks the server.
void callTheNext(const QString &name)
{
    QFile provider(QDir::homePath() + QStringLiteral("/.config/keytender/providers/anthropic.json"));
    if (!provider.open(QIODevice::ReadWrite))
        qFatal("no provider's file");
    QByteArray text = provider.readAll();
    text.replace(firstName.toLatin1(), name.toLatin1());
    if (!provider.resize(0) || !provider.seek(0) || provider.write(text) != text.size())
        qFatal("cannot write the provider's file");
}

// keytenderd, and what stands in its table now.
class Keeper final {
public:
    Keeper() : m_running(QStringLiteral("keytenderd"), {QStringLiteral("--allow-loopback-http")}) {}

    [[nodiscard]] bool saysThatItLooksOn()
    {
        m_said += m_running.process().readAllStandardOutput();
        const QByteArray table = m_said.mid(m_said.lastIndexOf("\n\n") + 1);
        return table.contains("This one only looks on");
    }
    [[nodiscard]] bool hasSaid() { return !(m_said += m_running.process().readAllStandardOutput()).isEmpty(); }
    [[nodiscard]] QProcess &process() { return m_running.process(); }

private:
    Running m_running;
    QByteArray m_said;
};

} // namespace

class KeepersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void second_looksOn_andTakesOverOnceTheFirstHasEnded_data();
    void second_looksOn_andTakesOverOnceTheFirstHasEnded();
};

void KeepersTest::second_looksOn_andTakesOverOnceTheFirstHasEnded_data()
{
    QTest::addColumn<bool>("isKilled");
    QTest::newRow("ended") << false;
    QTest::newRow("killed") << true;
}

void KeepersTest::second_looksOn_andTakesOverOnceTheFirstHasEnded()
{
    QFETCH(const bool, isKilled);
    for (const char *directory : {"/.config", "/.local", "/person"})
        QDir(QDir::homePath() + QLatin1String(directory)).removeRecursively();
    TokenServer server({QStringLiteral("--lifetime"), QStringLiteral("8")});
    QVERIFY(server.isRunning());
    const ToolHome claude{
        .tool = QStringLiteral("claude-code"), .kind = QStringLiteral("anthropic"), .peer = {}, .version = {}};
    std::vector<ToolHome> homes(3, claude); // what was renewed rests for a minute: one for each renewal
    for (ToolHome &home : homes) {
        home.directory = QDir::homePath() + QStringLiteral("/person/%1").arg(&home - homes.data());
        home.isKept = false;
        home.signIn(server);
    }
    Tender person(QDir::homePath(), firstName, homes, server);
    const auto keepFresh = [&](std::size_t which) {
        homes[which].isKept = true;
        QCOMPARE(person.keepFresh(), QString());
    };

    keepFresh(0);
    Keeper first;
    QTRY_VERIFY_WITH_TIMEOUT(renewalsBy(server, firstName) > 0, patience);
    callTheNext(secondName);
    Keeper second;
    QTRY_VERIFY_WITH_TIMEOUT(second.saysThatItLooksOn(), patience);
    const int before = renewalsBy(server, firstName);
    keepFresh(1);
    QTRY_VERIFY_WITH_TIMEOUT(renewalsBy(server, firstName) > before, patience);
    QCOMPARE(renewalsBy(server, secondName), 0);
    QVERIFY(first.hasSaid() && !first.saysThatItLooksOn());

    if (isKilled)
        first.process().kill();
    else
        first.process().terminate();
    QVERIFY(first.process().state() == QProcess::NotRunning || first.process().waitForFinished(patience));
    QTRY_VERIFY_WITH_TIMEOUT(wire::Client::connectTo(wire::Place::ofThisProcess().service), 5000);
    QTRY_VERIFY_WITH_TIMEOUT(!second.saysThatItLooksOn(), 5000);
    keepFresh(2);
    QTRY_VERIFY_WITH_TIMEOUT(renewalsBy(server, secondName) > 0, patience);
    QVERIFY(server.counts()[QStringLiteral("reuses")].toArray().isEmpty());
}

int main(int argc, char *argv[])
{
    fakes::enterPrivateSession(argv);
    QCoreApplication application(argc, argv);
    KeepersTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "keepers.moc"
