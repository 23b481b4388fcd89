// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/status.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace keytender;

namespace {

constexpr base::Timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{12}};

service::Row claude()
{
    service::Row row;
    row.profile.id = QStringLiteral("claude-cli");
    row.profile.providerId = QStringLiteral("anthropic");
    row.profile.toolId = QStringLiteral("claude-code");
    row.profile.label = QStringLiteral("Claude Code");
    row.profile.account = {.id = QStringLiteral("a-1"),
                           .email = QStringLiteral("dev@example.com"),
                           .organizationId = {},
                           .organizationName = {},
                           .plan = QStringLiteral("max")};
    row.profile.copies.push_back({.tool = QStringLiteral("claude-code"),
                                  .path = QStringLiteral("/home/u/.claude/.credentials.json"),
                                  .role = profile::CopyRole::Owner,
                                  .state = profile::CopyState::Held,
                                  .protection = profile::Protection::PrivateFile,
                                  .problem = {},
                                  .credential = {},
                                  .account = {},
                                  .changedAt = {}});
    row.profile.duplicates.push_back(
        {.profile = QStringLiteral("opencode:anthropic"), .kind = profile::DuplicateKind::SameLineage});
    row.condition.health = profile::Health::Fresh;
    row.condition.expiresAt = noon + std::chrono::hours{8};
    return row;
}

} // namespace

class StatusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void json_isTheContract();
    void json_withoutLogins_isAnEmptyList();
    void unknown_isNull();
    void table_namesEveryLogin();
    void table_withoutLogins_saysWhereItLooked();
    void table_saysThatNobodyCanBeReached();
    void table_namesWhatWasSignedOutAndIsNotDead();
    void json_knowsNothingOfWhatCanBeDone();
};

void StatusTest::json_isTheContract()
{
    const QByteArray bytes = service::statusJson({{QStringLiteral("claude-cli"), claude()}}, noon);
    QVERIFY(bytes.endsWith('\n'));
    QCOMPARE(bytes.count('\n'), 1);
    const QJsonObject status = QJsonDocument::fromJson(bytes).object();
    QCOMPARE(status[QStringLiteral("version")].toInt(), 1);
    QCOMPARE(status.keys(), (QStringList{QStringLiteral("profiles"), QStringLiteral("version")}));
    const QJsonObject profile = status[QStringLiteral("profiles")].toArray().at(0).toObject();
    QCOMPARE(profile.keys().join(u' '), QStringLiteral("account care copies duplicates expiresAt health id kind "
                                                       "provider reason signInEndsAt tool"));
    QCOMPARE(profile[QStringLiteral("account")].toObject().keys().join(u' '),
             QStringLiteral("email id organizationId plan"));
    QCOMPARE(profile[QStringLiteral("health")].toString(), QStringLiteral("fresh"));
    QCOMPARE(profile[QStringLiteral("care")].toString(), QStringLiteral("watched"));
    QCOMPARE(profile[QStringLiteral("kind")].toString(), QStringLiteral("oauth"));
    QCOMPARE(profile[QStringLiteral("expiresAt")].toString(), QStringLiteral("2026-11-22T20:00:00Z"));
    const QJsonObject copy = profile[QStringLiteral("copies")].toArray().at(0).toObject();
    QCOMPARE(copy.keys().join(u' '), QStringLiteral("path protection role state tool"));
    QCOMPARE(copy[QStringLiteral("state")].toString(), QStringLiteral("held"));
    const QJsonObject duplicate = profile[QStringLiteral("duplicates")].toArray().at(0).toObject();
    QCOMPARE(duplicate[QStringLiteral("profile")].toString(), QStringLiteral("opencode:anthropic"));
    QCOMPARE(duplicate[QStringLiteral("why")].toString(), QStringLiteral("sameLineage"));
}

void StatusTest::json_withoutLogins_isAnEmptyList()
{
    QCOMPARE(service::statusJson({}, noon), QByteArray("{\"profiles\":[],\"version\":1}\n"));
}

void StatusTest::unknown_isNull()
{
    service::Row row = claude();
    row.profile.account = {};
    row.condition.expiresAt.reset();
    const QByteArray bytes = service::statusJson({{row.profile.id, row}}, noon);
    QVERIFY(bytes.contains("\"email\":null"));
    QVERIFY(bytes.contains("\"expiresAt\":null"));
    QVERIFY(bytes.contains("\"signInEndsAt\":null"));
}

void StatusTest::table_namesEveryLogin()
{
    const QString table = service::statusTable({{QStringLiteral("claude-cli"), claude()}}, {}, noon);
    QVERIFY2(table.contains(QStringLiteral("Claude Code  dev@example.com · max")), qPrintable(table));
}

void StatusTest::table_withoutLogins_saysWhereItLooked()
{
    service::Surroundings surroundings;
    surroundings.looked.push_back({.tool = QStringLiteral("Codex"), .path = QStringLiteral("~/.codex/auth.json")});
    const QString table = service::statusTable({}, surroundings, noon);
    QVERIFY2(table.contains(QStringLiteral("~/.codex/auth.json")), qPrintable(table));
}

void StatusTest::table_saysThatNobodyCanBeReached()
{
    service::Surroundings surroundings;
    QVERIFY(!service::statusTable({}, surroundings, noon).contains(QStringLiteral("can be reached")));
    surroundings.isOffline = true;
    const QString table = service::statusTable({}, surroundings, noon);
    QVERIFY2(table.contains(QStringLiteral(" ! No provider can be reached. Keytender tries again by itself")),
             qPrintable(table));
}

void StatusTest::table_namesWhatWasSignedOutAndIsNotDead()
{
    service::Surroundings surroundings;
    surroundings.leftovers = {
        {.label = QStringLiteral("Anthropic"),
         .text = QStringLiteral("“Anthropic” was signed out here and is still valid at Anthropic."),
         .revokeByHand = {},
         .nextTry = noon + std::chrono::minutes(4)},
        {.label = QStringLiteral("GitHub"),
         .text = QStringLiteral("“GitHub” was signed out here and is still valid at GitHub."),
         .revokeByHand = QUrl(QStringLiteral("https://github.com/settings/applications")),
         .nextTry = {}}};
    const QString table = service::statusTable({}, surroundings, noon);
    QVERIFY2(table.contains(QStringLiteral(" ! “Anthropic” was signed out here and is still valid at Anthropic.\n"
                                           " ! “GitHub” was signed out here and is still valid at GitHub.\n"
                                           "   https://github.com/settings/applications\n")),
             qPrintable(table));
}

void StatusTest::json_knowsNothingOfWhatCanBeDone()
{
    service::Row row = claude();
    const QByteArray before = service::statusJson({{row.profile.id, row}}, noon);
    row.actions = {.refresh = true, .signIn = true, .signOut = true};
    QCOMPARE(service::statusJson({{row.profile.id, row}}, noon), before);
}

QTEST_GUILESS_MAIN(StatusTest)
#include "status.moc"
