// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/inquiry.h"

#include <algorithm>

namespace keytender::ipc {

namespace {

constexpr qsizetype mostPartBytes = qsizetype{60} * 1024; // leaves room for the frame's own

} // namespace

wire::Message answerOf(wire::Outcome outcome, const QString &text)
{
    wire::Message answer(wire::Kind::Answer);
    answer.set("outcome", wire::nameOf(outcome));
    if (!text.isEmpty())
        answer.set("text", text.toStdString());
    return answer;
}

void answerText(Inquiry &inquiry, const QByteArray &text, wire::Outcome outcome)
{
    for (qsizetype at = 0; at < text.size(); at += mostPartBytes) {
        wire::Message part(wire::Kind::More);
        part.set("text", std::string_view(text.data() + at, std::min(mostPartBytes, text.size() - at)));
        inquiry.tell(part);
    }
    inquiry.answer(answerOf(outcome));
}

} // namespace keytender::ipc
