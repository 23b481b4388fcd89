// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Runs JSONTestSuite through our reader; see fakes/jsontestcases.h.

#include "base/jsonspans.h"

#include <QFile>
#include <QMap>
#include <QTest>

#include "fakes/jsontestcases.h"

using namespace keytender::base;

namespace {

constexpr qsizetype parsingCases = 318;
constexpr qsizetype transformCases = 22;

Result<JsonSpans> parsed(const QByteArray &bytes, const QString &name, const JsonLimits &limits = {})
{
    return JsonSpans::parse(Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())}), name, limits);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The package holds its inputs as JavaScript strings, so a case that is not UTF-8 has lost its bytes.
bool hasLostBytes(const QByteArray &input)
{
    return input.contains("\xEF\xBF\xBD");
}

} // namespace

class JsonTestSuiteTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void verdicts_followTheStandard();
    void everyCase_isAnsweredAsPublished_data();
    void everyCase_isAnsweredAsPublished();

private:
    QMap<QString, bool> m_accepts;
};

void JsonTestSuiteTest::initTestCase()
{
    QVERIFY(initializeCrypto());
    for (const QByteArray &line : contentOf(QFINDTESTDATA("jsontestsuite-verdicts.txt")).split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() == 2 && (words[1] == "accept" || words[1] == "reject"))
            m_accepts.insert(QString::fromUtf8(words[0]), words[1] == "accept");
    }
}

void JsonTestSuiteTest::verdicts_followTheStandard()
{
    QCOMPARE(m_accepts.size(), parsingCases + transformCases);
    for (auto verdict = m_accepts.cbegin(); verdict != m_accepts.cend(); ++verdict) {
        if (verdict.key().startsWith(QStringLiteral("y_")))
            QVERIFY2(verdict.value(), qPrintable(verdict.key()));
        if (verdict.key().startsWith(QStringLiteral("n_")))
            QVERIFY2(!verdict.value(), qPrintable(verdict.key()));
    }
}

void JsonTestSuiteTest::everyCase_isAnsweredAsPublished_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("input");
    const auto [parsing, transform] = keytender::fakes::JsonTestCases::load();
    if (qEnvironmentVariableIsEmpty("KEYTENDER_JSON_TEST_SUITE"))
        return;
    QCOMPARE(parsing.size(), parsingCases);
    QCOMPARE(transform.size(), transformCases);
    for (const auto &cases : {parsing, transform})
        for (auto entry = cases.cbegin(); entry != cases.cend(); ++entry)
            QTest::newRow(qPrintable(entry.key())) << entry.key() << entry.value();
}

void JsonTestSuiteTest::everyCase_isAnsweredAsPublished()
{
    if (qEnvironmentVariableIsEmpty("KEYTENDER_JSON_TEST_SUITE"))
        QSKIP("KEYTENDER_JSON_TEST_SUITE is not set: the cases were not run (tests/fetch-json-test-suite gets them)");
    QFETCH(const QString, name);
    QFETCH(const QByteArray, input);
    QVERIFY2(m_accepts.contains(name), "a case without a published verdict");
    const auto document = parsed(input, name);
    const bool isFree = !name.startsWith(QStringLiteral("y_")) && !name.startsWith(QStringLiteral("n_"));
    if (!(isFree && hasLostBytes(input)))
        QCOMPARE(document.has_value(), m_accepts.value(name));
    if (document) {
        const auto same = document->spliced({});
        QVERIFY(same);
        QCOMPARE(QByteArray(same->expose().data(), static_cast<qsizetype>(same->size())), input);
    } else {
        QCOMPARE(document.error().subject, name);
        QVERIFY(!document.error().detail.isEmpty());
    }
}

QTEST_GUILESS_MAIN(JsonTestSuiteTest)
#include "jsontestsuite.moc"
