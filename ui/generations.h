// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "service/neighbours/neighbourfacts.h"
#include "ui/timethread.h"

namespace keytender::ui {

// The refresh tokens of one lineage, newest first: who wrote each, how that is known, and what became of it.
class Generations final : public TimeThread {
    Q_OBJECT

public:
    Generations(const std::vector<service::Generation> &newestFirst, base::Timestamp now, QWidget *parent = nullptr);

private:
    void addGeneration(const service::Generation &generation, base::Timestamp now, bool isNewest);
};

} // namespace keytender::ui
