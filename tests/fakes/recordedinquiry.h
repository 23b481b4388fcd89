// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ipc/inquiry.h"

namespace keytender::fakes {

// A request without a socket, that keeps what it is told.
class RecordedInquiry final : public ipc::Inquiry {
public:
    explicit RecordedInquiry(wire::Message request, service::Consumer consumer = {})
        : m_request(std::move(request)), m_consumer(std::move(consumer))
    {
    }

    [[nodiscard]] const wire::Message &request() const override { return m_request; }
    [[nodiscard]] const service::Consumer &consumer() const override { return m_consumer; }
    void tell(const wire::Message &more) override { texts.emplace_back(more.value("text")); }
    void answer(const wire::Message &answer) override
    {
        if (!isAnswered)
            fields = {{"outcome", std::string(answer.value("outcome"))},
                      {"text", std::string(answer.value("text"))},
                      {"token", std::string(answer.value("token"))},
                      {"expires-at", std::string(answer.value("expires-at"))},
                      {"profile", std::string(answer.value("profile"))}};
        isAnswered = true;
    }
    [[nodiscard]] std::string field(const std::string &key) const
    {
        for (const auto &[name, value] : fields) {
            if (name == key)
                return value;
        }
        return {};
    }

    std::vector<std::string> texts;                          // of what was told ahead of the answer
    std::vector<std::pair<std::string, std::string>> fields; // of the answer
    bool isAnswered = false;

private:
    wire::Message m_request;
    service::Consumer m_consumer;
};

} // namespace keytender::fakes
