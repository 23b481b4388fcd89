// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <chrono>
#include <optional>

#include <QObject>
#include <QPointer>
#include <QSocketNotifier>
#include <QTimer>

#include "base/filedescriptor.h"
#include "ipc/door.h"
#include "ipc/limits.h"
#include "service/programs/consumer.h"
#include "wire/message.h"

namespace keytender::ipc {

class SocketInquiry;

// One client. Its requests are taken one after the other, the next only when the answer to the last is on its way; what
// it sends ahead waits in the kernel. Tells gone() once, and is of no use then.
class Connection final : public QObject {
    Q_OBJECT

public:
    struct Terms {
        const Door &door;
        const Limits &limits;
    };
    // `socket` does not block. Both of `terms` outlive this.
    Connection(base::FileDescriptor socket, service::Consumer consumer, Terms terms, QObject *parent);
    ~Connection() override;

    using Instant = std::chrono::steady_clock::time_point;
    // Since when it has asked for nothing; none while something of it is under way.
    [[nodiscard]] std::optional<Instant> restingSince() const;
    void end();

Q_SIGNALS:
    void gone();

private:
    friend class SocketInquiry;
    enum class Wait { Frame, Answer, Writing, Resting };
    static constexpr int waits = 4;

    // Of the inquiry that is under way.
    void tell(const wire::Message &more);
    void answer(const wire::Message &answer);

    void read();
    void advance();
    void take(wire::Message message);
    void begin(wire::Message request);
    void refuse(const QString &text);
    void write(const wire::Message &message);
    void flush();
    void settle();
    void watch(Wait wait, bool isWaiting, std::chrono::milliseconds limit);
    void giveUp();
    void abandonInquiry();
    [[nodiscard]] bool isOver() const { return !m_socket.isOpen(); }

    base::FileDescriptor m_socket;
    service::Consumer m_consumer;
    const Door &m_door;
    const Limits &m_limits;
    QSocketNotifier m_reading;
    QSocketNotifier m_writing;
    QTimer m_timer;
    std::array<std::optional<Instant>, waits> m_since;
    std::array<std::optional<Instant>, waits> m_until;
    wire::Reader m_reader;
    std::optional<wire::Message> m_next; // read, and not its turn yet
    wire::WipedBytes m_unsent;
    QPointer<SocketInquiry> m_inquiry;
    bool m_isLast = false; // nothing more is read; what is unsent still goes
    bool m_isAdvancing = false;
};

} // namespace keytender::ipc
