// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <QString>

#include "base/fingerprint.h"
#include "base/secret.h"
#include "base/timestamp.h"

namespace keytender::vault {

// Numbers and texts one after another, in guarded memory: eight bytes a number (little endian), eight bytes of length
// before a text. What is sealed needs no checksum of its own.
class FrameWriter final {
public:
    void number(std::uint64_t value)
    {
        char bytes[8];
        for (char &byte : bytes) {
            byte = static_cast<char>(value & 0xff);
            value >>= 8;
        }
        raw({bytes, sizeof bytes});
    }
    void time(base::Timestamp value) { number(static_cast<std::uint64_t>(value.time_since_epoch().count())); }
    void text(std::string_view bytes)
    {
        number(bytes.size());
        raw(bytes);
    }
    void text(const QByteArray &bytes) { text(std::string_view(bytes.constData(), std::size_t(bytes.size()))); }
    void text(const QString &words) { text(words.toUtf8()); }
    void fingerprint(const base::Fingerprint &print)
    {
        text(std::string_view(reinterpret_cast<const char *>(print.bytes.data()), print.bytes.size()));
    }

    [[nodiscard]] base::Secret take()
    {
        m_bytes.truncate(m_length);
        return std::move(m_bytes);
    }

private:
    void raw(std::string_view bytes)
    {
        if (bytes.empty())
            return;
        if (m_length + bytes.size() > m_bytes.size()) {
            base::Secret larger(std::max(2 * m_bytes.size(), m_length + bytes.size()));
            std::memcpy(larger.writable().data(), m_bytes.expose().data(), m_length);
            m_bytes = std::move(larger);
        }
        std::memcpy(m_bytes.writable().data() + m_length, bytes.data(), bytes.size());
        m_length += bytes.size();
    }

    base::Secret m_bytes{std::size_t{4} * 1024};
    std::size_t m_length = 0;
};

// The way back. After something that is not there everything is empty and isWhole() false.
class FrameReader final {
public:
    explicit FrameReader(std::string_view bytes) : m_rest(bytes) {}

    [[nodiscard]] std::uint64_t number()
    {
        const std::string_view bytes = take(8);
        std::uint64_t value = 0;
        for (std::size_t at = bytes.size(); at-- > 0;)
            value = value << 8 | static_cast<unsigned char>(bytes[at]);
        return value;
    }
    [[nodiscard]] base::Timestamp time()
    {
        return base::Timestamp(base::Milliseconds(static_cast<std::int64_t>(number())));
    }
    [[nodiscard]] std::string_view text() { return take(number()); }
    [[nodiscard]] QByteArray bytes()
    {
        const std::string_view found = text();
        return {found.data(), static_cast<qsizetype>(found.size())};
    }
    [[nodiscard]] QString words() { return QString::fromUtf8(bytes()); }
    [[nodiscard]] base::Fingerprint fingerprint()
    {
        base::Fingerprint print;
        const std::string_view found = text();
        if (found.size() == print.bytes.size())
            std::memcpy(print.bytes.data(), found.data(), found.size());
        return print;
    }

    [[nodiscard]] bool isWhole() const { return m_isWhole && m_rest.empty(); }
    [[nodiscard]] bool hasMore() const { return m_isWhole && !m_rest.empty(); }

private:
    std::string_view take(std::uint64_t size)
    {
        if (size > m_rest.size()) {
            m_isWhole = false;
            m_rest = {};
            return {};
        }
        const std::string_view taken = m_rest.substr(0, static_cast<std::size_t>(size));
        m_rest.remove_prefix(taken.size());
        return taken;
    }

    std::string_view m_rest;
    bool m_isWhole = true;
};

} // namespace keytender::vault
