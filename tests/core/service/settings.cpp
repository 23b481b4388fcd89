// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/settings.h"

#include <QTest>

#include "base/secret.h"
#include "fakes/temporaryhome.h"

using namespace keytender;
using service::loadSettings;
using service::Settings;
using namespace std::chrono_literals;

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void aMissingFile_meansDefaults();
    void homes_areMadeAbsolute();
    void reminders_areReadInAnyOrder_data();
    void reminders_areReadInAnyOrder();
    void rotation_isReadInDays();
    void badFile_namesFileAndPlace_data();
    void badFile_namesFileAndPlace();

private:
    static inline const QStringList tools{QStringLiteral("claude-code"), QStringLiteral("codex")};
};

void SettingsTest::aMissingFile_meansDefaults()
{
    fakes::TemporaryHome home;
    const auto settings = loadSettings(home.path(QStringLiteral("config.json")), home.environment(), tools);
    QVERIFY(settings.has_value());
    QCOMPARE(*settings, Settings{});
}

void SettingsTest::homes_areMadeAbsolute()
{
    fakes::TemporaryHome home;
    const QString file = home.write(QStringLiteral("config.json"),
                                    R"({"version": 1, "homes": {"claude-code": ["~/.claude-work/", "/srv/claude"]}})");
    const auto settings = loadSettings(file, home.environment(), tools);
    QVERIFY(settings.has_value());
    QCOMPARE(settings->homes.at(QStringLiteral("claude-code")),
             (QStringList{home.path(QStringLiteral(".claude-work")), QStringLiteral("/srv/claude")}));
}

void SettingsTest::reminders_areReadInAnyOrder_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<service::Ladder>("ladder");
    QTest::newRow("as usual") << QByteArray(R"(["7d", "3d", "1d", "2h"])") << service::usualLadder();
    QTest::newRow("any order, no doubles")
        << QByteArray(R"(["30m", "24h", "2d", "1d"])") << service::Ladder{48h, 24h, 30min};
    QTest::newRow("none") << QByteArray("[]") << service::Ladder{};
    QTest::newRow("a year") << QByteArray(R"(["366d"])") << service::Ladder{24h * 366};
}

void SettingsTest::reminders_areReadInAnyOrder()
{
    QFETCH(const QByteArray, list);
    QFETCH(const service::Ladder, ladder);
    fakes::TemporaryHome home;
    const QString file =
        home.write(QStringLiteral("config.json"), R"({"version": 1, "reminders": {"signInEnds": )" + list + "}}");
    const auto settings = loadSettings(file, home.environment(), tools);
    QVERIFY(settings.has_value());
    QCOMPARE(settings->signInEnds, ladder);
}

void SettingsTest::rotation_isReadInDays()
{
    fakes::TemporaryHome home;
    const QString file = home.write(QStringLiteral("config.json"), R"({"version": 1, "rotationReminderDays": 0})");
    const auto settings = loadSettings(file, home.environment(), tools);
    QVERIFY(settings.has_value());
    QCOMPARE(settings->rotationReminderDays, 0);
    QCOMPARE(Settings().rotationReminderDays, 90);
}

void SettingsTest::badFile_namesFileAndPlace_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("place");
    QTest::newRow("no version") << QByteArray("{}") << QStringLiteral("version");
    QTest::newRow("newer version") << QByteArray(R"({"version": 2})") << QStringLiteral("version");
    QTest::newRow("unknown setting") << QByteArray("{\"version\": 1,\n \"home\": {}}") << QStringLiteral("line 2");
    QTest::newRow("unknown tool") << QByteArray(R"({"version": 1, "homes": {"cloude": []}})")
                                  << QStringLiteral("homes.cloude");
    QTest::newRow("homes is a list") << QByteArray(R"({"version": 1, "homes": []})") << QStringLiteral("homes");
    QTest::newRow("home is a number") << QByteArray(R"({"version": 1, "homes": {"codex": [7]}})")
                                      << QStringLiteral("homes.codex");
    QTest::newRow("home is relative") << QByteArray(R"({"version": 1, "homes": {"codex": ["x"]}})")
                                      << QStringLiteral("homes.codex");
    QTest::newRow("reminders is a list") << QByteArray(R"({"version": 1, "reminders": ["7d"]})")
                                         << QStringLiteral("reminders");
    QTest::newRow("unknown reminder") << QByteArray(R"({"version": 1, "reminders": {"tokenEnds": ["7d"]}})")
                                      << QStringLiteral("reminders.tokenEnds");
    QTest::newRow("reminders given twice")
        << QByteArray(R"({"version": 1, "reminders": {"signInEnds": ["7d"], "signInEnds": []}})")
        << QStringLiteral("reminders.signInEnds");
    for (const char *time : {"7", "d", "7 d", "-1d", "0h", "1.5d", "7w", "+7d", "", "367d", "99999999999d", "7D"})
        QTest::addRow("reminder \"%s\"", time)
            << QByteArray(R"({"version": 1, "reminders": {"signInEnds": ["3d", ")") + time + R"("]}})"
            << QStringLiteral("reminders.signInEnds[1]");
    QTest::newRow("reminder is a number") << QByteArray(R"({"version": 1, "reminders": {"signInEnds": [7]}})")
                                          << QStringLiteral("reminders.signInEnds[0]");
    for (const char *days : {"-1", "1.5", "3661", "\"90\"", "null", "[]"})
        QTest::addRow("rotation %s", days) << QByteArray(R"({"version": 1, "rotationReminderDays": )") + days + "}"
                                           << QStringLiteral("rotationReminderDays");
    QTest::newRow("no JSON") << QByteArray("homes = ~/x") << QStringLiteral("line 1");
}

void SettingsTest::badFile_namesFileAndPlace()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, place);
    fakes::TemporaryHome home;
    const QString file = home.write(QStringLiteral("config.json"), bytes);
    const auto settings = loadSettings(file, home.environment(), tools);
    QVERIFY(!settings.has_value());
    QCOMPARE(settings.error().subject, file);
    QVERIFY2(settings.error().place.contains(place), qPrintable(settings.error().place));
}

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings.moc"
