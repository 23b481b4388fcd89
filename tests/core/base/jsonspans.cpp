// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/jsonspans.h"

#include <QTest>

using namespace keytender::base;

namespace {

const QString file = QStringLiteral("/home/u/auth.json");

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

Result<JsonSpans> parsed(const QByteArray &text, const JsonLimits &limits = {})
{
    return JsonSpans::parse(Secret::copyOf(viewOf(text)), file, limits);
}

QByteArray bytesOf(std::string_view bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

QByteArray textAt(const JsonSpans &document, const JsonValue &value)
{
    return bytesOf(document.bytes().substr(value.span().begin, value.span().end - value.span().begin));
}

template <class T>
QString placeOf(const Result<T> &result)
{
    return result ? QStringLiteral("(no error)") : result.error().place + QStringLiteral(": ") + result.error().detail;
}

} // namespace

class JsonSpansTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(initializeCrypto()); }

    void span_ofEachValue_isExact();
    void string_decodesEveryEscape_data();
    void string_decodesEveryEscape();
    void secret_isDecodedLikeAString();
    void number_readsWhatStandsThere_data();
    void number_readsWhatStandsThere();
    void number_outOfRange_isRefused_data();
    void number_outOfRange_isRefused();
    void optional_missingAndNull_areNothing();
    void optional_wrongType_isAnError();
    void members_comeInFileOrder();
    void doubledKey_isRefusedWhenRead_data();
    void doubledKey_isRefusedWhenRead();
    void doubledKey_elsewhere_doesNotDisturb();
    void error_namesFileLineColumnAndPath_data();
    void error_namesFileLineColumnAndPath();
    void damagedText_isRefusedWithItsPlace_data();
    void damagedText_isRefusedWithItsPlace();
    void cutOffAtEveryByte_isIncomplete();
    void tooDeep_isRefusedWithoutRecursion();
    void tooManyValues_areRefused();
    void tooManyBytes_areRefused();
    void tenMegabytes_areRead();
    void spliced_replacesOnlyTheValue();
    void spliced_severalInAnyOrder();
    void spliced_nothing_isTheSame();
    void spliced_badEdit_isRefused_data();
    void spliced_badEdit_isRefused();
    void quoted_readsBackTheSame_data();
    void quoted_readsBackTheSame();
    void movedDocument_keepsItsValues();
};

void JsonSpansTest::span_ofEachValue_isExact()
{
    const QByteArray text = " {\r\n\t\"a\" : -1.50e+3 ,\"b\":[ true,null , \"x\\\"y\" ],\"\": { } , \"c\":[]}\n";
    const auto document = parsed(text);
    QVERIFY(document);
    const JsonValue root = document->root();
    QCOMPARE(textAt(*document, root), text.trimmed());
    QCOMPARE(textAt(*document, root.member("a")), QByteArray("-1.50e+3"));
    QCOMPARE(textAt(*document, root.member("b")), QByteArray("[ true,null , \"x\\\"y\" ]"));
    const auto elements = root.member("b").elements();
    QCOMPARE(elements.size(), std::size_t(3));
    QCOMPARE(textAt(*document, elements[0]), QByteArray("true"));
    QCOMPARE(textAt(*document, elements[1]), QByteArray("null"));
    QCOMPARE(textAt(*document, elements[2]), QByteArray("\"x\\\"y\""));
    QCOMPARE(textAt(*document, root.member("")), QByteArray("{ }"));
    QCOMPARE(textAt(*document, root.member("c")), QByteArray("[]"));
    QVERIFY(root.member("d").isMissing());
    QVERIFY(elements[0].member("d").isMissing());
}

void JsonSpansTest::string_decodesEveryEscape_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QByteArray("\"\"") << QString();
    QTest::newRow("plain") << QByteArray("\"abc\"") << QStringLiteral("abc");
    QTest::newRow("simple escapes") << QByteArray(R"("\"\\\/\b\f\n\r\t")") << QStringLiteral("\"\\/\b\f\n\r\t");
    QTest::newRow("one byte") << QByteArray(R"("\u0041")") << QStringLiteral("A");
    QTest::newRow("two bytes") << QByteArray(R"("\u00e9\u00E9")") << QStringLiteral("éé");
    QTest::newRow("three bytes") << QByteArray(R"("\u20AC")") << QStringLiteral("€");
    QTest::newRow("surrogate pair") << QByteArray(R"("\ud83d\uDE00")") << QStringLiteral("😀");
    QTest::newRow("UTF-8 as it is") << QByteArray("\"é€😀\"") << QStringLiteral("é€😀");
    QTest::newRow("noncharacter") << QByteArray(R"("\uFFFF")") << QString(QChar(0xFFFF));
    QTest::newRow("zero") << QByteArray(R"("a\u0000b")") << QString::fromLatin1("a\0b", 3);
    QTest::newRow("escape at both ends") << QByteArray(R"("\nabc\n")") << QStringLiteral("\nabc\n");
}

