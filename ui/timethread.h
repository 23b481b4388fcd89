// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QWidget>

#include "profile/health.h"

class QVBoxLayout;

namespace keytender::ui {

// A dot for each entry, on a line through time; the newest stands first. What is within an entry is its maker's.
class TimeThread : public QWidget {
    Q_OBJECT

public:
    explicit TimeThread(QWidget *parent = nullptr);

protected:
    // Where the entry's own lines go.
    [[nodiscard]] QVBoxLayout &addEntry(profile::Severity severity);

    void paintEvent(QPaintEvent *event) override;

private:
    struct Entry {
        QWidget *widget = nullptr;
        profile::Severity severity = profile::Severity::Well;
    };
    std::vector<Entry> m_entries;
};

} // namespace keytender::ui
