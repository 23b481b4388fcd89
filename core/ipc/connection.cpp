// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/connection.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <QCoreApplication>

#include <sys/socket.h>

#include "ipc/socketinquiry.h"

namespace keytender::ipc {

using std::chrono::steady_clock;
using wire::Kind;
using wire::Message;
using wire::Outcome;

namespace {

constexpr std::size_t chunk = std::size_t{16} * 1024;
// Beyond a whole frame nothing is read ahead.
constexpr std::size_t mostReadAhead = 4 + wire::mostFrameBytes;

QString notUnderstood(wire::Fault fault)
{
    return QCoreApplication::translate("Connection",
                                       "Keytender could not read the request: %1. The connection is closed.")
        .arg(QString::fromUtf8(wire::describe(fault)));
}

} // namespace

Connection::Connection(base::FileDescriptor socket, service::Consumer consumer, Terms terms, QObject *parent)
    : QObject(parent), m_socket(std::move(socket)), m_consumer(std::move(consumer)), m_door(terms.door),
      m_limits(terms.limits), m_reading(m_socket.number(), QSocketNotifier::Read),
      m_writing(m_socket.number(), QSocketNotifier::Write)
{
    m_timer.setSingleShot(true);
    connect(&m_reading, &QSocketNotifier::activated, this, &Connection::read);
    connect(&m_writing, &QSocketNotifier::activated, this, &Connection::flush);
    connect(&m_timer, &QTimer::timeout, this, &Connection::giveUp);
    settle();
}

Connection::~Connection()
{
    abandonInquiry();
}

std::optional<Connection::Instant> Connection::restingSince() const
{
    return m_since[static_cast<std::size_t>(Wait::Resting)];
}

void Connection::end()
{
    if (isOver())
        return;
    m_reading.setEnabled(false);
    m_writing.setEnabled(false);
    m_timer.stop();
    (void)m_socket.close();
    m_unsent.clear();
    abandonInquiry();
    Q_EMIT gone();
}

void Connection::abandonInquiry()
{
    if (SocketInquiry *inquiry = std::exchange(m_inquiry, nullptr))
        inquiry->abandon();
}

// What it says.

void Connection::read()
{
    std::array<char, chunk> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by recv
    const ssize_t count = recv(m_socket.number(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    // Who has shut its side has hung up: there is no way to tell it from a client that is gone.
    if (count <= 0)
        return end();
    m_reader.feed({buffer.data(), static_cast<std::size_t>(count)});
    explicit_bzero(buffer.data(), static_cast<std::size_t>(count));
    advance();
}

void Connection::advance()
{
    if (m_isAdvancing)
        return;
    m_isAdvancing = true;
    while (!isOver() && !m_isLast) {
        if (!m_next) {
            wire::Reader::Step step = m_reader.next();
            if (step.fault)
                refuse(notUnderstood(*step.fault));
            if (!step.message)
                break;
            watch(Wait::Frame, false, {});
            m_next = std::move(step.message);
        }
        if (m_next->kind() == Kind::Request && (m_inquiry || !m_unsent.isEmpty()))
            break; // its turn comes
        Message message = *std::move(m_next);
        m_next.reset();
        take(std::move(message));
    }
    m_isAdvancing = false;
    settle();
}

void Connection::take(Message message)
{
    switch (message.kind()) {
    case Kind::Request:
        return begin(std::move(message));
    case Kind::More:
        // One that crossed the answer on its way belongs to nothing any more.
        if (m_inquiry)
            m_inquiry->hear(message);
        return;
    case Kind::Answer:
        return refuse(notUnderstood(wire::Fault::Malformed));
    }
}

void Connection::begin(Message request)
{
    auto *inquiry = new SocketInquiry(std::move(request), m_consumer, *this);
    m_inquiry = inquiry;
    m_door.receive(*inquiry);
}

void Connection::refuse(const QString &text)
{
    abandonInquiry();
    m_isLast = true;
    write(answerOf(Outcome::Usage, text));
}

// What it hears.

void Connection::tell(const Message &more)
{
    // A text that lacks a part says something else.
    if (!more.fits())
        return answer(more);
    write(more);
    settle();
}

void Connection::answer(const Message &answer)
{
    abandonInquiry();
    if (answer.fits())
        write(answer);
    else
        write(answerOf(Outcome::Failed, QCoreApplication::translate(
                                            "Connection", "The answer is too long to be sent. Nothing was sent.")));
    // Not from here: a desk is at work.
    if (m_next || m_reader.isWithinFrame())
        QMetaObject::invokeMethod(this, &Connection::advance, Qt::QueuedConnection);
    settle();
}

void Connection::write(const Message &message)
{
    if (isOver())
        return;
    const wire::WipedBytes bytes = message.encoded();
    m_unsent.append(bytes.view());
    if (m_unsent.size() == bytes.size())
        flush();
    else if (m_unsent.size() > m_limits.unread)
        end();
}

void Connection::flush()
{
    while (!isOver() && !m_unsent.isEmpty()) {
        const ssize_t sent =
            send(m_socket.number(), m_unsent.view().data(), m_unsent.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0)
            m_unsent.removeFirst(static_cast<std::size_t>(sent));
        else if (errno == EAGAIN)
            return settle();
        else if (errno != EINTR)
            return end();
    }
    if (m_isLast)
        return end();
    if (m_next)
        QMetaObject::invokeMethod(this, &Connection::advance, Qt::QueuedConnection);
    settle();
}

// How long it may take.

void Connection::settle()
{
    if (isOver())
        return;
    m_reading.setEnabled(!m_isLast && m_reader.heldBytes() <= mostReadAhead);
    m_writing.setEnabled(!m_unsent.isEmpty());
    const bool isWithinFrame = !m_isLast && !m_next && m_reader.isWithinFrame();
    watch(Wait::Frame, isWithinFrame, m_limits.request);
    watch(Wait::Answer, m_inquiry != nullptr, m_limits.answer);
    watch(Wait::Writing, !m_unsent.isEmpty(), m_limits.writing);
    watch(Wait::Resting, !isWithinFrame && !m_inquiry && m_unsent.isEmpty(), m_limits.idle);

    const auto earliest =
        std::ranges::min_element(m_until, {}, [](const auto &until) { return until.value_or(Instant::max()); });
    const auto left =
        std::max(Instant::duration::zero(), earliest->value_or(steady_clock::now()) - steady_clock::now());
    // One that goes off too soon looks again: cheaper than a new one for each request.
    if (*earliest && (!m_timer.isActive() || m_timer.remainingTimeAsDuration() > left))
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(left));
}

void Connection::watch(Wait wait, bool isWaiting, std::chrono::milliseconds limit)
{
    const auto index = static_cast<std::size_t>(wait);
    if (isWaiting && m_since[index])
        return;
    m_since[index] = isWaiting ? std::optional(steady_clock::now()) : std::nullopt;
    m_until[index] = isWaiting ? std::optional(*m_since[index] + limit) : std::nullopt;
}

void Connection::giveUp()
{
    const auto isOverdue = [this, now = steady_clock::now()](Wait wait) {
        const auto &until = m_until[static_cast<std::size_t>(wait)];
        return until && *until <= now;
    };
    if (isOverdue(Wait::Writing) || isOverdue(Wait::Resting))
        return end();
    if (isOverdue(Wait::Frame))
        refuse(QCoreApplication::translate("Connection", "The request did not arrive in time. Send it again."));
    else if (isOverdue(Wait::Answer))
        answer(answerOf(
            Outcome::Unavailable,
            QCoreApplication::translate("Connection", "This took too long, and Keytender gave it up. Ask again.")));
    settle();
}

} // namespace keytender::ipc
