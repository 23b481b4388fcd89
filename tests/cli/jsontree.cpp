// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "jsontree.h"

#include <QTest>

using namespace keytender;

class JsonTreeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_isReadStrictly_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isRead");
        const auto row = [](const char *name, const QByteArray &text, bool isRead) {
            QTest::newRow(name) << text << isRead;
        };
        row("object", R"({"a":{"b":[1,"x",null,true,1e3]}})", true);
        row("key twice", R"({"a":1,"a":2})", false);
        row("key twice, one escaped", R"({"a":1,"\u0061":2})", false);
        row("key twice in two objects", R"({"x":{"a":1},"y":{"a":2}})", true);
        row("trailing comma", R"({"a":1,})", false);
        row("comment", "{/* x */}", false);
        row("two values", "{} {}", false);
        row("NUL behind it", QByteArray("{}\0{", 4), false);
        row("NUL in a string", QByteArray("\"a\0b\"", 5), false);
        row("no UTF-8", "\"\xC3\x28\"", false);
        row("line feed in a string", "\"a\nb\"", false);
        row("half a surrogate pair", R"("\uD800")", false);
        row("nothing", "", false);
        row("cut off", R"({"a":)", false);
        row("64 deep", QByteArray(64, '[') + QByteArray(64, ']'), true);
        row("65 deep", QByteArray(65, '[') + QByteArray(65, ']'), false);
        row("very deep", QByteArray(1'000'000, '['), false);
        row("byte order mark", "\xEF\xBB\xBF{}", false);
    }

    void text_isReadStrictly()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isRead);
        const auto tree = cli::JsonTree::parse(text.toStdString());
        QCOMPARE(bool(tree), isRead);
        QCOMPARE(tree.fault.empty(), isRead);
    }

    void comments_areSkippedWhereTheClientDoesSo()
    {
        const std::string text = "// mine\n{\"a\": /* x */ \"b\"}\n";
        QVERIFY(!cli::JsonTree::parse(text));
        const auto tree = cli::JsonTree::parse(text, cli::JsonTree::Comments::Skipped);
        QVERIFY(tree);
        QCOMPARE(tree->root().find("a")->text, std::string_view("b"));
    }

    void values_areDecodedAndKnowTheirLines()
    {
        const auto tree = cli::JsonTree::parse("{\n \"a\": \"x\\ny\\u0041\",\n \"b\": [\n1,\n\"z\"]\n}");
        QVERIFY(tree);
        const auto *const a = tree->root().find("a");
        QCOMPARE(a->text, std::string_view("x\nyA"));
        QCOMPARE(a->line, 2);
        const auto *const b = tree->root().find("b");
        QCOMPARE(b->line, 3);
        QCOMPARE(b->members.size(), 2UL);
        QCOMPARE(b->members[0].second.number, 1.0);
        QCOMPARE(b->members[1].second.line, 5);
        QCOMPARE(tree->root().find("c"), nullptr);
    }

    void fault_namesItsLine()
    {
        QCOMPARE(cli::JsonTree::parse("{\n\"a\": tru\n}").fault.substr(0, 7), std::string("line 2:"));
        QCOMPARE(cli::JsonTree::parse("{\n\"a\":1,\n\"a\":2}").fault,
                 std::string("line 3: a key stands twice in one object"));
    }

    void quoted_isReadAsItWas()
    {
        const std::string hostile("a\"\\\n\x01\x1f\0\xC3\xBC", 10);
        wire::WipedBytes text;
        cli::appendQuoted(text, hostile);
        const auto tree = cli::JsonTree::parse(text.view());
        QVERIFY(tree);
        QCOMPARE(std::string(tree->root().text), hostile);
    }
};

QTEST_APPLESS_MAIN(JsonTreeTest)
#include "jsontree.moc"
