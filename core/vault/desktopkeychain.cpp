// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/desktopkeychain.h"

#include <utility>

#include <QDBusConnection>
#include <QDBusServiceWatcher>

#include "vault/keychainitem.h"
#include "vault/kwallet.h"
#include "vault/secretservice.h"
#include "vault/sessionbus.h"

namespace keytender::vault {

namespace {

constexpr std::chrono::milliseconds untilTheUserAnswers = std::chrono::hours{24};

}

DesktopKeychain::DesktopKeychain(KeychainPlace place, QObject *parent) : Keychain(parent), m_place(std::move(place))
{
    if (hasSessionBus(m_place.environment))
        subscribe();
}

// Without a service's name: QtDBus would ask the bus for its owner and wait. A forged signal costs one more read.
void DesktopKeychain::subscribe()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    const QString root = QStringLiteral("/org/freedesktop/secrets");
    const QString service = QStringLiteral("org.freedesktop.Secret.Service");
    bus.connect(QString(), root, service, QStringLiteral("CollectionCreated"), this, SIGNAL(changed()));
    bus.connect(QString(), root, service, QStringLiteral("CollectionChanged"), this, SIGNAL(changed()));
    bus.connect(QString(), QString(), QStringLiteral("org.freedesktop.DBus.Properties"),
                QStringLiteral("PropertiesChanged"), {QStringLiteral("org.freedesktop.Secret.Collection")}, QString(),
                this, SIGNAL(changed()));
    if (prefersKWallet(m_place.environment))
        bus.connect(QString(), QStringLiteral("/modules/kwalletd5"), QStringLiteral("org.kde.KWallet"),
                    QStringLiteral("walletOpened"), this, SIGNAL(changed()));

    auto *owners = new QDBusServiceWatcher(this);
    owners->setConnection(bus);
    owners->addWatchedService(secretServiceName);
    owners->addWatchedService(kwalletName);
    // A prompt of a service that is gone will never be answered.
    connect(owners, &QDBusServiceWatcher::serviceOwnerChanged, this, &DesktopKeychain::endUnlock);
}

void DesktopKeychain::read(QObject *context, ReadCallback callback)
{
    (new KeychainReading(m_place, context, std::move(callback)))->start();
}

void DesktopKeychain::write(const base::Secret &key, QObject *context, WriteCallback callback)
{
    (new KeychainWriting(m_place, context, std::move(callback)))->start(key);
}

void DesktopKeychain::unlock()
{
    if (m_unlocking != nullptr || !hasSessionBus(m_place.environment))
        return;
    m_unlocking = new QObject(this);
    if (!prefersKWallet(m_place.environment))
        return unlockSecretService();
    askKWallet(m_place.deadline, m_unlocking, [this](const base::Result<KWalletFacts> &facts) {
        if (!facts)
            endUnlock();
        else if (facts->isPresent)
            unlockKWallet(facts->wallet);
        else
            unlockSecretService();
    });
}

void DesktopKeychain::unlockKWallet(const QString &wallet)
{
    openKWallet(wallet, untilTheUserAnswers, m_unlocking, [this](const base::Result<int> &) { endUnlock(); });
}

void DesktopKeychain::unlockSecretService()
{
    auto *inquiry =
        new SecretServiceInquiry({{QStringLiteral("user"), m_place.key}, {QStringLiteral("server"), m_place.service}},
                                 m_place.deadline, m_unlocking);
    connect(inquiry, &SecretServiceInquiry::finished, this, [this](const base::Result<SecretServiceFacts> &facts) {
        if (!facts || !facts->isPresent)
            return endUnlock();
        auto *unlock = new SecretServiceUnlock(*facts, m_unlocking);
        connect(unlock, &SecretServiceUnlock::finished, this, &DesktopKeychain::endUnlock);
        unlock->start();
    });
    inquiry->start();
}

void DesktopKeychain::endUnlock()
{
    if (QObject *const ended = std::exchange(m_unlocking, nullptr))
        ended->deleteLater();
    Q_EMIT changed();
}

} // namespace keytender::vault
