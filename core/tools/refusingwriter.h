// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"

namespace keytender::tools {

// Of a tool whose logins nobody else may renew or write: it is there to say why.
class RefusingWriter final : public CopyWriter {
public:
    // Where Keytender does not write into a tool's record at all, whatever for.
    struct Reasons {
        const char *share = nullptr; // one sentence each, marked for translation in the context "Neighbours"
        const char *write = nullptr; // why it gets no tokens of others, and no other account's login
    };
    explicit RefusingWriter(Reasons reasons) : m_reasons(reasons) {}

    [[nodiscard]] QString objection(Purpose purpose, const CopyPlace &place, const QString &slot,
                                    const Fetched &fetched, const ToolWorld &world) const override;
    [[nodiscard]] base::Result<LockPlan> lockPlan(const CopyPlace &place, const QString &slot,
                                                  const ToolWorld &world) const override;
    [[nodiscard]] base::Result<base::Secret> rewritten(const CopyPlace &place, const QString &slot,
                                                       const Fetched &fetched,
                                                       const Successor &successor) const override;

private:
    Reasons m_reasons;
};

// The sentence in the person's language.
[[nodiscard]] QString neighbourText(const char *text);

// A write that a writer does not do, with the sentence of its objection.
[[nodiscard]] base::Unexpected<base::Error> refusedWrite(const CopyPlace &place, const QString &why);

} // namespace keytender::tools
