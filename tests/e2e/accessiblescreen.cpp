// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "accessiblescreen.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QTest>

#include "fakes/busobject.h"

// Of the AT-SPI protocol: (so), a connection and a path.
struct AccessibleReference {
    QString connection;
    QDBusObjectPath path;
};
Q_DECLARE_METATYPE(AccessibleReference)

QDBusArgument &operator<<(QDBusArgument &argument, const AccessibleReference &reference)
{
    argument.beginStructure();
    argument << reference.connection << reference.path;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, AccessibleReference &reference)
{
    argument.beginStructure();
    argument >> reference.connection >> reference.path;
    argument.endStructure();
    return argument;
}

// Likewise: (ss).
struct WantedEvent {
    QString listener;
    QString events;
};
Q_DECLARE_METATYPE(WantedEvent)

QDBusArgument &operator<<(QDBusArgument &argument, const WantedEvent &event)
{
    argument.beginStructure();
    argument << event.listener << event.events;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, WantedEvent &event)
{
    argument.beginStructure();
    argument >> event.listener >> event.events;
    argument.endStructure();
    return argument;
}

namespace keytender::e2e {

namespace {

constexpr int patience = 15'000;    // ms
constexpr int answerWithin = 2'000; // ms
constexpr int deepest = 30;
constexpr int showing = 25; // AtspiStateType
constexpr uint label = 29;  // AtspiRole
constexpr uint pushButton = 43;

QString accessible()
{
    return QStringLiteral("org.a11y.atspi.Accessible");
}

QString sessionName()
{
    return QStringLiteral("accessible-screen-session");
}

QString root()
{
    return QStringLiteral("/org/a11y/atspi/accessible/root");
}

} // namespace

AccessibleScreen::AccessibleScreen()
    : m_connection(QDBusConnection::connectToBus(m_bus.address(), QStringLiteral("accessible-screen")))
{
    qDBusRegisterMetaType<AccessibleReference>();
    qDBusRegisterMetaType<QList<AccessibleReference>>();
    qDBusRegisterMetaType<WantedEvent>();
    qDBusRegisterMetaType<QList<WantedEvent>>();
    m_connection.registerVirtualObject(QStringLiteral("/org/a11y/atspi"), this, QDBusConnection::SubPath);
    m_connection.registerService(QStringLiteral("org.a11y.atspi.Registry"));
}

void AccessibleScreen::offerOn(const QString &sessionBus)
{
    QDBusConnection session = QDBusConnection::connectToBus(sessionBus, sessionName());
    session.registerVirtualObject(QStringLiteral("/org/a11y/bus"), this);
    session.registerService(QStringLiteral("org.a11y.Bus"));
}

AccessibleScreen::~AccessibleScreen()
{
    QDBusConnection session(sessionName());
    fakes::leaveBus(session, QStringLiteral("/org/a11y/bus"), this);
    fakes::leaveBus(m_connection, QStringLiteral("/org/a11y/atspi"), this);
}

QString AccessibleScreen::introspect(const QString &) const
{
    return {};
}

bool AccessibleScreen::handleMessage(const QDBusMessage &message, const QDBusConnection &connection)
{
    const QString method = message.member();
    if (method == QStringLiteral("GetAddress"))
        return connection.send(message.createReply(m_bus.address()));
    if (method == QStringLiteral("Get")) // IsEnabled, ScreenReaderEnabled
        return connection.send(message.createReply(QVariant::fromValue(QDBusVariant(true))));
    if (method == QStringLiteral("Embed")) {
        m_program = message.service();
        return connection.send(message.createReply(
            QVariant::fromValue(AccessibleReference{connection.baseService(), QDBusObjectPath(root())})));
    }
    if (method == QStringLiteral("GetRegisteredEvents")) {
        QList<WantedEvent> wanted;
        for (const QString &events : {QStringLiteral("object:"), QStringLiteral("window:"), QStringLiteral("focus:")})
            wanted.append({.listener = connection.baseService(), .events = events});
        return connection.send(message.createReply(QVariant::fromValue(wanted)));
    }
    return connection.send(message.createReply(false));
}

QVariantList AccessibleScreen::ask(const QString &path, const QString &interface, const QString &method,
                                   const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(m_program, path, interface, method);
    message.setArguments(arguments);
    const QDBusMessage answer = m_connection.call(message, QDBus::Block, answerWithin);
    return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments() : QVariantList();
}

QString AccessibleScreen::property(const QString &path, const QString &name)
{
    const QVariantList answer =
        ask(path, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"), {accessible(), name});
    return answer.value(0).value<QDBusVariant>().variant().toString();
}

void AccessibleScreen::read(const QString &path, int depth, std::vector<Node> &nodes)
{
    const QVariantList state = ask(path, accessible(), QStringLiteral("GetState"));
    if (state.isEmpty()) // gone meanwhile
        return;
    const auto bits = qdbus_cast<QList<uint>>(state.constFirst().value<QDBusArgument>());
    const bool isShown = !bits.isEmpty() && ((bits[0] >> showing) & 1u) != 0;
    if (!isShown && depth > 0)
        return; // nor is what it holds
    nodes.push_back({.path = path, .name = property(path, QStringLiteral("Name"))});
    if (depth == deepest)
        return;
    const QVariantList answer = ask(path, accessible(), QStringLiteral("GetChildren"));
    if (answer.isEmpty())
        return;
    const auto children = qdbus_cast<QList<AccessibleReference>>(answer.constFirst().value<QDBusArgument>());
    for (const AccessibleReference &child : children)
        read(child.path.path(), depth + 1, nodes);
}

uint AccessibleScreen::roleOf(const Node &node)
{
    return ask(node.path, accessible(), QStringLiteral("GetRole")).value(0).toUInt();
}

QString AccessibleScreen::words()
{
    std::vector<Node> nodes;
    read(root(), 0, nodes);
    QStringList lines;
    for (const Node &node : nodes) {
        lines += node.name;
        if (const uint role = roleOf(node); role == label || role == pushButton)
            continue; // which have nothing but a name
        lines += property(node.path, QStringLiteral("Description"));
        lines += ask(node.path, QStringLiteral("org.a11y.atspi.Text"), QStringLiteral("GetText"), {0, -1})
                     .value(0)
                     .toString();
    }
    lines.removeAll(QString());
    return lines.join(u'\n');
}

bool AccessibleScreen::waitForWords(const QString &text)
{
    return QTest::qWaitFor([&] { return words().contains(text); }, patience);
}

bool AccessibleScreen::act(const QString &name, const QString &interface, const QString &method,
                           const QVariantList &arguments)
{
    const auto tryIt = [&] {
        std::vector<Node> nodes;
        read(root(), 0, nodes);
        for (const Node &node : nodes) {
            if (node.name != name || roleOf(node) == label)
                continue;
            const QVariantList done = ask(node.path, interface, method, arguments);
            if (!done.isEmpty() && done.constFirst().toBool())
                return true;
        }
        return false;
    };
    return QTest::qWaitFor(tryIt, patience);
}

bool AccessibleScreen::press(const QString &name)
{
    return act(name, QStringLiteral("org.a11y.atspi.Action"), QStringLiteral("DoAction"), {0});
}

bool AccessibleScreen::focus(const QString &name)
{
    return act(name, QStringLiteral("org.a11y.atspi.Component"), QStringLiteral("GrabFocus"), {});
}

} // namespace keytender::e2e
