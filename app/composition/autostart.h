// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include "base/environment.h"
#include "base/random.h"
#include "base/result.h"

namespace keytender::composition {

// The entry in ~/.config/autostart that starts the tray app with the session (Desktop Application Autostart
// Specification). An entry that somebody else made, or that the desktop's own settings have switched off, is a person's
// word: it is told and stays, unless a person says otherwise here.
class Autostart final {
public:
    struct World {
        base::Environment environment;
        QString program; // of this very process: where no desktop entry is installed
        base::Random &random;
    };
    explicit Autostart(World world);

    enum class Standing {
        Off,
        On,          // by the entry that Keytender made
        Foreign,     // by an entry that somebody else made
        SwitchedOff, // by the desktop's own settings, whoever made the entry
    };
    [[nodiscard]] base::Result<Standing> standing() const;
    [[nodiscard]] const QString &file() const { return m_file; }

    // Whose word it is: what stands in config.json, or a person's who has seen the standing and wants it all the same.
    enum class Word { OfSettings, OfPerson };
    [[nodiscard]] base::Result<void> set(bool starts, Word word) const;

private:
    [[nodiscard]] base::Result<void> write() const;
    [[nodiscard]] QByteArray installedEntry() const;

    const World m_world;
    const QString m_directory;
    const QString m_file;
};

// The entry's text: what the installed one says of the program, or, without one, this very program.
[[nodiscard]] QByteArray autostartEntry(const QByteArray &installed, const QString &program);
// One argument of an Exec line, quoted and escaped as the Desktop Entry Specification has it, "%" included.
[[nodiscard]] QByteArray execArgument(const QString &argument);

} // namespace keytender::composition
