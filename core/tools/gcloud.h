// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

namespace keytender::tools {

// The accounts that gcloud itself is signed in to; what it gives to other programs is GoogleAdc's. It keeps them in two
// databases of its own and renews an access token whenever it is asked for one.
class Gcloud final : public Tool {
public:
    [[nodiscard]] const ToolFacts &facts() const override;
    [[nodiscard]] Located locate(const ToolWorld &world) const override;
    [[nodiscard]] const CopyWriter *writer() const override;

protected:
    [[nodiscard]] std::vector<CopyReading> interpret(const CopyPlace &place, const base::FileContent &content,
                                                     const Fetched &fetched, base::Timestamp now) const override;
};

// Whose login lies in a slot, as gcloud's options want it.
struct GcloudAccount {
    QString name;     // "ada@example.org"
    QString universe; // empty = Google's own

    bool operator==(const GcloudAccount &) const = default;
};
[[nodiscard]] GcloudAccount gcloudAccountOf(const QString &slot);

} // namespace keytender::tools
