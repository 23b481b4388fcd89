// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/wireserver.h"

#include <algorithm>

#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

namespace keytender::fakes {

struct WireServer::Connection {
    QTcpSocket *socket = nullptr;
    std::size_t delivery = 0; // its place in m_deliveries
    WireBehaviour behaviour;
    QByteArray received;
    std::size_t piece = 0;
};

QByteArray WireDelivery::header(const QByteArray &name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

WireServer::WireServer(const std::optional<QSslConfiguration> &tls)
{
    if (tls) {
        auto server = std::make_unique<QSslServer>();
        server->setSslConfiguration(*tls);
        m_server = std::move(server);
    } else {
        m_server = std::make_unique<QTcpServer>();
    }
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &WireServer::accept);
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("the wire server cannot listen");
}

WireServer::~WireServer()
{
    for (const auto &connection : m_connections)
        connection->socket->disconnect(this);
}

quint16 WireServer::port() const
{
    return m_server->serverPort();
}

QUrl WireServer::url(const QString &path) const
{
    const bool isTls = qobject_cast<QSslServer *>(m_server.get()) != nullptr;
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
                    .arg(isTls ? QStringLiteral("https") : QStringLiteral("http"))
                    .arg(port())
                    .arg(path));
}

void WireServer::behave(WireBehaviour behaviour)
{
    m_behaviours.push_back(std::move(behaviour));
}

void WireServer::answer(int status, const QByteArray &body, const QByteArray &headers)
{
    WireBehaviour behaviour;
    behaviour.pieces = {response(status, body, headers)};
    behave(std::move(behaviour));
}

void WireServer::stopListening()
{
    m_server->close();
}

int WireServer::bodies() const
{
    return static_cast<int>(
        std::ranges::count_if(m_deliveries, [](const WireDelivery &d) { return !d.body.isEmpty(); }));
}

int WireServer::occurrencesOf(const QByteArray &text) const
{
    qsizetype count = 0;
    for (const WireDelivery &delivery : m_deliveries)
        count += delivery.head.count(text) + delivery.body.count(text);
    return static_cast<int>(count);
}

QByteArray WireServer::response(int status, const QByteArray &body, const QByteArray &headers)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Said\r\nContent-Type: application/json\r\nContent-Length: "
           + QByteArray::number(body.size()) + "\r\n" + headers + "Connection: close\r\n\r\n" + body;
}

void WireServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        auto connection = std::make_unique<Connection>();
        connection->socket = socket;
        connection->delivery = m_deliveries.size();
        m_deliveries.emplace_back();
        if (!m_behaviours.empty())
            connection->behaviour = m_behaviours.front();
        if (m_behaviours.size() > 1)
            m_behaviours.pop_front();
        Connection &accepted = *m_connections.emplace_back(std::move(connection));
        connect(socket, &QTcpSocket::disconnected, this,
                [this, &accepted] { m_deliveries[accepted.delivery].isDisconnected = true; });
        if (accepted.behaviour.endsOnAccept) {
            finish(accepted);
            continue;
        }
        connect(socket, &QTcpSocket::readyRead, this, [this, &accepted] { read(accepted); });
        read(accepted);
    }
}

void WireServer::read(Connection &connection)
{
    connection.received += connection.socket->readAll();
    const std::optional<qsizetype> limit = connection.behaviour.endAfterRequestBytes;
    if (limit && connection.received.size() >= *limit) {
        m_deliveries[connection.delivery].head = connection.received.first(*limit);
        finish(connection);
        return;
    }
    const qsizetype end = connection.received.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    WireDelivery &delivery = m_deliveries[connection.delivery];
    delivery.head = connection.received.first(end);
    delivery.body = connection.received.mid(end + 4);
    if (delivery.isWhole || delivery.body.size() < delivery.header("Content-Length").toLongLong())
        return;
    delivery.isWhole = true;
    Q_EMIT requestReceived();
    act(connection);
}

void WireServer::act(Connection &connection)
{
    WireBehaviour &behaviour = connection.behaviour;
    if (behaviour.cutAt) {
        QByteArray whole;
        for (const QByteArray &piece : behaviour.pieces)
            whole += piece;
        behaviour.pieces = {whole.first(std::min(*behaviour.cutAt, whole.size()))};
    }
    if (behaviour.dripsEvery) {
        std::vector<QByteArray> drops;
        for (const QByteArray &piece : behaviour.pieces) {
            for (const char byte : piece)
                drops.emplace_back(1, byte);
        }
        behaviour.pieces = std::move(drops);
        behaviour.pause = *behaviour.dripsEvery;
    }
    writeNext(connection);
}

void WireServer::writeNext(Connection &connection)
{
    if (connection.socket->state() != QAbstractSocket::ConnectedState)
        return;
    if (connection.piece == connection.behaviour.pieces.size()) {
        finish(connection);
        return;
    }
    const auto write = [this, &connection] {
        connection.socket->write(connection.behaviour.pieces[connection.piece++]);
        connection.socket->flush();
        writeNext(connection);
    };
    if (connection.behaviour.pause.count() == 0)
        write();
    else
        QTimer::singleShot(connection.behaviour.pause, connection.socket, write);
}

void WireServer::finish(Connection &connection)
{
    connection.socket->flush();
    switch (connection.behaviour.end) {
    case WireBehaviour::End::Stay:
        return;
    case WireBehaviour::End::Close:
        connection.socket->disconnectFromHost();
        return;
    case WireBehaviour::End::Reset: {
        const linger now{.l_onoff = 1, .l_linger = 0}; // closing sends RST
        setsockopt(static_cast<int>(connection.socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        connection.socket->abort();
    }
    }
}

} // namespace keytender::fakes
