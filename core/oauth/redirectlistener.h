// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include <QObject>
#include <QSocketNotifier>
#include <QStringList>
#include <QTimer>
#include <QUrl>

#include "base/clock.h"
#include "base/result.h"
#include "oauth/authorizationresponse.h"
#include "oauth/loopbacksockets.h"
#include "oauth/redirectconnection.h"
#include "oauth/requesthead.h"

namespace keytender::oauth {

struct ListenerLimits {
    base::Milliseconds lifetime = std::chrono::minutes(5);  // L-06; goes on through suspend
    base::Milliseconds head = std::chrono::seconds(10);     // L-16
    base::Milliseconds goodbye = std::chrono::seconds(2);   // for a browser to take an answer
    base::Milliseconds afterglow = std::chrono::seconds(3); // for the same answer by reload or prefetch (L-19)
    std::size_t connections = 64;                           // L-16
};

// Waits on loopback for the response of one authorization request. Strays of every kind are answered and change
// nothing; the first response under the right state is announced, once, when the browser has its page. It lives as long
// as an attempt (L-06): close() or destroy it as soon as the sign-in is over or cancelled.
//
//   listen() ── received() ── afterglow ── closed
//      └─────── expired()  ─────────────── closed
class RedirectListener final : public QObject {
    Q_OBJECT
public:
    RedirectListener(ExpectedResponse expected, const base::Clock &clock, ListenerLimits limits = {},
                     QObject *parent = nullptr);
    ~RedirectListener() override;

    // Listens for the first of them that can be served and returns it with its port; those that do not lead to this
    // machine are passed over. It accepts from now on: open the browser afterwards (L-05). The error names every port
    // that was tried and who holds it (L-04).
    [[nodiscard]] base::Result<QUrl> listen(const QStringList &redirectUris);

    [[nodiscard]] bool isListening() const { return !m_sockets.empty(); }

    // What was announced; nothing before that, and nothing the second time.
    [[nodiscard]] std::optional<AuthorizationResponse> takeResponse();

    // No port is open and no connection stands when it returns (L-21). Safe at any time, and in received().
    void close();

Q_SIGNALS:
    void received(); // takeResponse() has it
    void expired();  // the lifetime is over and nothing came; it is closed

private:
    struct Socket {
        base::FileDescriptor descriptor;
        QSocketNotifier *incoming; // a child of ours
    };

    void start(LoopbackSockets sockets);
    void accept(int descriptor);
    void pauseAccepting();
    void admit(base::FileDescriptor descriptor);
    void dropOne();
    [[nodiscard]] const QByteArray *answerTo(std::string_view bytes);
    [[nodiscard]] int judge(std::string_view query);
    void checkLifetime();

    ExpectedResponse m_expected;
    const base::Clock &m_clock;
    ListenerLimits m_limits;
    ServedAddress m_address;
    std::vector<Socket> m_sockets;
    std::vector<RedirectConnection *> m_connections; // oldest first
    QTimer m_timer;
    base::Milliseconds m_end{0};
    bool m_hasAnswered = false;
    std::optional<AuthorizationResponse> m_response;
};

} // namespace keytender::oauth
