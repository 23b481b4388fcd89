// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QByteArray>
#include <QObject>
#include <QSslConfiguration>
#include <QUrl>

class QTcpServer;
class QTcpSocket;

namespace keytender::fakes {

// What one connection of the wire server does, in this order.
struct WireBehaviour {
    enum class End { Close, Reset, Stay };

    std::optional<qsizetype> endAfterRequestBytes; // ends having read as many, without an answer
    bool endsOnAccept = false;
    std::vector<QByteArray> pieces;                      // of the answer, once the request is whole
    std::optional<qsizetype> cutAt;                      // bytes of the answer, then the end
    std::chrono::milliseconds pause{0};                  // before each piece
    std::optional<std::chrono::milliseconds> dripsEvery; // one byte, then a pause
    End end = End::Close;
};

// One connection as it came.
struct WireDelivery {
    QByteArray head; // up to the empty line
    QByteArray body;
    bool isWhole = false;        // as long as its Content-Length says
    bool isDisconnected = false; // by the client

    [[nodiscard]] QByteArray header(const QByteArray &name) const; // empty where there is none
};

// An authorization server of the worst kind, on loopback: it records what reaches it byte for byte and answers, cuts,
// drips, resets or keeps silent as told. It knows no protocol beyond Content-Length.
class WireServer final : public QObject {
    Q_OBJECT

public:
    // Speaks TLS with `tls`.
    explicit WireServer(const std::optional<QSslConfiguration> &tls = {});
    ~WireServer() override;

    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/token")) const;

    // For the next connection that has none yet; the last one goes on for all that follow.
    void behave(WireBehaviour behaviour);
    void answer(int status, const QByteArray &body, const QByteArray &headers = {}); // the same, for a plain answer
    // Sockets stay open and unanswered from now on, or nobody listens at all.
    void stopListening();

    [[nodiscard]] const std::vector<WireDelivery> &deliveries() const { return m_deliveries; } // by connection
    // Of those, how many brought a byte of a body; how often `text` came anywhere.
    [[nodiscard]] int bodies() const;
    [[nodiscard]] int occurrencesOf(const QByteArray &text) const;

    // The bytes of an answer of JSON; `headers` are lines with their ends.
    [[nodiscard]] static QByteArray response(int status, const QByteArray &body, const QByteArray &headers = {});

Q_SIGNALS:
    void requestReceived();

private:
    struct Connection;
    void accept();
    void read(Connection &connection);
    void act(Connection &connection);
    void writeNext(Connection &connection);
    void finish(Connection &connection);

    std::unique_ptr<QTcpServer> m_server;
    std::deque<WireBehaviour> m_behaviours;
    std::vector<WireDelivery> m_deliveries;
    std::vector<std::unique_ptr<Connection>> m_connections;
};

} // namespace keytender::fakes
