// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/ownprofile.h"

#include <QTest>

using namespace keytender;
using profile::Account;
using refresh::Placement;

namespace {

provider::Provider someProvider()
{
    provider::Provider provider;
    provider.id = QStringLiteral("anthropic");
    provider.name = QStringLiteral("Anthropic");
    return provider;
}

Account account(const char *id, const char *email, const char *organization = "")
{
    Account account;
    account.id = QString::fromLatin1(id);
    account.email = QString::fromLatin1(email);
    account.organizationId = QString::fromLatin1(organization);
    return account;
}

vault::RecordFacts known(const char *id, const Account &account, profile::Care care = profile::Care::Own,
                         const char *providerId = "anthropic")
{
    vault::RecordFacts facts;
    facts.id = QString::fromLatin1(id);
    facts.providerId = QString::fromLatin1(providerId);
    facts.account = account;
    facts.care = care;
    return facts;
}

const Account ada = account("1", "ada@example.com");
const Account bob = account("2", "bob@example.com");
const Account nobody;

} // namespace

class TestOwnProfile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void signIn_findsItsPlace_data();
    void signIn_findsItsPlace();
    void newId_isShortAndUnique_data();
    void newId_isShortAndUnique();
    void record_isOfOurOwn();
    void replacedLogin_isEndedOnlyWhereThatIsKnownToBeSafe();
};

void TestOwnProfile::signIn_findsItsPlace_data()
{
    QTest::addColumn<Account>("account");
    QTest::addColumn<std::vector<vault::RecordFacts>>("records");
    QTest::addColumn<QString>("renewed");
    QTest::addColumn<Placement>("expected");
    using Records = std::vector<vault::RecordFacts>;
    const auto row = [](const char *name, const Account &who, const Records &records, const char *renewed,
                        const char *id, bool isKnown, bool isOther = false) {
        QTest::newRow(name) << who << records << QString::fromLatin1(renewed)
                            << Placement{
                                   .profileId = QString::fromLatin1(id), .isKnown = isKnown, .isOtherAccount = isOther};
    };
    row("the first", ada, {}, "", "anthropic", false);
    row("the first, of nobody", nobody, {}, "", "anthropic", false);
    row("the same account", ada, {known("anthropic", ada)}, "", "anthropic", true);
    row("another account", bob, {known("anthropic", ada)}, "", "anthropic:bob", false);
    row("an unknown one beside a known one", nobody, {known("anthropic", ada)}, "", "anthropic:login", false);
    row("a known one beside an unknown one", ada, {known("anthropic", nobody)}, "", "anthropic:ada", false);
    row("the same account elsewhere", ada, {known("openai", ada, profile::Care::Own, "openai")}, "", "anthropic",
        false);
    row("a tool's login", ada, {known("claude-cli", ada, profile::Care::Shared)}, "", "anthropic", false);
    row("a watched one that was wanted", ada, {known("claude-cli", ada, profile::Care::Watched)}, "claude-cli",
        "anthropic", false);
    row("renewed", ada, {known("anthropic", ada), known("anthropic:bob", bob)}, "anthropic", "anthropic", true);
    row("renewed, and nobody says who it is", nobody, {known("anthropic", nobody)}, "anthropic", "anthropic", true);
    row("renewed, and now somebody says who it is", ada, {known("anthropic", nobody)}, "anthropic", "anthropic", true);
    row("renewed by somebody else", bob, {known("anthropic", ada)}, "anthropic", "anthropic:bob", false, true);
    row("renewed by somebody else who is known", bob, {known("anthropic", ada), known("anthropic:bob", bob)},
        "anthropic", "anthropic:bob", true, true);
    row("another organisation", account("1", "ada@example.com", "o2"),
        {known("anthropic", account("1", "ada@example.com", "o1"))}, "", "anthropic:ada", false);
    row("held twice", ada, {known("anthropic:x", ada), known("anthropic:a", ada)}, "", "anthropic:a", true);
    row("held twice, one is wanted", ada, {known("anthropic:a", ada), known("anthropic:x", ada)}, "anthropic:x",
        "anthropic:x", true);
    row("its name is taken by a tool", ada, {known("anthropic", ada, profile::Care::Watched)}, "", "anthropic:ada",
        false);
    row("wanted one is gone", ada, {}, "anthropic", "anthropic", false);
}

