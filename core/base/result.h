// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include "base/error.h"

namespace keytender::base {

template <class E>
class Unexpected final {
public:
    explicit Unexpected(E error) : m_error(std::move(error)) {}
    [[nodiscard]] const E &error() const & { return m_error; }
    [[nodiscard]] E &&error() && { return std::move(m_error); }

private:
    E m_error;
};

// A value or the reason why there is none. Bears the member names of std::expected, which C++20 lacks.
template <class T, class E = Error>
class [[nodiscard]] Result final {
public:
    using value_type = T;
    using error_type = E;

    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Unexpected<E> unexpected) : m_state(std::in_place_index<1>, std::move(unexpected).error()) {}

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] const T &operator*() const & { return value(); }
    [[nodiscard]] T &operator*() & { return value(); }
    [[nodiscard]] T &&operator*() && { return std::move(*this).value(); }
    [[nodiscard]] const T *operator->() const { return &value(); }
    [[nodiscard]] T *operator->() { return &value(); }

    [[nodiscard]] const E &error() const & { return std::get<1>(m_state); }
    [[nodiscard]] E &&error() && { return std::get<1>(std::move(m_state)); }

private:
    std::variant<T, E> m_state;
};

template <class E>
class [[nodiscard]] Result<void, E> final {
public:
    using value_type = void;
    using error_type = E;

    Result() = default;
    Result(Unexpected<E> unexpected) : m_error(std::in_place_index<1>, std::move(unexpected).error()) {}

    [[nodiscard]] bool has_value() const { return m_error.index() == 0; }
    explicit operator bool() const { return has_value(); }
    [[nodiscard]] const E &error() const & { return std::get<1>(m_error); }

private:
    std::variant<std::monostate, E> m_error;
};

[[nodiscard]] inline Unexpected<Error> unexpected(Error error)
{
    return Unexpected<Error>(std::move(error));
}

} // namespace keytender::base
