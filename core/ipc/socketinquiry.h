// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <utility>

#include <QPointer>

#include "ipc/connection.h"
#include "ipc/inquiry.h"

namespace keytender::ipc {

// A request that came over a connection. Outlives it where a desk is still at work: then nobody hears its answer.
class SocketInquiry final : public Inquiry {
    Q_OBJECT

public:
    // Belongs to the connection's parent, so that it is gone with the server at the latest.
    SocketInquiry(wire::Message request, service::Consumer consumer, Connection &connection)
        : Inquiry(connection.parent()), m_request(std::move(request)), m_consumer(std::move(consumer)),
          m_connection(&connection)
    {
    }

    [[nodiscard]] const wire::Message &request() const override { return m_request; }
    [[nodiscard]] const service::Consumer &consumer() const override { return m_consumer; }
    void tell(const wire::Message &more) override
    {
        if (m_connection)
            m_connection->tell(more);
    }
    void answer(const wire::Message &answer) override
    {
        if (!m_connection)
            return;
        // A desk may be in the middle of its work on this one.
        deleteLater();
        std::exchange(m_connection, nullptr)->answer(answer);
    }

    // Of the connection.
    void hear(const wire::Message &more) { Q_EMIT received(more); }
    void abandon()
    {
        if (!std::exchange(m_connection, nullptr))
            return;
        deleteLater();
        Q_EMIT abandoned();
    }

private:
    wire::Message m_request;
    service::Consumer m_consumer;
    QPointer<Connection> m_connection;
};

} // namespace keytender::ipc
