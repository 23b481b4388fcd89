// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/facts.h"

#include <algorithm>

#include <QTest>

using namespace keytender;
using namespace keytender::service;
using namespace std::chrono_literals;
using profile::Reason;
using profile::Severity;

namespace {

constexpr base::Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 9h};

Row row(const QString &label, Severity severity, Reason reason = Reason::None)
{
    Row row;
    row.profile.id = label.toLower();
    row.profile.label = label;
    row.condition.severity = severity;
    row.condition.reason = reason;
    return row;
}

Row clashing(const QString &label)
{
    Row one = row(label, Severity::Due);
    one.condition.hasClash = true;
    return one;
}

std::map<QString, Row> rowsOf(const std::vector<Row> &rows)
{
    std::map<QString, Row> byId;
    for (const Row &one : rows)
        byId.emplace(one.profile.id, one);
    return byId;
}

} // namespace

class FactsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void trouble_comesFirst_thenTheName();
    void work_inProgress_movesNoRow();
    void sameName_isOrderedById();
    void summary_countsEachLoginOnce();
    void headlines_sayWhatCounts_data();
    void headlines_sayWhatCounts();
    void clash_isNamedByTheOthersLabels();
    void explanation_knowsProviderAndCommand();
    void everyKeychainState_butUsable_hasASentence();
};

void FactsTest::trouble_comesFirst_thenTheName()
{
    std::vector<Row> rows{row(QStringLiteral("gh"), Severity::Well),
                          row(QStringLiteral("Codex"), Severity::Well),
                          row(QStringLiteral("Qwen Code"), Severity::Due),
                          row(QStringLiteral("Kimi"), Severity::Due, Reason::TokenEndsSoon),
                          clashing(QStringLiteral("opencode")),
                          row(QStringLiteral("Gemini CLI"), Severity::ActNow),
                          row(QStringLiteral("AWS"), Severity::ActNow)};
    std::ranges::sort(rows, comesBefore);
    QStringList labels;
    for (const Row &one : rows)
        labels += one.profile.label;
    QCOMPARE(labels.join(u','), QStringLiteral("AWS,Gemini CLI,opencode,Kimi,Qwen Code,Codex,gh"));
}

void FactsTest::work_inProgress_movesNoRow()
{
    const Row busy = row(QStringLiteral("Codex"), Severity::Busy);
    const Row before = row(QStringLiteral("Claude Code"), Severity::Well);
    const Row after = row(QStringLiteral("gh"), Severity::Well);
    QVERIFY(comesBefore(before, busy));
    QVERIFY(comesBefore(busy, after));
}

void FactsTest::sameName_isOrderedById()
{
    Row first = row(QStringLiteral("gh"), Severity::Well);
    Row second = first;
    first.profile.id = QStringLiteral("gh-cli");
    second.profile.id = QStringLiteral("gh-cli@work");
    QVERIFY(comesBefore(first, second));
    QVERIFY(!comesBefore(second, first));
    QVERIFY(!comesBefore(first, first));
}

void FactsTest::summary_countsEachLoginOnce()
{
    Row clashingAndDead = clashing(QStringLiteral("Hermes"));
    clashingAndDead.condition.severity = Severity::ActNow;
    const Summary summary =
        summaryOf(rowsOf({row(QStringLiteral("a"), Severity::ActNow), clashing(QStringLiteral("b")), clashingAndDead,
                          row(QStringLiteral("c"), Severity::Due, Reason::SignInEndsSoon),
                          row(QStringLiteral("d"), Severity::Due), row(QStringLiteral("e"), Severity::Busy),
                          row(QStringLiteral("f"), Severity::Well), row(QStringLiteral("g"), Severity::Well)}));
    const Summary expected{.needYou = 3, .due = 2, .endSoon = 1, .busy = 1, .well = 2, .loudest = Severity::ActNow};
    QVERIFY(summary == expected);
    QCOMPARE(summary.total(), 8);
    QVERIFY(summaryOf({}) == Summary());
}

