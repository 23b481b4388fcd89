// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QSignalSpy>
#include <QTest>

#include "neighbourfixture.h"

using namespace keytender;
using fakes::NeighbourProgram;
using fakes::recordOf;
using profile::Care;
using namespace std::chrono_literals;

// What is set takes effect in a program that runs.
class LiveSettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void cleanup() { m_program.reset(); }

    void furtherHome_isLookedInto_andGoesAgain();
    void renewalShare_isTheRowsAtOnce_andLastsBeyondTheProgram();
    void renewalShare_makesALoginDueThatWasFresh();
    void care_isTaken();
    void careInTheFile_isTakenOnce_andALaterChoiceStands();
    void careInTheFile_isTakenAgain_onceItSaysSomethingElse();
    void damagedFile_doesNotMakeItsCareNew();
    void fileWrittenByHand_isFollowed_andAMistakeIsASurrounding();
    void refusedChange_changesNothing();

private:
    static inline const QString config = QStringLiteral(".config/keytender/config.json");
    void start() { m_program = std::make_unique<NeighbourProgram>(*m_home, *m_issuer); }
    [[nodiscard]] service::Row claude(const QString &id = QStringLiteral("claude-cli")) const
    {
        return m_program->row(id);
    }
    [[nodiscard]] bool change(const std::function<void(service::Settings &)> &edit)
    {
        service::Settings wanted = m_program->service.settings();
        edit(wanted);
        return m_program->service.changeSettings(wanted).has_value();
    }

    void lookAgain()
    {
        const auto before = m_program->service.surroundings().lastScanAt;
        m_program->service.rescan();
        QTRY_VERIFY(m_program->service.surroundings().lastScanAt != before);
    }

    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
    std::unique_ptr<NeighbourProgram> m_program;
};

void LiveSettingsTest::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    m_issuer->issue("sk-ant-ort01-ada-1");
    m_home->write(QStringLiteral(".claude/.credentials.json"), recordOf({.left = 3h}));
    start();
}

void LiveSettingsTest::furtherHome_isLookedInto_andGoesAgain()
{
    m_home->write(QStringLiteral(".claude-work/.credentials.json"),
                  recordOf({.refreshToken = "sk-ant-ort01-bob-1", .left = 4h, .account = "another"}));
    const QString id = QStringLiteral("claude-cli@claude-work");
    QVERIFY(!m_program->service.rows().contains(id));
    const QSignalSpy changed(&m_program->service, &service::Service::settingsChanged);
    QVERIFY(change([&](service::Settings &settings) {
        settings.homes[QStringLiteral("claude-code")] = {m_home->path(QStringLiteral(".claude-work"))};
    }));
    QCOMPARE(changed.count(), 1);
    QTRY_VERIFY2(m_program->service.rows().size() == 2, qPrintable(m_program->service.rows().rbegin()->first));
    QCOMPARE(m_home->read(config),
             QByteArray("{\n  \"version\": 1,\n  \"homes\": {\n    \"claude-code\": [\"~/.claude-work\"]\n  }\n}\n"));
    QVERIFY(change([](service::Settings &settings) { settings.homes.clear(); }));
    QCOMPARE(claude().profile.copies.size(), std::size_t(1));
}

void LiveSettingsTest::renewalShare_isTheRowsAtOnce_andLastsBeyondTheProgram()
{
    QCOMPARE(claude().condition.renewalShare, 0.8);
    const QSignalSpy rows(&m_program->service, &service::Service::rowChanged);
    QVERIFY(change([](service::Settings &settings) { settings.renewAtPercent = 95; }));
    QCOMPARE(claude().condition.renewalShare, 0.95);
    QVERIFY(rows.count() > 0);
    m_program.reset();
    start();
    QCOMPARE(claude().condition.renewalShare, 0.95);
}

// Five of its eight hours are over: fresh at 80 %, due at 50 %. Spent only because somebody said it may be.
void LiveSettingsTest::renewalShare_makesALoginDueThatWasFresh()
{
    QVERIFY(m_program->neighbours().setCare(QStringLiteral("claude-cli"), Care::Shared).has_value());
    QTRY_COMPARE(claude().profile.care, Care::Shared);
    m_program->service.noteClockChange(); // a look at the plan
    QCOMPARE(m_issuer->posts, 0);
    QVERIFY(change([](service::Settings &settings) { settings.renewAtPercent = 50; }));
    m_program->service.noteClockChange();
    QTRY_COMPARE(m_issuer->posts, 1);
    QCOMPARE(m_issuer->reuses, 0);
}

