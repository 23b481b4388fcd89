// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/outcome.h"

#include <algorithm>
#include <array>
#include <utility>

namespace keytender::wire {

namespace {

constexpr std::array<std::pair<Outcome, std::string_view>, 8> names{{
    {Outcome::Ok, "ok"},
    {Outcome::NeedsSignIn, "needs-sign-in"},
    {Outcome::DueSoon, "due-soon"},
    {Outcome::Unavailable, "unavailable"},
    {Outcome::Denied, "denied"},
    {Outcome::NotFound, "not-found"},
    {Outcome::Failed, "failed"},
    {Outcome::Usage, "usage"},
}};

} // namespace

std::string_view nameOf(Outcome outcome)
{
    const auto found = std::ranges::find(names, outcome, &decltype(names)::value_type::first);
    return found == names.end() ? std::string_view() : found->second;
}

std::optional<Outcome> outcomeNamed(std::string_view name)
{
    const auto found = std::ranges::find(names, name, &decltype(names)::value_type::second);
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

} // namespace keytender::wire
