// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/networkexchange.h"

#include <algorithm>

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslError>

#include "oauth/httpheaders.h"

namespace keytender::oauth {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("OAuth", text);
}

// Qt's network thread takes as long to end as a disk to sync: not before what the answer is for is done.
constexpr std::chrono::milliseconds teardownAfter{20};

// How Qt names a status that a server sent on purpose. Every other error means that the answer is not whole, whatever
// its status says.
bool isErrorOfStatus(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::NoError:
    case QNetworkReply::ContentAccessDenied:
    case QNetworkReply::ContentOperationNotPermittedError:
    case QNetworkReply::ContentNotFoundError:
    case QNetworkReply::AuthenticationRequiredError:
    case QNetworkReply::ContentConflictError:
    case QNetworkReply::ContentGoneError:
    case QNetworkReply::UnknownContentError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::InternalServerError:
    case QNetworkReply::OperationNotImplementedError:
    case QNetworkReply::ServiceUnavailableError:
    case QNetworkReply::UnknownServerError:
        return true;
    default:
        return false;
    }
}

// Before a byte of a request could leave.
bool isErrorOfConnecting(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::HostNotFoundError || error == QNetworkReply::ConnectionRefusedError
           || error == QNetworkReply::SslHandshakeFailedError;
}

QString nameOf(const QSslCertificate &certificate)
{
    for (const auto info : {QSslCertificate::CommonName, QSslCertificate::Organization}) {
        const QStringList names = certificate.issuerInfo(info);
        if (!names.isEmpty())
            return names.front();
    }
    return QStringLiteral("?");
}

QString describeTls(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::CertificateNotYetValid:
        return say(QT_TRANSLATE_NOOP("OAuth", "the server's certificate is not valid yet: check this machine's clock"));
    case QSslError::CertificateExpired:
        return say(
            QT_TRANSLATE_NOOP("OAuth", "the server's certificate has expired, or this machine's clock is wrong"));
    case QSslError::HostNameMismatch:
        return say(QT_TRANSLATE_NOOP("OAuth", "the server's certificate is that of another host"));
    default:
        return say(QT_TRANSLATE_NOOP("OAuth", "the server's certificate is not trusted: issuer '%1'"))
            .arg(nameOf(error.certificate()));
    }
}

// The one that the user can do something about comes first.
const QSslError &gravestOf(const QList<QSslError> &errors)
{
    const auto found = std::ranges::find_if(errors, [](const QSslError &error) {
        return error.error() == QSslError::CertificateNotYetValid || error.error() == QSslError::CertificateExpired;
    });
    return found == errors.end() ? errors.front() : *found;
}

QString placeOf(const QUrl &endpoint)
{
    return endpoint.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace

NetworkExchange::NetworkExchange(QObject *context, std::function<void(Delivery)> done, QObject *parent)
    : QObject(parent), m_context(context), m_done(std::move(done))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setAutoDeleteReplies(false);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { giveUp(say(QT_TRANSLATE_NOOP("OAuth", "no whole answer came in time"))); });
    connect(context, &QObject::destroyed, this, &QObject::deleteLater);
}

NetworkExchange::~NetworkExchange()
{
    if (m_reply)
        m_reply->disconnect(this); // going, it says once more that it has finished
}

void NetworkExchange::start(const QNetworkRequest &request, std::optional<base::Secret> body,
                            base::Milliseconds deadline)
{
    m_elapsed.start();
    m_deadline.start(std::max(deadline, base::Milliseconds(1)));
    if (body) {
        m_body = std::make_unique<OneShotBody>(*std::move(body));
        m_reply.reset(m_network.post(request, m_body.get()));
    } else {
        m_reply.reset(m_network.get(request));
    }
    m_reply->setReadBufferSize(64 << 10); // what Qt holds unread; the rest waits in the socket
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &NetworkExchange::readSome);
    connect(m_reply.get(), &QNetworkReply::finished, this, &NetworkExchange::finish);
    connect(m_reply.get(), &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            m_tlsFault = describeTls(gravestOf(errors)); // and never ignored (N-21)
    });
}

void NetworkExchange::refuse(base::Error error)
{
    Delivery delivery;
    delivery.error = std::move(error);
    QMetaObject::invokeMethod(
        this, [this, refused = std::make_shared<Delivery>(std::move(delivery))] { handOver(std::move(*refused)); },
        Qt::QueuedConnection);
}