void TestOwnProfile::signIn_findsItsPlace()
{
    QFETCH(const Account, account);
    QFETCH(const std::vector<vault::RecordFacts>, records);
    QFETCH(const QString, renewed);
    QFETCH(const Placement, expected);
    const Placement placement = refresh::placeFor(someProvider(), account, records, renewed);
    QCOMPARE(placement.profileId, expected.profileId);
    QCOMPARE(placement.isKnown, expected.isKnown);
    QCOMPARE(placement.isOtherAccount, expected.isOtherAccount);
}

void TestOwnProfile::newId_isShortAndUnique_data()
{
    QTest::addColumn<Account>("account");
    QTest::addColumn<QStringList>("taken");
    QTest::addColumn<QString>("expected");
    const QStringList first{QStringLiteral("anthropic")};
    Account organization;
    organization.organizationName = QStringLiteral("Analytical  Engines, Ltd.");
    QTest::newRow("first") << ada << QStringList() << QStringLiteral("anthropic");
    QTest::newRow("by address") << ada << first << QStringLiteral("anthropic:ada");
    QTest::newRow("taken") << ada << first + QStringList{QStringLiteral("anthropic:ada")}
                           << QStringLiteral("anthropic:ada-2");
    QTest::newRow("taken twice") << ada
                                 << first
                                        + QStringList{QStringLiteral("anthropic:ada"),
                                                      QStringLiteral("anthropic:ada-2")}
                                 << QStringLiteral("anthropic:ada-3");
    QTest::newRow("by organisation") << organization << first << QStringLiteral("anthropic:analytical-engines-ltd");
    QTest::newRow("by id") << account("User 7", "") << first << QStringLiteral("anthropic:user-7");
    QTest::newRow("no name at all") << nobody << first << QStringLiteral("anthropic:login");
    QTest::newRow("an address of dots") << account("", "../../@example.com") << first
                                        << QStringLiteral("anthropic:login");
    QTest::newRow("capitals and plus") << account("", "Ada+work@example.com") << first
                                       << QStringLiteral("anthropic:ada-work");
    QTest::newRow("long") << account("", QByteArray(100, 'a').constData()) << first
                          << QStringLiteral("anthropic:") + QString(32, u'a');
}

void TestOwnProfile::newId_isShortAndUnique()
{
    QFETCH(const Account, account);
    QFETCH(const QStringList, taken);
    QTEST(refresh::newProfileId(someProvider(), account, taken), "expected");
}

void TestOwnProfile::record_isOfOurOwn()
{
    profile::TokenSet tokens;
    tokens.refreshToken = base::Secret::copyOf("rt-1");
    const base::Timestamp now{std::chrono::hours(1)};
    const vault::Record record =
        refresh::recordOf(QStringLiteral("anthropic"), someProvider(), ada, std::move(tokens), now);
    QCOMPARE(record.label, QStringLiteral("Anthropic \u00b7 ada@example.com"));
    QVERIFY(record.care == profile::Care::Own && record.credential.kind == profile::CredentialKind::OAuth);
    QVERIFY(record.firstSeenAt == now && record.lastChangedAt == now && record.toolId.isEmpty());
    QVERIFY(record.credential.tokens.refreshToken.expose() == "rt-1");
    QCOMPARE(record.account, ada);
    QCOMPARE(refresh::labelOf(someProvider(), nobody), QStringLiteral("Anthropic"));
}

void TestOwnProfile::replacedLogin_isEndedOnlyWhereThatIsKnownToBeSafe()
{
    provider::Provider provider = someProvider();
    QVERIFY(!refresh::mayRevokeReplaced(provider));
    provider.revocationEndpoint = {QUrl(QStringLiteral("https://a.example/revoke")), provider::Evidence::Measured};
    QVERIFY(refresh::mayRevokeReplaced(provider));
    provider.revocationEndpoint->evidence = provider::Evidence::Assumed;
    QVERIFY(!refresh::mayRevokeReplaced(provider));
    provider.revocationEndpoint->evidence = provider::Evidence::Measured;
    provider.revocationEffect = {QStringLiteral("every program that holds this sign-in"), {}};
    QVERIFY(!refresh::mayRevokeReplaced(provider));
    provider.revocationEffect.reset();
    provider.isBuiltIn = false;
    QVERIFY(!refresh::mayRevokeReplaced(provider));
}

QTEST_GUILESS_MAIN(TestOwnProfile)
#include "ownprofile.moc"
