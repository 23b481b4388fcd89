// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/autostart.h"

#include <QFile>
#include <QTest>

#include "base/secret.h"
#include "fakes/temporaryhome.h"

using namespace keytender;
using composition::Autostart;
using Standing = Autostart::Standing;
using Word = Autostart::Word;

class AutostartTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();

    void argument_isQuotedAsTheSpecificationHasIt_data();
    void argument_isQuotedAsTheSpecificationHasIt();
    void entry_followsTheInstalledOne();
    void entry_withoutAnInstalledOne_startsThisProgram();
    void switchedOn_andOff_comesAndGoes();
    void foreignEntry_isToldAndStays();
    void hiddenEntry_isAPersonsWord_data();
    void hiddenEntry_isAPersonsWord();
    void unreadableEntry_isAnError_andStays();
    void failure_isTold();

private:
    static inline const QString entry = QStringLiteral(".config/autostart/org.keytender.keytender.desktop");
    [[nodiscard]] Autostart autostart()
    {
        return Autostart({.environment = m_home->environment(), .program = m_program, .random = m_random});
    }
    [[nodiscard]] Standing standing()
    {
        const auto now = autostart().standing();
        return now ? *now : Standing(-1);
    }

    base::SystemRandom m_random;
    QString m_program;
    std::unique_ptr<fakes::TemporaryHome> m_home;
};

void AutostartTest::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_home->environment().variables[QStringLiteral("XDG_CONFIG_HOME")] = m_home->path(QStringLiteral(".config"));
    m_home->environment().variables[QStringLiteral("XDG_DATA_DIRS")] = m_home->path(QStringLiteral("usr/share"));
    m_program = m_home->path(QStringLiteral("opt/my keytender/bin/keytender"));
}

void AutostartTest::argument_isQuotedAsTheSpecificationHasIt_data()
{
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QByteArray>("quoted");
    const auto row = [](const char *argument, const char *quoted) {
        QTest::newRow(argument) << QString::fromUtf8(argument) << QByteArray(quoted);
    };
    row("/usr/bin/keytender", "/usr/bin/keytender");
    row("/opt/my app/keytender", R"("/opt/my app/keytender")");
    row("/opt/50%/keytender", "/opt/50%%/keytender");
    row("/opt/%f x/k", R"("/opt/%%f x/k")");
    row(R"(/a"b)", R"("/a\\"b")");
    row("/a$HOME`id`", R"("/a\\$HOME\\`id\\`")");
    row(R"(/a\b)", R"("/a\\\\b")");
    row("/it's;here", R"("/it's;here")");
    row("/häuser/k", "/häuser/k");
    row("/a\nExec=evil", R"("/a\nExec=evil")");
}

void AutostartTest::argument_isQuotedAsTheSpecificationHasIt()
{
    QFETCH(const QString, argument);
    QFETCH(const QByteArray, quoted);
    QCOMPARE(composition::execArgument(argument), quoted);
}

void AutostartTest::entry_followsTheInstalledOne()
{
    m_home->write(QStringLiteral("usr/share/applications/org.keytender.keytender.desktop"),
                  "# a comment\n[Desktop Entry]\nType=Application\nName=Keytender\nName[de]=Hüter\nExec=keytender\n"
                  "NoDisplay=true\nActions=x\n\n[Desktop Action x]\nExec=other\n");
    QVERIFY(autostart().set(true, Word::OfSettings).has_value());
    QCOMPARE(m_home->read(entry), QByteArray("[Desktop Entry]\nType=Application\nName=Keytender\nName[de]=Hüter\n"
                                             "Exec=keytender\nX-Keytender-Autostart=true\n"));
}

void AutostartTest::entry_withoutAnInstalledOne_startsThisProgram()
{
    QVERIFY(autostart().set(true, Word::OfSettings).has_value());
    QVERIFY(m_home->read(entry).contains("Exec=\"" + m_program.toUtf8() + "\"\n"));
}

void AutostartTest::switchedOn_andOff_comesAndGoes()
{
    QCOMPARE(standing(), Standing::Off);
    QVERIFY(autostart().set(false, Word::OfSettings).has_value());
    QCOMPARE(standing(), Standing::Off);
    QVERIFY(autostart().set(true, Word::OfSettings).has_value());
    QCOMPARE(standing(), Standing::On);
    QVERIFY(autostart().set(false, Word::OfSettings).has_value());
    QCOMPARE(standing(), Standing::Off);
    QVERIFY(!QFile::exists(m_home->path(entry)));
}

void AutostartTest::foreignEntry_isToldAndStays()
{
    const QByteArray theirs = "[Desktop Entry]\nType=Application\nExec=flatpak run x\n";
    m_home->write(entry, theirs);
    QCOMPARE(standing(), Standing::Foreign);
    for (const bool starts : {true, false}) {
        QVERIFY(autostart().set(starts, Word::OfPerson).has_value());
        QCOMPARE(m_home->read(entry), theirs);
    }
}

void AutostartTest::hiddenEntry_isAPersonsWord_data()
{
    QTest::addColumn<QByteArray>("theirs");
    QTest::newRow("hidden") << QByteArray("[Desktop Entry]\nExec=keytender\nHidden=true\n");
    QTest::newRow("hidden, ours") << QByteArray("[Desktop Entry]\nExec=k\nX-Keytender-Autostart=true\nHidden = true\n");
    QTest::newRow("GNOME") << QByteArray("[Desktop Entry]\nExec=k\nX-GNOME-Autostart-enabled=false\n");
}

void AutostartTest::hiddenEntry_isAPersonsWord()
{
    QFETCH(const QByteArray, theirs);
    m_home->write(entry, theirs);
    QCOMPARE(standing(), Standing::SwitchedOff);
    for (const bool starts : {true, false}) {
        QVERIFY(autostart().set(starts, Word::OfSettings).has_value());
        QCOMPARE(m_home->read(entry), theirs);
    }
    QVERIFY(autostart().set(true, Word::OfPerson).has_value());
    QCOMPARE(standing(), Standing::On);
}

void AutostartTest::unreadableEntry_isAnError_andStays()
{
    m_home->write(QStringLiteral(".config/autostart/x"), {});
    QVERIFY(QFile::link(QStringLiteral("loop"), m_home->path(QStringLiteral(".config/autostart/loop"))));
    QVERIFY(QFile::link(m_home->path(QStringLiteral(".config/autostart/loop")), m_home->path(entry)));
    QVERIFY(!autostart().standing());
    QVERIFY(!autostart().set(true, Word::OfPerson));
}

void AutostartTest::failure_isTold()
{
    m_home->write(QStringLiteral(".config/autostart"), "a file stands in its place");
    const auto done = autostart().set(true, Word::OfSettings);
    QVERIFY(!done);
    QVERIFY(done.error().subject.contains(QStringLiteral("autostart")));
}

QTEST_GUILESS_MAIN(AutostartTest)
#include "autostart.moc"
