// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "ui/dialog.h"

namespace keytender::samples {

// One page of a dialog, filled with made-up values.
struct DialogScreen {
    const char *name;
    std::function<std::unique_ptr<ui::Dialog>(const base::Clock &clock)> make;
};

// Every page that the dialogs have.
[[nodiscard]] std::vector<DialogScreen> dialogScreens();

} // namespace keytender::samples
