// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The inputs that fuzzing found worth keeping, once more in every run.

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include "messagefuzz.h"

class TestCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyInput_keepsWhatMustHold_data();
    void everyInput_keepsWhatMustHold();
    void everyCutOfEveryInput_doesToo();
};

namespace {

const QString corpus = QStringLiteral(KEYTENDER_CORPUS "/message");

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const char *brokenBy(const QByteArray &input)
{
    return keytender::fuzz::brokenBy({input.data(), static_cast<std::size_t>(input.size())});
}

} // namespace

void TestCorpus::everyInput_keepsWhatMustHold_data()
{
    QTest::addColumn<QString>("path");
    QDirIterator every(corpus, QDir::Files);
    int count = 0;
    while (every.hasNext()) {
        const QString path = every.next();
        QTest::newRow(qPrintable(every.fileName())) << path;
        ++count;
    }
    QVERIFY2(count >= 24, "the corpus is not there");
}

void TestCorpus::everyInput_keepsWhatMustHold()
{
    QFETCH(const QString, path);
    const QByteArray input = read(path);
    QVERIFY(!input.isEmpty());
    const char *broken = brokenBy(input);
    QVERIFY2(broken == nullptr, broken);
}

void TestCorpus::everyCutOfEveryInput_doesToo()
{
    QDirIterator every(corpus, QDir::Files);
    while (every.hasNext()) {
        const QByteArray input = read(every.next()).left(400);
        for (qsizetype length = 0; length < input.size(); ++length)
            QVERIFY2(brokenBy(input.left(length)) == nullptr, qPrintable(every.fileName()));
    }
}

QTEST_GUILESS_MAIN(TestCorpus)
#include "corpus.moc"