void JsonSpansTest::string_decodesEveryEscape()
{
    QFETCH(const QByteArray, token);
    QFETCH(const QString, text);
    const auto document = parsed("{\"k\":" + token + '}');
    QVERIFY(document);
    const auto read = document->root().member("k").string();
    QVERIFY(read);
    QCOMPARE(*read, text);
}

void JsonSpansTest::secret_isDecodedLikeAString()
{
    const auto document = parsed(R"({"k":"a\/b\u002b😀"})");
    QVERIFY(document);
    const auto secret = document->root().member("k").secret();
    QVERIFY(secret);
    QCOMPARE(bytesOf(secret->expose()), QByteArray("a/b+😀"));
}

void JsonSpansTest::number_readsWhatStandsThere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("value");
    QTest::newRow("zero") << QByteArray("0") << 0.0;
    QTest::newRow("negative") << QByteArray("-17") << -17.0;
    QTest::newRow("milliseconds") << QByteArray("1790000000123") << 1790000000123.0;
    QTest::newRow("fraction") << QByteArray("0.1") << 0.1;
    QTest::newRow("exponent") << QByteArray("1.79e12") << 1.79e12;
    QTest::newRow("beyond 64 bits") << QByteArray("100000000000000000000") << 1e20;
}

void JsonSpansTest::number_readsWhatStandsThere()
{
    QFETCH(const QByteArray, text);
    QFETCH(const double, value);
    const auto document = parsed(text);
    QVERIFY(document);
    const auto read = document->root().number();
    QVERIFY(read);
    QCOMPARE(*read, value);
}

void JsonSpansTest::number_outOfRange_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("1e400") << QByteArray("{\"k\":1e400}");
    QTest::newRow("400 digits") << QByteArray("{\"k\":" + QByteArray(400, '9') + '}');
    QTest::newRow("1e-400") << QByteArray("{\"k\":1e-400}");
}

void JsonSpansTest::number_outOfRange_isRefused()
{
    QFETCH(const QByteArray, text);
    const auto document = parsed(text);
    // RapidJSON refuses what is too large for a double, we what is too small.
    QVERIFY(!document || !document->root().member("k").number());
}

void JsonSpansTest::optional_missingAndNull_areNothing()
{
    const auto document = parsed(R"({"k":null,"s":"x","n":1})");
    QVERIFY(document);
    const JsonValue root = document->root();
    for (const JsonValue &value : {root.member("k"), root.member("none"), root.member("none").member("deeper")}) {
        QVERIFY(value.optionalString() && !value.optionalString()->has_value());
        QVERIFY(value.optionalNumber() && !value.optionalNumber()->has_value());
        QVERIFY(value.optionalSecret() && !value.optionalSecret()->has_value());
    }
    QCOMPARE(root.member("s").optionalString()->value(), QStringLiteral("x"));
    QCOMPARE(root.member("n").optionalNumber()->value(), 1.0);
    QCOMPARE(bytesOf(root.member("s").optionalSecret()->value().expose()), QByteArray("x"));
}

void JsonSpansTest::optional_wrongType_isAnError()
{
    const auto document = parsed(R"({"k":[],"l":false})");
    QVERIFY(document);
    QVERIFY(!document->root().member("k").optionalString());
    QVERIFY(!document->root().member("k").optionalNumber());
    QVERIFY(!document->root().member("l").optionalSecret());
}

void JsonSpansTest::members_comeInFileOrder()
{
    const auto document = parsed(R"({"z":1,"a":2,"m":3,"a":4})");
    QVERIFY(document);
    QStringList keys;
    QList<JsonType> types;
    for (const auto &[key, value] : document->root().members()) {
        keys << key;
        types << value.type();
    }
    QCOMPARE(keys, QStringList({QStringLiteral("z"), QStringLiteral("a"), QStringLiteral("m"), QStringLiteral("a")}));
    QCOMPARE(types, QList<JsonType>({JsonType::Number, JsonType::Doubled, JsonType::Number, JsonType::Doubled}));
}

