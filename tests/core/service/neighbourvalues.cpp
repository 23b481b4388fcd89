// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QFile>
#include <QTest>

#include "fakes/temporaryhome.h"
#include "service/choices.h"
#include "service/neighbours/carewords.h"
#include "service/neighbours/lineagehand.h"
#include "service/neighbours/lineagehistory.h"
#include "service/neighbours/writepreview.h"

using namespace keytender;
using service::Choices;
using service::LineageHistory;
using service::LinkChoice;
using service::LinkWay;
using service::WritePreview;
using namespace std::chrono_literals;

namespace {

base::Fingerprint token(int number)
{
    base::Fingerprint fingerprint;
    fingerprint.bytes.front() = static_cast<std::uint8_t>(number);
    return fingerprint;
}

base::Timestamp at(int minute)
{
    return base::Timestamp(std::chrono::minutes(29'000'000 + minute));
}

const QString login = QStringLiteral("claude-cli");
const LineageHistory::Hand ours{.writer = QStringLiteral("Keytender"), .evidence = QStringLiteral("attempt 1")};

} // namespace

class TestNeighbourValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init() { m_home = std::make_unique<fakes::TemporaryHome>(); }

    void ancestor_isWhatWasHeldBefore_sinceTheSignIn();
    void history_outlivesTheProgram_andIsPrivate();
    void history_thatCannotBeRead_namesNobodysAncestor();
    void history_keepsTheNewestGenerations();
    void choices_outliveTheProgram();
    void choices_thatCannotBeRead_areNotWrittenOver();
    void choices_link_off_isGone();
    void careChoices_theRecommendedOneIsFirst_data();
    void careChoices_theRecommendedOneIsFirst();
    void preview_namesChanges_andHidesSecrets();
    void hand_isToldByTheRecordsForm_data();
    void hand_isToldByTheRecordsForm();

private:
    [[nodiscard]] LineageHistory history() { return {path("lineages.json"), m_home->environment(), m_random}; }
    [[nodiscard]] Choices choices() { return {path("neighbours.json"), m_home->environment(), m_random}; }
    [[nodiscard]] QString path(const char *name) const { return m_home->path(QString::fromLatin1(name)); }

    base::SystemRandom m_random;
    std::unique_ptr<fakes::TemporaryHome> m_home;
};

void TestNeighbourValues::ancestor_isWhatWasHeldBefore_sinceTheSignIn()
{
    LineageHistory lineages = history();
    lineages.noteNewSignIn(login); // of the first one, and of no other
    QVERIFY(lineages.noteHeld(login, token(1), ours, at(1)));
    QVERIFY(!lineages.noteHeld(login, token(1), ours, at(2)));
    QVERIFY(lineages.noteHeld(login, token(2), ours, at(3)));
    QVERIFY(lineages.isAncestor(login, token(1)));
    QVERIFY(!lineages.isAncestor(login, token(2))); // the one that it holds
    QVERIFY(!lineages.isAncestor(login, token(3)));
    QVERIFY(!lineages.isAncestor(login, base::Fingerprint()));
    QVERIFY(!lineages.isAncestor(QStringLiteral("codex-cli"), token(1)));
    lineages.noteNewSignIn(login);
    QVERIFY(lineages.noteHeld(login, token(4), ours, at(4)));
    QVERIFY(!lineages.isAncestor(login, token(1)));
    QVERIFY(!lineages.isAncestor(login, token(2)));
    lineages.move(login, QStringLiteral("claude-cli:ada"));
    QVERIFY(lineages.of(login).empty());
    QCOMPARE(lineages.of(QStringLiteral("claude-cli:ada")).size(), std::size_t{3});
}

