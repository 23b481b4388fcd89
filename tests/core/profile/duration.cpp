// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QTest>

#include "profile/words.h"

using namespace keytender::profile;
using namespace std::chrono_literals;

class DurationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void duration_isSaidAsPeopleSayIt_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("words");
        const auto row = [](std::chrono::seconds length, const QString &words) {
            QTest::addRow("%lld s", static_cast<long long>(length.count())) << qint64(length.count()) << words;
        };
        row(-3h, QStringLiteral("less than a minute"));
        row(0s, QStringLiteral("less than a minute"));
        row(59s, QStringLiteral("less than a minute"));
        row(60s, QStringLiteral("1 min"));
        row(119s, QStringLiteral("1 min")); // never more than is left
        row(59min + 59s, QStringLiteral("59 min"));
        row(1h, QStringLiteral("1 h"));
        row(1h + 59s, QStringLiteral("1 h"));
        row(5h + 12min + 30s, QStringLiteral("5 h 12 min"));
        row(23h + 59min + 59s, QStringLiteral("23 h 59 min"));
        row(24h, QStringLiteral("1 day"));
        row(24h + 59min, QStringLiteral("1 day"));
        row(28h, QStringLiteral("1 day 4 h"));
        row(71h + 59min, QStringLiteral("2 days 23 h"));
        row(72h, QStringLiteral("3 days"));
        row(9 * 24h + 23h, QStringLiteral("9 days"));
        row(143 * 24h, QStringLiteral("143 days"));
        row(729 * 24h, QStringLiteral("729 days"));
        row(730 * 24h, QStringLiteral("2 years"));
        row(200 * 365 * 24h, QStringLiteral("200 years"));
    }

    void duration_isSaidAsPeopleSayIt()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, words);
        QCOMPARE(duration(std::chrono::seconds(seconds)), words);
    }
};

QTEST_GUILESS_MAIN(DurationTest)
#include "duration.moc"
