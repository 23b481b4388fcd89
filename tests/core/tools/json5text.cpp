// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/json5text.h"

#include <QTest>

#include "base/jsonspans.h"

using namespace keytender;

class Json5TextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void json5_becomesJson_data();
    void json5_becomesJson();
    void cutText_isIncomplete_data();
    void cutText_isIncomplete();
    void anyBytes_areNoHarm();
};

void Json5TextTest::json5_becomesJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("JSON") << QByteArray(R"({"a": [1, -2.5e3, true, null, "x\n\"y"]})")
                          << QByteArray(R"({"a": [1, -2.5e3, true, null, "x\n\"y"]})");
    QTest::newRow("names") << QByteArray("{a: 1, $b_2 : 2, ä: 3}") << QByteArray("{\"a\": 1, \"$b_2\" : 2, \"ä\": 3}");
    QTest::newRow("single quotes") << QByteArray(R"(['it\'s "so"', 'a\
b'])") << QByteArray(R"(["it's \"so\"", "ab"])");
    QTest::newRow("trailing commas") << QByteArray("{a: [1, 2 , ], }") << QByteArray("{\"a\": [1, 2   ]  }");
    QTest::newRow("comments") << QByteArray("{ // one\n a: 1, /* two */ b: 'x//y' } // end")
                              << QByteArray("{   \"a\": 1,   \"b\": \"x//y\" } ");
    QTest::newRow("comma before a comment") << QByteArray("[1, // last\n]") << QByteArray("[1   ]");
    QTest::newRow("numbers") << QByteArray("[0x1F, .5, +1, Infinity, -NaN, 5.]")
                             << QByteArray("[null, null, null, null, null, null]");
    QTest::newRow("a colon in a string") << QByteArray("{a: ': ,]'}") << QByteArray("{\"a\": \": ,]\"}");
}

void Json5TextTest::json5_becomesJson()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto json = tools::jsonFromJson5(base::Secret::copyOf(text.toStdString()), QStringLiteral("f"));
    QVERIFY(json);
    QCOMPARE(QByteArray(json->expose().data(), static_cast<qsizetype>(json->size())), expected);
    QVERIFY(base::JsonSpans::parse(json->clone(), QStringLiteral("f")));
}

void Json5TextTest::cutText_isIncomplete_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("string") << QByteArray("{a: 'b");
    QTest::newRow("escape") << QByteArray("{a: \"b\\");
    QTest::newRow("comment") << QByteArray("{a: 1} /* and");
}

void Json5TextTest::cutText_isIncomplete()
{
    QFETCH(QByteArray, text);
    const auto json = tools::jsonFromJson5(base::Secret::copyOf(text.toStdString()), QStringLiteral("f"));
    QVERIFY(!json);
    QCOMPARE(json.error().kind, base::ErrorKind::Incomplete);
    QCOMPARE(json.error().subject, QStringLiteral("f"));
}

// What comes out is longer than what went in, never longer than there is room for.
void Json5TextTest::anyBytes_areNoHarm()
{
    for (const char *unit : {"+ ", "a:", "''", "'\"'", "-,", "//\n", "/**/", "\\", "\"", ",]", "é:", "0x "}) {
        const QByteArray text = QByteArray(unit).repeated(5000);
        (void)tools::jsonFromJson5(base::Secret::copyOf(text.toStdString()), QStringLiteral("f"));
        (void)tools::jsonFromJson5(base::Secret::copyOf((text + 'x').toStdString()), QStringLiteral("f"));
    }
}

QTEST_GUILESS_MAIN(Json5TextTest)
#include "json5text.moc"