void JsonSpansTest::doubledKey_isRefusedWhenRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray(R"({"k":"1","k":"2"})");
    QTest::newRow("the same value") << QByteArray(R"({"k":"1","k":"1"})");
    QTest::newRow("one is escaped") << QByteArray(R"({"k":"1","\u006b":"2"})");
    QTest::newRow("one is null") << QByteArray(R"({"k":null,"x":0,"k":"2"})");
    QTest::newRow("three") << QByteArray(R"({"k":"1","k":"2","k":"3"})");
}

void JsonSpansTest::doubledKey_isRefusedWhenRead()
{
    QFETCH(const QByteArray, text);
    const auto document = parsed(text);
    QVERIFY(document);
    const JsonValue value = document->root().member("k");
    QCOMPARE(value.type(), JsonType::Doubled);
    QVERIFY(!value.isMissing() && !value.isNull() && !value.isObject());
    QVERIFY(placeOf(value.string()).endsWith(QStringLiteral(", k: stands twice")));
    QVERIFY(!value.secret());
    QVERIFY(!value.optionalSecret());
    QVERIFY(!value.optionalString());
    QVERIFY(!value.object());
    QVERIFY(!value.member("deeper").optionalString());
}

void JsonSpansTest::doubledKey_elsewhere_doesNotDisturb()
{
    const auto document = parsed(R"({"x":1,"x":{"k":2},"k":"fine","o":{"k":"also"}})");
    QVERIFY(document);
    QCOMPARE(*document->root().member("k").string(), QStringLiteral("fine"));
    QCOMPARE(*document->root().member("o").member("k").string(), QStringLiteral("also"));
    QCOMPARE(document->root().member("x").member("k").type(), JsonType::Doubled);
}

void JsonSpansTest::error_namesFileLineColumnAndPath_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::newRow("first line") << QByteArray(R"({"a":{"b":1}})") << QStringLiteral("line 1, column 11, a.b");
    QTest::newRow("after CRLF") << QByteArray("{\r\n  \"a\": {\r\n    \"b\": 1}}")
                                << QStringLiteral("line 3, column 10, a.b");
    QTest::newRow("columns are characters")
        << QByteArray("{\"é😀\":0,\"a\":{\"b\":1}}") << QStringLiteral("line 1, column 18, a.b");
    QTest::newRow("missing member: its object")
        << QByteArray(R"({"a":{ }})") << QStringLiteral("line 1, column 6, a.b");
    QTest::newRow("missing on the way") << QByteArray(R"({})") << QStringLiteral("line 1, column 1, a.b");
}

void JsonSpansTest::error_namesFileLineColumnAndPath()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, place);
    const auto document = parsed(text);
    QVERIFY(document);
    const auto read = document->root().member("a").member("b").string();
    QVERIFY(!read);
    QCOMPARE(read.error().subject, file);
    QCOMPARE(read.error().place, place);
    QCOMPARE(read.error().kind, ErrorKind::Malformed);
    QVERIFY(read.error().detail == QStringLiteral("is a number, not a string")
            || read.error().detail == QStringLiteral("is missing"));
}

void JsonSpansTest::damagedText_isRefusedWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *name, const QByteArray &text, const char *place) {
        QTest::newRow(name) << text << QString::fromUtf8(place);
    };
    row("byte order mark", "\xEF\xBB\xBF{}", ": begins with a byte order mark");
    row("UTF-16 little endian", QByteArray("\xFF\xFE{\0}\0", 6), ": is UTF-16, not UTF-8");
    row("UTF-16 big endian", QByteArray("\xFE\xFF\0{\0}", 6), ": is UTF-16, not UTF-8");
    row("something behind", "{}\n x", "line 2, column 2: something stands behind the end");
    row("zeros behind", QByteArray("{}\0\0", 4), "line 1, column 3: something stands behind the end");
    row("zeros inside", QByteArray("{\"a\":\0\0}", 8), "line 1, column 6: not JSON");
    row("two values", "{}{}", "line 1, column 3: something stands behind the end");
    row("no comma", "{\"a\":[1 2]}", "line 1, column 9, a: a comma or a closing bracket should stand here");
    row("no colon", "{\"a\" 1}", "line 1, column 6: a colon should stand here");
    row("no key", "{\"o\":{\n1:2}}", "line 2, column 1, o: a key should stand here");
    row("comma at the end", "[1,]", "line 1, column 4: not JSON");
    row("comment", "{} // x", "line 1, column 4: something stands behind the end");
    row("single quotes", "{'a':1}", "line 1, column 2: a key should stand here");
    row("NaN", "{\"expiresAt\":NaN}", "line 1, column 14: not JSON");
    row("Infinity", "[-Infinity]", "line 1, column 3: not JSON");
    row("lone first half", R"({"a":["\ud83d"]})", "line 1, column 8, a: half of a surrogate pair");
    row("lone second half", R"({"a":["x\ude00"]})", "line 1, column 16, a: half of a surrogate pair");
    row("lone half in a key", R"({"\ude00":1})", "line 1, column 10: half of a surrogate pair");
    row("broken UTF-8", "{\"a\":\"\xC3(\"}", "line 1, column 7: not UTF-8");
    row("overlong UTF-8", "{\"a\":\"\xC0\xAF\"}", "line 1, column 7: not UTF-8");
    row("surrogate in UTF-8", "{\"a\":\"\xED\xA0\x80\"}", "line 1, column 7: not UTF-8");
    row("bare control", "{\"a\":\"\n\"}", "line 1, column 7: a character or an escape that a string may not hold");
    row("leading zero", "[01]", "line 1, column 3: a comma or a closing bracket should stand here");
}

