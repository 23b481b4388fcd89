// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "canaryserver.h"

#include <algorithm>

#include <QRandomGenerator>
#include <QTcpSocket>

namespace keytender::e2e {

namespace {

// Small letters and digits: like an opaque token, and unlike anything that a redactor knows by its shape.
QByteArray randomText(int size)
{
    static constexpr char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    const auto isDigit = [](char c) { return c <= '9'; };
    QByteArray text;
    while (std::count_if(text.cbegin(), text.cend(), isDigit) < 2) { // as nearly every token has
        text.clear();
        while (text.size() < size)
            text += letters[QRandomGenerator::system()->bounded(int(sizeof letters) - 1)];
    }
    return text;
}

QByteArray response(const QByteArray &status, const QByteArray &headers, const QByteArray &body)
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size())
           + "\r\nConnection: close\r\n\r\n" + body;
}

QByteArray written(const QByteArray &secret, CanaryServer::Echo echo)
{
    using Echo = CanaryServer::Echo;
    switch (echo) {
    case Echo::Plain:
        return secret;
    case Echo::Percent:
        return '%' + secret.toHex(' ').replace(' ', '%');
    case Echo::Base64:
        return secret.toBase64();
    case Echo::Hex:
        return secret.toHex();
    }
    return {};
}

} // namespace

QByteArray CanaryServer::Request::value(const char *name) const
{
    for (const auto &[key, value] : members) {
        if (key == name)
            return value;
    }
    return {};
}

CanaryServer::CanaryServer()
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { serve(socket); });
        }
    });
}

QByteArray CanaryServer::canary(const QString &kind)
{
    const bool isTyped = kind == QStringLiteral("user code"); // by a person: short
    const int half = isTyped ? 8 : 16;
    const QByteArray value = randomText(half) + (isTyped ? '-' : '~') + randomText(half);
    m_canaries.push_back({.kind = kind, .value = value});
    return value;
}

void CanaryServer::learn(const QString &kind, const QByteArray &value)
{
    const auto isKnown = [&value](const Canary &canary) { return canary.value == value; };
    if (!value.isEmpty() && std::ranges::none_of(m_canaries, isKnown))
        m_canaries.push_back({.kind = kind, .value = value});
}

QUrl CanaryServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path));
}

void CanaryServer::behave(const QString &path, Mood mood, Echo echo)
{
    m_moods.insert_or_assign(path.toLatin1(), std::pair(mood, echo));
}

int CanaryServer::requests(const QString &path) const
{
    const auto found = m_requests.find(path.toLatin1());
    return found == m_requests.end() ? 0 : found->second;
}

bool CanaryServer::isWhole(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const qsizetype length = bytes.toLower().indexOf("content-length:");
    const qsizetype size = length < 0 || length > end ? 0 : bytes.mid(length + 15, 8).trimmed().split('\r')[0].toInt();
    return bytes.size() >= end + 4 + size;
}

void CanaryServer::serve(QTcpSocket *socket)
{
    const QByteArray bytes = socket->peek(1 << 20);
    if (!isWhole(bytes))
        return;
    socket->readAll();
    socket->write(answerTo(parsed(bytes)));
    socket->disconnectFromHost();
}

CanaryServer::Request CanaryServer::parsed(const QByteArray &bytes)
{
    Request request;
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    request.path = QUrl::fromEncoded(bytes.split(' ').value(1)).path().toLatin1();
    for (const QByteArray &line : bytes.first(end).split('\n')) {
        if (line.toLower().startsWith("authorization: bearer "))
            request.bearer = line.sliced(22).trimmed();
    }
    for (const QByteArray &member : bytes.sliced(end + 4).split('&')) {
        const qsizetype equals = member.indexOf('=');
        if (equals > 0)
            request.members.append(
                {member.first(equals), QByteArray::fromPercentEncoding(member.sliced(equals + 1).replace('+', ' '))});
    }
    return request;
}

