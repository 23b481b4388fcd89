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
    using Fields = std::vector<std::pair<std::string, std::string>>;

    explicit RecordedInquiry(wire::Message request, service::Consumer consumer = {})
        : m_request(std::move(request)), m_consumer(std::move(consumer))
    {
    }

    [[nodiscard]] const wire::Message &request() const override { return m_request; }
    [[nodiscard]] const service::Consumer &consumer() const override { return m_consumer; }
    void tell(const wire::Message &more) override
    {
        texts.emplace_back(more.value("text"));
        told.push_back(fieldsOf(more));
    }
    void answer(const wire::Message &answer) override
    {
        if (!isAnswered)
            fields = fieldsOf(answer);
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

    // Of everything that was told: this field, where it was there.
    [[nodiscard]] std::vector<std::string> toldFields(const std::string &key) const
    {
        std::vector<std::string> values;
        for (const Fields &one : told) {
            for (const auto &[name, value] : one) {
                if (name == key)
                    values.push_back(value);
            }
        }
        return values;
    }

    std::vector<std::string> texts; // of what was told ahead of the answer
    std::vector<Fields> told;       // likewise, with everything in it
    Fields fields;                  // of the answer
    bool isAnswered = false;

private:
    static Fields fieldsOf(const wire::Message &message)
    {
        Fields all;
        for (std::size_t at = 0; at < message.fieldCount(); ++at)
            all.emplace_back(message.keyAt(at), message.value(message.keyAt(at)));
        return all;
    }

    wire::Message m_request;
    service::Consumer m_consumer;
};

} // namespace keytender::fakes
