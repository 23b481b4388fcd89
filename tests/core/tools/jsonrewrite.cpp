// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/jsonrewrite.h"

#include <QTest>

using namespace keytender;
using namespace std::chrono_literals;
using tools::JsonRewrite;

namespace {

const QString path = QStringLiteral("/home/u/auth.json");

base::FileContent contentOf(const QByteArray &text)
{
    return {base::Secret::copyOf({text.constData(), static_cast<std::size_t>(text.size())}), {}};
}

QByteArray finished(JsonRewrite &rewrite)
{
    const auto text = rewrite.finish();
    return text ? QByteArray(text->expose().data(), static_cast<qsizetype>(text->size()))
                : "refused: " + text.error().place.toUtf8() + ": " + text.error().detail.toUtf8();
}

// A refresh as the tools write it: two texts, a time, a list.
QByteArray refreshed(const QByteArray &text)
{
    auto rewrite = JsonRewrite::of(path, contentOf(text));
    if (!rewrite)
        return "unreadable: " + rewrite.error().detail.toUtf8();
    const base::JsonValue login = rewrite->root().member("login");
    rewrite->setText(login, "access", base::Secret::copyOf("new-access"));
    rewrite->setText(login, "refresh", base::Secret::copyOf("new \"refresh\""));
    rewrite->setTime(login, "expires", base::Timestamp(1790000000123ms), tools::EpochUnit::Milliseconds);
    rewrite->setTexts(login, "scopes", {QStringLiteral("a"), QStringLiteral("b")});
    return finished(*rewrite);
}

} // namespace

class JsonRewriteTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void everythingElse_staysAsItWas_data();
    void everythingElse_staysAsItWas();
    void list_isWrittenLikeTheOneBefore_data();
    void list_isWrittenLikeTheOneBefore();
    void time_isWrittenInItsUnit();
    void null_replacesOrIsAdded();
    void sameText_writtenOtherwise_isLeftAlone();
    void whatCannotBeWritten_isAnError_data();
    void whatCannotBeWritten_isAnError();
    void noObject_isRefused_data();
    void noObject_isRefused();
};

void JsonRewriteTest::everythingElse_staysAsItWas_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const QByteArray values = R"("access":"new-access","refresh":"new \"refresh\"","expires":1790000000123)";
    QTest::newRow("compact") << QByteArray(R"({"login":{"access":"x","refresh":"y","expires":1,"scopes":["a","b"]}})")
                             << QByteArray(R"({"login":{)" + values + R"(,"scopes":["a","b"]}})");
    QTest::newRow("another order") << QByteArray(
        R"({"z":0,"login":{"scopes":[],"expires":1.0,"refresh":"y","x":null,"access":"x"},"a":1})")
                                   << QByteArray(
                                          R"({"z":0,"login":{"scopes":["a","b"],"expires":1790000000123,)"
                                          R"("refresh":"new \"refresh\"","x":null,"access":"new-access"},"a":1})");
    QTest::newRow("members are missing") << QByteArray(R"({"login":{"access":"x"}})")
                                         << QByteArray(R"({"login":{)" + values + R"(,"scopes":["a","b"]}})");
    QTest::newRow("all of them") << QByteArray(R"({"login":{}})")
                                 << QByteArray(R"({"login":{)" + values + R"(,"scopes":["a","b"]}})");
    QTest::newRow("CRLF, tabs, a mark, odd neighbours")
        << QByteArray(
               "\xEF\xBB\xBF{\r\n\t\"big\": 12345678901234567890123,\r\n\t\"d\": 1, \"d\": 2,\r\n\t\"login\": {\r\n"
               "\t\t\"refresh\" :\"y\",\r\n\t\t\"access\": \"\\u0078\",\r\n\t\t\"f\": 1.50E+3\r\n\t}\r\n}\r\n")
        << QByteArray(
               "\xEF\xBB\xBF{\r\n\t\"big\": 12345678901234567890123,\r\n\t\"d\": 1, \"d\": 2,\r\n\t\"login\": {\r\n"
               "\t\t\"refresh\" :\"new \\\"refresh\\\"\",\r\n\t\t\"access\": \"new-access\",\r\n"
               "\t\t\"f\": 1.50E+3,\r\n\t\t\"expires\": 1790000000123,\r\n\t\t\"scopes\": [\"a\",\"b\"]\r\n"
               "\t}\r\n}\r\n");
}

