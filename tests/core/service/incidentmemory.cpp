// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/incidentmemory.h"

#include <QFileInfo>
#include <QTest>

#include "base/secret.h"
#include "fakes/temporaryhome.h"
#include "service/settings/settings.h"

using namespace keytender;
using service::Findings;
using service::Incident;
using service::IncidentMemory;

namespace {

Incident incident(const QString &key, Incident::Kind kind, int stage = 0)
{
    Incident made;
    made.key = key;
    made.kind = kind;
    made.profileId = key.section(u'/', 1);
    made.stage = stage;
    return made;
}

const QString ends = QStringLiteral("signInEnds/anthropic");
const QString needed = QStringLiteral("signInNeeded/anthropic");

} // namespace

class IncidentMemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void whatWasTold_outlivesTheProgram();
    void whatWasTold_decidesWhatIsHeard_data();
    void whatWasTold_decidesWhatIsHeard();
    void whatIsOver_isForgotten_asFarAsIsKnown();
    void damagedFile_countsAsNone_data();
    void damagedFile_countsAsNone();
    void fileThatCannotBeWritten_isNamed();
    void nothingNew_writesNothing();

private:
    [[nodiscard]] static QString fileIn(const fakes::TemporaryHome &home)
    {
        return service::Places::in(home.environment()).notices;
    }
    [[nodiscard]] IncidentMemory memoryIn(const fakes::TemporaryHome &home)
    {
        return {fileIn(home), home.environment(), m_random};
    }

    base::SystemRandom m_random;
};

void IncidentMemoryTest::whatWasTold_outlivesTheProgram()
{
    fakes::TemporaryHome home;
    IncidentMemory before = memoryIn(home);
    before.keep(ends, {.stage = 2, .isPutAway = true});
    before.keep(needed, {});
    QVERIFY(before.save().has_value());
    const IncidentMemory after = memoryIn(home);
    QVERIFY(after.find(ends) != nullptr);
    QVERIFY(*after.find(ends) == (IncidentMemory::Told{.stage = 2, .isPutAway = true}));
    QVERIFY(*after.find(needed) == IncidentMemory::Told{});
    QVERIFY(after.find(QStringLiteral("unsafe")) == nullptr);
    QCOMPARE(QFileInfo(fileIn(home)).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void IncidentMemoryTest::whatWasTold_decidesWhatIsHeard_data()
{
    QTest::addColumn<Incident>("incident");
    QTest::addColumn<IncidentMemory::Told>("told");
    QTest::addColumn<bool>("wants");
    using Kind = Incident::Kind;
    using Told = IncidentMemory::Told;
    QTest::newRow("the same rung") << incident(ends, Kind::SignInEnds, 1) << Told{.stage = 1, .isPutAway = false}
                                   << false;
    QTest::newRow("the next rung") << incident(ends, Kind::SignInEnds, 2) << Told{.stage = 1, .isPutAway = false}
                                   << true;
    QTest::newRow("the next rung, put away")
        << incident(ends, Kind::SignInEnds, 2) << Told{.stage = 1, .isPutAway = true} << true;
    QTest::newRow("an earlier rung") << incident(ends, Kind::SignInEnds, 0) << Told{.stage = 1, .isPutAway = false}
                                     << false;
    QTest::newRow("a key to be replaced") << incident(ends, Kind::RotationDue) << Told{} << false;
    QTest::newRow("trouble, not put away") << incident(ends, Kind::SignInNeeded) << Told{} << true;
    QTest::newRow("trouble, put away") << incident(ends, Kind::SignInNeeded) << Told{.stage = 0, .isPutAway = true}
                                       << false;
}

void IncidentMemoryTest::whatWasTold_decidesWhatIsHeard()
{
    QFETCH(const Incident, incident);
    QFETCH(const IncidentMemory::Told, told);
    QFETCH(const bool, wants);
    fakes::TemporaryHome home;
    IncidentMemory memory = memoryIn(home);
    QVERIFY(memory.wantsToHear(incident));
    memory.keep(incident.key, told);
    QCOMPARE(memory.wantsToHear(incident), wants);
}

void IncidentMemoryTest::whatIsOver_isForgotten_asFarAsIsKnown()
{
    fakes::TemporaryHome home;
    IncidentMemory memory = memoryIn(home);
    const auto tellBoth = [&memory] {
        memory.keep(ends, {});
        memory.keep(QStringLiteral("unsafe/gh"), {});
    };
    tellBoth();
    memory.forgetAllBut({.incidents = {incident(ends, Incident::Kind::SignInEnds)}});
    QVERIFY(memory.find(ends) != nullptr);
    QVERIFY(memory.find(QStringLiteral("unsafe/gh")) == nullptr);

    tellBoth();
    memory.forgetAllBut({.incidents = {}, .undecided = {QStringLiteral("gh")}});
    QVERIFY(memory.find(ends) == nullptr);
    QVERIFY(memory.find(QStringLiteral("unsafe/gh")) != nullptr);

    tellBoth();
    memory.forgetAllBut({.incidents = {}, .undecided = {}, .isWhole = false});
    QVERIFY(memory.find(ends) != nullptr);
    QVERIFY(memory.find(QStringLiteral("unsafe/gh")) != nullptr);
}

void IncidentMemoryTest::damagedFile_countsAsNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"({"version": 1, "told": {"signInEnds/anthropic": {"stage")");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("newer") << QByteArray(R"({"version": 2, "told": {}})");
    QTest::newRow("a stage out of range")
        << QByteArray(R"({"version": 1, "told": {"signInEnds/anthropic": {"stage": -1, "putAway": true}}})");
    QTest::newRow("half of it damaged") << QByteArray(
        R"({"version": 1, "told": {"signInEnds/anthropic": {"stage": 3, "putAway": true}, "unsafe/x": 7}})");
}

void IncidentMemoryTest::damagedFile_countsAsNone()
{
    QFETCH(const QByteArray, bytes);
    fakes::TemporaryHome home;
    home.write(QStringLiteral(".local/state/keytender/notices.json"), bytes);
    IncidentMemory memory = memoryIn(home);
    QVERIFY(memory.find(ends) == nullptr);
    memory.keep(ends, {.stage = 1});
    QVERIFY(memory.save().has_value());
    QVERIFY(memoryIn(home).find(ends) != nullptr);
}

void IncidentMemoryTest::fileThatCannotBeWritten_isNamed()
{
    fakes::TemporaryHome home;
    home.write(QStringLiteral(".local/state/keytender"), "a file where the directory belongs");
    IncidentMemory memory = memoryIn(home);
    memory.keep(ends, {});
    const base::Result<void> saved = memory.save();
    QVERIFY(!saved.has_value());
    QVERIFY(saved.error().subject.contains(QStringLiteral("keytender")));
    QVERIFY(memory.isChanged()); // to be saved another time
    QVERIFY(memory.find(ends) != nullptr);
}

void IncidentMemoryTest::nothingNew_writesNothing()
{
    fakes::TemporaryHome home;
    IncidentMemory memory = memoryIn(home);
    QVERIFY(memory.save().has_value());
    QVERIFY(!QFileInfo::exists(fileIn(home)));
    memory.keep(ends, {});
    QVERIFY(memory.save().has_value());
    memory.keep(ends, {});
    memory.forget(needed);
    QVERIFY(!memory.isChanged());
}

QTEST_GUILESS_MAIN(IncidentMemoryTest)
#include "incidentmemory.moc"
