// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "program.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>

namespace keytender::e2e {

namespace {

constexpr int patience = 20'000; // ms
constexpr int lineWait = 10'000; // ms

QString pathOf(const QString &name)
{
    return QStringLiteral(KEYTENDER_BIN "/") + name;
}

} // namespace

Said run(const QString &name, const QStringList &arguments)
{
    QProcess process;
    process.start(pathOf(name), arguments);
    if (!process.waitForFinished(patience)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            .output = process.readAllStandardOutput(),
            .errors = process.readAllStandardError()};
}

Running::Running(const QString &name, const QStringList &arguments)
{
    m_process.start(pathOf(name), arguments);
    m_process.waitForStarted();
}

Running::~Running()
{
    m_process.terminate();
    if (!m_process.waitForFinished(patience))
        m_process.kill();
}

QByteArray Running::nextLine()
{
    QElapsedTimer waited;
    waited.start();
    while (!m_process.canReadLine() && waited.elapsed() < lineWait && m_process.state() == QProcess::Running)
        m_process.waitForReadyRead(100);
    return m_process.canReadLine() ? m_process.readLine() : QByteArray();
}

QJsonObject profileIn(const QByteArray &status, const QString &id)
{
    const QJsonArray profiles = QJsonDocument::fromJson(status)[QStringLiteral("profiles")].toArray();
    for (const QJsonValue &profile : profiles) {
        if (profile[QStringLiteral("id")].toString() == id)
            return profile.toObject();
    }
    return {};
}

QStringList idsIn(const QByteArray &status)
{
    QStringList ids;
    const QJsonArray profiles = QJsonDocument::fromJson(status)[QStringLiteral("profiles")].toArray();
    for (const QJsonValue &profile : profiles)
        ids.append(profile[QStringLiteral("id")].toString());
    ids.sort();
    return ids;
}

} // namespace keytender::e2e