void LiveSettingsTest::care_isTaken()
{
    QCOMPARE(claude().profile.care, Care::Watched);
    QVERIFY(change([](service::Settings &settings) { settings.care[QStringLiteral("claude-cli")] = Care::Shared; }));
    QTRY_COMPARE(claude().profile.care, Care::Shared);
}

void LiveSettingsTest::careInTheFile_isTakenOnce_andALaterChoiceStands()
{
    m_home->write(config, R"({"version": 1, "care": {"claude-cli": "shared"}})");
    QTRY_COMPARE(claude().profile.care, Care::Shared);
    QVERIFY(m_program->neighbours().setCare(QStringLiteral("claude-cli"), Care::Watched));
    QTRY_COMPARE(claude().profile.care, Care::Watched);
    lookAgain();
    QCOMPARE(claude().profile.care, Care::Watched);
    QVERIFY(change([](service::Settings &settings) { settings.renewAtPercent = 60; }));
    QCOMPARE(claude().profile.care, Care::Watched);
    m_program.reset();
    start();
    lookAgain();
    QCOMPARE(claude().profile.care, Care::Watched);
}

void LiveSettingsTest::careInTheFile_isTakenAgain_onceItSaysSomethingElse()
{
    const auto say = [this](const char *care) {
        return change([care](service::Settings &settings) {
            settings.care.clear();
            if (*care != '\0')
                settings.care[QStringLiteral("claude-cli")] =
                    care == std::string("shared") ? Care::Shared : Care::Watched;
        });
    };
    QVERIFY(say("watched"));
    QVERIFY(m_program->neighbours().setCare(QStringLiteral("claude-cli"), Care::Shared));
    lookAgain();
    QTRY_COMPARE(claude().profile.care, Care::Shared); // it was Watched when the file said so: taken all the same
    QVERIFY(say("shared"));
    QVERIFY(say("watched"));
    QTRY_COMPARE(claude().profile.care, Care::Watched);
    QVERIFY(m_program->neighbours().setCare(QStringLiteral("claude-cli"), Care::Shared));
    QVERIFY(say(""));
    QTRY_COMPARE(claude().profile.care, Care::Shared);
    QVERIFY(say("watched"));
    QTRY_COMPARE(claude().profile.care, Care::Watched);
}

void LiveSettingsTest::damagedFile_doesNotMakeItsCareNew()
{
    const QByteArray good = R"({"version": 1, "care": {"claude-cli": "shared"}})";
    m_home->write(config, good);
    QTRY_COMPARE(claude().profile.care, Care::Shared);
    QVERIFY(m_program->neighbours().setCare(QStringLiteral("claude-cli"), Care::Watched));
    m_program.reset();
    m_home->write(config, good.chopped(5));
    start();
    QVERIFY(m_program->service.settingsProblem().has_value());
    lookAgain();
    m_program.reset();
    m_home->write(config, good);
    start();
    lookAgain();
    QCOMPARE(claude().profile.care, Care::Watched);
}

void LiveSettingsTest::fileWrittenByHand_isFollowed_andAMistakeIsASurrounding()
{
    m_home->write(config, R"({"version": 1, "renewAtPercent": 60})");
    QTRY_COMPARE(claude().condition.renewalShare, 0.6);
    const auto tells = [this] {
        for (const base::Error &problem : m_program->service.surroundings().problems) {
            if (problem.subject.endsWith(config) && problem.place.contains(QStringLiteral("renewAtPercent")))
                return true;
        }
        return false;
    };
    QVERIFY(!tells());
    m_home->write(config, R"({"version": 1, "renewAtPercent": 6})");
    QTRY_VERIFY(tells());
    QVERIFY(m_program->service.settingsProblem().has_value());
    QCOMPARE(claude().condition.renewalShare, 0.6);
    m_home->write(config, R"({"version": 1})");
    QTRY_COMPARE(claude().condition.renewalShare, 0.8);
    QVERIFY(!tells());
}

void LiveSettingsTest::refusedChange_changesNothing()
{
    m_home->write(config, R"({"version": 1, "theme": "dark"})");
    QTRY_VERIFY(m_program->service.settingsProblem().has_value());
    QVERIFY(!change([](service::Settings &settings) { settings.renewAtPercent = 95; }));
    QCOMPARE(claude().condition.renewalShare, 0.8);
    QCOMPARE(m_home->read(config), QByteArray(R"({"version": 1, "theme": "dark"})"));
}

QTEST_GUILESS_MAIN(LiveSettingsTest)
#include "livesettings.moc"
