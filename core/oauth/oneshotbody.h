// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QIODevice>

#include "base/secret.h"

namespace keytender::oauth {

// The body of a request, read once and never again. QNetworkAccessManager resends a POST on its own when the server
// closes too early, two to four times; it cannot where the body comes from a sequential device that does not go
// back. Open from the start.
class OneShotBody final : public QIODevice {
public:
    explicit OneShotBody(base::Secret bytes);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_position == m_bytes.size(); }
    [[nodiscard]] qint64 bytesAvailable() const override;
    bool seek(qint64) override { return false; }
    bool reset() override { return false; }

    [[nodiscard]] qint64 total() const { return static_cast<qint64>(m_bytes.size()); }
    // False = no byte of it has left this object, whatever became of the request.
    [[nodiscard]] bool wasRead() const { return m_position != 0; }

protected:
    qint64 readData(char *data, qint64 limit) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    base::Secret m_bytes;
    std::size_t m_position = 0;
};

} // namespace keytender::oauth
