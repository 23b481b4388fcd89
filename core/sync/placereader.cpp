// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/placereader.h"

#include <QElapsedTimer>
#include <QTimer>

#include "sync/synchronizer.h"

namespace keytender::sync {

namespace {

using namespace std::chrono_literals;

// Half a frame: nobody notices.
constexpr auto slice = 8ms;

base::FingerprintKey makeDigestKey()
{
    base::SystemRandom random;
    return base::FingerprintKey::random(random);
}

} // namespace

PlaceReader::PlaceReader(PlaceBook &book, World world, Interpret interpret, Receive receive)
    : m_book(book), m_world(world), m_interpret(std::move(interpret)), m_receive(std::move(receive)),
      m_digestKey(makeDigestKey())
{
}

void PlaceReader::readNow(const PlaceBook::Key &file)
{
    const Place *place = m_book.find(file);
    if (place != nullptr && place->isFile())
        bring(file, fetchFile(place->copy, m_world.owner));
}

void PlaceReader::readSoon(const std::vector<PlaceBook::Key> &files)
{
    for (const PlaceBook::Key &file : files) {
        if (!m_queued.contains(file)) {
            m_queued.insert(file);
            m_queue.push_back(file);
        }
    }
    planWork();
}

void PlaceReader::planWork()
{
    if (m_isWorkPlanned)
        return;
    m_isWorkPlanned = true;
    QTimer::singleShot(0, this, &PlaceReader::work);
}

void PlaceReader::work()
{
    m_isWorkPlanned = false;
    QElapsedTimer timer;
    timer.start();
    while (!m_queue.empty() && std::chrono::milliseconds{timer.elapsed()} < slice) {
        const PlaceBook::Key file = m_queue.front();
        m_queue.pop_front();
        m_queued.remove(file);
        readNow(file);
    }
    if (m_queue.empty())
        Q_EMIT idle();
    else
        planWork();
}

void PlaceReader::bring(const PlaceBook::Key &key, tools::Fetched fetched)
{
    Place &place = *m_book.find(key);
    Digest digest = digestOf(fetched, m_digestKey);
    if (digest == place.digest) {
        place.halfWrittenSince.invalidate();
        return;
    }
    std::vector<tools::CopyReading> readings = m_interpret(place, fetched);
    if (const auto wait = retryWait(place, readings)) {
        retryLater(key, *wait);
        return;
    }
    place.halfWrittenSince.invalidate();
    place.digest = std::move(digest);
    m_receive(key, std::move(readings), fetched);
}

std::optional<std::chrono::milliseconds> PlaceReader::retryWait(Place &place,
                                                                const std::vector<tools::CopyReading> &readings)
{
    if (!place.isFile() || !isHalfWritten(readings))
        return std::nullopt;
    if (!place.halfWrittenSince.isValid())
        place.halfWrittenSince.start();
    return nextRetry(std::chrono::milliseconds{place.halfWrittenSince.elapsed()});
}

void PlaceReader::retryLater(const PlaceBook::Key &key, std::chrono::milliseconds wait)
{
    Place &place = *m_book.find(key);
    if (place.isRetryPending)
        return;
    place.isRetryPending = true;
    ++m_retries;
    QTimer::singleShot(wait, Qt::PreciseTimer, this, [this, key] {
        --m_retries;
        if (Place *waiting = m_book.find(key)) {
            waiting->isRetryPending = false;
            readNow(key);
        }
        if (!isReading())
            Q_EMIT idle();
    });
}

base::Milliseconds PlaceReader::untilTurn(const Place &place) const
{
    if (!place.askedAt)
        return 0ms;
    return std::max<base::Milliseconds>(0ms,
                                        *place.askedAt + Synchronizer::keychainInterval - m_world.clock.bootTime());
}

void PlaceReader::ask(const PlaceBook::Key &item, Turn turn)
{
    Place *place = m_book.find(item);
    if (place == nullptr || place->isFile() || place->isAsked || (turn == Turn::WhenDue && untilTurn(*place) > 0ms))
        return;
    place->isAsked = true;
    place->askedAt = m_world.clock.bootTime();
    ++m_asked;
    m_world.keychain.read(place->copy.attributes, this,
                          [this, item](base::Result<base::Secret> secret) { answer(item, std::move(secret)); });
}

void PlaceReader::askInTurn(const PlaceBook::Key &item)
{
    Place *place = m_book.find(item);
    if (place == nullptr || place->isWaitingForItsTurn)
        return;
    const base::Milliseconds wait = untilTurn(*place);
    if (wait == 0ms)
        return ask(item, Turn::Now);
    place->isWaitingForItsTurn = true;
    QTimer::singleShot(wait, this, [this, item] {
        if (Place *waiting = m_book.find(item)) {
            waiting->isWaitingForItsTurn = false;
            askInTurn(item);
        }
    });
}

void PlaceReader::answer(const PlaceBook::Key &item, base::Result<base::Secret> secret)
{
    --m_asked;
    if (Place *place = m_book.find(item)) {
        place->isAsked = false;
        place->keychainProblem = secret ? std::nullopt : std::optional<base::ErrorKind>(secret.error().kind);
        place->bytes = secret && m_holdsBytes ? secret->clone() : base::Secret();
        bring(item, fetchedItem(place->copy, std::move(secret), m_world.owner));
    }
    if (m_asked == 0)
        Q_EMIT idle();
}

void PlaceReader::bringHeld(const PlaceBook::Key &item)
{
    Place *place = m_book.find(item);
    if (place == nullptr || place->bytes.isEmpty())
        return;
    base::Secret bytes = m_holdsBytes ? place->bytes.clone() : std::exchange(place->bytes, base::Secret());
    place->digest.clear();
    bring(item, fetchedItem(place->copy, std::move(bytes), m_world.owner));
}

} // namespace keytender::sync
