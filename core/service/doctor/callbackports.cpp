// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/callbackports.h"

#include <cerrno>

#include <QFile>
#include <QUrl>

#include <unistd.h>

#include "service/doctor/doctorwords.h"

namespace keytender::service::doctor {

using profile::Severity;

namespace {

// Of tools' own sign-ins, beside those that Keytender can do itself.
const CallbackPorts &portsOfTools()
{
    static const CallbackPorts ports{
        {1455, {QStringLiteral("Codex"), QStringLiteral("opencode"), QStringLiteral("OpenClaw")}},
        {8085, {QStringLiteral("OpenClaw (Google)")}},
        {51121, {QStringLiteral("OpenClaw (Antigravity)")}},
        {53692, {QStringLiteral("OpenClaw (Anthropic)")}},
        {54545, {QStringLiteral("CLIProxyAPI (Anthropic)")}},
    };
    return ports;
}

bool isLoopback(const QString &host)
{
    return host == QStringLiteral("localhost") || host == QStringLiteral("127.0.0.1") || host == QStringLiteral("::1");
}

Finding findingOf(const PortLook &look)
{
    const bool isOurs = look.holder->process == ::getpid();
    const QString port = QString::number(look.port);
    return {.id = QStringLiteral("callback-port:") + port,
            .subject = say(QT_TRANSLATE_NOOP("Doctor", "Port %1 for sign-ins")).arg(port),
            .text = say(QT_TRANSLATE_NOOP("Doctor", "Port %1 %2. Sign-ins of %3 come back to it."))
                        .arg(port, oauth::describeHolder(look.holder), look.wantedBy.join(QStringLiteral(", "))),
            .places = {},
            .cure = isOurs ? QString()
                           : say(QT_TRANSLATE_NOOP("Doctor", "Where a sign-in waits there, finish it. Otherwise end "
                                                             "that program, or sign in with a device code.")),
            .severity = isOurs ? Severity::Well : Severity::Due};
}

} // namespace

CallbackPorts callbackPorts(const std::map<QString, provider::Provider> &providers)
{
    CallbackPorts ports = portsOfTools();
    for (const auto &[id, provider] : providers) {
        const QStringList uris = provider.redirectUris ? provider.redirectUris->value : QStringList();
        for (const QString &uri : uris) {
            const QUrl url(uri);
            if (url.port() <= 0 || !isLoopback(url.host()))
                continue;
            QStringList &wantedBy = ports[static_cast<quint16>(url.port())];
            if (!wantedBy.contains(provider.name))
                wantedBy.append(provider.name);
        }
    }
    return ports;
}

base::Result<std::vector<PortLook>> lookAtPorts(const CallbackPorts &ports, const QString &proc)
{
    // Without this list everything would look free. That of IPv6 is missing where there is none.
    QFile list(proc + QStringLiteral("/net/tcp"));
    if (!list.open(QIODevice::ReadOnly))
        return base::unexpected(base::errorFromErrno(list.exists() ? EACCES : ENOENT, list.fileName()));
    std::vector<PortLook> looks;
    for (const auto &[port, wantedBy] : ports)
        looks.push_back({.port = port, .wantedBy = wantedBy, .holder = oauth::portHolder(port, proc)});
    return looks;
}

std::vector<Finding> portFindings(const base::Result<std::vector<PortLook>> &looks)
{
    const QString id = QStringLiteral("callback-ports");
    const QString subject = say(QT_TRANSLATE_NOOP("Doctor", "Ports for sign-ins"));
    if (!looks)
        return {notLookedAt(id, subject, looks.error())};
    std::vector<Finding> findings;
    QStringList free;
    for (const PortLook &look : *looks) {
        if (look.holder)
            findings.push_back(findingOf(look));
        else
            free.append(QString::number(look.port));
    }
    if (!free.isEmpty())
        findings.push_back(inOrder(id, subject,
                                   say(QT_TRANSLATE_NOOP("Doctor", "Nobody is in the way of a sign-in on %1."))
                                       .arg(free.join(QStringLiteral(", ")))));
    return findings;
}

} // namespace keytender::service::doctor
