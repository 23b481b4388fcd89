// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/homes.h"

#include <QDir>
#include <QTest>

#include "fetching.h"

using namespace keytender;
using namespace keytender::tools;

class HomesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shortName_data();
    void shortName();
    void usualHome_hasNoName();
    void equalShortNames_areToldApart_whateverTheOrder();
    void oneDirectoryWithTwoNames_countsOnce();
    void profileId_isMadeOfNameSlotAndHome_data();
    void profileId_isMadeOfNameSlotAndHome();
};

void HomesTest::shortName_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QStringLiteral("/home/ada/work") << QStringLiteral("work");
    QTest::newRow("hidden") << QStringLiteral("/home/ada/.claude-work/") << QStringLiteral("claude-work");
    QTest::newRow("separators") << QStringLiteral("/a/b:c@d e") << QStringLiteral("b-c-d-e");
    QTest::newRow("other script") << QStringLiteral("/a/Büro") << QStringLiteral("Büro");
    QTest::newRow("root") << QStringLiteral("/") << QStringLiteral("home");
    QTest::newRow("dots") << QStringLiteral("/a/...") << QStringLiteral("home");
}

void HomesTest::shortName()
{
    QFETCH(QString, path);
    QTEST(shortHomeName(path), "name");
}

void HomesTest::usualHome_hasNoName()
{
    const std::vector<Home> expected{{QStringLiteral("/h/.codex"), QString()},
                                     {QStringLiteral("/h/work"), QStringLiteral("work")}};
    QVERIFY(distinctHomes(QStringLiteral("/h/.codex/"), {QStringLiteral("/h/./work"), QStringLiteral("/h/.codex"),
                                                         QString(), QStringLiteral("/h/work/")})
            == expected);
}

void HomesTest::equalShortNames_areToldApart_whateverTheOrder()
{
    const auto homes = distinctHomes(QStringLiteral("/h/x"),
                                     {QStringLiteral("/a/work"), QStringLiteral("/b/work"), QStringLiteral("/c/work")});
    QCOMPARE(homes.at(1).name, QStringLiteral("work"));
    QVERIFY(homes.at(2).name.startsWith(QStringLiteral("work-")));
    QVERIFY(homes.at(2).name != homes.at(3).name);
    const auto fewer = distinctHomes(QStringLiteral("/h/x"), {QStringLiteral("/a/work"), QStringLiteral("/c/work")});
    QCOMPARE(fewer.at(2).name, homes.at(3).name);
}

void HomesTest::oneDirectoryWithTwoNames_countsOnce()
{
    const fakes::TemporaryHome home;
    QVERIFY(QDir().mkdir(home.path(QStringLiteral("real"))));
    QVERIFY(QFile::link(home.path(QStringLiteral("real")), home.path(QStringLiteral("link"))));
    QCOMPARE(distinctHomes(home.path(QStringLiteral("real")), {home.path(QStringLiteral("link"))}).size(),
             std::size_t{1});
}

void HomesTest::profileId_isMadeOfNameSlotAndHome_data()
{
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QString>("home");
    QTest::addColumn<QString>("id");
    QTest::newRow("usual") << QString() << QString() << QStringLiteral("claude-cli");
    QTest::newRow("home") << QString() << QStringLiteral("work") << QStringLiteral("claude-cli@work");
    QTest::newRow("slot") << QStringLiteral("console") << QString() << QStringLiteral("claude-cli:console");
    QTest::newRow("both") << QStringLiteral("console") << QStringLiteral("work")
                          << QStringLiteral("claude-cli:console@work");
}

void HomesTest::profileId_isMadeOfNameSlotAndHome()
{
    QFETCH(QString, slot);
    QFETCH(QString, home);
    ToolFacts facts;
    facts.profileName = QStringLiteral("claude-cli");
    CopyPlace place;
    place.homeName = home;
    CopyReading reading;
    reading.slot = slot;
    QTEST(profileIdOf(facts, place, reading), "id");
}

QTEST_GUILESS_MAIN(HomesTest)
#include "homes.moc"
