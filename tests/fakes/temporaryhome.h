// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include "base/environment.h"

namespace keytender::fakes {

// A home of its own, with XDG directories in it and no variables but those the test sets; gone with the object.
class TemporaryHome final {
public:
    TemporaryHome();

    [[nodiscard]] QString path() const { return m_directory.path(); }
    [[nodiscard]] QString path(const QString &relative) const { return m_directory.filePath(relative); }
    [[nodiscard]] base::Environment &environment() { return m_environment; }
    [[nodiscard]] const base::Environment &environment() const { return m_environment; }

    // Writes a file (0600) with its directories (0700); returns its absolute path.
    QString write(const QString &relative, const QByteArray &bytes) const;
    [[nodiscard]] QByteArray read(const QString &relative) const;

private:
    QTemporaryDir m_directory;
    base::Environment m_environment;
};

} // namespace keytender::fakes