void JsonSpansTest::damagedText_isRefusedWithItsPlace()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, place);
    const auto document = parsed(text);
    QVERIFY(!document);
    QCOMPARE(document.error().kind, ErrorKind::Malformed);
    QCOMPARE(document.error().subject, file);
    QCOMPARE(placeOf(document), place);
}

void JsonSpansTest::cutOffAtEveryByte_isIncomplete()
{
    const QByteArray text =
        "\n{\"claudeAiOauth\":{\"accessToken\":\"sk-\\u00e9\\ud83d\\ude00é😀\\n\",\"expiresAt\":-1.5e+3,"
        "\"scopes\":[\"a\",true,false,null,{}],\"k\":{\"l\":[[]]}}}";
    QVERIFY(parsed(text));
    for (qsizetype size = 0; size < text.size(); ++size) {
        const auto document = parsed(text.first(size));
        QVERIFY2(!document, text.first(size).constData());
        QVERIFY2(document.error().kind == ErrorKind::Incomplete, text.first(size).constData());
    }
}

void JsonSpansTest::tooDeep_isRefusedWithoutRecursion()
{
    const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    QVERIFY(parsed(nested(64)));
    for (const int depth : {65, 1000, 4'000'000}) {
        const auto document = parsed(nested(depth));
        QVERIFY(!document);
        QCOMPARE(document.error().kind, ErrorKind::TooLarge);
        QCOMPARE(document.error().detail, QStringLiteral("is nested too deeply"));
    }
    const auto deep = parsed(nested(100'000), {.depth = 100'000});
    QVERIFY(deep);
    QCOMPARE(deep->root().elements().size(), std::size_t(1));
}

void JsonSpansTest::tooManyValues_areRefused()
{
    const QByteArray text = '[' + QByteArray("0,").repeated(9) + "0]";
    QVERIFY(parsed(text, {.values = 11}));
    const auto document = parsed(text, {.values = 10});
    QVERIFY(!document);
    QCOMPARE(document.error().kind, ErrorKind::TooLarge);
}

void JsonSpansTest::tooManyBytes_areRefused()
{
    QVERIFY(parsed("[123]", {.bytes = 5}));
    const auto document = parsed("[1234]", {.bytes = 5});
    QVERIFY(!document);
    QCOMPARE(document.error().kind, ErrorKind::TooLarge);
}

void JsonSpansTest::tenMegabytes_areRead()
{
    const QByteArray text = R"({"s":")" + QByteArray(10 << 20, 'x') + R"(","k":"v"})";
    const auto refused = parsed(text);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::TooLarge);
    const auto document = parsed(text, {.bytes = 11 << 20});
    QVERIFY(document);
    QCOMPARE(document->root().member("s").secret()->size(), std::size_t(10 << 20));
    QCOMPARE(*document->root().member("k").string(), QStringLiteral("v"));
}

void JsonSpansTest::spliced_replacesOnlyTheValue()
{
    const auto document = parsed("{ \"a\" :\t\"old\" , \"n\": 1.0,\"big\":9223372036854775808 }\r\n");
    QVERIFY(document);
    std::vector<JsonEdit> edits;
    edits.push_back({document->root().member("a").span(), JsonSpans::quoted("new \"one\"")});
    const auto text = document->spliced(std::move(edits));
    QVERIFY(text);
    QCOMPARE(bytesOf(text->expose()),
             QByteArray("{ \"a\" :\t\"new \\\"one\\\"\" , \"n\": 1.0,\"big\":9223372036854775808 }\r\n"));
}

