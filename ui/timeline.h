// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QWidget>

#include "service/facts.h"

namespace keytender::ui {

// The history of a login, newest first: one dot and one sentence per event, on a line through time.
class Timeline final : public QWidget {
    Q_OBJECT

public:
    Timeline(const std::vector<service::Activity> &newestLast, base::Timestamp now, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<QWidget *> m_entries;
};

} // namespace keytender::ui
