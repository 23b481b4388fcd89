// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "terminal.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "output.h"

namespace keytender::cli {

namespace {

constexpr std::array endingSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
// For the signal handler, which knows no objects.
termios settingsBefore{};
volatile sig_atomic_t changedTerminal = -1;

void restoreTerminal()
{
    if (changedTerminal >= 0)
        tcsetattr(changedTerminal, TCSANOW, &settingsBefore);
    changedTerminal = -1;
}

void restoreAndEnd(int signal)
{
    restoreTerminal();
    (void)std::signal(signal, SIG_DFL);
    (void)std::raise(signal);
}

} // namespace

std::optional<Terminal> Terminal::open()
{
    const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return std::nullopt;
    return Terminal(descriptor);
}

Terminal::~Terminal()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

Terminal::Terminal(Terminal &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

void Terminal::say(std::string_view text) const
{
    (void)writeAll(m_descriptor, harmless(text));
}

std::optional<std::string> Terminal::readLine(std::string_view prompt) const
{
    say(prompt);
    std::string line;
    char character = 0;
    while (true) {
        const ssize_t count = ::read(m_descriptor, &character, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return std::nullopt;
        if (character == '\n')
            return line;
        line += character;
    }
}

std::optional<wire::WipedBytes> Terminal::readHidden(std::string_view prompt) const
{
    HiddenLine line(*this);
    say(prompt);
    HiddenLine::State state = HiddenLine::State::Typing;
    while (state == HiddenLine::State::Typing)
        state = line.read();
    say("\n");
    return state == HiddenLine::State::Complete ? std::optional(line.takeText()) : std::nullopt;
}

bool Terminal::confirm(std::string_view question) const
{
    const std::string answer = readLine(std::string(question) + " [y/N] ").value_or(std::string());
    return answer == "y" || answer == "Y" || answer == "yes";
}

HiddenLine::HiddenLine(const Terminal &terminal) : m_descriptor(terminal.descriptor())
{
    if (tcgetattr(m_descriptor, &settingsBefore) != 0)
        return;
    changedTerminal = m_descriptor;
    for (const int signal : endingSignals)
        (void)std::signal(signal, restoreAndEnd);
    termios quiet = settingsBefore;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    tcsetattr(m_descriptor, TCSANOW, &quiet);
}

HiddenLine::~HiddenLine()
{
    restoreTerminal();
    for (const int signal : endingSignals)
        (void)std::signal(signal, SIG_DFL);
}

HiddenLine::State HiddenLine::read()
{
    std::array<char, 4096> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by read
    const ssize_t count = ::read(m_descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR)
        return State::Typing;
    if (count <= 0)
        return State::Ended;
    State state = State::Typing;
    for (ssize_t i = 0; i < count && state == State::Typing; ++i)
        state = take(bytes.at(static_cast<std::size_t>(i)));
    explicit_bzero(bytes.data(), bytes.size());
    return state;
}

HiddenLine::State HiddenLine::take(char character)
{
    constexpr char endOfTransmission = 0x04;
    constexpr char killLine = 0x15;
    constexpr char backspace = 0x7f;
    constexpr std::size_t mostBytes = 32UL * 1024;
    if (character == '\n' || character == '\r')
        return State::Complete;
    if (character == endOfTransmission && m_text.isEmpty())
        return State::Ended;
    if (character == killLine) {
        m_text.clear();
    } else if ((character == backspace || character == '\b') && !m_text.isEmpty()) {
        wire::WipedBytes shorter(m_text.view().substr(0, m_text.size() - 1));
        m_text = std::move(shorter);
    } else if (static_cast<unsigned char>(character) >= ' ' && character != backspace && m_text.size() < mostBytes) {
        m_text.append({&character, 1});
    }
    return State::Typing;
}

} // namespace keytender::cli
