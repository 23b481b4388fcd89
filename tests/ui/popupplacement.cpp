// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QTest>

#include "ui/popupplacement.h"

using namespace keytender;

class PopupPlacementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void place_data();
    void place();
};

void PopupPlacementTest::place_data()
{
    QTest::addColumn<QPoint>("click");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QRect>("available");
    QTest::addColumn<QRect>("expected");
    const QSize panel(420, 600);
    const QRect screen(0, 30, 1920, 1050); // a bar of 30 px above
    QTest::newRow("underTheUpperBar") << QPoint(1000, 15) << panel << screen << QRect(790, 38, 420, 600);
    QTest::newRow("upperRightCorner") << QPoint(1915, 10) << panel << screen << QRect(1492, 38, 420, 600);
    QTest::newRow("upperLeftCorner") << QPoint(3, 10) << panel << screen << QRect(8, 38, 420, 600);
    QTest::newRow("aboveTheLowerBar") << QPoint(1000, 1100) << panel << screen << QRect(790, 472, 420, 600);
    QTest::newRow("aboveAClickOnTheScreen") << QPoint(1000, 900) << panel << screen << QRect(790, 292, 420, 600);
    QTest::newRow("secondScreenToTheLeft")
        << QPoint(-100, 5) << panel << QRect(-1280, 0, 1280, 1024) << QRect(-428, 13, 420, 600);
    QTest::newRow("largerThanTheScreen") << QPoint(100, 10) << QSize(420, 900) << QRect(0, 0, 400, 700)
                                         << QRect(8, 8, 420, 900);
}

void PopupPlacementTest::place()
{
    QFETCH(const QPoint, click);
    QFETCH(const QSize, size);
    QFETCH(const QRect, available);
    QFETCH(const QRect, expected);
    QCOMPARE(ui::popupPlace(click, size, available), expected);
}

QTEST_GUILESS_MAIN(PopupPlacementTest)
#include "popupplacement.moc"
