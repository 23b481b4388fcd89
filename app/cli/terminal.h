// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/wipedbytes.h"

namespace keytender::cli {

// The terminal of the person who runs us, wherever stdin and stdout lead to.
class Terminal final {
public:
    [[nodiscard]] static std::optional<Terminal> open();
    ~Terminal();
    Terminal(Terminal &&other) noexcept;
    Terminal &operator=(Terminal &&) = delete;
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    void say(std::string_view text) const;
    // A line that the terminal shows; nothing at its end.
    [[nodiscard]] std::optional<std::string> readLine(std::string_view prompt) const;
    // Ctrl-C ends this program, as it does everywhere else.
    [[nodiscard]] std::optional<wire::WipedBytes> readHidden(std::string_view prompt) const;
    // y or yes; everything else is a no.
    [[nodiscard]] bool confirm(std::string_view question) const;

private:
    explicit Terminal(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

// A line that comes while nothing of it is shown, of any length: the terminal's own line editor would cut it at 4,095
// bytes. The terminal is as it was once this object is gone, also where a signal ends the program.
class HiddenLine final {
public:
    explicit HiddenLine(const Terminal &terminal);
    ~HiddenLine();
    HiddenLine(const HiddenLine &) = delete;
    HiddenLine &operator=(const HiddenLine &) = delete;

    enum class State { Typing, Complete, Ended };
    // Takes what is there. Complete: text() is one line. Ended: there will be none.
    [[nodiscard]] State read();
    [[nodiscard]] wire::WipedBytes takeText() { return std::move(m_text); }

private:
    [[nodiscard]] State take(char character);

    int m_descriptor;
    wire::WipedBytes m_text;
};

} // namespace keytender::cli
