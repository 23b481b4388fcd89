// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/identity.h"

#include <QTest>

#include "answers.h"

using namespace keytender;
using namespace keytender::answers;
using provider::IdentitySource;

namespace {

provider::Provider providerWith(std::vector<IdentitySource> sources)
{
    provider::Provider provider = testProvider();
    provider.profileEndpoint = {QUrl(QStringLiteral("https://api.a.example/me")), provider::Evidence::Measured};
    provider.identity = {{.sources = std::move(sources),
                          .id = {QStringLiteral("/account/uuid"), QStringLiteral("/sub")},
                          .email = {QStringLiteral("/email")},
                          .organizationId = {QStringLiteral("/https:~1~1x~1auth/org~0id")},
                          .organizationName = {},
                          .plan = {QStringLiteral("/plan")}},
                         provider::Evidence::Measured};
    return provider;
}

profile::Account accountIn(const QByteArray &text)
{
    const auto document = base::JsonSpans::parse(secretOf(text), QStringLiteral("test"));
    if (!document)
        qFatal("a test's own text");
    return oauth::accountIn(document->root(), providerWith({}).identity->value);
}

} // namespace

class IdentityTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void pointers_leadToTheFirstThatIsThere_data();
    void pointers_leadToTheFirstThatIsThere();
    void oddValue_saysNothing_data();
    void oddValue_saysNothing();
    void laterSource_fillsInWhatIsEmpty();
    void sourceOfSomebodyElse_isLeftOut();
    void profile_isAskedForWhatIsMissing();
    void profile_thatIsNoSuccess_saysNothing();
};

void IdentityTest::pointers_leadToTheFirstThatIsThere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, const char *text, const char *id) {
        QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(id);
    };
    row("the first", R"({"account":{"uuid":"u"},"sub":"s"})", "u");
    row("the first is empty", R"({"account":{"uuid":""},"sub":"s"})", "s");
    row("the first leads nowhere", R"({"account":"u","sub":"s"})", "s");
    row("a number", R"({"sub":8675309})", "8675309");
}

void IdentityTest::pointers_leadToTheFirstThatIsThere()
{
    QFETCH(QByteArray, text);
    QTEST(accountIn(text).id, "id");
    const QByteArray escaped = R"({"https://x/auth":{"org~id":"o"}})";
    QCOMPARE(accountIn(escaped).organizationId, QStringLiteral("o"));
}

// N-63: odd is "no information".
void IdentityTest::oddValue_saysNothing_data()
{
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *name, const QByteArray &value) { QTest::newRow(name) << value; };
    row("null", "null");
    row("true", "true");
    row("a list", R"(["s"])");
    row("a fraction", "1.5");
    row("beyond every id", "1e300");
    row("control characters", R"("a\u001b[31m")");
    row("a line feed", R"("a\nb")");
    row("turned around", R"("a\u202eb")");
    row("too long", '"' + QByteArray(321, 'x') + '"');
    row("twice", R"("a","sub":"b")");
}

void IdentityTest::oddValue_saysNothing()
{
    QFETCH(QByteArray, value);
    QCOMPARE(accountIn("{\"sub\":" + value + "}").id, QString());
}

void IdentityTest::laterSource_fillsInWhatIsEmpty()
{
    const provider::Provider provider =
        providerWith({IdentitySource::TokenAnswer, IdentitySource::IdToken, IdentitySource::AccessToken});
    oauth::TokenResponse tokens;
    tokens.idToken = secretOf(jwt(R"({"sub":"u","email":"a@b.example"})"));
    tokens.accessToken = secretOf(jwt(R"({"sub":"u","email":"c@d.example","plan":"pro"})"));
    const auto answer = base::JsonSpans::parse(secretOf(R"({"account":{"uuid":"u"}})"), QStringLiteral("test"));
    const profile::Account account = accountOf(answer->root(), tokens, provider);
    QCOMPARE(account.id, QStringLiteral("u"));
    QCOMPARE(account.email, QStringLiteral("a@b.example"));
    QCOMPARE(account.plan, QStringLiteral("pro"));
}

void IdentityTest::sourceOfSomebodyElse_isLeftOut()
{
    const profile::Account one{
        .id = QStringLiteral("u"), .email = {}, .organizationId = {}, .organizationName = {}, .plan = {}};
    const profile::Account other{.id = QStringLiteral("v"),
                                 .email = QStringLiteral("v@b.example"),
                                 .organizationId = {},
                                 .organizationName = {},
                                 .plan = {}};
    QVERIFY(oauth::completed(one, other) == one);
}

void IdentityTest::profile_isAskedForWhatIsMissing()
{
    const provider::Provider provider = providerWith({IdentitySource::TokenAnswer, IdentitySource::Profile});
    profile::Account account;
    QVERIFY(oauth::wantsProfile(account, provider));
    account = {.id = QStringLiteral("u"),
               .email = QStringLiteral("e"),
               .organizationId = QStringLiteral("o"),
               .organizationName = {},
               .plan = {}};
    QVERIFY(oauth::wantsProfile(account, provider));
    account.plan = QStringLiteral("max"); // nobody knows where the organisation's name would stand
    QVERIFY(!oauth::wantsProfile(account, provider));
    QVERIFY(!oauth::wantsProfile({}, providerWith({IdentitySource::TokenAnswer})));
    QVERIFY(!oauth::wantsProfile({}, testProvider()));

    const oauth::Get request = oauth::profileRequest(secretOf("at-1"), provider);
    QCOMPARE(request.endpoint, QUrl(QStringLiteral("https://api.a.example/me"))); // N-33: and no query
    QCOMPARE(bytesOf(request.bearer), QByteArray("at-1"));
}

void IdentityTest::profile_thatIsNoSuccess_saysNothing()
{
    const provider::Provider provider = providerWith({IdentitySource::Profile});
    const QByteArray good = R"({"sub":"u"})";
    QCOMPARE(oauth::readProfile(answered(200, good), provider).id, QStringLiteral("u"));
    for (const int status : {201, 302, 401, 500})
        QVERIFY(!oauth::readProfile(answered(status, good), provider).isKnown());
    QVERIFY(!oauth::readProfile(answered(200, "<html>"), provider).isKnown());
    oauth::Delivery lost = answered(200, good);
    lost.fate = oauth::Fate::Unknown;
    QVERIFY(!oauth::readProfile(lost, provider).isKnown());
}

QTEST_GUILESS_MAIN(IdentityTest)
#include "identity.moc"
