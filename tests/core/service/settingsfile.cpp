// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/settings/settingsfile.h"

#include <functional>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include "fakes/temporaryhome.h"
#include "service/settings/settingstext.h"

using namespace keytender;
using base::ErrorKind;
using service::Settings;
using service::SettingsFile;
using namespace std::chrono_literals;

using Change = std::function<void(Settings &)>;
Q_DECLARE_METATYPE(Change)

class SettingsFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init() { m_home = std::make_unique<fakes::TemporaryHome>(); }

    void change_touchesNoOtherByte_data();
    void change_touchesNoOtherByte();
    void missingFile_isMadePrivate_withWhatDiffersAlone();
    void noChange_writesNothing();
    void unreadableFile_isNeverWrittenOver_data();
    void unreadableFile_isNeverWrittenOver();
    void anotherMember_thatSomebodyChangedMeanwhile_stays();
    void theSameMember_thatSomebodyChangedMeanwhile_isNotWrittenOver();
    void swap_comparesEveryByte_data();
    void swap_comparesEveryByte();
    void symbolicLink_isWrittenThrough();
    void handWrittenChange_isTaken_andAMistakeIsToldWhileTheOldHolds();
    void fileThatComesLate_isTaken();
    void directoryThatCannotBe_isAnError_andNothingHasChanged();

private:
    [[nodiscard]] QString path() const { return m_home->path(QStringLiteral("keytender/config.json")); }
    [[nodiscard]] SettingsFile::World world()
    {
        return {.path = path(),
                .environment = m_home->environment(),
                .known = {.tools = {QStringLiteral("claude-code"), QStringLiteral("codex")},
                          .languages = {QStringLiteral("de"), QStringLiteral("en")}},
                .random = m_random};
    }
    void write(const QByteArray &bytes) { m_home->write(QStringLiteral("keytender/config.json"), bytes); }
    [[nodiscard]] QByteArray text() const { return m_home->read(QStringLiteral("keytender/config.json")); }

    base::SystemRandom m_random;
    std::unique_ptr<fakes::TemporaryHome> m_home;
};

namespace {

service::ConsentRule rule(const QString &profile, const QString &program, bool isAllowed)
{
    service::ConsentRule made;
    made.profileId = profile;
    made.program = program;
    made.isAllowed = isAllowed;
    made.isFromSettings = true;
    return made;
}

} // namespace

void SettingsFileTest::change_touchesNoOtherByte_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const Change &change, const char *after) {
        QTest::newRow(name) << QByteArray(before) << change << QByteArray(after);
    };
    row(
        "a number in its place", "{ \"version\":1,\t\"renewAtPercent\" :  80 , \"language\":\"de\"}\r\n",
        [](Settings &s) { s.renewAtPercent = 70; },
        "{ \"version\":1,\t\"renewAtPercent\" :  70 , \"language\":\"de\"}\r\n");
    row(
        "back to the default, which was written there", "{\"version\": 1, \"renewAtPercent\": 70}",
        [](Settings &s) { s.renewAtPercent = 80; }, "{\"version\": 1, \"renewAtPercent\": 80}");
    row(
        "a new member, as the others", "{\n    \"version\": 1\n}\n",
        [](Settings &s) { s.language = QStringLiteral("de"); },
        "{\n    \"version\": 1,\n    \"language\": \"de\"\n}\n");
    row(
        "a new home, the others as they were written",
        "{\n  \"version\": 1,\n  \"homes\": {\"codex\": [ \"~/a/../b/\" ]}\n}\n",
        [](Settings &s) { s.homes[QStringLiteral("claude-code")] = {QStringLiteral("/srv/claude")}; },
        "{\n  \"version\": 1,\n  \"homes\": {\"codex\": [ \"~/a/../b/\" ], \"claude-code\": [\"/srv/claude\"]}\n}\n");
    row(
        "the last home goes", "{\n  \"version\": 1,\n  \"homes\": {\"codex\": [\"/b\"]},\n  \"language\": \"\"\n}\n",
        [](Settings &s) { s.homes.clear(); }, "{\n  \"version\": 1,\n  \"homes\": {},\n  \"language\": \"\"\n}\n");
    row(
        "reminders beside nothing", "{\"version\": 1}",
        [](Settings &s) {
            s.signInEnds = {48h, 90min};
        },
        "{\"version\": 1, \"reminders\": {\"signInEnds\": [\"2d\", \"90m\"]}}");
    row(
        "no reminders", "{\"version\": 1, \"reminders\": { \"signInEnds\": [\"24h\"] }}",
        [](Settings &s) { s.signInEnds.clear(); }, "{\"version\": 1, \"reminders\": { \"signInEnds\": [] }}");
    row(
        "rules, each on its line", "{\n  \"version\": 1\n}\n",
        [](Settings &s) {
            s.consent = {rule(QStringLiteral("gh-cli"), QStringLiteral("/opt/a \"b\"/git"), true),
                         rule(QStringLiteral("claude-cli"), QStringLiteral("*"), false)};
        },
        "{\n  \"version\": 1,\n  \"consent\": [\n"
        "    {\"profile\": \"gh-cli\", \"program\": \"/opt/a \\\"b\\\"/git\", \"allow\": true},\n"
        "    {\"profile\": \"claude-cli\", \"program\": \"*\", \"allow\": false}\n  ]\n}\n");
    row(
        "a host goes, one stays", "{\n\t\"version\": 1,\n\t\"gitHosts\": {\"a.b\": \"x\",   \"c.d\": \"y\"}\n}\n",
        [](Settings &s) { s.gitHosts.erase(QStringLiteral("a.b")); },
        "{\n\t\"version\": 1,\n\t\"gitHosts\": {\n\t\t\"c.d\": \"y\"\n\t}\n}\n");
    row(
        "care and start", "{\"version\": 1, \"care\": {\"claude-cli\": \"watched\"}}",
        [](Settings &s) {
            s.care[QStringLiteral("claude-cli")] = profile::Care::Shared;
            s.startsWithSession = true;
            s.rotationReminderDays = 0;
        },
        "{\"version\": 1, \"care\": {\"claude-cli\": \"shared\"}, \"rotationReminderDays\": 0, "
        "\"startsWithSession\": true}");
}

