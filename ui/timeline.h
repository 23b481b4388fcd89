// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <vector>

#include "service/facts.h"
#include "ui/timethread.h"

namespace keytender::ui {

class FoldButton;

// A line of a history as it is shown: many of the same in a row are told once.
struct TimelineEntry {
    service::Activity activity; // the newest of them
    int before = 0;             // how many more, right before it
    base::Timestamp since{};    // the first of them

    bool operator==(const TimelineEntry &) const = default;
};

[[nodiscard]] std::vector<TimelineEntry> timelineOf(const std::vector<service::Activity> &newestFirst);

// How long after the attempt's begin: "+321 ms", "+12.5 s", "+2 min".
[[nodiscard]] QString offset(base::Milliseconds since);

// The history of a login, newest first: one dot and one sentence per event, on a line through time. An attempt of ours
// unfolds to its steps.
class Timeline final : public TimeThread {
    Q_OBJECT

public:
    // Those of `unfolded` begin with their steps shown; each is named by its time.
    using Unfolded = std::set<base::Timestamp>;
    Timeline(const std::vector<service::Activity> &newestFirst, base::Timestamp now, const Unfolded &unfolded,
             QWidget *parent = nullptr);

Q_SIGNALS:
    void folded(qint64 at, bool isUnfolded); // milliseconds since 1970

private:
    void addActivity(const TimelineEntry &entry, base::Timestamp now, bool isUnfolded);
    [[nodiscard]] FoldButton *foldOf(const service::Activity &activity, QWidget &steps, bool isUnfolded);
};

} // namespace keytender::ui
