// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <deque>
#include <functional>

#include <QObject>
#include <QSet>

#include "base/clock.h"
#include "base/fingerprint.h"
#include "sync/placebook.h"
#include "tools/keychainitems.h"

namespace keytender::sync {

// Brings the content of places: files at once or in slices, half-written ones again a little later, keychain items when
// the keychain answers. What says the same as before is brought no second time.
class PlaceReader final : public QObject {
    Q_OBJECT

public:
    struct World {
        const base::Clock &clock;
        tools::KeychainItems &keychain;
        uid_t owner = 0;
    };
    // Makes sense of what was fetched; pure.
    using Interpret = std::function<std::vector<tools::CopyReading>(const Place &, const tools::Fetched &)>;
    // What the readings mean is the receiver's business; it may change the book.
    using Receive =
        std::function<void(const PlaceBook::Key &, std::vector<tools::CopyReading>, const tools::Fetched &)>;

    PlaceReader(PlaceBook &book, World world, Interpret interpret, Receive receive);

    void readNow(const PlaceBook::Key &file);
    // In turn, in slices of a few milliseconds, from the next turn of the event loop on. idle() follows in any case.
    void readSoon(const std::vector<PlaceBook::Key> &files);

    enum class Turn { WhenDue, Now };
    void ask(const PlaceBook::Key &item, Turn turn);
    // As soon as its turn has come again.
    void askInTurn(const PlaceBook::Key &item);

    // Keychain items' bytes are held back as long as nobody keeps what is read from them.
    void holdBytes(bool hold) { m_holdsBytes = hold; }
    // Brings again what is held back.
    void bringHeld(const PlaceBook::Key &item);

    [[nodiscard]] bool isReading() const { return !m_queue.empty() || m_retries > 0; }
    [[nodiscard]] bool isAsking() const { return m_asked > 0; }

Q_SIGNALS:
    void idle(); // no file is being read or retried, or the keychain has answered everything

private:
    void planWork();
    void work();
    void retryLater(const PlaceBook::Key &key, std::chrono::milliseconds wait);
    void answer(const PlaceBook::Key &item, base::Result<base::Secret> secret);
    void bring(const PlaceBook::Key &key, tools::Fetched fetched);
    [[nodiscard]] std::optional<std::chrono::milliseconds> retryWait(Place &place,
                                                                     const std::vector<tools::CopyReading> &readings);
    [[nodiscard]] base::Milliseconds untilTurn(const Place &place) const;

    PlaceBook &m_book;
    World m_world;
    Interpret m_interpret;
    Receive m_receive;
    base::FingerprintKey m_digestKey; // of this process: digests go nowhere
    std::deque<PlaceBook::Key> m_queue;
    QSet<PlaceBook::Key> m_queued;
    bool m_isWorkPlanned = false;
    bool m_holdsBytes = true;
    int m_retries = 0;
    int m_asked = 0;
};

} // namespace keytender::sync
