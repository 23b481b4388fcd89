// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include <QString>

#include "base/result.h"
#include "ipc/inquiry.h"

namespace keytender::ipc {

// Why a request is not granted: for the answer.
struct Refusal {
    wire::Outcome outcome = wire::Outcome::Usage;
    QString text; // one sentence with its cure
};
template <class T>
using Granted = base::Result<T, Refusal>;
[[nodiscard]] base::Unexpected<Refusal> refuse(wire::Outcome outcome, const QString &text);
void answer(Inquiry &inquiry, const Refusal &refusal);

// What a command's request may say beside "command".
struct FieldRule {
    std::initializer_list<std::string_view> required = {};
    std::initializer_list<std::string_view> optional = {};
    std::initializer_list<std::string_view> switches = {}; // "yes" or not there
    std::initializer_list<std::string_view> secrets = {};  // required, of any bytes, and never shown
};

// The fields of a request that were found to be what the rule says: none that is unknown, none missing, and in no value
// anything that another protocol or a person's screen could take for more than text (S-52, W-04, W-05).
class RequestFields final {
public:
    [[nodiscard]] static Granted<RequestFields> read(const wire::Message &request, const FieldRule &rule);

    [[nodiscard]] bool has(std::string_view key) const { return m_request->find(key).has_value(); }
    [[nodiscard]] bool isYes(std::string_view key) const { return has(key); }
    [[nodiscard]] QString text(std::string_view key) const; // empty where it is not there
    // A whole number from 0; `otherwise` where the field is not there.
    [[nodiscard]] Granted<qint64> number(std::string_view key, qint64 otherwise) const;
    // One of these words; the first where the field is not there.
    [[nodiscard]] Granted<QString> oneOf(std::string_view key, const QStringList &words) const;

private:
    explicit RequestFields(const wire::Message &request) : m_request(&request) {}
    const wire::Message *m_request; // of the inquiry, which outlives its reading
};

// What a client wrote, as it may stand in a text for people: shortened, and nothing in it but what is seen.
[[nodiscard]] QString shown(std::string_view text);
// Nothing where it could be misread: no UTF-8, a control or formatting character, or an encoded line end.
[[nodiscard]] std::optional<QString> plainText(std::string_view bytes);
// A text for a terminal: its lines, without anything that a terminal would obey.
[[nodiscard]] QByteArray terminalText(const QString &text);

} // namespace keytender::ipc
