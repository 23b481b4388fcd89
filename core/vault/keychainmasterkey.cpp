// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychainmasterkey.h"

#include <algorithm>
#include <utility>

#include "vault/seal.h"
#include "vault/sealedfiles.h"

namespace keytender::vault {

namespace {

using base::ErrorKind;
using std::chrono::milliseconds;

constexpr milliseconds longestPause = std::chrono::minutes{5};
constexpr milliseconds otherMakersPause{250}; // somebody else makes the key just now
constexpr milliseconds burst{50};             // one unlock comes as several signals

base::Error goneBecause(ErrorKind kind, const QString &detail)
{
    return {.kind = kind, .subject = QStringLiteral("keychain: keytender"), .place = {}, .detail = detail};
}

} // namespace

KeychainMasterKey::KeychainMasterKey(const World &world, QObject *parent)
    : MasterKeySource(parent), m_directory(world.directory, world.random), m_keychain(world.keychain),
      m_random(world.random), m_firstPause(world.firstRetry), m_pause(world.firstRetry)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &KeychainMasterKey::ask);
    connect(&m_keychain, &Keychain::changed, this, &KeychainMasterKey::askAgain);
}

KeychainMasterKey::~KeychainMasterKey() = default;

void KeychainMasterKey::start()
{
    if (m_isAsking)
        return;
    m_isDone = false;
    ask();
}

void KeychainMasterKey::unlock()
{
    if (m_obstacle == Obstacle::KeychainLocked)
        m_keychain.unlock();
    else
        askAgain();
}

base::Result<MasterKey> KeychainMasterKey::takeKey()
{
    if (m_key.isEmpty())
        return base::unexpected(goneBecause(ErrorKind::Cancelled, QStringLiteral("there is no key to take")));
    return MasterKey{.key = std::exchange(m_key, base::Secret()), .protection = m_protection};
}

void KeychainMasterKey::askAgain()
{
    if (m_isDone)
        return;
    m_pause = m_firstPause;
    if (m_isAsking)
        m_isChanged = true;
    else
        m_retry.start(burst);
}

void KeychainMasterKey::ask()
{
    m_retry.stop();
    if (const auto prepared = m_directory.prepare(); !prepared)
        return wait(Obstacle::KeyFileUnusable, prepared.error());
    const auto note = m_directory.note();
    if (!note)
        return wait(Obstacle::KeyFileUnusable, note.error());
    m_note = *note;
    if (m_note && m_note->place == KeyNote::Place::File)
        return useKeyFile();
    if (!m_note)
        return tryUnnotedKeyFile();
    askKeychain();
}

void KeychainMasterKey::useKeyFile()
{
    base::Result<base::Secret> key = m_directory.keyFile();
    if (!key)
        return wait(Obstacle::KeyFileUnusable, key.error());
    if (keyIdOf(*key) != m_note->keyId)
        return wait(Obstacle::KeyFileUnusable,
                    base::Error{.kind = ErrorKind::WrongKey,
                                .subject = m_directory.path() + QStringLiteral("/master.key"),
                                .place = {},
                                .detail = QStringLiteral("is not the key that this vault was sealed with")});
    finish(*std::move(key), KeyNote::Place::File);
}

// A key file without a note: the process ended between the two.
void KeychainMasterKey::tryUnnotedKeyFile()
{
    base::Result<base::Secret> key = m_directory.keyFile();
    if (!key && key.error().kind == ErrorKind::NotFound)
        return askKeychain();
    if (!key)
        return wait(Obstacle::KeyFileUnusable, key.error());
    const base::Result<bool> fits = keyFits(m_directory.path(), *key);
    if (!fits)
        return wait(Obstacle::KeyFileUnusable, fits.error());
    if (!*fits)
        return wait(Obstacle::KeyFileUnusable,
                    base::Error{.kind = ErrorKind::WrongKey,
                                .subject = m_directory.path() + QStringLiteral("/master.key"),
                                .place = {},
                                .detail = QStringLiteral("does not open what is sealed beside it")});
    finish(*std::move(key), KeyNote::Place::File);
}

void KeychainMasterKey::askKeychain()
{
    m_isAsking = true;
    m_isChanged = false;
    m_keychain.read(this, [this](base::Result<base::Secret> answer) {
        m_isAsking = false;
        conclude(std::move(answer));
    });
}

void KeychainMasterKey::conclude(base::Result<base::Secret> answer)
{
    if (answer)
        return adopt(*std::move(answer));
    switch (answer.error().kind) {
    case ErrorKind::NotFound:
        if (!m_note)
            return makeKey(KeyNote::Place::Keychain);
        return wait(Obstacle::KeychainGone,
                    goneBecause(ErrorKind::NotFound,
                                QStringLiteral("the key that this vault was sealed with is no longer there")));
    case ErrorKind::Unavailable:
        if (!m_note)
            return makeKey(KeyNote::Place::File);
        return wait(Obstacle::KeychainGone, answer.error());
    case ErrorKind::Locked:
        return wait(Obstacle::KeychainLocked, answer.error());
    default:
        return wait(Obstacle::KeychainSilent, answer.error());
    }
}

