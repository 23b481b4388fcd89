// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include "base/filedescriptor.h"
#include "base/secret.h"
#include "base/timestamp.h"

namespace keytender::oauth {

// One connection of a browser to the redirect listener: reads a request head into guarded memory, answers it once and
// says goodbye. The head holds the authorization code, so nothing of it passes through Qt's own buffers, and it is
// wiped before the answer is sent.
class RedirectConnection final : public QObject {
    Q_OBJECT
public:
    // The answer to the bytes that have come so far; nullptr as long as they are not enough.
    using Answer = std::function<const QByteArray *(std::string_view bytes)>;
    struct Limits {
        base::Milliseconds head;    // from the connection to the end of its head (L-16)
        base::Milliseconds goodbye; // from the answer to the end of the connection
    };

    RedirectConnection(base::FileDescriptor descriptor, Answer answer, Limits limits, QObject *parent);

    [[nodiscard]] bool isSilent() const { return m_size == 0 && m_state == State::Reading; }
    // Closed at once; ended() is not emitted.
    void abort();

Q_SIGNALS:
    void ended();

private:
    enum class State { Reading, Sending, Draining, Ended };

    void readHead();
    void respond(const QByteArray &response);
    void send();
    void drain();
    void runOutOfTime();
    void end();

    base::FileDescriptor m_descriptor;
    Answer m_answer;
    Limits m_limits;
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    QTimer m_deadline;
    base::Secret m_head;
    std::size_t m_size = 0;
    QByteArray m_response;
    qsizetype m_sent = 0;
    State m_state = State::Reading;
};

} // namespace keytender::oauth
