// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol.h"

#include <QTest>

using namespace keytender;

namespace {
constexpr std::time_t now = 1795345200;
}

class ProtocolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void token_isTakenFromItsAnswer_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("end"); // "-" = not said
        QTest::addColumn<bool>("isTaken");
        const QByteArray good = "gho_dummy";
        QTest::newRow("without an end") << good << QByteArray("-") << true;
        QTest::newRow("one second is left") << good << QByteArray("1795345201") << true;
        QTest::newRow("over this second") << good << QByteArray("1795345200") << false;
        QTest::newRow("long over") << good << QByteArray("0") << false;
        QTest::newRow("end no number") << good << QByteArray("soon") << false;
        QTest::newRow("end negative") << good << QByteArray("-1") << false;
        QTest::newRow("end beyond all time") << good << QByteArray("99999999999999999999") << false;
        QTest::newRow("end with more behind") << good << QByteArray("1795345201 ") << false;
        QTest::newRow("no token") << QByteArray() << QByteArray("-") << false;
        QTest::newRow("line feed") << QByteArray("a\nb") << QByteArray("-") << false;
        QTest::newRow("carriage return") << QByteArray("a\r") << QByteArray("-") << false;
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray("-") << false;
        QTest::newRow("blank") << QByteArray("a b") << QByteArray("-") << false;
        QTest::newRow("beyond ASCII") << QByteArray("a\xE2\x80\xA8") << QByteArray("-") << false;
    }

    void token_isTakenFromItsAnswer()
    {
        QFETCH(QByteArray, token);
        QFETCH(QByteArray, end);
        QFETCH(bool, isTaken);
        wire::Message answer(wire::Kind::Answer);
        answer.set("outcome", "ok").set("token", token.toStdString());
        if (end != "-")
            answer.set("expires-at", end.toStdString());
        const auto given = cli::tokenIn(answer, now);
        QCOMPARE(bool(given), isTaken);
        QCOMPARE(given.fault.empty(), isTaken);
    }
};

QTEST_APPLESS_MAIN(ProtocolTest)
#include "protocol.moc"
