// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QString>

#include "base/error.h"
#include "service/activitydatabase.h"
#include "service/deeds.h"
#include "service/facts.h"
#include "sync/synchronizer.h"

namespace keytender::service {

// What was seen, when, in which copy, and what Keytender did itself, by fingerprint: an SQLite file of our own that
// never holds a secret. Entries are written a turn of the event loop later, off the path from a tool's file to the
// vault, and a log that cannot be written costs nothing but itself: entries then live as long as the program.
class ActivityLog final : public QObject {
    Q_OBJECT

public:
    // An empty path keeps everything in memory. The file is opened when there is something to write or to read.
    explicit ActivityLog(QString path, QObject *parent = nullptr);
    ~ActivityLog() override;

    void add(const sync::Sighting &sighting, base::Timestamp at);
    void add(const Deed &deed, base::Timestamp at);
    // The newest first. Words are made now, in today's language.
    [[nodiscard]] std::vector<Activity> of(const QString &profile, int atMost = 200);
    // Why entries are not kept beyond this run.
    [[nodiscard]] std::optional<base::Error> problem() const;

    // Writes what is pending; called by itself.
    void flush();

Q_SIGNALS:
    void added(const QString &profile);

private:
    void add(ActivityLine line);
    [[nodiscard]] ActivityDatabase &database();

    QString m_path;
    std::unique_ptr<ActivityDatabase> m_database;
    std::vector<ActivityLine> m_pending;
};

// "adopted a newer token", "the record was blanked": what a sighting says to people.
[[nodiscard]] QString textOf(const sync::Sighting &sighting);

} // namespace keytender::service
