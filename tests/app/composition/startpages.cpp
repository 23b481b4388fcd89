// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <stdexcept>

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include "composition/startpages.h"

namespace {

// Of all code that is mapped here, in kB.
qint64 residentCode()
{
    QFile file(QStringLiteral("/proc/self/smaps"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    static const QRegularExpression mapping(QStringLiteral("^[0-9a-f]+-[0-9a-f]+ (\\S+) "));
    static const QRegularExpression resident(QStringLiteral("^Rss: +(\\d+) kB"));
    qint64 sum = 0;
    bool isCode = false;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line : lines) {
        if (const auto found = mapping.match(line); found.hasMatch())
            isCode = found.captured(1) == QStringLiteral("r-xp");
        else if (const auto size = resident.match(line); isCode && size.hasMatch())
            sum += size.captured(1).toLongLong();
    }
    return sum;
}

} // namespace

class StartPagesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codeOfTheStart_isGivenBack_andComesAgain();
};

void StartPagesTest::codeOfTheStart_isGivenBack_andComesAgain()
{
    const qint64 before = residentCode();
    QVERIFY(before > 0);
    keytender::composition::giveBackStartPages();
    const qint64 after = residentCode();
    QVERIFY2(after < before / 2, qPrintable(QStringLiteral("%1 kB of %2").arg(after).arg(before)));
    // Relocated tables, statics and heap are as they were: whatever runs from here on says so.
    QCOMPARE(QStringLiteral("a b").split(u' ').size(), 2);
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, throw std::runtime_error("unwound"));
}

QTEST_GUILESS_MAIN(StartPagesTest)
#include "startpages.moc"
