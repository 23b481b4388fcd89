// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/yamltree.h"

#include "core/tools/fetching.h"

using namespace keytender;
using base::ErrorKind;
using tools::YamlNode;
using tools::YamlTree;

class YamlTreeTest final : public QObject {
    Q_OBJECT

private:
    static base::Result<YamlTree> parse(const QByteArray &yaml)
    {
        return YamlTree::parse(fetching::secretOf(yaml), QStringLiteral("/h.yml"));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void scalar_ofAnyStyle_isWhatItSays_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("text");
        const QByteArray token = "gho_dummyOctocat0000000000000000000000001";
        QTest::newRow("plain") << "k: " + token + '\n' << token;
        QTest::newRow("single quotes") << "k: '" + token + "'\n" << token;
        QTest::newRow("double quotes") << "k: \"" + token + "\"\n" << token;
        QTest::newRow("short") << QByteArrayLiteral("k: gho_x\n") << QByteArrayLiteral("gho_x");
        QTest::newRow("with a comment") << "k: " + token + " # " + token + '\n' << token;
        QTest::newRow("two in one") << "k: '" + token + " and " + token + "'\n" << token + " and " + token;
        QTest::newRow("after an escape") << "k: \"\\n" + token + "\"\n" << '\n' + token;
        QTest::newRow("an escape in it") << QByteArrayLiteral("k: \"\\x41BCDEFGHIJKLMNOPQRSTUVWXYZ\"\n")
                                         << QByteArrayLiteral("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        QTest::newRow("joined lines") << "k: \"" + token + "\\\n  " + token + "\"\n" << token + token;
        QTest::newRow("block") << "k: |\n  " + token + '\n' << token + '\n';
        QTest::newRow("flow") << "{\"k\": \"" + token + "\"}" << token;
        QTest::newRow("looks like a stand-in")
            << QByteArrayLiteral("k: masked_0000000000000\n") << QByteArrayLiteral("masked_0000000000000");
        QTest::newRow("looks like half of one") << "k: 'masked_ " + token + "'\n"
                                                << "masked_ " + token;
        QTest::newRow("a number") << QByteArrayLiteral("k: 12\n") << QByteArrayLiteral("12");
        QTest::newRow("null") << QByteArrayLiteral("k: ~\n") << QByteArray();
        QTest::newRow("quoted null") << QByteArrayLiteral("k: \"null\"\n") << QByteArrayLiteral("null");
    }

    void scalar_ofAnyStyle_isWhatItSays()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, text);
        const auto tree = parse(yaml);
        QVERIFY2(tree.has_value(), qPrintable(tree ? QString() : base::describe(tree.error())));
        const YamlNode *node = tree->root().member(u"k");
        QVERIFY(node != nullptr);
        QCOMPARE(tree->string(*node).value(), QString::fromUtf8(text));
        QVERIFY(tree->secret(*node).value() == fetching::secretOf(text));
    }

    void token_neverReachesTheParser()
    {
        const auto tree = parse("k: gho_dummyOctocat0000000000000000000000001\n");
        QVERIFY(tree->root().member(u"k")->text.find("dummy") == std::string::npos);
    }

    void longKey_isFound()
    {
        const auto tree = parse("a_key_that_is_as_long_as_a_token: 1\n");
        QVERIFY(tree->root().member(u"a_key_that_is_as_long_as_a_token") != nullptr);
    }

    void fault_isRefusedWithItsLine_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("place");
        const QString line2 = QStringLiteral("line 2");
        QTest::newRow("empty") << QByteArray() << ErrorKind::Incomplete << QString();
        QTest::newRow("too large") << QByteArray((1 << 20) + 1, 'a') << ErrorKind::TooLarge << QString();
        QTest::newRow("no YAML") << QByteArrayLiteral("a: b\nc: d: e\n") << ErrorKind::Malformed << line2;
        QTest::newRow("cut off in a quote") << QByteArrayLiteral("a: b\nc: \"d") << ErrorKind::Malformed << line2;
        QTest::newRow("key twice") << QByteArrayLiteral("a: b\na: c\n") << ErrorKind::Malformed << line2;
        QTest::newRow("alias") << QByteArrayLiteral("a: &x b\nc: *x\n") << ErrorKind::Malformed << line2;
        QTest::newRow("key a map") << QByteArrayLiteral("a: b\n? {c: d}\n: e\n") << ErrorKind::Malformed << line2;
        QTest::newRow("two documents") << QByteArrayLiteral("a: b\n---\nc: d\n") << ErrorKind::Malformed
                                       << QStringLiteral("line 3");
        QTest::newRow("nested too deeply")
            << QByteArray(100'000, '[') << ErrorKind::TooLarge << QStringLiteral("line 1");
        QTest::newRow("too many values") << QByteArrayLiteral("a: b\nc:\n- [") + QByteArray("1,").repeated(30'000) + ']'
                                         << ErrorKind::TooLarge << QStringLiteral("line 3");
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe"
                                              "a\0:\0 \0b\0",
                                              10)
                                << ErrorKind::Malformed << QStringLiteral("line 1");
        QTest::newRow("NUL") << QByteArray("a: \0\n", 5) << ErrorKind::Malformed << QStringLiteral("line 1");
        QTest::newRow("no UTF-8") << QByteArray("a: \xc3\x28\n") << ErrorKind::Malformed << QStringLiteral("line 1");
    }

    void fault_isRefusedWithItsLine()
    {
        QFETCH(QByteArray, yaml);
        const auto tree = parse(yaml);
        QVERIFY(!tree);
        QTEST(tree.error().kind, "kind");
        QTEST(tree.error().place, "place");
        QCOMPARE(tree.error().subject, QStringLiteral("/h.yml"));
    }

    void secret_ofAMap_isAnErrorWithItsLine()
    {
        const auto tree = parse("a: 1\nk:\n  b: c\n");
        const auto secret = tree->secret(*tree->root().member(u"k"));
        QVERIFY(!secret);
        QCOMPARE(secret.error().place, QStringLiteral("line 3"));
    }

    void commentsAlone_areNull() { QCOMPARE(parse("# nothing\n")->root().type, YamlNode::Type::Null); }
};

QTEST_GUILESS_MAIN(YamlTreeTest)
#include "yamltree.moc"
