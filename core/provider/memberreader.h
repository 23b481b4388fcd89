// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QSet>

#include "base/jsonspans.h"
#include "provider/provider.h"

namespace keytender::provider {

// Reads one object of a provider file member by member. The first fault stays; after it everything is empty. What was
// never asked for is unknown, and unknown members are a fault too: a misspelt one must not be read as "not given".
// Lives no longer than the text it reads.
class MemberReader final {
public:
    explicit MemberReader(const base::JsonValue &object);

    template <class T>
    using Read = base::Result<T> (*)(const base::JsonValue &);

    template <class T>
    [[nodiscard]] T required(const char *key, Read<T> read)
    {
        const base::JsonValue value = take(key);
        if (m_fault)
            return {};
        base::Result<T> result = read(value);
        if (result)
            return *std::move(result);
        fail(result.error());
        return {};
    }

    // {"value": ..., "evidence": "measured" or "assumed", "note": optional}; nothing where the member is missing.
    template <class T>
    [[nodiscard]] std::optional<Fact<T>> fact(const char *key, Read<T> read)
    {
        const base::JsonValue value = take(key);
        return m_fault || value.isMissing() ? std::nullopt : factAt(value, read);
    }

    // The same for an object whose keys are free.
    template <class T>
    [[nodiscard]] std::map<QString, Fact<T>> facts(const char *key, Read<T> read)
    {
        std::map<QString, Fact<T>> all;
        const base::JsonValue value = take(key);
        if (m_fault || value.isMissing())
            return all;
        if (const auto object = value.object(); !object)
            fail(object.error());
        for (const auto &[name, each] : value.members()) {
            if (const std::optional<Fact<T>> one = m_fault ? std::nullopt : factAt(each, read))
                all.emplace(name, *one);
        }
        return all;
    }

    // The object of this member, to be read by `read`, which hands back its reader's outcome; missing is fine.
    [[nodiscard]] base::JsonValue take(const char *key);
    [[nodiscard]] Evidence evidence();
    void fail(base::Error fault);

    // Once every member was asked for: the first fault, or that of a member nobody asked for.
    [[nodiscard]] std::optional<base::Error> outcome();

private:
    template <class T>
    [[nodiscard]] std::optional<Fact<T>> factAt(const base::JsonValue &value, Read<T> read)
    {
        MemberReader members(value);
        Fact<T> one{.value = members.required("value", read), .evidence = members.evidence()};
        if (std::optional<base::Error> fault = members.outcome()) {
            fail(*std::move(fault));
            return std::nullopt;
        }
        return one;
    }

    base::JsonValue m_object;
    QSet<QString> m_asked;
    std::optional<base::Error> m_fault;
};

} // namespace keytender::provider
