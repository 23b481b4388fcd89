// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>

#include "json.h"
#include "output.h"
#include "terminal.h"
#include "wire/client.h"

namespace keytender::cli {

// What a person sees of a sign-in, on stderr, and what is pasted into it, from the terminal.
class SignInView final {
public:
    // `mayPaste`: false where nothing will come back from a browser.
    SignInView(Form form, bool mayPaste);

    void show(const wire::Message &stage);
    // To be waited for; -1 where nobody can paste.
    [[nodiscard]] int input() const { return m_terminal && m_hidden ? m_terminal->descriptor() : -1; }
    // false once there is nothing more to read.
    [[nodiscard]] bool readPasted(const wire::Client &client, wire::Client::Deadline deadline);

private:
    void showOnce(std::string_view intro, std::string_view value);

    const Form m_form;
    std::optional<Terminal> m_terminal;
    std::optional<HiddenLine> m_hidden;
    bool m_isInvited = false; // to paste
    std::string m_shown;      // all that was shown, so that nothing is shown twice
};

} // namespace keytender::cli
