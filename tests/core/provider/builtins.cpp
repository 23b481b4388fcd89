// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <functional>

#include <QFile>
#include <QTest>

#include <unistd.h>

#include "provider/providerloader.h"

using namespace keytender;
using namespace keytender::provider;
using namespace std::chrono_literals;

namespace {

const ProviderSet &builtIns()
{
    static const ProviderSet set = loadProviders(QStringLiteral("/nonexistent"), getuid(), EndpointRule::HttpsOnly);
    return set;
}

using Visit = std::function<void(const QUrl &)>;

void visitEndpoints(const Provider &provider, const Visit &visit)
{
    for (const auto &fact :
         {provider.authorizationEndpoint, provider.tokenEndpoint, provider.deviceAuthorizationEndpoint,
          provider.revocationEndpoint, provider.revokeByHand, provider.profileEndpoint})
        if (fact)
            visit(fact->value);
}

} // namespace

// The ten that come with Keytender.
class BuiltinsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void everyFile_isReadAndComplete()
    {
        QStringList ids;
        for (const auto &[id, provider] : builtIns().byId) {
            ids.append(id);
            QCOMPARE(provider.id, id);
            QVERIFY(provider.isBuiltIn);
        }
        QCOMPARE(ids.join(u' '),
                 QStringLiteral("anthropic aws-sso github google google-adc kimi minimax nous openai qwen slack xai"));
        QVERIFY2(builtIns().problems.empty(),
                 builtIns().problems.empty() ? "" : qPrintable(base::describe(builtIns().problems.front())));
        QVERIFY(builtIns().find(QStringLiteral("nobody")) == nullptr);
    }

    void lifetimes_areThoseOfTheTable_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("usualSeconds"); // 0 = not known
        QTest::addColumn<int>("windowSeconds");
        QTest::addColumn<bool>("rotates");
        const auto row = [](const char *id, const char *name, int usual, int window, bool rotates) {
            QTest::newRow(id) << QString::fromLatin1(id) << QString::fromLatin1(name) << usual << window << rotates;
        };
        row("anthropic", "Anthropic", 28800, 300, true);
        row("openai", "OpenAI", 864000, 300, true);
        row("qwen", "Qwen", 21600, 30, true);
        row("google", "Google", 3600, 300, false);
        row("github", "GitHub", 0, 0, true);
        row("minimax", "MiniMax", 0, 300, true);
        row("kimi", "Kimi", 900, 450, true);
        row("aws-sso", "AWS SSO", 3600, 900, true);
        row("google-adc", "Google Cloud", 3600, 300, false);
        row("slack", "Slack", 43200, 300, true);
        row("nous", "Nous Research", 0, 120, true);
        row("xai", "xAI", 0, 3600, true);
    }

    void lifetimes_areThoseOfTheTable()
    {
        QFETCH(QString, id);
        QFETCH(QString, name);
        QFETCH(int, usualSeconds);
        QFETCH(int, windowSeconds);
        QFETCH(bool, rotates);
        const Provider *provider = builtIns().find(id);
        QVERIFY(provider != nullptr);
        QCOMPARE(provider->name, name);
        const profile::Lifetimes lifetimes = provider->lifetimes();
        QCOMPARE(int(lifetimes.usual.value_or(0s).count()), usualSeconds);
        QCOMPARE(int(lifetimes.ownerWindow.count()), windowSeconds);
        QCOMPARE(lifetimes.refreshTokenRotates, rotates);
    }

    void endedServices_areKnown()
    {
        const auto retirementOf = [](const QString &id) { return builtIns().find(id)->retirement; };
        const auto qwen = retirementOf(QStringLiteral("qwen"));
        QVERIFY(qwen && qwen->forEveryone && !qwen->instead.isEmpty());
        QCOMPARE(qwen->on, QDate(2026, 4, 15));
        const auto google = retirementOf(QStringLiteral("google"));
        QVERIFY(google && !google->forEveryone && !google->instead.isEmpty());
        QCOMPARE(google->on, QDate(2026, 6, 18));
        for (const auto &[id, provider] : builtIns().byId)
            QCOMPARE(provider.retirement.has_value(), id == u"qwen" || id == u"google");
    }

    // Google's terms forbid others to use Gemini CLI's client; the other four have none that may be shared.
    void clientIds_areShippedOnlyWhereTheyMayBe()
    {
        const auto clientOf = [](const QString &id) {
            const auto &client = builtIns().find(id)->clientId;
            return client ? client->value : QString();
        };
        for (const QString &id : {QStringLiteral("google"), QStringLiteral("google-adc"), QStringLiteral("github"),
                                  QStringLiteral("aws-sso"), QStringLiteral("slack")})
            QCOMPARE(clientOf(id), QString());
        QCOMPARE(clientOf(QStringLiteral("anthropic")), QStringLiteral("9d1c250a-e61b-44d9-88ed-5944d1962f5e"));
        QCOMPARE(clientOf(QStringLiteral("openai")), QStringLiteral("app_EMoamEEZ73f0CkXaXp7hrann"));
    }

    void noFile_holdsASecret()
    {
        for (const auto &[id, provider] : builtIns().byId) {
            QFile file(QStringLiteral(":/keytender/providers/%1.json").arg(id));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            QVERIFY2(!text.contains(QLatin1String("GOCSPX")), qPrintable(id)); // how Google's client secrets begin
            QVERIFY2(!text.contains(QLatin1String("secret\":"), Qt::CaseInsensitive), qPrintable(id));
        }
    }

    // Nothing assumed decides a destructive step.
    void grantIsEnded_byMeasuredCodesOnly()
    {
        int measured = 0;
        for (const auto &[id, provider] : builtIns().byId) {
            for (const auto &[code, fact] : provider.errorCodes) {
                QCOMPARE(provider.endsGrant(code),
                         fact.value == Verdict::GrantRejected && fact.evidence == Evidence::Measured);
                measured += provider.endsGrant(code) ? 1 : 0;
            }
        }
        QCOMPARE(measured, 8);
        const auto ends = [](const QString &id, const QString &code) { return builtIns().find(id)->endsGrant(code); };
        QVERIFY(ends(QStringLiteral("anthropic"), QStringLiteral("invalid_grant")));
        QVERIFY(!ends(QStringLiteral("anthropic"), QStringLiteral("invalid_client"))); // systemic, not this account
        QVERIFY(ends(QStringLiteral("openai"), QStringLiteral("refresh_token_reused")));
        QVERIFY(!ends(QStringLiteral("github"), QStringLiteral("bad_refresh_token"))); // nobody has seen it
        QVERIFY(!ends(QStringLiteral("aws-sso"), QStringLiteral("InvalidGrantException")));
    }

    // The body belongs to provider and grant, as the real client sends it.
    void encodings_areTheRealClients()
    {
        const Provider &anthropic = *builtIns().find(QStringLiteral("anthropic"));
        const Provider &openai = *builtIns().find(QStringLiteral("openai"));
        const Provider &kimi = *builtIns().find(QStringLiteral("kimi"));
        QCOMPARE(int(anthropic.exchangeEncoding->value), int(BodyEncoding::Json));
        QCOMPARE(int(anthropic.refreshEncoding->value), int(BodyEncoding::Json));
        QCOMPARE(int(openai.exchangeEncoding->value), int(BodyEncoding::Form));
        QCOMPARE(int(openai.refreshEncoding->value), int(BodyEncoding::Json));
        QCOMPARE(int(kimi.refreshEncoding->value), int(BodyEncoding::Form));
    }

    // Terms and secrets decide; where there is no way, the user is told why.
    void signIn_isOfferedWhereItMayBe_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("isOffered");
        for (const auto &[id, provider] : builtIns().byId)
            QTest::newRow(qPrintable(id)) << id << (id == u"anthropic" || id == u"openai");
    }

    void signIn_isOfferedWhereItMayBe()
    {
        QFETCH(QString, id);
        QFETCH(bool, isOffered);
        const Provider &provider = *builtIns().find(id);
        QVERIFY(provider.signInWays.has_value());
        QCOMPARE(provider.offers(SignInWay::Browser), isOffered);
        QCOMPARE(provider.offers(SignInWay::Paste), isOffered);
        QVERIFY(!provider.offers(SignInWay::Device));
        const bool wantsOwnClient = id == u"github"; // then the device grant
        QCOMPARE(provider.signInWays->ways.empty(), !isOffered && !wantsOwnClient);
        QCOMPARE(provider.signInWays->whyNone.isEmpty(), isOffered || wantsOwnClient);
    }

    void revocation_isTheProvidersOwn()
    {
        const auto styleOf = [](const char *id) {
            const auto &style = builtIns().find(QString::fromLatin1(id))->revocationStyle;
            return style ? style->value : RevocationStyle::Rfc7009;
        };
        QVERIFY(styleOf("anthropic") == RevocationStyle::Rfc7009);
        QVERIFY(styleOf("openai") == RevocationStyle::Rfc7009);
        QVERIFY(styleOf("google") == RevocationStyle::TokenOnly);
        QVERIFY(styleOf("google-adc") == RevocationStyle::TokenOnly);
        QVERIFY(styleOf("github") == RevocationStyle::List);
        QVERIFY(styleOf("slack") == RevocationStyle::Bearer);
        QCOMPARE(builtIns().find(QStringLiteral("anthropic"))->revocationConfirmation->value,
                 QStringLiteral("request-id"));
        // Qt's own is the one that is throttled.
        QVERIFY(!builtIns().find(QStringLiteral("anthropic"))->userAgent->value.startsWith(QLatin1String("Mozilla")));
    }

    void endpoints_areHttpsOfTheProvidersOwnHosts()
    {
        int endpoints = 0;
        for (const auto &[id, provider] : builtIns().byId) {
            visitEndpoints(provider, [&endpoints](const QUrl &url) {
                ++endpoints;
                QCOMPARE(url.scheme(), QStringLiteral("https"));
                QVERIFY(url.userInfo().isEmpty() && !url.hasFragment());
            });
        }
        QVERIFY(endpoints > 20);
        QCOMPARE(builtIns().find(QStringLiteral("anthropic"))->tokenEndpoint->value,
                 QUrl(QStringLiteral("https://platform.claude.com/v1/oauth/token")));
        QCOMPARE(builtIns().find(QStringLiteral("openai"))->tokenEndpoint->value,
                 QUrl(QStringLiteral("https://auth.openai.com/oauth/token")));
    }
};

QTEST_GUILESS_MAIN(BuiltinsTest)
#include "builtins.moc"
