// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/timestamp.h"

#include <limits>

#include <QTest>

#include "base/clock.h"

using namespace keytender::base;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double largest = std::numeric_limits<double>::max();
constexpr qint64 nothing = -1;

qint64 milliseconds(const std::optional<Timestamp> &time)
{
    return time ? time->time_since_epoch().count() : nothing;
}

} // namespace

class TimestampTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void epochMilliseconds_data();
    void epochMilliseconds();
    void epochSeconds_data();
    void epochSeconds();
    void rfc3339_data();
    void rfc3339();
    void toRfc3339_isUtcInWholeSeconds_data();
    void toRfc3339_isUtcInWholeSeconds();
    void isPlausible_holdsTheseCenturies();
    void systemClock_runs();
};

void TimestampTest::epochMilliseconds_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("today") << 1790000000123.0 << qint64(1790000000123);
    QTest::newRow("with a fraction") << 1790000000123.9 << qint64(1790000000123);
    QTest::newRow("first") << 946684800000.0 << qint64(946684800000);
    QTest::newRow("before the first") << 946684799999.0 << nothing;
    QTest::newRow("last") << 7258118399999.0 << qint64(7258118399999);
    QTest::newRow("behind the last") << 7258118400000.0 << nothing;
    QTest::newRow("seconds in their place") << 1790000000.0 << nothing;
    QTest::newRow("microseconds in their place") << 1790000000123000.0 << nothing;
    QTest::newRow("zero") << 0.0 << nothing;
    QTest::newRow("minus zero") << -0.0 << nothing;
    QTest::newRow("negative") << -1790000000123.0 << nothing;
    QTest::newRow("huge") << 1e300 << nothing;
    QTest::newRow("largest") << largest << nothing;
    QTest::newRow("beyond 64 bits") << 1e19 << nothing;
    QTest::newRow("infinite") << infinite << nothing;
    QTest::newRow("minus infinite") << -infinite << nothing;
    QTest::newRow("not a number") << notANumber << nothing;
}

void TimestampTest::epochMilliseconds()
{
    QFETCH(const double, number);
    QFETCH(const qint64, expected);
    QCOMPARE(milliseconds(fromEpochMilliseconds(number)), expected);
}

void TimestampTest::epochSeconds_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("today") << 1790000000.0 << qint64(1790000000000);
    QTest::newRow("with a fraction") << 1790000000.5 << qint64(1790000000500);
    QTest::newRow("milliseconds in their place") << 1790000000123.0 << nothing;
    QTest::newRow("zero") << 0.0 << nothing;
    QTest::newRow("negative") << -1.0 << nothing;
    QTest::newRow("huge") << 1e18 << nothing;
    QTest::newRow("largest") << largest << nothing;
    QTest::newRow("infinite") << infinite << nothing;
    QTest::newRow("not a number") << notANumber << nothing;
}

void TimestampTest::epochSeconds()
{
    QFETCH(const double, number);
    QFETCH(const qint64, expected);
    QCOMPARE(milliseconds(fromEpochSeconds(number)), expected);
}

void TimestampTest::rfc3339_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("expected");
    const auto row = [](const char *text, qint64 expected) {
        QTest::newRow(text) << QString::fromLatin1(text) << expected;
    };
    row("2026-11-22T04:52:55Z", 1795323175000);
    row("2026-11-22t04:52:55z", 1795323175000);
    row("2026-11-22T05:52:55+01:00", 1795323175000);
    row("2026-11-21T23:22:55-05:30", 1795323175000);
    row("2026-11-22T04:52:55.1Z", 1795323175100);
    row("2026-11-22T04:52:55.123Z", 1795323175123);
    row("2026-11-22T04:52:55.123456789Z", 1795323175123);
    row("2026-11-22T05:52:55.999999+01:00", 1795323175999);
    row("2028-02-29T00:00:00Z", 1835395200000);
    row("2027-02-29T00:00:00Z", nothing);
    row("2026-11-22T04:52:55", nothing);
    row("2026-11-22", nothing);
    row("2026-11-22T04:52Z", nothing);
    row("2026-13-22T04:52:55Z", nothing);
    row("2026-11-22T25:52:55Z", nothing);
    row("2026-11-22T04:52:55+0100", nothing);
    row("1970-01-01T00:00:00Z", nothing);
    row("9999-12-31T23:59:59Z", nothing);
    row("0001-01-01T00:00:00Z", nothing);
    row("1795323175", nothing);
    row("tomorrow at four o'clock Z", nothing);
    row("", nothing);
}

void TimestampTest::rfc3339()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, expected);
    QCOMPARE(milliseconds(fromRfc3339(text)), expected);
}

void TimestampTest::toRfc3339_isUtcInWholeSeconds_data()
{
    QTest::addColumn<qint64>("time");
    QTest::addColumn<QString>("text");
    QTest::newRow("whole") << qint64(1795323175000) << QStringLiteral("2026-11-22T04:52:55Z");
    QTest::newRow("rounded down") << qint64(1795323175999) << QStringLiteral("2026-11-22T04:52:55Z");
    QTest::newRow("before 1970") << qint64(-1) << QStringLiteral("1969-12-31T23:59:59Z");
}

void TimestampTest::toRfc3339_isUtcInWholeSeconds()
{
    QFETCH(const qint64, time);
    QFETCH(const QString, text);
    QCOMPARE(toRfc3339(Timestamp{Milliseconds{time}}), text);
}

void TimestampTest::isPlausible_holdsTheseCenturies()
{
    using namespace std::chrono;
    QVERIFY(isPlausible(Timestamp{sys_days{2000y / 1 / 1}}));
    QVERIFY(!isPlausible(Timestamp{sys_days{2000y / 1 / 1}} - 1ms));
    QVERIFY(isPlausible(Timestamp{sys_days{2200y / 1 / 1}} - 1ms));
    QVERIFY(!isPlausible(Timestamp{sys_days{2200y / 1 / 1}}));
    QVERIFY(!isPlausible(Timestamp::max()));
    QVERIFY(!isPlausible(Timestamp::min()));
}

void TimestampTest::systemClock_runs()
{
    const SystemClock clock;
    QVERIFY(isPlausible(clock.wallTime()));
    const Milliseconds before = clock.bootTime();
    QVERIFY(before > Milliseconds{0});
    QTRY_VERIFY(clock.bootTime() > before);
}

QTEST_GUILESS_MAIN(TimestampTest)
#include "timestamp.moc"
