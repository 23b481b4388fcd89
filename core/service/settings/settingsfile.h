// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>

#include <QObject>

#include "base/durablefile.h"
#include "base/random.h"
#include "service/settings/settings.h"

namespace keytender::sync {
class FileWatch;
} // namespace keytender::sync

namespace keytender::service {

// config.json, which a person and Keytender write both: read at once and again whenever it changes, and changed without
// touching a byte that was not meant. A file that does not say what it should is an error and is never written over;
// what was read last holds until it is mended.
class SettingsFile final : public QObject {
    Q_OBJECT

public:
    struct World {
        QString path;
        base::Environment environment;
        KnownNames known;
        base::Random &random;
    };
    explicit SettingsFile(World world, QObject *parent = nullptr);
    ~SettingsFile() override;

    // Stays at one place; changed in it.
    [[nodiscard]] const Settings &current() const { return m_current; }
    [[nodiscard]] const std::optional<base::Error> &problem() const { return m_problem; }

    // From then on the file is followed.
    void watch();
    // Durable when it returns, and current. Only what differs from current() is changed: what somebody wrote into the
    // file meanwhile stays, and where that concerns the same member nothing is changed.
    [[nodiscard]] base::Result<void> change(const Settings &wanted);

Q_SIGNALS:
    void changed();
    void problemChanged();

private:
    [[nodiscard]] base::Result<Settings> write(const Settings &wanted);
    void read();
    void take(base::Result<Settings> settings);

    const World m_world;
    Settings m_current;
    std::optional<base::Error> m_problem;
    std::unique_ptr<sync::FileWatch> m_watch;
};

// Writes `text` where the file still holds `seen`, or is still not there (absent): compare and swap.
[[nodiscard]] base::Result<void> replaceIfSame(const SettingsFile::World &world,
                                               const std::optional<base::Secret> &seen, const base::Secret &text);

} // namespace keytender::service
