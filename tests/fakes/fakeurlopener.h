// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <utility>
#include <vector>

#include <QByteArray>
#include <QPointer>

#include "oauth/urlopener.h"

namespace keytender::fakes {

// Opens nothing and remembers everything. Checks addresses as the real one does.
class FakeUrlOpener final : public oauth::UrlOpener {
public:
    [[nodiscard]] base::Result<void> open(const base::Secret &address, const oauth::WebAddressRule &rule,
                                          QObject *context, Failed failed) override
    {
        if (base::Result<void> checked = oauth::checkWebAddress(address.expose(), rule); !checked)
            return checked;
        if (error)
            return base::unexpected(*error);
        opened.emplace_back(address.expose().data(), static_cast<qsizetype>(address.size()));
        m_context = context;
        m_failed = std::move(failed);
        return {};
    }

    // The browser that was started last could not show it.
    void failLater(const base::Error &why)
    {
        if (m_context != nullptr && m_failed)
            std::exchange(m_failed, {})(why);
    }

    std::optional<base::Error> error; // what the next ones come to
    std::vector<QByteArray> opened;

private:
    QPointer<QObject> m_context;
    Failed m_failed;
};

} // namespace keytender::fakes
