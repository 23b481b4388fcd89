// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/requestbody.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/jsonspans.h"

namespace keytender::oauth {

namespace {

constexpr char hexDigits[] = "0123456789ABCDEF";

bool isUnreserved(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
           || (character >= '0' && character <= '9') || std::strchr("-._*", character) != nullptr;
}

// Written once into memory of the right size: growing would leave copies behind.
class Assembly final {
public:
    explicit Assembly(std::size_t capacity) : m_bytes(capacity) {}

    void add(std::string_view bytes)
    {
        std::ranges::copy(bytes, m_bytes.writable().begin() + static_cast<std::ptrdiff_t>(m_size));
        m_size += bytes.size();
    }
    void addEncoded(std::string_view bytes)
    {
        for (const char character : bytes) {
            const auto byte = static_cast<unsigned char>(character);
            const char escaped[]{'%', hexDigits[byte >> 4u], hexDigits[byte & 15u]};
            if (character == ' ')
                add("+");
            else if (character != '\0' && isUnreserved(character))
                add({&character, 1});
            else
                add({escaped, sizeof escaped});
        }
    }
    [[nodiscard]] base::Secret take()
    {
        m_bytes.truncate(m_size);
        return std::move(m_bytes);
    }

private:
    base::Secret m_bytes;
    std::size_t m_size = 0;
};

base::Secret formOf(const std::vector<Parameter> &parameters)
{
    std::size_t capacity = 0;
    for (const Parameter &member : parameters)
        capacity += 3 * (static_cast<std::size_t>(member.name.size()) + member.value.size()) + 2;
    Assembly form(capacity);
    for (const Parameter &member : parameters) {
        form.add(&member == &parameters.front() ? "" : "&");
        form.addEncoded({member.name.constData(), static_cast<std::size_t>(member.name.size())});
        form.add("=");
        form.addEncoded(member.value.expose());
    }
    return form.take();
}

enum class Values { Strings, Lists };

base::Secret objectOf(const std::vector<Parameter> &parameters, Values values)
{
    const bool isList = values == Values::Lists;
    std::vector<base::Secret> tokens;
    std::size_t capacity = 2;
    for (const Parameter &member : parameters) {
        tokens.push_back(
            base::JsonSpans::quoted({member.name.constData(), static_cast<std::size_t>(member.name.size())}));
        tokens.push_back(base::JsonSpans::quoted(member.value.expose()));
        capacity += tokens.rbegin()[0].size() + tokens.rbegin()[1].size() + 4;
    }
    Assembly object(capacity);
    object.add("{");
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        object.add(i == 0 ? "" : i % 2 == 0 ? "," : ":");
        object.add(isList && i % 2 == 1 ? "[" : "");
        object.add(tokens[i].expose());
        object.add(isList && i % 2 == 1 ? "]" : "");
    }
    object.add("}");
    return object.take();
}

} // namespace

Parameter parameter(const char *name, std::string_view value)
{
    return {.name = name, .value = base::Secret::copyOf(value)};
}

base::Secret bodyOf(const std::vector<Parameter> &parameters, provider::BodyEncoding encoding)
{
    if (encoding == provider::BodyEncoding::Form)
        return formOf(parameters);
    return objectOf(parameters, encoding == provider::BodyEncoding::JsonLists ? Values::Lists : Values::Strings);
}

QByteArray contentTypeOf(provider::BodyEncoding encoding)
{
    return encoding == provider::BodyEncoding::Form ? QByteArrayLiteral("application/x-www-form-urlencoded")
                                                    : QByteArrayLiteral("application/json");
}

} // namespace keytender::oauth
