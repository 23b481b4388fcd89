// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <random>

#include <QtTest>

#include "base/secret.h"
#include "tools/envfile.h"

using namespace keytender;
using tools::EnvironmentVariable;

namespace {

const EnvironmentVariable variable{.file = QStringLiteral("/srv/.env"), .name = QStringLiteral("TOKEN")};

base::Secret secretOf(const QByteArray &bytes)
{
    return base::Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

QByteArray textOf(const base::Result<base::Secret> &written)
{
    if (!written)
        return "error: " + base::describe(written.error()).toUtf8();
    return QByteArray(written->expose().data(), static_cast<qsizetype>(written->size()));
}

QByteArray rewritten(const QByteArray &content, const QByteArray &value = "sk-ant-oat01-New_1")
{
    return textOf(tools::rewrittenEnvironment(secretOf(content), variable, secretOf(value)));
}

} // namespace

class EnvFileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void value_isReplacedAndAllElseStays_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
            QTest::newRow(name) << before << after;
        };
        row("alone", "TOKEN=old\n", "TOKEN=@\n");
        row("no line end", "TOKEN=old", "TOKEN=@");
        row("CRLF", "A=1\r\nTOKEN=old\r\nB=2\r\n", "A=1\r\nTOKEN=@\r\nB=2\r\n");
        row("double quotes", "TOKEN=\"old\"", "TOKEN=\"@\"");
        row("single quotes and a comment", "TOKEN='o#ld' # mine\n", "TOKEN='@' # mine\n");
        row("export", "  export  TOKEN=old\n", "  export  TOKEN=@\n");
        row("blanks", "TOKEN = old \t\nA=1", "TOKEN = @ \t\nA=1");
        row("a comment", "TOKEN=old # TOKEN=x\n", "TOKEN=@ # TOKEN=x\n");
        row("no blank before it", "TOKEN=old#er\n", "TOKEN=@\n");
        row("empty", "TOKEN=\nA=1\n", "TOKEN=@\nA=1\n");
        row("empty before a comment", "TOKEN=  # later\n", "TOKEN=@  # later\n");
        row("nothing but a comment", "TOKEN= #a\nX=1\n", "TOKEN=@ #a\nX=1\n");
        row("empty quotes", "TOKEN=\"\"\n", "TOKEN=\"@\"\n");
        row("an escaped quote", "TOKEN=\"o\\\"ld\"\n", "TOKEN=\"@\"\n");
        row("commented out elsewhere", "#TOKEN=a\n # TOKEN=b\nTOKEN=old\n", "#TOKEN=a\n # TOKEN=b\nTOKEN=@\n");
        row("longer and shorter names", "TOKEN_2=a\nMY_TOKEN=b\nTOKEN=old\ntoken=c\n",
            "TOKEN_2=a\nMY_TOKEN=b\nTOKEN=@\ntoken=c\n");
        row("behind a value of several lines", "KEY=\"-----\nabc=\n-----\"\nTOKEN=old\n",
            "KEY=\"-----\nabc=\n-----\"\nTOKEN=@\n");
        row("behind an apostrophe", "NAME='Ada\nTOKEN=old\n", "NAME='Ada\nTOKEN=@\n");
        row("in a value", "A=TOKEN=1\nTOKEN=old\n", "A=TOKEN=1\nTOKEN=@\n");
        row("byte order mark", "\xEF\xBB\xBFTOKEN=old\n", "\xEF\xBB\xBFTOKEN=@\n");
        row("a variable called export", "export=1\nTOKEN=old\n", "export=1\nTOKEN=@\n");
        row("missing", "A=1\n# end\n", "A=1\n# end\nTOKEN=@\n");
        row("missing, no line end", "A=1", "A=1\nTOKEN=@");
        row("missing, CRLF", "A=1\r\n", "A=1\r\nTOKEN=@\r\n");
        row("nothing at all", "", "TOKEN=@\n");
        row("nothing but a mark", "\xEF\xBB\xBF", "\xEF\xBB\xBFTOKEN=@\n");
    }

    void value_isReplacedAndAllElseStays()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(rewritten(before), QByteArray(after).replace('@', "sk-ant-oat01-New_1"));
        QCOMPARE(textOf(tools::environmentValue(secretOf(rewritten(before)), variable)),
                 QByteArray("sk-ant-oat01-New_1"));
    }

    void file_thatReadersTakeDifferently_isRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("place");
        const auto row = [](const char *name, const QByteArray &content, const char *place) {
            QTest::newRow(name) << content << QByteArray(place);
        };
        row("defined twice", "TOKEN=a\nB=1\nexport TOKEN=b\n", "line 3");
        row("twice the same", "TOKEN=a\nTOKEN=a\n", "line 2");
        row("without a value", "A=1\nTOKEN\n", "line 2");
        row("with a colon", "TOKEN: a\n", "line 1");
        row("a quote without its end", "TOKEN=\"a\nB=1\n", "line 1");
        row("a value of several lines", "TOKEN=\"a\nb\"\n", "line 1");
        row("something behind the quotes", "TOKEN=\"a\"b\n", "line 1");
        row("a comment right behind the quotes", "TOKEN='a'#b\n", "line 1");
        row("in the quotes of another", "KEY=\"\nTOKEN=a\n\"\n", "line 2");
        row("starts a comment", "TOKEN=#a\n", "line 1");
        row("a lone CR", "A=1\rTOKEN=a\n", "line 1");
        row("NUL", QByteArray("A=1\nT\0O=\n", 9), "line 2");
        row("UTF-16", QByteArray("T\0O\0K\0", 6), "line 1");
    }

    void file_thatReadersTakeDifferently_isRefused()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, place);
        const auto written = tools::rewrittenEnvironment(secretOf(content), variable, secretOf("t"));
        QVERIFY2(!written, textOf(written).constData());
        QCOMPARE(written.error().subject, variable.file);
        QCOMPARE(written.error().place.toUtf8(), place);
        QVERIFY(written.error().detail.size() > 10);
        QVERIFY(!tools::environmentValue(secretOf(content), variable));
    }

    void value_thatIsNotPlain_isRefused_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char *value :
             {"", "a b", "a\nTOKEN2=b", "a\rb", "a$b", "a\"b", "a'b", "a\\b", "a`b", "a#b", "\xC3\xA4", "a;b", "a!"})
            QTest::addRow("%s", QByteArray(value).toPercentEncoding().constData()) << QByteArray(value);
        QTest::newRow("NUL") << QByteArray("a\0b", 3);
    }

    void value_thatIsNotPlain_isRefused()
    {
        QFETCH(QByteArray, value);
        const auto written = tools::rewrittenEnvironment(secretOf("TOKEN=a\n"), variable, secretOf(value));
        QVERIFY(!written);
        if (value.size() > 2)
            QVERIFY(!base::describe(written.error()).contains(QString::fromUtf8(value))); // S-22
    }

    void name_thatIsNone_isRefused_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"", "1A", "A B", "A=B", "A\nB", "A-B", "Ä"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }

    void name_thatIsNone_isRefused()
    {
        QFETCH(QString, name);
        const EnvironmentVariable odd{.file = variable.file, .name = name};
        QVERIFY(!tools::rewrittenEnvironment(secretOf("A=1\n"), odd, secretOf("t")));
    }

    void tokens_asProvidersMakeThem_passAsTheyAre()
    {
        for (const QByteArray &token :
             {QByteArray("sk-ant-oat01-ab_CD-12"), QByteArray("eyJh.eyJz.SflK-_w"), QByteArray("ya29.a0AfH6-_x~y"),
              QByteArray("MTIz+/=="), QByteArray("gho_16C7e42F292c69")})
            QCOMPARE(rewritten("TOKEN=x\n", token), "TOKEN=" + token + '\n');
    }

    // G-10: whatever else the file holds, a value that went in comes out, and the rest is the same bytes.
    void files_atRandom_keepTheirBytes()
    {
        std::mt19937 random(20261122); // the same each time
        const std::vector<QByteArray> lines{
            "A=1", "# TOKEN=x",  "",           "  ",   "B=\"x y\"", "C='#'", "export D=1", "E=a # b", "garbage",
            "=1",  "F=\"1\n2\"", "\xC3\xA4=1", "G=\\", "H= =",      "I",     "TOKENS=1",   "J='"};
        const std::vector<QByteArray> ours{"TOKEN=", "TOKEN=old", "export TOKEN=\"old\"", " TOKEN = 'old'  # c",
                                           "TOKEN=o=l=d "};
        int written = 0;
        for (int round = 0; round < 20'000; ++round) {
            const QByteArray end = random() % 2 ? "\r\n" : "\n";
            QByteArray before, after;
            for (auto count = random() % 6; count > 0; --count)
                before += lines[random() % lines.size()] + end;
            for (auto count = random() % 4; count > 0; --count)
                after += end + lines[random() % lines.size()];
            const QByteArray line = ours[random() % ours.size()];
            const QByteArray result = rewritten(before + line + after, "new");
            if (result.startsWith("error: ")) { // an apostrophe that two others may close around it
                QVERIFY((before + line + after).contains('\''));
                continue;
            }
            ++written;
            const QByteArray expected = line.contains("old")     ? QByteArray(line).replace("old", "new")
                                        : line.contains("o=l=d") ? QByteArray("TOKEN=new ")
                                                                 : QByteArray("TOKEN=new");
            QCOMPARE(result, before + expected + after);
        }
        QVERIFY2(written > 15'000, qPrintable(QString::number(written)));
    }
};

QTEST_GUILESS_MAIN(EnvFileTest)
#include "envfile.moc"