void TestNeighbourValues::history_outlivesTheProgram_andIsPrivate()
{
    {
        LineageHistory lineages = history();
        lineages.noteHeld(login, token(1), ours, at(1));
        lineages.noteHeld(login, token(2), ours, at(2));
        lineages.noteSpent(login, token(1), QStringLiteral("Keytender"), at(2));
        lineages.noteEnd(login, token(2), QStringLiteral("blanked by Claude Code"));
        QVERIFY(lineages.save());
        QVERIFY(!lineages.isChanged());
    }
    const LineageHistory lineages = history();
    QVERIFY(!lineages.problem());
    QVERIFY(lineages.isAncestor(login, token(1)));
    const auto generations = lineages.of(login);
    QCOMPARE(generations.size(), std::size_t{2});
    QCOMPARE(generations.front().end, QStringLiteral("blanked by Claude Code"));
    QCOMPARE(generations.back().spentAt, std::optional(at(2)));
    QCOMPARE(QFile(path("lineages.json")).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestNeighbourValues::history_thatCannotBeRead_namesNobodysAncestor()
{
    m_home->write(QStringLiteral("lineages.json"), R"({"version":1,"lineages":{"claude-cli":[{"token":"short"}]}})");
    const LineageHistory lineages = history();
    QVERIFY(lineages.problem());
    QVERIFY(lineages.problem()->place.contains(QStringLiteral("token")));
    QVERIFY(!lineages.isAncestor(login, token(1)));
}

void TestNeighbourValues::history_keepsTheNewestGenerations()
{
    LineageHistory lineages = history();
    for (int number = 1; number <= 100; ++number)
        lineages.noteHeld(login, token(number), ours, at(number));
    QCOMPARE(lineages.of(login).size(), LineageHistory::generationsKept);
    QCOMPARE(lineages.of(login).front().fingerprint, token(100).shortText());
}

void TestNeighbourValues::choices_outliveTheProgram()
{
    const LinkChoice link{.profileId = login,
                          .way = LinkWay::OneWay,
                          .toProfile = {},
                          .file = QStringLiteral("/home/ada/.env"),
                          .variable = QStringLiteral("TOKEN"),
                          .command = {QStringLiteral("docker"), QStringLiteral("compose up")}};
    {
        Choices kept = choices();
        QVERIFY(kept.noteAsked(login));
        QVERIFY(kept.setLink(link));
        QVERIFY(kept.setOrder({QStringLiteral("b"), QStringLiteral("a")}));
        QVERIFY(kept.noteConfiguredCare({{login, QStringLiteral("shared")}}));
    }
    const Choices kept = choices();
    QVERIFY(!kept.problem());
    QVERIFY(kept.wasAsked(login));
    QCOMPARE(kept.links(), std::vector{link});
    QCOMPARE(kept.order(), (QStringList{QStringLiteral("b"), QStringLiteral("a")}));
    QCOMPARE(kept.configuredCare(), (Choices::ConfiguredCare{{login, QStringLiteral("shared")}}));
}

void TestNeighbourValues::choices_thatCannotBeRead_areNotWrittenOver()
{
    const QByteArray newer = R"({"version":2,"links":[]})";
    m_home->write(QStringLiteral("neighbours.json"), newer);
    Choices kept = choices();
    QVERIFY(kept.problem());
    const auto refused = kept.noteAsked(login);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::UnknownVersion);
    QCOMPARE(m_home->read(QStringLiteral("neighbours.json")), newer);
}

void TestNeighbourValues::choices_link_off_isGone()
{
    Choices kept = choices();
    LinkChoice link{.profileId = login, .way = LinkWay::Mirror, .toProfile = QStringLiteral("openclaw:x")};
    QVERIFY(kept.setLink(link));
    link.way = LinkWay::Off;
    QVERIFY(kept.setLink(link));
    QVERIFY(kept.links().empty());
    QVERIFY(choices().links().empty());
}

void TestNeighbourValues::careChoices_theRecommendedOneIsFirst_data()
{
    using profile::Care;
    QTest::addColumn<QString>("sharing");
    QTest::addColumn<QString>("delegation");
    QTest::addColumn<Care>("first");
    const QString no = QStringLiteral("No.");
    QTest::newRow("all of it") << QString() << QString() << Care::Shared;
    QTest::newRow("its tool alone") << no << QString() << Care::Delegated;
    QTest::newRow("nothing") << no << no << Care::Watched;
}

void TestNeighbourValues::careChoices_theRecommendedOneIsFirst()
{
    QFETCH(QString, sharing);
    QFETCH(QString, delegation);
    const profile::Profile profile;
    const auto choices = service::careChoices({.login = profile,
                                               .toolName = QStringLiteral("Claude Code"),
                                               .provider = nullptr,
                                               .sharingObjection = sharing,
                                               .delegationObjection = delegation});
    QTEST(choices.front().care, "first");
    QCOMPARE(choices.size(), delegation.isEmpty() ? std::size_t{3} : std::size_t{2});
    for (const service::CareChoice &choice : choices) {
        QCOMPARE(choice.isOffered, choice.whyNot.isEmpty());
        QCOMPARE(choice.text.count(QStringLiteral(". ")) + 1, 2); // two sentences
    }
}

void TestNeighbourValues::preview_namesChanges_andHidesSecrets()
{
    const auto secret = [](const char *text) { return base::Secret::copyOf(text); };
    const base::FingerprintKey key = base::FingerprintKey::random(m_random);
    const auto lines = service::changesBetween(
        secret(R"({"a":{"token":"a-secret-of-many-letters","n":1,"list":[1,2]},"other":{"k":"v"}})"),
        secret(R"({"a":{"token":"another-secret-of-letters","n":1,"list":[1,2],"new":7},"other":{"k":"v"}})"), key);
    using Kind = WritePreview::Line::Kind;
    int before = 0;
    int after = 0;
    for (const WritePreview::Line &line : lines) {
        QVERIFY2(!line.text.contains(QStringLiteral("secret")), qPrintable(line.text));
        before += line.kind == Kind::Before ? 1 : 0;
        after += line.kind == Kind::After ? 1 : 0;
    }
    QCOMPARE(before, 1);
    QCOMPARE(after, 2);
    QCOMPARE(lines.back().kind, Kind::Same);
    QVERIFY(lines.back().text.contains(u'1')); // one more value, "other.k"
}

void TestNeighbourValues::hand_isToldByTheRecordsForm_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QString>("writer");
    const QString claude = QStringLiteral("claude-code");
    const QString codex = QStringLiteral("codex");
    QTest::newRow("Claude Code") << claude
                                 << QByteArray(R"({"claudeAiOauth":{"accessToken":"a","subscriptionType":"max"}})")
                                 << QStringLiteral("Claude Code");
    QTest::newRow("Hermes in its place")
        << claude << QByteArray(R"({"claudeAiOauth":{"accessToken":"a","refreshToken":"b","expiresAt":1,"scopes":[]}})")
        << QStringLiteral("Hermes");
    QTest::newRow("a person's editor") << claude << QByteArray("{\n\"claudeAiOauth\":{\"subscriptionType\":\"max\"}}\n")
                                       << QStringLiteral("unknown");
    QTest::newRow("Codex") << codex << QByteArray("{\n  \"tokens\": {\n    \"id_token\": \"x\"\n  }\n}")
                           << QStringLiteral("Codex");
    QTest::newRow("somebody beside Codex") << codex << QByteArray(R"({"tokens":{}})") << QStringLiteral("unknown");
}

void TestNeighbourValues::hand_isToldByTheRecordsForm()
{
    QFETCH(QString, tool);
    QFETCH(QByteArray, record);
    const tools::ToolFacts facts{.id = tool, .name = tool, .profileName = {}, .providerId = {}, .signInCommand = {}};
    QTEST(service::handOf(facts, base::Secret::copyOf(record.toStdString())).writer, "writer");
}

QTEST_GUILESS_MAIN(TestNeighbourValues)
#include "neighbourvalues.moc"