void FactsTest::headlines_sayWhatCounts_data()
{
    QTest::addColumn<Summary>("summary");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("rest");
    const auto line = [](const char *name, const Summary &summary, const QString &first, const QString &rest = {}) {
        QTest::newRow(name) << summary << first << rest;
    };
    line("none", {}, QStringLiteral("No logins found yet"));
    line("one well", {.well = 1}, QStringLiteral("Your login is well"));
    line("five well", {.well = 5}, QStringLiteral("All 5 logins are well"));
    line("busy is well too", {.busy = 1, .well = 4}, QStringLiteral("All 5 logins are well"),
         QStringLiteral("1 is being renewed"));
    line("two busy", {.busy = 2}, QStringLiteral("All 2 logins are well"), QStringLiteral("2 are being renewed"));
    line("one needs you", {.needYou = 1}, QStringLiteral("1 login needs you"));
    line("two need you, three are well", {.needYou = 2, .well = 3}, QStringLiteral("2 logins need you"),
         QStringLiteral("3 are well"));
    line("one needs you, one is well", {.needYou = 1, .well = 1}, QStringLiteral("1 login needs you"),
         QStringLiteral("1 is well"));
    line("one ends soon", {.due = 1, .endSoon = 1, .well = 1}, QStringLiteral("1 login ends soon"),
         QStringLiteral("1 is well"));
    line("two end soon", {.due = 2, .endSoon = 2}, QStringLiteral("2 logins end soon"));
    line("one signed out", {.due = 1, .well = 2}, QStringLiteral("1 login deserves a look"),
         QStringLiteral("2 are well"));
    line("one ends soon, one signed out", {.due = 2, .endSoon = 1}, QStringLiteral("2 logins deserve a look"));
    line("all kinds", {.needYou = 2, .due = 1, .endSoon = 1, .busy = 1, .well = 3}, QStringLiteral("2 logins need you"),
         QStringLiteral("1 ends soon · 1 is being renewed · 3 are well"));
    line("need you and look", {.needYou = 1, .due = 2, .well = 0}, QStringLiteral("1 login needs you"),
         QStringLiteral("2 deserve a look"));
}

void FactsTest::headlines_sayWhatCounts()
{
    QFETCH(Summary, summary);
    QFETCH(QString, first);
    QFETCH(QString, rest);
    QCOMPARE(headline(summary), first);
    QCOMPARE(restOf(summary), rest);
}

void FactsTest::clash_isNamedByTheOthersLabels()
{
    std::map<QString, profile::Profile> profiles;
    for (const QString &label :
         {QStringLiteral("Codex"), QStringLiteral("opencode · OpenAI"), QStringLiteral("Hermes")})
        profiles[label].label = label;
    Row one = clashing(QStringLiteral("Codex"));
    one.profile.duplicates = {{QStringLiteral("opencode · OpenAI"), profile::DuplicateKind::SameLineage},
                              {QStringLiteral("Hermes"), profile::DuplicateKind::SameAccount},
                              {QStringLiteral("gone"), profile::DuplicateKind::SameLineage}};
    nameClash(one, profiles);
    QCOMPARE(one.condition.clashesWith, QStringList{QStringLiteral("opencode · OpenAI")});
    QCOMPARE(explanationOf(one, now),
             QStringLiteral("Codex and opencode · OpenAI share one login. Whichever renews second logs the other out. "
                            "Sign in to one of them separately."));
    one.condition.hasClash = false;
    nameClash(one, profiles);
    QVERIFY(one.condition.clashesWith.isEmpty());
}

void FactsTest::explanation_knowsProviderAndCommand()
{
    Row one = row(QStringLiteral("Claude Code"), Severity::ActNow, Reason::BlankedByTool);
    one.providerName = QStringLiteral("Anthropic");
    one.signInCommand = QStringLiteral("claude auth login");
    QCOMPARE(explanationOf(one, now),
             QStringLiteral("Anthropic refused to renew this login, and Claude Code emptied its record. Sign in again: "
                            "claude auth login"));
}

void FactsTest::everyKeychainState_butUsable_hasASentence()
{
    QVERIFY(describe(KeychainState::Usable).isEmpty());
    QStringList sentences;
    for (int i = static_cast<int>(KeychainState::Locked); i <= static_cast<int>(KeychainState::KeyFileUnusable); ++i)
        sentences += describe(static_cast<KeychainState>(i));
    for (const QString &sentence : std::as_const(sentences))
        QVERIFY2(sentence.endsWith(u'.') && sentence.size() > 40, qPrintable(sentence));
    QCOMPARE(sentences.removeDuplicates(), 0);
}

QTEST_GUILESS_MAIN(FactsTest)
#include "facts.moc"
