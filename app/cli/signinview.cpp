// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "signinview.h"

#include <array>
#include <charconv>
#include <ctime>

namespace keytender::cli {

namespace {

std::string clockTime(std::string_view unixSeconds)
{
    long long number = 0;
    (void)std::from_chars(unixSeconds.data(), unixSeconds.data() + unixSeconds.size(), number);
    const std::time_t seconds = number;
    std::tm parts{};
    std::array<char, 32> text{};
    if (number <= 0 || localtime_r(&seconds, &parts) == nullptr)
        return {};
    return {text.data(), std::strftime(text.data(), text.size(), "%H:%M:%S", &parts)};
}

} // namespace

SignInView::SignInView(Form form, bool mayPaste) : m_form(form), m_terminal(mayPaste ? Terminal::open() : std::nullopt)
{
    if (m_terminal)
        m_hidden.emplace(*m_terminal);
}

void SignInView::show(const wire::Message &stage)
{
    if (m_form == Form::Json)
        (void)print(JsonLine().addFields(stage).line().view());
    showOnce("", stage.value("line"));
    showOnce("  Open this address: ", stage.value("address"));
    showOnce("  Open this address: ", stage.value("verification-uri"));
    showOnce("  and type in this code: ", stage.value("user-code"));
    showOnce("  or open this one, which holds the code: ", stage.value("complete-uri"));
    showOnce("  until ", clockTime(stage.value("expires-at")));
    if (m_hidden && !m_isInvited && stage.find("address")) {
        tell("  What the browser shows or leads to at the end can be pasted here; nothing of it is shown. Then Enter.");
        m_isInvited = true;
    }
}

bool SignInView::readPasted(const wire::Client &client, wire::Client::Deadline deadline)
{
    const HiddenLine::State state = m_hidden->read();
    if (state != HiddenLine::State::Complete)
        return state == HiddenLine::State::Typing;
    const wire::WipedBytes pasted = m_hidden->takeText();
    if (pasted.isEmpty())
        return true;
    wire::Message more(wire::Kind::More);
    more.set("paste", pasted.view());
    tell("  Pasted.");
    // Where the service has gone, its silence is told by whoever reads the answer.
    return !client.send(more, deadline);
}

void SignInView::showOnce(std::string_view intro, std::string_view value)
{
    const std::string line = std::string(intro) + std::string(value);
    if (value.empty() || m_shown.find(line + '\n') != std::string::npos)
        return;
    m_shown += line + '\n';
    tell(line);
}

} // namespace keytender::cli