void KeychainMasterKey::adopt(base::Secret key)
{
    if (key.size() != MasterKey::size)
        return wait(Obstacle::KeychainGone,
                    goneBecause(ErrorKind::Malformed, QStringLiteral("what lies there is no key of ours")));
    if (m_note && keyIdOf(key) != m_note->keyId)
        return wait(Obstacle::KeychainGone,
                    goneBecause(ErrorKind::WrongKey,
                                QStringLiteral("another key lies there than the one that sealed this vault")));
    if (!m_note) {
        const base::Result<bool> fits = keyFits(m_directory.path(), key);
        if (!fits)
            return wait(Obstacle::KeyFileUnusable, fits.error());
        if (!*fits)
            return wait(
                Obstacle::KeychainGone,
                goneBecause(ErrorKind::WrongKey, QStringLiteral("the key that lies there does not open this vault")));
    }
    finish(std::move(key), KeyNote::Place::Keychain);
}

void KeychainMasterKey::makeKey(KeyNote::Place place)
{
    const base::Result<bool> sealed = holdsSealedFiles(m_directory.path());
    if (!sealed)
        return wait(Obstacle::KeyFileUnusable, sealed.error());
    if (*sealed)
        return wait(Obstacle::KeychainGone,
                    goneBecause(ErrorKind::NotFound,
                                QStringLiteral("the vault holds sealed files and there is no key for them")));
    if (!m_creation) {
        base::Result<DirectoryLock> lock = DirectoryLock::take(m_directory.path(), "key.lock");
        if (!lock && lock.error().kind == ErrorKind::AlreadyRunning) {
            m_retry.start(otherMakersPause);
            return;
        }
        if (!lock)
            return wait(Obstacle::KeyFileUnusable, lock.error());
        m_creation.emplace(*std::move(lock));
        return ask();
    }
    if (m_candidate.isEmpty()) {
        m_candidate = base::Secret(MasterKey::size);
        m_random.fill(std::as_writable_bytes(m_candidate.writable()));
    }
    if (place == KeyNote::Place::Keychain)
        storeInKeychain();
    else
        storeInFile();
}

void KeychainMasterKey::storeInKeychain()
{
    m_isAsking = true;
    m_keychain.write(m_candidate, this, [this](const base::Result<void> &written) {
        m_isAsking = false;
        if (written)
            return readBack();
        const bool isLocked = written.error().kind == ErrorKind::Locked;
        wait(isLocked ? Obstacle::KeychainLocked : Obstacle::KeychainSilent, written.error());
    });
}

void KeychainMasterKey::readBack()
{
    m_isAsking = true;
    m_keychain.read(this, [this](base::Result<base::Secret> answer) {
        m_isAsking = false;
        if (answer && *answer == m_candidate)
            return finish(*std::move(answer), KeyNote::Place::Keychain);
        if (!answer)
            return wait(Obstacle::KeychainSilent, answer.error());
        wait(Obstacle::KeychainSilent,
             goneBecause(ErrorKind::WrongKey, QStringLiteral("gave back another key than the one just stored")));
    });
}

void KeychainMasterKey::storeInFile()
{
    if (const auto written = m_directory.writeKeyFile(m_candidate); !written)
        return wait(Obstacle::KeyFileUnusable, written.error());
    base::Result<base::Secret> key = m_directory.keyFile();
    if (!key)
        return wait(Obstacle::KeyFileUnusable, key.error());
    finish(*std::move(key), KeyNote::Place::File);
}

void KeychainMasterKey::finish(base::Secret key, KeyNote::Place place)
{
    if (!m_note) {
        if (const auto written = m_directory.write(KeyNote{.place = place, .keyId = keyIdOf(key)}); !written)
            return wait(Obstacle::KeyFileUnusable, written.error());
    }
    m_creation.reset();
    m_candidate = base::Secret();
    m_key = std::move(key);
    m_protection = place == KeyNote::Place::File ? profile::Protection::SealedByFile : profile::Protection::Sealed;
    m_isDone = true;
    m_problem.reset();
    if (std::exchange(m_obstacle, Obstacle::None) != Obstacle::None)
        Q_EMIT obstacleChanged(Obstacle::None);
    QMetaObject::invokeMethod(this, &KeychainMasterKey::ready, Qt::QueuedConnection);
}

void KeychainMasterKey::wait(Obstacle obstacle, std::optional<base::Error> problem)
{
    m_creation.reset();
    // A locked or missing keychain says itself when it changes; the others may get well without a word.
    if (std::exchange(m_isChanged, false))
        m_retry.start(burst);
    else if (obstacle == Obstacle::KeychainSilent || obstacle == Obstacle::KeyFileUnusable)
        retryLater();
    if (obstacle == m_obstacle && problem == m_problem)
        return;
    m_obstacle = obstacle;
    m_problem = std::move(problem);
    Q_EMIT obstacleChanged(obstacle);
}

void KeychainMasterKey::retryLater()
{
    m_retry.start(m_pause);
    m_pause = std::min(2 * m_pause, longestPause);
}

} // namespace keytender::vault
