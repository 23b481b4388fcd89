// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>

#include <QDBusConnection>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace keytender::fakes {

// A session bus of the test's own that starts no service but those it is given; the environment points to it as long
// as it lives.
class PrivateBus final {
public:
    // `services`: which command starts which name, for who calls it while nobody has it.
    explicit PrivateBus(const std::map<QString, QByteArray> &services = {});
    ~PrivateBus();

    [[nodiscard]] bool isRunning() const { return !m_address.isEmpty(); }
    [[nodiscard]] QString address() const { return m_address; }

private:
    QTemporaryDir m_directory;
    QProcess m_daemon;
    QString m_address;
    QByteArray m_before;
};

// org.kde.StatusNotifierWatcher as the test wants it: with or without a host, or silent for ever. It has a connection
// of its own, and serves from the test's thread: an item that waited for it would wait in vain.
class FakeTrayHost final : public QDBusVirtualObject {
    Q_OBJECT

public:
    enum class Manner { HasHost, HasNoHost, Silent };

    explicit FakeTrayHost(const PrivateBus &bus);
    ~FakeTrayHost() override;

    void appear(Manner manner);
    void vanish();
    // A host comes to a watcher that had none, and the watcher says so.
    void hostComes();

    // The connections that registered an item, in order.
    [[nodiscard]] const QStringList &registered() const { return m_registered; }
    [[nodiscard]] int questions() const { return m_questions; }
    [[nodiscard]] QDBusConnection bus() const { return m_bus; }

    [[nodiscard]] QString introspect(const QString &path) const override;
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

private:
    QDBusConnection m_bus;
    Manner m_manner = Manner::HasHost;
    QStringList m_registered;
    int m_questions = 0;
};

} // namespace keytender::fakes
