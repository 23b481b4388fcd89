// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>

#include "service/programs/consumer.h"
#include "wire/message.h"
#include "wire/outcome.h"

namespace keytender::ipc {

// One request of a client, from its arrival to its answer. It lives until it is answered or abandoned, then goes by
// itself: whoever answers later holds it in a QPointer.
class Inquiry : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual const wire::Message &request() const = 0;
    [[nodiscard]] virtual const service::Consumer &consumer() const = 0;
    // Something ahead of the answer: what to show to the person, a part of a long text. Its kind is More.
    virtual void tell(const wire::Message &more) = 0;
    // The last word, of kind Answer, with the field "outcome"; whatever comes after it is dropped.
    virtual void answer(const wire::Message &answer) = 0;

Q_SIGNALS:
    void received(const keytender::wire::Message &more); // the client goes on: what the person pasted
    void abandoned();                                    // the client has hung up, or its time is over
};

// An answer of one sentence.
[[nodiscard]] wire::Message answerOf(wire::Outcome outcome, const QString &text = {});
// Text of any length: parts of kind More with the field "text", then the answer.
void answerText(Inquiry &inquiry, const QByteArray &text, wire::Outcome outcome = wire::Outcome::Ok);

} // namespace keytender::ipc
