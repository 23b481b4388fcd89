// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/server.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <QTimer>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "ipc/connection.h"
#include "ipc/listener.h"
#include "ipc/peer.h"

namespace keytender::ipc {

using namespace std::chrono_literals;

namespace {

// A client that has asked for nothing for so long makes room for another.
constexpr auto longEnough = 1s;

int placesFor(int wanted)
{
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY)
        return wanted;
    return static_cast<int>(std::min<rlim_t>(static_cast<rlim_t>(wanted), std::max<rlim_t>(files.rlim_cur / 2, 1)));
}

} // namespace

Server::Server(const Door &door, QObject *parent) : Server(door, Limits(), parent) {}

Server::Server(const Door &door, Limits limits, QObject *parent)
    : QObject(parent), m_door(door), m_limits(limits), m_mostConnections(placesFor(limits.connections))
{
}

Server::~Server()
{
    const std::set<Connection *> connections = std::exchange(m_connections, {});
    for (Connection *connection : connections)
        delete connection;
}

base::Result<void> Server::listen(const wire::Place &place)
{
    auto name = ServiceName::claim(place);
    if (!name)
        return base::unexpected(std::move(name).error());
    auto listening = name->listen();
    if (!listening)
        return base::unexpected(std::move(listening).error());
    m_name.emplace(*std::move(name));
    listenOn(*std::move(listening));
    return {};
}

void Server::acceptOn(int listeningSocket)
{
    listenOn(base::FileDescriptor(listeningSocket));
}

void Server::listenOn(base::FileDescriptor socket)
{
    auto admitOne = [this](base::FileDescriptor accepted) { admit(std::move(accepted)); };
    m_listeners.push_back(std::make_unique<Listener>(std::move(socket), std::move(admitOne)));
    m_listeners.back()->setPaused(!m_hasBegun);
}

void Server::serve(int connectedSocket)
{
    base::FileDescriptor socket(connectedSocket);
    fcntl(connectedSocket, F_SETFD, FD_CLOEXEC);
    fcntl(connectedSocket, F_SETFL, fcntl(connectedSocket, F_GETFL) | O_NONBLOCK);
    if (m_hasBegun)
        admit(std::move(socket));
    else
        m_early.push_back(std::move(socket));
}

void Server::begin()
{
    m_hasBegun = true;
    auto early = std::exchange(m_early, {});
    for (base::FileDescriptor &socket : early)
        admit(std::move(socket));
    acceptAgain();
    if (!early.empty() && m_connections.empty()) // nobody who may ask
        QMetaObject::invokeMethod(this, &Server::idle, Qt::QueuedConnection);
}

void Server::acceptAgain()
{
    for (const auto &listener : m_listeners)
        listener->setPaused(!m_hasBegun);
}

void Server::stopListening()
{
    if (m_name)
        m_name->withdraw();
    for (const auto &listener : std::exchange(m_listeners, {})) {
        if (m_hasBegun)
            listener->acceptAll();
    }
    if (m_connections.empty())
        QMetaObject::invokeMethod(this, &Server::idle, Qt::QueuedConnection);
}

std::optional<ServiceName> Server::releaseName()
{
    stopListening();
    return std::exchange(m_name, std::nullopt);
}

void Server::admit(base::FileDescriptor socket)
{
    const auto peer = peerOf(socket.number());
    if (!peer || peer->user != geteuid())
        return;
    static const QString programs = ownDirectory();
    auto *connection =
        new Connection(std::move(socket), consumerOf(peer->pid, programs), {.door = m_door, .limits = m_limits}, this);
    m_connections.insert(connection);
    connect(connection, &Connection::gone, this, [this, connection] { forget(connection); });
    if (connectionCount() >= m_mostConnections)
        makeRoom();
}

void Server::forget(Connection *connection)
{
    m_connections.erase(connection);
    connection->deleteLater();
    acceptAgain();
    if (m_connections.empty())
        Q_EMIT idle();
}

void Server::makeRoom()
{
    const auto since = [](const Connection *connection) {
        return connection->restingSince().value_or(Connection::Instant::max());
    };
    Connection *longest = *std::ranges::min_element(m_connections, {}, since);
    if (since(longest) <= std::chrono::steady_clock::now() - longEnough)
        return longest->end();
    for (const auto &listener : m_listeners)
        listener->setPaused(true);
    QTimer::singleShot(longEnough, this, &Server::acceptAgain);
}

} // namespace keytender::ipc
