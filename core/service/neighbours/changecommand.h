// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QString>
#include <QStringList>

#include "base/environment.h"
#include "base/secret.h"
#include "base/timestamp.h"

namespace keytender::base {
class KnownSecrets;
}

namespace keytender::refresh {
struct CommandEnd;
class CommandRun;
} // namespace keytender::refresh

namespace keytender::service {

// A link was written, as its command hears of it.
struct WrittenChange {
    QString profileId;
    QString providerId;
    QString account; // how people call it; empty = unknown
    // Of a link to an environment file, whose command may have to hand it to a container that is running. Empty for a
    // link to a tool's store: whoever needs it reads it there. There is no place here for a refresh token.
    base::Secret accessToken;

    [[nodiscard]] WrittenChange clone() const;
};

// {"profile":"claude-cli","provider":"anthropic","account":"me@example.com","accessToken":"..."} and a line end; what
// is empty is left out.
[[nodiscard]] base::Secret messageOf(const WrittenChange &change);

struct ChangeOutcome {
    enum class Ending {
        Done,
        Failed,  // exitCode; 0 = a signal ended it
        Missing, // no such program
        NotStarted,
        TimedOut,
        Cancelled,
    };
    Ending ending = Ending::Done;
    int exitCode = 0;
    QString said = {}; // the end of what it wrote to standard error, redacted, at most longestSaid characters

    static constexpr qsizetype longestSaid = 400;
    bool operator==(const ChangeOutcome &) const = default;
};

// The command that a person wants run after their link was written. An argument vector and never a shell; the message
// on its standard input; an environment of known names. One at a time: what is written meanwhile is told once, with the
// newest token, when the command has ended.
class ChangeCommand final : public QObject {
    Q_OBJECT

public:
    static constexpr base::Milliseconds usualLimit{60'000};

    struct Settings {
        QStringList words;
        QString
            directory; // of the environment file, so that a relative name in `words` means what it says; empty = home
        base::Milliseconds limit = usualLimit;
    };
    ChangeCommand(Settings settings, base::Environment environment, std::shared_ptr<const base::KnownSecrets> known,
                  QObject *parent = nullptr);
    ~ChangeCommand() override; // kills what runs

    void run(WrittenChange change);
    void cancel(); // and forgets what was to be told
    [[nodiscard]] bool isRunning() const { return m_run != nullptr; }

Q_SIGNALS:
    void finished(const keytender::service::ChangeOutcome &outcome); // once for each run of the command

private:
    void start(WrittenChange change);
    void conclude(const refresh::CommandEnd &end);
    [[nodiscard]] QString redacted(const base::Secret &errors) const;

    const Settings m_settings;
    const base::Environment m_environment;
    const std::shared_ptr<const base::KnownSecrets> m_known; // may be null
    std::unique_ptr<refresh::CommandRun> m_run;
    std::optional<WrittenChange> m_next;
};

} // namespace keytender::service
