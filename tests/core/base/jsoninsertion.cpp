// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/jsonspans.h"

#include <QTest>

using namespace keytender::base;

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QByteArray bytesOf(std::string_view bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

Result<JsonSpans> parsed(const QByteArray &text)
{
    return JsonSpans::parse(Secret::copyOf(viewOf(text)), QStringLiteral("/home/u/auth.json"));
}

JsonValue at(const JsonSpans &document, const QByteArray &path)
{
    JsonValue value = document.root();
    for (const QByteArray &step : path.isEmpty() ? QList<QByteArray>() : path.split('.'))
        value = value.member(viewOf(step));
    return value;
}

// All of them new members of the object at `path`, "7" each.
QByteArray withMembers(const QByteArray &text, const QByteArray &path, const QList<QByteArray> &keys)
{
    const auto document = parsed(text);
    if (!document)
        return "not JSON";
    std::vector<JsonEdit> edits;
    for (const QByteArray &key : keys) {
        auto edit = document->insertion(at(*document, path), viewOf(key), Secret::copyOf("7"));
        if (!edit)
            return "refused: " + edit.error().detail.toUtf8();
        edits.push_back(*std::move(edit));
    }
    const auto spliced = document->spliced(std::move(edits));
    return spliced ? bytesOf(spliced->expose()) : "not spliced: " + spliced.error().detail.toUtf8();
}

} // namespace

class JsonInsertionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(initializeCrypto()); }

    void insertion_isWrittenLikeItsNeighbours_data();
    void insertion_isWrittenLikeItsNeighbours();
    void severalInsertions_comeInOrder_data();
    void severalInsertions_comeInOrder();
    void insertion_besideReplacements_keepsBoth();
    void insertion_whereItMayNot_isRefused_data();
    void insertion_whereItMayNot_isRefused();
    void spliced_withABadInsertion_isRefused_data();
    void spliced_withABadInsertion_isRefused();
    void spliced_withTheSameKeyTwice_isRefused();
};

void JsonInsertionTest::insertion_isWrittenLikeItsNeighbours_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *text, const char *path, const char *after) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(path) << QByteArray(after);
    };
    row("compact", R"({"a":1,"b":2})", "", R"({"a":1,"b":2,"k":7})");
    row("compact, one member", R"({"a":1})", "", R"({"a":1,"k":7})");
    row("as Python writes", R"({"a": 1, "b": 2})", "", R"({"a": 1, "b": 2, "k": 7})");
    row("as Python writes, one member", R"({"a": 1})", "", R"({"a": 1, "k": 7})");
    row("two spaces", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "", "{\n  \"a\": 1,\n  \"b\": 2,\n  \"k\": 7\n}\n");
    row("two spaces, one member", "{\n  \"a\": 1\n}", "", "{\n  \"a\": 1,\n  \"k\": 7\n}");
    row("tabs", "{\n\t\"a\":\t1\n}", "", "{\n\t\"a\":\t1,\n\t\"k\":\t7\n}");
    row("CRLF", "{\r\n    \"a\" : 1\r\n}\r\n", "", "{\r\n    \"a\" : 1,\r\n    \"k\" : 7\r\n}\r\n");
    row("nested", "{\n  \"o\": {\n    \"a\": {}\n  },\n  \"z\": 0\n}", "o",
        "{\n  \"o\": {\n    \"a\": {},\n    \"k\": 7\n  },\n  \"z\": 0\n}");
    row("comma on the next line", "{\n  \"a\": 1\n  , \"b\": 2\n}", "", "{\n  \"a\": 1\n  , \"b\": 2\n  , \"k\": 7\n}");
    row("the last value is an object", R"({"a":{"b":{"c":[1,{"d":2}]}}})", "a",
        R"({"a":{"b":{"c":[1,{"d":2}]},"k":7}})");
    row("empty", "{}", "", R"({"k":7})");
    row("empty with a space", "{ }", "", R"({"k":7 })");
    row("empty over two lines", "{\n}\n", "", "{\n  \"k\": 7\n}\n");
    row("empty inside, compact", R"({"o":{},"b":1})", "o", R"({"o":{"k":7},"b":1})");
    row("empty inside, as Python writes", R"({"o": {}, "b": 1})", "o", R"({"o": {"k": 7}, "b": 1})");
    row("empty inside, two spaces", "{\n  \"b\": 1,\n  \"o\": {}\n}", "o",
        "{\n  \"b\": 1,\n  \"o\": {\n    \"k\": 7\n  }\n}");
    row("empty inside, tabs and CRLF", "{\r\n\t\"o\": {}\r\n}", "o", "{\r\n\t\"o\": {\r\n\t\t\"k\": 7\r\n\t}\r\n}");
    row("empty inside, closed on its own line", "{\n    \"o\": {\n    }\n}", "o",
        "{\n    \"o\": {\n        \"k\": 7\n    }\n}");
    row("a doubled key elsewhere", R"({"x":1,"x":2,"o":{"a":1}})", "o", R"({"x":1,"x":2,"o":{"a":1,"k":7}})");
}

void JsonInsertionTest::insertion_isWrittenLikeItsNeighbours()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, path);
    QTEST(withMembers(text, path, {"k"}), "after");
}

