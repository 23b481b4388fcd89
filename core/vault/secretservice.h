// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

#include <QMap>
#include <QObject>
#include <QStringList>

#include "base/result.h"

namespace keytender::vault {

// The freedesktop Secret Service as far as libsecret does not tell: a lookup in a locked collection says "not found"
// for an item that exists, and may prompt. Nothing here prompts but SecretServiceUnlock.
struct SecretServiceFacts {
    bool isPresent = false;      // on the bus, or startable
    QString defaultCollection{}; // object path; empty = there is none yet
    bool isDefaultLocked = false;
    QStringList openItems{}; // object paths of the items that were asked for
    QStringList lockedItems{};

    bool operator==(const SecretServiceFacts &) const = default;
};

inline const QString secretServiceName = QStringLiteral("org.freedesktop.secrets");

// Owner of the name → default collection → is it locked → which items. Deletes itself after finished().
class SecretServiceInquiry final : public QObject {
    Q_OBJECT

public:
    using Attributes = QMap<QString, QString>;
    SecretServiceInquiry(Attributes attributes, std::chrono::milliseconds patience, QObject *parent);
    void start();

Q_SIGNALS:
    void finished(const keytender::base::Result<keytender::vault::SecretServiceFacts> &facts); // once

private:
    void askDefault();
    void askLocked();
    void askItems();
    void fail(const base::Error &error);

    Attributes m_attributes;
    std::chrono::milliseconds m_patience; // per question
    SecretServiceFacts m_facts;
};

// Unlocks the default collection and the items' ones, or makes a default collection where there is none, and shows the
// service's own prompt for it. Waits as long as the user does. Deletes itself after finished().
class SecretServiceUnlock final : public QObject {
    Q_OBJECT

public:
    SecretServiceUnlock(SecretServiceFacts facts, QObject *parent);
    void start();

Q_SIGNALS:
    void finished(); // answered, dismissed or failed: look again

private:
    void prompt(const QString &path);

private Q_SLOTS:
    void done();

private:
    SecretServiceFacts m_facts;
};

} // namespace keytender::vault