void JsonSpansTest::spliced_severalInAnyOrder()
{
    const auto document = parsed(R"({"a":1,"b":{"c":[2]},"d":3})");
    QVERIFY(document);
    const JsonValue root = document->root();
    std::vector<JsonEdit> edits;
    edits.push_back({root.member("d").span(), Secret::copyOf("{}")});
    edits.push_back({root.member("a").span(), Secret::copyOf("null")});
    edits.push_back({root.member("b").member("c").elements()[0].span(), Secret::copyOf("1790000000000")});
    const auto text = document->spliced(std::move(edits));
    QVERIFY(text);
    QCOMPARE(bytesOf(text->expose()), QByteArray(R"({"a":null,"b":{"c":[1790000000000]},"d":{}})"));
}

void JsonSpansTest::spliced_nothing_isTheSame()
{
    const auto document = parsed(" [1] ");
    QVERIFY(document);
    QCOMPARE(bytesOf(document->spliced({})->expose()), QByteArray(" [1] "));
}

void JsonSpansTest::spliced_badEdit_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<int>>("spans"); // begin and end, in pairs
    QTest::addColumn<QByteArray>("replacement");
    QTest::newRow("not a value") << QByteArray("{\"a\":12}") << QList<int>{5, 6} << QByteArray("1");
    QTest::newRow("a key") << QByteArray("{\"a\":12}") << QList<int>{1, 4} << QByteArray("1");
    QTest::newRow("behind the end") << QByteArray("{\"a\":12}") << QList<int>{50, 60} << QByteArray("1");
    QTest::newRow("twice the same") << QByteArray("{\"a\":12}") << QList<int>{5, 7, 5, 7} << QByteArray("1");
    QTest::newRow("one in the other") << QByteArray("{\"a\":[1]}") << QList<int>{5, 8, 6, 7} << QByteArray("1");
    QTest::newRow("replacement is empty") << QByteArray("{\"a\":12}") << QList<int>{5, 7} << QByteArray();
    QTest::newRow("replacement is not JSON") << QByteArray("{\"a\":12}") << QList<int>{5, 7} << QByteArray("abc");
    QTest::newRow("replacement is two values")
        << QByteArray("{\"a\":12}") << QList<int>{5, 7} << QByteArray("1,\"b\":2");
    QTest::newRow("doubled key") << QByteArray(R"({"a":12,"a":3})") << QList<int>{5, 7} << QByteArray("1");
    QTest::newRow("inside a doubled key") << QByteArray(R"({"a":[1],"a":3})") << QList<int>{6, 7} << QByteArray("1");
}

void JsonSpansTest::spliced_badEdit_isRefused()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QList<int>, spans);
    QFETCH(const QByteArray, replacement);
    const auto document = parsed(text);
    QVERIFY(document);
    std::vector<JsonEdit> edits;
    for (qsizetype i = 0; i < spans.size(); i += 2)
        edits.push_back({{std::size_t(spans[i]), std::size_t(spans[i + 1])}, Secret::copyOf(viewOf(replacement))});
    QVERIFY(!document->spliced(std::move(edits)));
}

void JsonSpansTest::quoted_readsBackTheSame_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("empty") << QByteArray() << QByteArray("\"\"");
    QTest::newRow("plain") << QByteArray("sk-ant/+=") << QByteArray("\"sk-ant/+=\"");
    QTest::newRow("must be escaped") << QByteArray("\"\\\b\f\n\r\t\x01\x1f\x7f")
                                     << QByteArray("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
    QTest::newRow("zero") << QByteArray("a\0b", 3) << QByteArray(R"("a\u0000b")");
    QTest::newRow("UTF-8") << QByteArray("é😀") << QByteArray("\"é😀\"");
}

void JsonSpansTest::quoted_readsBackTheSame()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, token);
    const Secret quoted = JsonSpans::quoted(viewOf(text));
    QCOMPARE(bytesOf(quoted.expose()), token);
    const auto document = JsonSpans::parse(quoted.clone(), file);
    QVERIFY(document);
    QCOMPARE(bytesOf(document->root().secret()->expose()), text);
}

void JsonSpansTest::movedDocument_keepsItsValues()
{
    auto document = parsed(R"({"a":"x"})");
    QVERIFY(document);
    const JsonSpans moved = *std::move(document);
    QCOMPARE(*moved.root().member("a").string(), QStringLiteral("x"));
    QCOMPARE(moved.subject(), file);
}

QTEST_GUILESS_MAIN(JsonSpansTest)
#include "jsonspans.moc"