QByteArray CanaryServer::answerTo(const Request &request)
{
    ++m_requests[request.path];
    learn(QStringLiteral("verifier"), request.value("code_verifier"));
    const auto found = m_moods.find(request.path);
    const auto [mood, echo] = found == m_moods.end() ? std::pair(Mood::Well, Echo::Plain) : found->second;
    const QByteArray json = "Content-Type: application/json\r\n";
    switch (mood) {
    case Mood::Well:
        return response("200 OK", json, wellAnswer(request, m_account));
    case Mood::OtherAccount:
        return response("200 OK", json, wellAnswer(request, QStringLiteral("mallory")));
    case Mood::Pending:
        return response("400 Bad Request", json, R"({"error":"authorization_pending"})");
    case Mood::Cut: {
        const QByteArray whole = response("200 OK", json, wellAnswer(request, m_account));
        return whole.first(whole.size() - 20);
    }
    default:
        return refusal(mood, secretsOf(request, echo));
    }
}

QByteArray CanaryServer::wellAnswer(const Request &request, const QString &account)
{
    const auto member = [this](const char *name, const char *kind) {
        return QByteArray("\"") + name + "\":\"" + canary(QLatin1String(kind)) + "\",";
    };
    if (request.path == "/revoke")
        return "{}";
    if (request.path == "/me")
        return R"({"organization":{"name":"Canaries"}})";
    if (request.path == "/device") {
        m_userCode = canary(QStringLiteral("user code"));
        const QByteArray page = url(QStringLiteral("/enter")).toEncoded();
        return '{' + member("device_code", "device code") + "\"user_code\":\"" + m_userCode
               + R"(","verification_uri":")" + page + R"(","verification_uri_complete":")" + page
               + "?user_code=" + m_userCode + R"(","expires_in":600,"interval":1})";
    }
    return '{' + member("access_token", "access token") + member("refresh_token", "refresh token")
           + member("id_token", "id token") + member("unheard_of_token", "unknown member")
           + R"("token_type":"Bearer","expires_in":3600,"account":{"id":")" + account.toLatin1() + R"(","email":")"
           + account.toLatin1() + R"(@example.org"}})";
}

QByteArray CanaryServer::secretsOf(const Request &request, Echo echo)
{
    QByteArrayList secrets;
    for (const char *name : {"refresh_token", "token", "code", "device_code", "code_verifier", "state"}) {
        if (const QByteArray value = request.value(name); !value.isEmpty())
            secrets += written(value, echo);
    }
    if (!request.bearer.isEmpty())
        secrets += written(request.bearer, echo);
    return secrets.isEmpty() ? written(canary(QStringLiteral("the server's own secret")), echo) : secrets.join(' ');
}

QByteArray CanaryServer::refusal(Mood mood, const QByteArray &blurted) const
{
    const QByteArray first = blurted.split(' ').constFirst();
    const QByteArray headers = "X-Request: " + blurted + "\r\nSet-Cookie: session=" + first
                               + "; Path=/\r\nWWW-Authenticate: Bearer error=\"invalid_token\", error_description=\""
                               + blurted + "\"\r\n";
    if (mood == Mood::Page)
        return response("500 Internal Server Error", headers + "Content-Type: text/html\r\n",
                        "<html><title>" + first + "</title><body>cannot serve " + blurted + "</body></html>");
    if (mood == Mood::Redirect)
        return response("307 Temporary Redirect",
                        headers + "Location: https://" + first + "@login.example.org/" + first + "?token=" + first
                            + "#token=" + first + "\r\n",
                        "moved: " + blurted);
    const QByteArray code = mood == Mood::RefusedInCode ? first : QByteArrayLiteral("invalid_grant");
    return response("400 " + first, headers + "Content-Type: application/json\r\n",
                    R"({"error":")" + code + R"(","error_description":"nobody knows )" + blurted
                        + R"( here","error_uri":"https://login.example.org/?token=)" + first + "\"}");
}

} // namespace keytender::e2e
