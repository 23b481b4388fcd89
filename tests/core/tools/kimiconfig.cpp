// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/kimiconfig.h"

#include "core/tools/fetching.h"

using namespace keytender;

class KimiConfigTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void names_areThoseOfFileStores_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QStringList>("names");
        const QStringList usual{QStringLiteral("kimi-code")};
        QTest::newRow("the client's own") << fetching::fixture(QStringLiteral("kimi/config.toml")) << usual;
        QTest::newRow("nothing") << QByteArray() << QStringList();
        QTest::newRow("as a table") << QByteArrayLiteral("[providers.\"managed:kimi-code\".oauth]\n"
                                                         "storage = 'file'\nkey = 'oauth/kimi-code'\n")
                                    << usual;
        QTest::newRow("in one line") << QByteArrayLiteral(
            "providers = { \"a\" = { api_key = \"sk-\\\"x\", oauth = { key = \"oauth/b\" } } }\n")
                                     << QStringList{QStringLiteral("b")};
        QTest::newRow("keyring") << QByteArrayLiteral("[providers.a]\noauth={storage=\"keyring\",key=\"oauth/a\"}\n")
                                 << QStringList();
        QTest::newRow("out of the directory")
            << QByteArrayLiteral("[providers.a]\noauth={storage=\"file\",key=\"oauth/../../x\"}\n") << QStringList();
        QTest::newRow("hidden") << QByteArrayLiteral("[providers.a]\noauth={key=\"oauth/.x\"}\n") << QStringList();
        QTest::newRow("wrong types") << QByteArrayLiteral("providers = [1]\n") << QStringList();
        QTest::newRow("quotes in a comment")
            << QByteArrayLiteral("# \"\"\" or '''\n[providers.x]\noauth={key=\"oauth/x\"}\n")
            << QStringList{QStringLiteral("x")};
        QTest::newRow("secrets of all kinds beside it")
            << QByteArrayLiteral("# it's \"quoted\nlist = [\n  [\"sk-one\"], ['sk-two']\n]\nlong = '''\nsk's\n'''\n"
                                 "text = \"\"\"\nsk \\\"\"\" more\"\"\"\n[models.\"a/b\"]\nk=\"v\\\\\"\n"
                                 "[models.\"a/c\"]\n[providers.x]\noauth={key=\"oauth/x\"}\n")
            << QStringList{QStringLiteral("x")};
    }

    void names_areThoseOfFileStores()
    {
        QFETCH(QByteArray, toml);
        const auto names = tools::kimiCredentialNames(fetching::secretOf(toml), QStringLiteral("/c.toml"));
        QVERIFY2(names.has_value(), qPrintable(names ? QString() : base::describe(names.error())));
        QTEST(*names, "names");
    }

    void secret_neverReachesTheParser_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::newRow("value") << QByteArrayLiteral("api_key = \"sk-canary\"\n");
        QTest::newRow("literal") << QByteArrayLiteral("api_key = 'sk-canary'\n");
        QTest::newRow("in one line") << QByteArrayLiteral("p = { a = { api_key = \"sk-canary\", b = \"c\" } }\n");
        QTest::newRow("after an escape") << QByteArrayLiteral("api_key = \"a\\\\\\\"sk-canary\" # \"\n");
        QTest::newRow("list") << QByteArrayLiteral("keys = [\"a\", \"sk-canary\"]\n");
        QTest::newRow("list in a list") << QByteArrayLiteral("keys = [\n  [\"sk-canary\"]\n]\n");
        QTest::newRow("several lines") << QByteArrayLiteral("key = \"\"\"\na\"b\nsk-canary\"\"\"\n");
        QTest::newRow("cut off") << QByteArrayLiteral("api_key = \"sk-canary");
        QTest::newRow("after a comment") << QByteArrayLiteral("# don't\napi_key = \"sk-canary\"\n");
    }

    void secret_neverReachesTheParser()
    {
        QFETCH(QByteArray, toml);
        const base::Secret masked = tools::tomlWithoutSecrets(fetching::secretOf(toml));
        QVERIFY(masked.expose().find("canary") == std::string_view::npos);
        QCOMPARE(masked.size(), static_cast<std::size_t>(toml.size()));
    }

    void damage_namesItsLineAndQuotesNothing()
    {
        const auto names = tools::kimiCredentialNames(fetching::secretOf("a = 1\nsk-canary = = \"sk-canary\"\n"),
                                                      QStringLiteral("/c.toml"));
        QVERIFY(!names);
        QCOMPARE(names.error().kind, base::ErrorKind::Malformed);
        QCOMPARE(names.error().place, QStringLiteral("line 2"));
        QVERIFY(!base::describe(names.error()).contains(QStringLiteral("canary")));
    }

    void everyBeginning_endsInAnAnswer()
    {
        const QByteArray whole = fetching::fixture(QStringLiteral("kimi/config.toml"));
        for (qsizetype size = 0; size <= whole.size(); ++size) {
            const auto names = tools::kimiCredentialNames(fetching::secretOf(whole.first(size)), QStringLiteral("/c"));
            QVERIFY(!names || names->size() <= 1);
        }
    }
};

QTEST_GUILESS_MAIN(KimiConfigTest)
#include "kimiconfig.moc"
