// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/settings.h"

#include <QTest>

#include "base/secret.h"
#include "fakes/temporaryhome.h"

using namespace keytender;
using service::loadSettings;
using service::Settings;

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void aMissingFile_meansDefaults();
    void homes_areMadeAbsolute();
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
