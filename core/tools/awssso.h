// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

namespace keytender::tools {

// The cache in which AWS CLI and SDKs keep the access tokens of IAM Identity Center: one file for each session.
class AwsSso final : public Tool {
public:
    [[nodiscard]] const ToolFacts &facts() const override;
    [[nodiscard]] Located locate(const ToolWorld &world) const override;
    [[nodiscard]] const CopyWriter *writer() const override;

protected:
    [[nodiscard]] std::vector<CopyReading> interpret(const CopyPlace &place, const base::FileContent &content,
                                                     const Fetched &fetched, base::Timestamp now) const override;
};

// The profile whose role can be asked for with the session in this file: NotFound where none names it.
[[nodiscard]] base::Result<QString> awsProfileUsing(const CopyPlace &place, const base::Environment &environment);

} // namespace keytender::tools