void JsonRewriteTest::everythingElse_staysAsItWas()
{
    QFETCH(const QByteArray, before);
    QTEST(refreshed(before), "after");
}

void JsonRewriteTest::list_isWrittenLikeTheOneBefore_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("compact") << QByteArray(R"(["x","y","z"])") << QByteArray(R"(["a","b\n"])");
    QTest::newRow("spaces") << QByteArray(R"(["x", "y"])") << QByteArray(R"(["a", "b\n"])");
    QTest::newRow("lines") << QByteArray("[\n  \"x\",\n  \"y\"\n ]") << QByteArray("[\n  \"a\",\n  \"b\\n\"\n ]");
    QTest::newRow("lines, one") << QByteArray("[\r\n  \"x\"\r\n ]") << QByteArray("[\r\n  \"a\",\r\n  \"b\\n\"\r\n ]");
    QTest::newRow("empty") << QByteArray("[ ]") << QByteArray(R"(["a","b\n"])");
    QTest::newRow("null") << QByteArray("null") << QByteArray(R"(["a","b\n"])");
    QTest::newRow("the same") << QByteArray(R"([ "\u0061" ,"b\u000a"])") << QByteArray(R"([ "\u0061" ,"b\u000a"])");
}

void JsonRewriteTest::list_isWrittenLikeTheOneBefore()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    auto rewrite = JsonRewrite::of(path, contentOf("{\"l\":" + before + '}'));
    QVERIFY(rewrite);
    rewrite->setTexts(rewrite->root(), "l", {QStringLiteral("a"), QStringLiteral("b\n")});
    QCOMPARE(finished(*rewrite), "{\"l\":" + after + '}');
}

void JsonRewriteTest::time_isWrittenInItsUnit()
{
    auto rewrite = JsonRewrite::of(path, contentOf(R"({"ms":1,"s":2})"));
    QVERIFY(rewrite);
    rewrite->setTime(rewrite->root(), "ms", base::Timestamp(1790000000999ms), tools::EpochUnit::Milliseconds);
    rewrite->setTime(rewrite->root(), "s", base::Timestamp(1790000000999ms), tools::EpochUnit::Seconds);
    QCOMPARE(finished(*rewrite), QByteArray(R"({"ms":1790000000999,"s":1790000000})"));
}

void JsonRewriteTest::null_replacesOrIsAdded()
{
    auto rewrite = JsonRewrite::of(path, contentOf(R"({"a":1})"));
    QVERIFY(rewrite);
    rewrite->setNull(rewrite->root(), "a");
    rewrite->setNull(rewrite->root(), "b");
    QCOMPARE(finished(*rewrite), QByteArray(R"({"a":null,"b":null})"));
}

void JsonRewriteTest::sameText_writtenOtherwise_isLeftAlone()
{
    auto rewrite = JsonRewrite::of(path, contentOf(R"({"a":"\u0078\/"})"));
    QVERIFY(rewrite);
    rewrite->setText(rewrite->root(), "a", QStringLiteral("x/"));
    QCOMPARE(finished(*rewrite), QByteArray(R"({"a":"\u0078\/"})"));
}

void JsonRewriteTest::whatCannotBeWritten_isAnError_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("no such object") << QByteArray("{}") << QByteArray("line 1, column 1, login: is missing");
    QTest::newRow("no object") << QByteArray(R"({"login":"x"})")
                               << QByteArray("line 1, column 10, login: is a string, not an object");
    QTest::newRow("a value stands twice") << QByteArray(R"({"login":{"access":1,"access":2}})")
                                          << QByteArray("line 1, column 31, login.access: stands twice");
    QTest::newRow("the object stands twice")
        << QByteArray(R"({"login":{},"login":{}})") << QByteArray("line 1, column 21, login: stands twice");
}

void JsonRewriteTest::whatCannotBeWritten_isAnError()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, error);
    QCOMPARE(refreshed(before), "refused: " + error);
}

void JsonRewriteTest::noObject_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("only a mark") << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("two marks") << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBF{}");
    QTest::newRow("cut off") << QByteArray("{\"login\":");
}

void JsonRewriteTest::noObject_isRefused()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!JsonRewrite::of(path, contentOf(text)));
}

QTEST_GUILESS_MAIN(JsonRewriteTest)
#include "jsonrewrite.moc"