void NetworkExchange::readSome()
{
    if (!m_answer.readFrom(*m_reply))
        giveUp(say(QT_TRANSLATE_NOOP("OAuth", "the answer is larger than 1 MiB")));
}

void NetworkExchange::giveUp(const QString &why)
{
    if (!m_gaveUp.isEmpty() || !m_reply || m_reply->isFinished())
        return;
    m_gaveUp = why;
    m_reply->abort(); // and that finishes it
}

void NetworkExchange::finish()
{
    if (m_gaveUp.isEmpty() && !m_answer.readFrom(*m_reply))
        m_gaveUp = say(QT_TRANSLATE_NOOP("OAuth", "the answer is larger than 1 MiB"));
    handOver(outcome());
}

Delivery NetworkExchange::outcome()
{
    Delivery delivery;
    delivery.roundTrip = base::Milliseconds(m_elapsed.elapsed());
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        delivery.headers.emplace_back(name, value);
    if (const std::optional<QByteArray> date = headerIn(delivery.headers, "Date"))
        delivery.serverTime = fromHttpDate(*date);
    if (isWholeAnswer()) {
        delivery.fate = Fate::Answered;
        delivery.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        delivery.body = m_answer.take();
        return delivery;
    }
    delivery.fate = mayHaveArrived() ? Fate::Unknown : Fate::NotSent;
    delivery.error = base::Error{
        .kind = base::ErrorKind::TimedOut, .subject = placeOf(m_reply->url()), .place = {}, .detail = reason()};
    return delivery;
}

// The error first, but by what it means: a server that closes the connection behind a whole answer makes Qt try,
// now and then, to send the request once more, and say that it could not.
bool NetworkExchange::isWholeAnswer() const
{
    const QNetworkReply::NetworkError error = m_reply->error();
    const bool isClosed = error == QNetworkReply::RemoteHostClosedError || error == QNetworkReply::ContentReSendError;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!m_gaveUp.isEmpty() || status < 200 || (!isClosed && !isErrorOfStatus(error)))
        return false;
    if (status == 204 || status == 304 || status == 307 || status == 308) // these two Qt does not read to their end
        return true;
    if (m_reply->hasRawHeader("Transfer-Encoding"))
        return !isClosed;
    // Qt counts too; but a cut that it overlooks would cost a login. Without a length the end of the connection is that
    // of the answer, and a cut one is no JSON.
    bool isNumber = false;
    const qulonglong length = m_reply->rawHeader("Content-Length").trimmed().toULongLong(&isNumber);
    return isNumber ? length == m_answer.size() : !m_reply->hasRawHeader("Content-Length");
}

bool NetworkExchange::mayHaveArrived() const
{
    // What may be spent stands in the body alone, so an unread body is proof. A request without one has none to give.
    return m_body && m_body->total() > 0 ? m_body->wasRead() : !isErrorOfConnecting(m_reply->error());
}

QString NetworkExchange::reason() const
{
    if (!m_gaveUp.isEmpty())
        return m_gaveUp;
    if (!m_tlsFault.isEmpty())
        return m_tlsFault;
    switch (m_reply->error()) {
    case QNetworkReply::HostNotFoundError:
        return say(QT_TRANSLATE_NOOP("OAuth", "the host cannot be found: is this machine online?"));
    case QNetworkReply::ConnectionRefusedError:
        return say(QT_TRANSLATE_NOOP("OAuth", "the host refused the connection"));
    case QNetworkReply::SslHandshakeFailedError:
        return say(QT_TRANSLATE_NOOP("OAuth", "no secure connection could be made"));
    case QNetworkReply::NoError:
        return say(QT_TRANSLATE_NOOP("OAuth", "the answer is not as long as it says"));
    default: // Qt's own words may quote what the server sent
        return say(QT_TRANSLATE_NOOP("OAuth", "the connection ended before the whole answer was there"));
    }
}

void NetworkExchange::handOver(Delivery delivery)
{
    m_deadline.stop();
    QTimer::singleShot(teardownAfter, this, &QObject::deleteLater);
    const auto done = std::exchange(m_done, {});
    if (done && m_context)
        done(std::move(delivery));
}

} // namespace keytender::oauth
