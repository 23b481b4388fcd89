// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/door.h"

#include <QTest>

#include "fakes/recordedinquiry.h"

using namespace keytender;
using ipc::Inquiry;

namespace {

wire::Message request(std::string_view command)
{
    wire::Message message(wire::Kind::Request);
    message.set("command", command);
    return message;
}

} // namespace

class TestDoor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void request_reachesItsDesk();
    void unknownCommand_isAnsweredAndNamed();
    void longText_goesInParts();
};

void TestDoor::request_reachesItsDesk()
{
    ipc::Door door;
    door.add("other", [](Inquiry &) { QFAIL("not asked for"); });
    door.add("status", [](Inquiry &inquiry) { inquiry.answer(ipc::answerOf(wire::Outcome::DueSoon)); });
    fakes::RecordedInquiry inquiry(request("status"));
    door.receive(inquiry);
    QCOMPARE(inquiry.field("outcome"), std::string("due-soon"));
}

void TestDoor::unknownCommand_isAnsweredAndNamed()
{
    fakes::RecordedInquiry inquiry(request("steal"));
    ipc::Door().receive(inquiry);
    QCOMPARE(inquiry.field("outcome"), std::string("usage"));
    QVERIFY(inquiry.field("text").find("steal") != std::string::npos);
}

void TestDoor::longText_goesInParts()
{
    const QByteArray text(150'000, 'x');
    fakes::RecordedInquiry inquiry(request("status"));
    ipc::answerText(inquiry, text);
    QCOMPARE(inquiry.texts.size(), std::size_t{3});
    QByteArray whole;
    for (const std::string &part : inquiry.texts)
        whole += QByteArray::fromStdString(part);
    QCOMPARE(whole, text);
    QCOMPARE(inquiry.field("outcome"), std::string("ok"));
}

QTEST_GUILESS_MAIN(TestDoor)
#include "door.moc"