void SettingsFileTest::change_touchesNoOtherByte()
{
    QFETCH(const QByteArray, before);
    QFETCH(const Change, change);
    QFETCH(const QByteArray, after);
    write(before);
    SettingsFile file(world());
    QVERIFY(!file.problem());
    Settings wanted = file.current();
    change(wanted);
    const QSignalSpy changed(&file, &SettingsFile::changed);
    const auto done = file.change(wanted);
    QVERIFY2(done.has_value(), done ? "" : qPrintable(base::describe(done.error())));
    QCOMPARE(text(), after);
    QCOMPARE(file.current(), wanted);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(SettingsFile(world()).current(), wanted);
}

void SettingsFileTest::missingFile_isMadePrivate_withWhatDiffersAlone()
{
    SettingsFile file(world());
    Settings wanted;
    wanted.renewAtPercent = 60;
    QVERIFY(file.change(wanted).has_value());
    QCOMPARE(text(), QByteArray("{\n  \"version\": 1,\n  \"renewAtPercent\": 60\n}\n"));
    QCOMPARE(QFile::permissions(path()) & 0x077, QFile::Permissions());
    QCOMPARE(QFile::permissions(QFileInfo(path()).path()) & 0x077, QFile::Permissions());
}

void SettingsFileTest::noChange_writesNothing()
{
    SettingsFile file(world());
    QVERIFY(file.change({}).has_value());
    QVERIFY(!QFile::exists(path()));
}

void SettingsFileTest::unreadableFile_isNeverWrittenOver_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a comment") << QByteArray("{\n  // renew early\n  \"version\": 1\n}\n");
    QTest::newRow("a newer version") << QByteArray(R"({"version": 2})");
    QTest::newRow("an unknown member") << QByteArray(R"({"version": 1, "theme": "dark"})");
    QTest::newRow("a trailing comma") << QByteArray(R"({"version": 1,})");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"({"version": 1, "hom)");
    QTest::newRow("a member twice") << QByteArray(R"({"version": 1, "language": "de", "language": "en"})");
}

void SettingsFileTest::unreadableFile_isNeverWrittenOver()
{
    QFETCH(const QByteArray, bytes);
    write(bytes);
    SettingsFile file(world());
    QVERIFY(file.problem().has_value());
    QCOMPARE(file.current(), Settings());
    Settings wanted;
    wanted.renewAtPercent = 60;
    const auto done = file.change(wanted);
    QVERIFY(!done);
    QCOMPARE(done.error().subject, path());
    QCOMPARE(text(), bytes);
    QCOMPARE(file.current(), Settings());
}

void SettingsFileTest::anotherMember_thatSomebodyChangedMeanwhile_stays()
{
    write(R"({"version": 1})");
    SettingsFile file(world());
    write(R"({"version": 1, "language": "de"})");
    Settings wanted = file.current();
    wanted.renewAtPercent = 60;
    QVERIFY(file.change(wanted).has_value());
    QCOMPARE(text(), QByteArray(R"({"version": 1, "language": "de", "renewAtPercent": 60})"));
    QCOMPARE(file.current().language, QStringLiteral("de"));
    QCOMPARE(file.current().renewAtPercent, 60);
}

