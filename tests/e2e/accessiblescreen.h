// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QDBusConnection>
#include <QDBusVirtualObject>
#include <QString>

#include "faketrayhost.h"

namespace keytender::e2e {

// What a screen reader knows of a program: an accessibility bus (AT-SPI) of the test's own that wants to hear of every
// event, and that reads the program's widgets aloud.
class AccessibleScreen final : public QDBusVirtualObject {
    Q_OBJECT

public:
    AccessibleScreen();
    ~AccessibleScreen() override;

    // To the programs of this session that start from now on.
    void offerOn(const QString &sessionBus);
    [[nodiscard]] QString address() const { return m_bus.address(); }
    // Name, description and text of everything that can be seen, in lines. Of the last program that came.
    [[nodiscard]] QString words();
    [[nodiscard]] bool waitForWords(const QString &text);
    // The first widget to be seen of this name that is no label; false after 15 s without one that can be used.
    [[nodiscard]] bool press(const QString &name);
    [[nodiscard]] bool focus(const QString &name);

    [[nodiscard]] QString introspect(const QString &path) const override;
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

private:
    struct Node {
        QString path;
        QString name;
    };

    [[nodiscard]] QVariantList ask(const QString &path, const QString &interface, const QString &method,
                                   const QVariantList &arguments = {});
    [[nodiscard]] QString property(const QString &path, const QString &name);
    [[nodiscard]] uint roleOf(const Node &node);
    void read(const QString &path, int depth, std::vector<Node> &nodes);
    [[nodiscard]] bool act(const QString &name, const QString &interface, const QString &method,
                           const QVariantList &arguments);

    fakes::PrivateBus m_bus;
    QDBusConnection m_connection;
    QString m_program;
};

} // namespace keytender::e2e
