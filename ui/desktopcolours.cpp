// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktopcolours.h"

#include <QApplication>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace keytender::ui {

namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString objectPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colourScheme = QStringLiteral("color-scheme");
constexpr uint prefersDark = 1; // 0: no preference, 2: light
constexpr int deadline = 2000;  // ms

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

// Read() wraps the value in one variant more than its reply does.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

QPalette darkPalette()
{
    const QColor ground(0x1f, 0x21, 0x26);
    const QColor raised(0x2b, 0x2e, 0x34);
    const QColor ink(0xee, 0xef, 0xf1);
    const QColor faint(0x9a, 0xa0, 0xaa);
    QPalette palette(ink, raised, raised.lighter(140), ground.darker(140), raised.lighter(115), ink, Qt::white, ground,
                     ground);
    palette.setColor(QPalette::AlternateBase, raised);
    palette.setColor(QPalette::ToolTipBase, raised);
    palette.setColor(QPalette::ToolTipText, ink);
    palette.setColor(QPalette::PlaceholderText, faint);
    palette.setColor(QPalette::Highlight, QColor(0x4c, 0x7d, 0xd9));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(0x8a, 0xb4, 0xf8));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    return palette;
}

DesktopColours::DesktopColours(QApplication &application, const QDBusConnection &bus, QObject *parent)
    : QObject(parent), m_application(application), m_bus(bus), m_light(QApplication::palette())
{
}

void DesktopColours::start()
{
    if (isDark(m_light) || !m_bus.isConnected())
        return;
    m_bus.connect(service, objectPath, interface, QStringLiteral("SettingChanged"), this, SLOT(changed(QDBusMessage)));
    QDBusMessage question = QDBusMessage::createMethodCall(service, objectPath, interface, QStringLiteral("Read"));
    question << appearance << colourScheme;
    auto *answer = new QDBusPendingCallWatcher(m_bus.asyncCall(question, deadline), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply(*answer);
        if (!reply.isError())
            apply(reply.value().variant());
    });
}

void DesktopColours::changed(const QDBusMessage &message)
{
    const QVariantList arguments = message.arguments();
    if (arguments.size() == 3 && arguments[0].toString() == appearance && arguments[1].toString() == colourScheme)
        apply(arguments[2]);
}

void DesktopColours::apply(const QVariant &scheme)
{
    const bool wantsDark = unwrapped(scheme).toUInt() == prefersDark;
    if (wantsDark != isDark(QApplication::palette()))
        m_application.setPalette(wantsDark ? darkPalette() : m_light);
}

} // namespace keytender::ui