void SettingsFileTest::theSameMember_thatSomebodyChangedMeanwhile_isNotWrittenOver()
{
    write(R"({"version": 1})");
    SettingsFile file(world());
    const QByteArray theirs = R"({"version": 1, "renewAtPercent": 55})";
    write(theirs);
    Settings wanted = file.current();
    wanted.renewAtPercent = 60;
    const auto done = file.change(wanted);
    QVERIFY(!done);
    QCOMPARE(done.error().place, QStringLiteral("renewAtPercent"));
    QCOMPARE(text(), theirs);
}

void SettingsFileTest::swap_comparesEveryByte_data()
{
    QTest::addColumn<QByteArray>("seen"); // null = nothing was there
    QTest::addColumn<QByteArray>("there");
    QTest::addColumn<bool>("isSwapped");
    QTest::newRow("the same") << QByteArray("{}") << QByteArray("{}") << true;
    QTest::newRow("another space") << QByteArray("{}") << QByteArray("{ }") << false;
    QTest::newRow("came meanwhile") << QByteArray() << QByteArray("{}") << false;
    QTest::newRow("went meanwhile") << QByteArray("{}") << QByteArray() << false;
    QTest::newRow("still nothing") << QByteArray() << QByteArray() << true;
}

void SettingsFileTest::swap_comparesEveryByte()
{
    QFETCH(const QByteArray, seen);
    QFETCH(const QByteArray, there);
    QFETCH(const bool, isSwapped);
    if (!there.isNull())
        write(there);
    else
        m_home->write(QStringLiteral("keytender/other"), {});
    const auto before = seen.isNull()
                            ? std::nullopt
                            : std::optional(base::Secret::copyOf({seen.constData(), std::size_t(seen.size())}));
    const auto done = service::replaceIfSame(world(), before, base::Secret::copyOf("new"));
    QCOMPARE(done.has_value(), isSwapped);
    if (isSwapped)
        QCOMPARE(text(), QByteArray("new"));
    else if (!there.isNull())
        QCOMPARE(text(), there);
    else
        QVERIFY(!QFile::exists(path()));
}

void SettingsFileTest::symbolicLink_isWrittenThrough()
{
    const QString real = m_home->write(QStringLiteral("dotfiles/config.json"), R"({"version": 1})");
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QVERIFY(QFile::link(real, path()));
    SettingsFile file(world());
    Settings wanted;
    wanted.language = QStringLiteral("en");
    QVERIFY(file.change(wanted).has_value());
    QVERIFY(QFileInfo(path()).isSymLink());
    QCOMPARE(m_home->read(QStringLiteral("dotfiles/config.json")), QByteArray(R"({"version": 1, "language": "en"})"));
}

void SettingsFileTest::handWrittenChange_isTaken_andAMistakeIsToldWhileTheOldHolds()
{
    write(R"({"version": 1})");
    SettingsFile file(world());
    QSignalSpy changed(&file, &SettingsFile::changed);
    QSignalSpy problem(&file, &SettingsFile::problemChanged);
    file.watch();
    write(R"({"version": 1, "renewAtPercent": 55})");
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(file.current().renewAtPercent, 55);
    write(R"({"version": 1, "renewAtPercent": 5})");
    QTRY_VERIFY(file.problem().has_value());
    QVERIFY(file.problem()->place.contains(QStringLiteral("renewAtPercent")));
    QCOMPARE(file.current().renewAtPercent, 55);
    write(R"({"version": 1, "renewAtPercent": 65})");
    QTRY_COMPARE(file.current().renewAtPercent, 65);
    QVERIFY(!file.problem());
    QVERIFY(problem.count() >= 2);
}

void SettingsFileTest::fileThatComesLate_isTaken()
{
    SettingsFile file(world());
    file.watch();
    write(R"({"version": 1, "startsWithSession": true})");
    QTRY_VERIFY(file.current().startsWithSession);
}

void SettingsFileTest::directoryThatCannotBe_isAnError_andNothingHasChanged()
{
    m_home->write(QStringLiteral("keytender"), "a file stands where the directory should");
    SettingsFile file(world());
    Settings wanted;
    wanted.renewAtPercent = 60;
    const auto done = file.change(wanted);
    QVERIFY(!done);
    QVERIFY2(done.error().subject.startsWith(m_home->path(QStringLiteral("keytender"))),
             qPrintable(done.error().subject));
    QCOMPARE(file.current(), Settings());
    QCOMPARE(m_home->read(QStringLiteral("keytender")), QByteArray("a file stands where the directory should"));
}

QTEST_GUILESS_MAIN(SettingsFileTest)
#include "settingsfile.moc"