void JsonInsertionTest::severalInsertions_comeInOrder_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("compact") << QByteArray(R"({"a":1})") << QByteArray(R"({"a":1,"z":7,"k":7,"m":7})");
    QTest::newRow("empty") << QByteArray("{}") << QByteArray(R"({"z":7,"k":7,"m":7})");
    QTest::newRow("two spaces") << QByteArray("{\n  \"a\": 1\n}")
                                << QByteArray("{\n  \"a\": 1,\n  \"z\": 7,\n  \"k\": 7,\n  \"m\": 7\n}");
    QTest::newRow("empty over two lines")
        << QByteArray("{\n}") << QByteArray("{\n  \"z\": 7,\n  \"k\": 7,\n  \"m\": 7\n}");
}

void JsonInsertionTest::severalInsertions_comeInOrder()
{
    QFETCH(const QByteArray, text);
    QTEST(withMembers(text, "", {"z", "k", "m"}), "after");
}

void JsonInsertionTest::insertion_besideReplacements_keepsBoth()
{
    const auto document = parsed("{\n  \"o\": {},\n  \"a\": \"x\"\n}");
    QVERIFY(document);
    const JsonValue root = document->root();
    std::vector<JsonEdit> edits;
    edits.push_back(*document->insertion(root, "k", Secret::copyOf("{\"s\":\"t\"}")));
    edits.push_back({root.member("a").span(), Secret::copyOf("\"much longer\"")});
    edits.push_back(*document->insertion(root.member("o"), "p", Secret::copyOf("1")));
    edits.push_back(*document->insertion(root.member("o"), "q", Secret::copyOf("2")));
    const auto text = document->spliced(std::move(edits));
    QVERIFY(text);
    QCOMPARE(bytesOf(text->expose()),
             QByteArray("{\n  \"o\": {\n    \"p\": 1,\n    \"q\": 2\n  },\n  \"a\": \"much longer\",\n"
                        "  \"k\": {\"s\":\"t\"}\n}"));
}

void JsonInsertionTest::insertion_whereItMayNot_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("the key is there") << QByteArray(R"({"k":1})") << QByteArray();
    QTest::newRow("it is there as null") << QByteArray(R"({"k":null})") << QByteArray();
    QTest::newRow("it is there, escaped") << QByteArray(R"({"\u006b":1})") << QByteArray();
    QTest::newRow("it is there twice") << QByteArray(R"({"k":1,"k":2})") << QByteArray();
    QTest::newRow("the object is there twice") << QByteArray(R"({"o":{},"o":{}})") << QByteArray("o");
    QTest::newRow("no such object") << QByteArray(R"({"a":1})") << QByteArray("o");
    QTest::newRow("no object") << QByteArray(R"({"o":[]})") << QByteArray("o");
}

void JsonInsertionTest::insertion_whereItMayNot_isRefused()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, path);
    const auto document = parsed(text);
    QVERIFY(document);
    QVERIFY(!document->insertion(at(*document, path), "k", Secret::copyOf("7")));
}

void JsonInsertionTest::spliced_withABadInsertion_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<QByteArray>("insertion");
    const auto row = [](const char *name, const char *text, int position, const char *insertion) {
        QTest::newRow(name) << QByteArray(text) << position << QByteArray(insertion);
    };
    row("before the text", R"({"a":1})", 0, R"(,"k":7)");
    row("behind the text", R"({"a":1})", 7, R"(,"k":7)");
    row("before the first member", R"({"a":1})", 1, R"(,"k":7)");
    row("between two members", R"({"a":1,"b":2})", 6, R"(,"k":7)");
    row("inside a value", R"({"a":12})", 6, R"(,"k":7)");
    row("in a list", R"({"a":[1]})", 7, R"(,"k":7)");
    row("no comma", R"({"a":1})", 6, R"("k":7)");
    row("a space before the first comma", R"({})", 1, R"( ,"k":7)");
    row("nothing", R"({"a":1})", 6, "");
    row("only a comma", R"({"a":1})", 6, ",");
    row("no value", R"({"a":1})", 6, R"(,"k":)");
    row("two members", R"({"a":1})", 6, R"(,"k":7,"l":8)");
    row("closes the object", R"({"a":1})", 6, R"(,"k":7},"x":{)");
    row("the key is there", R"({"a":1})", 6, R"(,"a":7)");
    row("the key is there, escaped", R"({"a":1})", 6, R"(,"\u0061":7)");
    row("the object stands twice", R"({"o":{"a":1},"o":1})", 11, R"(,"k":7)");
}

void JsonInsertionTest::spliced_withABadInsertion_isRefused()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, position);
    QFETCH(const QByteArray, insertion);
    const auto document = parsed(text);
    QVERIFY(document);
    std::vector<JsonEdit> edits;
    edits.push_back({{std::size_t(position), std::size_t(position)}, Secret::copyOf(viewOf(insertion))});
    QVERIFY(!document->spliced(std::move(edits)));
}

void JsonInsertionTest::spliced_withTheSameKeyTwice_isRefused()
{
    for (const char *text : {"{}", R"({"a":1})"}) {
        const auto document = parsed(text);
        QVERIFY(document);
        std::vector<JsonEdit> edits;
        edits.push_back(*document->insertion(document->root(), "k", Secret::copyOf("1")));
        edits.push_back(*document->insertion(document->root(), "k", Secret::copyOf("2")));
        QVERIFY(!document->spliced(std::move(edits)));
    }
}

QTEST_GUILESS_MAIN(JsonInsertionTest)
#include "jsoninsertion.moc"
