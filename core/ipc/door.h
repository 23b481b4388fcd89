// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <string>

#include "ipc/inquiry.h"

namespace keytender::ipc {

// Who answers which command (the field "command" of a request). Each desk checks its own fields: an unknown or a
// missing one is Outcome::Usage, with its name.
class Door final {
public:
    using Desk = std::function<void(Inquiry &inquiry)>;

    void add(const std::string &command, Desk desk) { m_desks.insert_or_assign(command, std::move(desk)); }
    // For every command that has no desk of its own.
    void addForAllOthers(Desk desk) { m_otherwise = std::move(desk); }
    // Answers those itself that no desk is for.
    void receive(Inquiry &inquiry) const;

private:
    std::map<std::string, Desk, std::less<>> m_desks;
    Desk m_otherwise;
};

} // namespace keytender::ipc
