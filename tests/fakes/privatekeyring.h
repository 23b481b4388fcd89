// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include <QByteArray>
#include <QString>

namespace keytender::fakes {

// For main(): goes on only inside a private session (tests/fakes/private-session), else starts this program again in
// one. So a test needs no wrapper, and can never reach the keychain of whoever runs it.
void enterPrivateSession(char **arguments);

// A real gnome-keyring on the private session's bus, without a prompter. Its password is "password". Every call waits
// until the service has answered.
class PrivateKeyring final {
public:
    struct Item {
        QString path; // on the bus, so below its collection
        QString label;
        std::map<QString, QString> attributes;
        QString contentType;
        QByteArray secret;
    };

    ~PrivateKeyring(); // stops it

    void start();       // unlocked
    void startLocked(); // as after a login without a password; needs a keyring from an earlier start()
    void stop();
    void lock();
    void unlock();
    void store(const std::map<QString, QString> &attributes, const QByteArray &secret) const;
    [[nodiscard]] std::vector<Item> items() const; // of unlocked collections
    void erase();                                  // stops it and forgets everything

    [[nodiscard]] qint64 processId() const; // 0 = not running
};

} // namespace keytender::fakes
