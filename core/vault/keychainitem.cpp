// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychainitem.h"

#include <memory>
#include <utility>

#include <QLibrary>

#include <qt6keychain/keychain.h>
#include <sodium.h>

#include "vault/sessionbus.h"

namespace keytender::vault {

namespace {

using base::ErrorKind;

QString subjectOf(const KeychainPlace &place)
{
    return QStringLiteral("keychain: %1/%2").arg(place.service, place.key);
}

// qtkeychain loads it at run time and has nothing but "unknown error" to say when it is missing.
bool hasLibsecret()
{
    return QLibrary(QStringLiteral("secret-1"), 0).load();
}

Display displayOf(const base::Environment &environment)
{
    const bool isPresent = !environment.nonEmptyOr(QStringLiteral("WAYLAND_DISPLAY"), QString()).isEmpty()
                           || !environment.nonEmptyOr(QStringLiteral("DISPLAY"), QString()).isEmpty();
    return isPresent ? Display::Present : Display::None;
}

// qtkeychain hands the key out in a QByteArray that shares the job's own buffer, so wiping it through constData()
// (nothing detaches) wipes both. Copies inside qtkeychain and D-Bus while the job ran are beyond our reach.
base::Secret takenFrom(const QKeychain::ReadPasswordJob &job)
{
    const QByteArray bytes = job.binaryData();
    base::Secret secret = base::Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    sodium_memzero(const_cast<char *>(bytes.constData()), static_cast<std::size_t>(bytes.size()));
    return secret;
}

ErrorKind kindOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return ErrorKind::Locked;
    default:
        return ErrorKind::Io;
    }
}

} // namespace

std::optional<ErrorKind> answerWithoutReading(const SecretServiceFacts &facts, Display display)
{
    if (!facts.isPresent)
        return ErrorKind::Unavailable;
    if (!facts.openItems.isEmpty())
        return std::nullopt;
    if (!facts.lockedItems.isEmpty())
        return ErrorKind::Locked;
    // Nowhere to store anything. Making a collection takes a prompt, which nobody could see without a display.
    if (facts.defaultCollection.isEmpty())
        return display == Display::Present ? ErrorKind::Locked : ErrorKind::Unavailable;
    // A locked collection could hold the item, and takes no new one.
    return facts.isDefaultLocked ? ErrorKind::Locked : ErrorKind::NotFound;
}

KeychainReading::KeychainReading(KeychainPlace place, QObject *context, Keychain::ReadCallback callback)
    : QObject(context), m_place(std::move(place)), m_context(context), m_callback(std::move(callback))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { fail(ErrorKind::TimedOut); });
}

void KeychainReading::start()
{
    m_deadline.start(m_place.deadline);
    if (!hasSessionBus(m_place.environment)) {
        QTimer::singleShot(0, this,
                           [this] { fail(ErrorKind::Unavailable, QStringLiteral("this session has no D-Bus")); });
        return;
    }
    if (prefersKWallet(m_place.environment))
        askWallet();
    else
        askSecretService();
}

void KeychainReading::askWallet()
{
    askKWallet(m_place.deadline, this, [this](const base::Result<KWalletFacts> &facts) {
        if (!facts)
            return finish(base::unexpected(facts.error()));
        if (!facts->isPresent)
            return askSecretService();
        if (!facts->isOpen)
            return fail(ErrorKind::Locked);
        readItem(ErrorKind::NotFound);
    });
}

void KeychainReading::askSecretService()
{
    auto *inquiry = new SecretServiceInquiry(
        {{QStringLiteral("user"), m_place.key}, {QStringLiteral("server"), m_place.service}}, m_place.deadline, this);
    connect(inquiry, &SecretServiceInquiry::finished, this, [this](const base::Result<SecretServiceFacts> &facts) {
        if (!facts)
            return finish(base::unexpected(facts.error()));
        if (!hasLibsecret())
            return fail(ErrorKind::Unavailable, QStringLiteral("libsecret is not installed"));
        if (const auto kind = answerWithoutReading(*facts, displayOf(m_place.environment)))
            return fail(*kind);
        // It was there and open a moment ago, so that "not found" now means "locked meanwhile": nobody knows.
        readItem(ErrorKind::Io);
    });
    inquiry->start();
}

void KeychainReading::readItem(ErrorKind whenNotFound)
{
    // Never deleted from here: libsecret's callback would write into it.
    auto *job = new QKeychain::ReadPasswordJob(m_place.service);
    job->setKey(m_place.key);
    connect(job, &QKeychain::Job::finished, this, [this, job, whenNotFound] {
        if (job->error() == QKeychain::NoError)
            return finish(takenFrom(*job));
        const bool isMissing = job->error() == QKeychain::EntryNotFound;
        fail(isMissing ? whenNotFound : kindOf(job->error()), job->errorString());
    });
    // Also when nobody waits any more.
    connect(job, &QKeychain::Job::finished, job, [job] { const base::Secret late = takenFrom(*job); });
    job->start();
}

void KeychainReading::fail(ErrorKind kind, const QString &detail)
{
    finish(base::unexpected({.kind = kind, .subject = subjectOf(m_place), .place = {}, .detail = detail}));
}

void KeychainReading::finish(base::Result<base::Secret> result)
{
    const Keychain::ReadCallback callback = std::exchange(m_callback, nullptr);
    deleteLater();
    if (callback && m_context)
        callback(std::move(result));
}

KeychainWriting::KeychainWriting(KeychainPlace place, QObject *context, Keychain::WriteCallback callback)
    : QObject(context), m_place(std::move(place)), m_context(context), m_callback(std::move(callback))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        finish(
            base::unexpected({.kind = ErrorKind::TimedOut, .subject = subjectOf(m_place), .place = {}, .detail = {}}));
    });
}

void KeychainWriting::start(const base::Secret &key)
{
    m_deadline.start(m_place.deadline);
    // The job's array only points at the key, which therefore must live as long as the job, however long that takes.
    const auto kept = std::make_shared<const base::Secret>(key.clone());
    auto *job = new QKeychain::WritePasswordJob(m_place.service);
    job->setKey(m_place.key);
    job->setBinaryData(QByteArray::fromRawData(kept->expose().data(), static_cast<qsizetype>(kept->size())));
    connect(job, &QObject::destroyed, [kept] {});
    connect(job, &QKeychain::Job::finished, this, [this, job] {
        if (job->error() == QKeychain::NoError)
            return flush();
        finish(base::unexpected(
            {.kind = kindOf(job->error()), .subject = subjectOf(m_place), .place = {}, .detail = job->errorString()}));
    });
    job->start();
}

void KeychainWriting::flush()
{
    if (!prefersKWallet(m_place.environment))
        return finish({});
    askKWallet(m_place.deadline, this, [this](const base::Result<KWalletFacts> &facts) {
        if (!facts)
            return finish(base::unexpected(facts.error()));
        if (!facts->isPresent)
            return finish({});
        syncKWallet(facts->wallet, m_place.deadline, this, [this](base::Result<void> synced) { finish(synced); });
    });
}

void KeychainWriting::finish(base::Result<void> result)
{
    const Keychain::WriteCallback callback = std::exchange(m_callback, nullptr);
    deleteLater();
    if (callback && m_context)
        callback(std::move(result));
}

} // namespace keytender::vault
