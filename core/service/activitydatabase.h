// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "base/error.h"
#include "base/timestamp.h"

struct sqlite3;

namespace keytender::service {

// A line of the activity log as it lies in its file, which outlives versions of this program: numbers never change
// their meaning, and those of a later version are read and passed on.
struct ActivityLine {
    base::Timestamp at{};
    QString profile;
    QString path = {};
    int state = 0; // of the copy
    int step = 0;  // of a sighting
    QString lineage = {};
    QString note = {};
    int deed = 0;         // 0 = a sighting
    QString attempt = {}; // of a deed
    QString steps = {};   // likewise: "4@1795341600000 6@1795341600120"
};

// The SQLite file behind the activity log, private from its first moment. What cannot be opened or written is kept in
// memory, and problem() says why.
class ActivityDatabase final {
public:
    explicit ActivityDatabase(const QString &path); // empty = in memory
    ~ActivityDatabase();
    ActivityDatabase(const ActivityDatabase &) = delete;
    ActivityDatabase &operator=(const ActivityDatabase &) = delete;

    void append(const std::vector<ActivityLine> &lines);
    [[nodiscard]] std::vector<ActivityLine> of(const QString &profile, int atMost) const; // the newest first
    [[nodiscard]] const std::optional<base::Error> &problem() const { return m_problem; }

private:
    void open(const QString &path);
    [[nodiscard]] bool hasEveryColumn() const;
    void trim();

    sqlite3 *m_handle = nullptr;
    std::optional<base::Error> m_problem;
};

} // namespace keytender::service
