// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include <QList>
#include <QObject>
#include <QPair>
#include <QTcpServer>
#include <QUrl>

#include "canaryscan.h"

namespace keytender::e2e {

// An authorization server on loopback whose secrets are canaries, and which blurts out in its refusals, in every place
// that an HTTP answer has, whatever secret it was just sent.
class CanaryServer final : public QObject {
    Q_OBJECT

public:
    enum class Mood {
        Well,
        Refused,       // 400: the secrets in error_description, error_uri and headers
        RefusedInCode, // 400: a secret takes the place of the error code
        Page,          // 500 and HTML
        Redirect,      // 307 to an address with them
        Cut,           // half an answer that holds new tokens
        OtherAccount,  // new tokens, of somebody else
        Pending,       // of a device grant
    };
    // How a refusal writes down what it was sent.
    enum class Echo { Plain, Percent, Base64, Hex };

    CanaryServer();

    // A new canary; as soon as it exists it is among canaries().
    [[nodiscard]] QByteArray canary(const QString &kind);
    // What our program made, and others learned of: state, verifier.
    void learn(const QString &kind, const QByteArray &value);
    [[nodiscard]] const std::vector<Canary> &canaries() const { return m_canaries; }

    [[nodiscard]] QUrl url(const QString &path) const;
    void behave(const QString &path, Mood mood, Echo echo = Echo::Plain);
    void setAccount(const QString &account) { m_account = account; }
    [[nodiscard]] int requests(const QString &path) const;
    // The last one that it showed to a person.
    [[nodiscard]] QByteArray userCode() const { return m_userCode; }

private:
    struct Request {
        QByteArray path;
        QList<QPair<QByteArray, QByteArray>> members;
        QByteArray bearer;

        [[nodiscard]] QByteArray value(const char *name) const;
    };

    void serve(QTcpSocket *socket);
    [[nodiscard]] static bool isWhole(const QByteArray &bytes);
    [[nodiscard]] static Request parsed(const QByteArray &bytes);
    [[nodiscard]] QByteArray answerTo(const Request &request);
    [[nodiscard]] QByteArray wellAnswer(const Request &request, const QString &account);
    [[nodiscard]] QByteArray refusal(Mood mood, const QByteArray &blurted) const;
    [[nodiscard]] QByteArray secretsOf(const Request &request, Echo echo);

    QTcpServer m_server;
    std::vector<Canary> m_canaries;
    std::map<QByteArray, std::pair<Mood, Echo>> m_moods; // by path
    std::map<QByteArray, int> m_requests;
    QString m_account = QStringLiteral("ada");
    QByteArray m_userCode;
};

} // namespace keytender::e2e
