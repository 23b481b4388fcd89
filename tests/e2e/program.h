// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace keytender::e2e {

// What one run of one of our programs said.
struct Said {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

// Runs build/bin/<name> to its end in this session's environment; -1 where it does not end within 20 s.
[[nodiscard]] Said run(const QString &name, const QStringList &arguments);

// A program that goes on, line by line; ended with the object.
class Running final {
public:
    Running(const QString &name, const QStringList &arguments);
    ~Running();

    // The next line of its standard output; empty where none comes within 10 s.
    [[nodiscard]] QByteArray nextLine();
    [[nodiscard]] QProcess &process() { return m_process; }

private:
    QProcess m_process;
};

// Of a status in JSON: the profile with this id; empty where there is none.
[[nodiscard]] QJsonObject profileIn(const QByteArray &status, const QString &id);
[[nodiscard]] QStringList idsIn(const QByteArray &status);

} // namespace keytender::e2e
