// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/doctortext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace keytender;
using profile::Severity;
using service::Finding;

namespace {

Finding finding(const QString &id, Severity severity)
{
    return {.id = id,
            .subject = QStringLiteral("Subject of ") + id,
            .text = QStringLiteral("Text of ") + id,
            .places = {},
            .cure = {},
            .severity = severity};
}

std::vector<Finding> some()
{
    Finding loud = finding(QStringLiteral("it's-loud"), Severity::ActNow);
    loud.places = {QStringLiteral("~/.codex/auth.json")};
    loud.cure = QStringLiteral("Do this.");
    loud.safeCure = QStringLiteral("Make it private");
    return {finding(QStringLiteral("first"), Severity::Well), finding(QStringLiteral("due"), Severity::Due), loud,
            finding(QStringLiteral("second"), Severity::Well)};
}

} // namespace

class DoctorTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void json_isTheContract();
    void json_ofNothing_isAnEmptyList();
    void table_isReadFromTheTop();
    void headline_countsWhatIsFound_data();
    void headline_countsWhatIsFound();
};

void DoctorTextTest::json_isTheContract()
{
    const QByteArray json = service::doctorJson(some());
    QVERIFY(json.endsWith("}\n"));
    QCOMPARE(json.count('\n'), 1);
    const QJsonObject report = QJsonDocument::fromJson(json).object();
    QCOMPARE(report.keys(), (QStringList{QStringLiteral("findings"), QStringLiteral("version")}));
    QCOMPARE(report[u"version"].toInt(), 1);
    const QJsonArray findings = report[u"findings"].toArray();
    QCOMPARE(findings.size(), 4);
    const QJsonObject loudest = findings[0].toObject();
    QCOMPARE(loudest, (QJsonObject{{QStringLiteral("id"), QStringLiteral("it's-loud")},
                                   {QStringLiteral("severity"), QStringLiteral("actNow")},
                                   {QStringLiteral("subject"), QStringLiteral("Subject of it's-loud")},
                                   {QStringLiteral("text"), QStringLiteral("Text of it's-loud")},
                                   {QStringLiteral("places"), QJsonArray{QStringLiteral("~/.codex/auth.json")}},
                                   {QStringLiteral("cure"), QStringLiteral("Do this.")},
                                   {QStringLiteral("safeCure"), QStringLiteral("Make it private")}}));
    QCOMPARE(findings[1].toObject()[u"severity"].toString(), QStringLiteral("due"));
    QCOMPARE(findings[2].toObject()[u"id"].toString(), QStringLiteral("first"));
    QVERIFY(findings[2].toObject()[u"cure"].isNull());
    QVERIFY(findings[2].toObject()[u"safeCure"].isNull());
}

void DoctorTextTest::json_ofNothing_isAnEmptyList()
{
    QCOMPARE(service::doctorJson({}), QByteArray("{\"findings\":[],\"version\":1}\n"));
}

void DoctorTextTest::table_isReadFromTheTop()
{
    QCOMPARE(service::doctorTable(some()),
             QStringLiteral("1 finding needs you · 1 finding deserves a look · 2 are in order\n"
                            "!! Subject of it's-loud\n"
                            "   Text of it's-loud\n"
                            "     · ~/.codex/auth.json\n"
                            "   → Do this.\n"
                            "   → Make it private: keytenderctl doctor --cure 'it'\\''s-loud'\n"
                            " ! Subject of due\n"
                            "   Text of due\n"
                            "   Subject of first: Text of first\n"
                            "   Subject of second: Text of second\n"));
}

void DoctorTextTest::headline_countsWhatIsFound_data()
{
    QTest::addColumn<std::vector<Finding>>("findings");
    QTest::addColumn<QString>("expected");
    const Finding well = finding(QStringLiteral("w"), Severity::Well);
    const Finding due = finding(QStringLiteral("d"), Severity::Due);
    const Finding loud = finding(QStringLiteral("l"), Severity::ActNow);
    const QString fine = QStringLiteral("Everything that was looked at is in order");
    QTest::newRow("nothing") << std::vector<Finding>{} << fine;
    QTest::newRow("all well") << std::vector<Finding>{well, well} << fine;
    QTest::newRow("one due") << std::vector<Finding>{due} << QStringLiteral("1 finding deserves a look");
    QTest::newRow("many") << std::vector<Finding>{loud, well, loud, due, due}
                          << QStringLiteral("2 findings need you · 2 findings deserve a look · 1 is in order");
}

void DoctorTextTest::headline_countsWhatIsFound()
{
    QFETCH(std::vector<Finding>, findings);
    QTEST(service::doctorHeadline(findings), "expected");
}

QTEST_GUILESS_MAIN(DoctorTextTest)
#include "doctortext.moc"
