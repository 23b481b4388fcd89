// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/settings/settingstext.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tools/jsonrewrite.h"

namespace keytender::service {

using base::JsonValue;

namespace {

// How the file is laid out: one member on each line with this indent, or all on one line.
struct Layout {
    bool isWide = false;
    std::string indent = {};
};

Layout layoutOf(const base::FileContent &content, const JsonValue &root)
{
    const std::string_view text = content.bytes.expose();
    const auto line = text.find('\n');
    if (line == std::string_view::npos || root.members().empty())
        return {};
    const auto end = text.find_first_not_of(" \t\r\n", line);
    const auto begin = text.find_last_of('\n', end) + 1;
    if (end == std::string_view::npos || text[end] != '"')
        return {.isWide = true, .indent = "  "};
    return {.isWide = true, .indent = std::string(text.substr(begin, end - begin))};
}

std::string tokenOf(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    return std::string(base::JsonSpans::quoted({bytes.constData(), static_cast<std::size_t>(bytes.size())}).expose());
}

std::string keyOf(const QString &text)
{
    return text.toStdString();
}

// Two levels below the root: each of `items` on its own line where the file is laid out so.
std::string enclosed(char opening, const std::vector<std::string> &items, char closing, const Layout &layout)
{
    std::string text(1, opening);
    const std::string line = layout.isWide ? '\n' + layout.indent + layout.indent : std::string();
    for (const std::string &item : items) {
        if (text.size() > 1)
            text += layout.isWide ? "," : ", ";
        text += line + item;
    }
    if (layout.isWide && !items.empty())
        text += '\n' + layout.indent;
    return text + closing;
}

std::string listOf(const std::vector<std::string> &items)
{
    return enclosed('[', items, ']', {});
}

std::string homesToken(const QStringList &homes, const base::Environment &environment)
{
    std::vector<std::string> items;
    for (const QString &home : homes)
        items.push_back(tokenOf(environment.shortened(home)));
    return listOf(items);
}

std::string ladderToken(const Ladder &ladder)
{
    std::vector<std::string> items;
    for (const std::chrono::seconds rung : ladder)
        items.push_back(tokenOf(textOf(rung)));
    return listOf(items);
}

std::string careToken(profile::Care care)
{
    switch (care) {
    case profile::Care::Shared:
        return "\"shared\"";
    case profile::Care::Delegated:
        return "\"delegated\"";
    case profile::Care::Watched:
    case profile::Care::Own: // is no choice
        break;
    }
    return "\"watched\"";
}

std::string ruleToken(const ConsentRule &rule)
{
    return "{\"profile\": " + tokenOf(rule.profileId) + ", \"program\": " + tokenOf(rule.program)
           + ", \"allow\": " + (rule.isAllowed ? "true" : "false") + '}';
}

std::string consentToken(const std::vector<ConsentRule> &rules, const Layout &layout)
{
    std::vector<std::string> items;
    std::ranges::transform(rules, std::back_inserter(items), ruleToken);
    return enclosed('[', items, ']', layout);
}

class Writer {
public:
    Writer(tools::JsonRewrite &rewrite, const base::FileContent &content)
        : m_rewrite(rewrite), m_layout(layoutOf(content, rewrite.root()))
    {
    }

    [[nodiscard]] const Layout &layout() const { return m_layout; }

    void set(const JsonValue &object, std::string_view key, const std::string &token)
    {
        m_rewrite.set(object, key, base::Secret::copyOf(token));
    }
    void set(std::string_view key, const std::string &token) { set(m_rewrite.root(), key, token); }

    // Entry by entry as long as none goes: those that stay keep their bytes.
    template <class T, class Token>
    void setEntries(std::string_view key, const std::map<QString, T> &there, const std::map<QString, T> &wanted,
                    const Token &token)
    {
        if (there == wanted)
            return;
        const JsonValue object = m_rewrite.root().member(key);
        const bool anyGoes =
            std::ranges::any_of(there, [&wanted](const auto &entry) { return !wanted.contains(entry.first); });
        std::vector<std::string> items;
        for (const auto &[name, value] : wanted) {
            const auto before = there.find(name);
            if (!object.isObject() || anyGoes)
                items.push_back(tokenOf(name) + ": " + token(value));
            else if (before == there.end() || before->second != value)
                set(object, keyOf(name), token(value));
        }
        if (!object.isObject() || anyGoes)
            set(key, enclosed('{', items, '}', m_layout));
    }

private:
    tools::JsonRewrite &m_rewrite;
    Layout m_layout;
};

void writeScalars(Writer &writer, const Settings &there, const Settings &wanted)
{
    if (there.rotationReminderDays != wanted.rotationReminderDays)
        writer.set("rotationReminderDays", std::to_string(wanted.rotationReminderDays));
    if (there.renewAtPercent != wanted.renewAtPercent)
        writer.set("renewAtPercent", std::to_string(wanted.renewAtPercent));
    if (there.language != wanted.language)
        writer.set("language", tokenOf(wanted.language));
    if (there.startsWithSession != wanted.startsWithSession)
        writer.set("startsWithSession", wanted.startsWithSession ? "true" : "false");
}

// Takes over one member; false where both sides changed it.
template <class T>
bool takeOver(T Settings::*member, const Settings &before, const Settings &wanted, Settings &there)
{
    if (wanted.*member == before.*member || there.*member == wanted.*member)
        return true;
    if (there.*member != before.*member)
        return false;
    there.*member = wanted.*member;
    return true;
}

} // namespace

base::Result<base::Secret> settingsText(const base::FileContent &content, const Settings &there, const Settings &wanted,
                                        const base::Environment &environment)
{
    auto rewrite = tools::JsonRewrite::of(content.facts.path, content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    Writer writer(*rewrite, content);
    writer.setEntries("homes", there.homes, wanted.homes,
                      [&environment](const QStringList &homes) { return homesToken(homes, environment); });
    if (there.signInEnds != wanted.signInEnds) {
        const JsonValue reminders = rewrite->root().member("reminders");
        if (reminders.isObject())
            writer.set(reminders, "signInEnds", ladderToken(wanted.signInEnds));
        else
            writer.set("reminders", "{\"signInEnds\": " + ladderToken(wanted.signInEnds) + '}');
    }
    writeScalars(writer, there, wanted);
    writer.setEntries("care", there.care, wanted.care, careToken);
    if (there.consent != wanted.consent)
        writer.set("consent", consentToken(wanted.consent, writer.layout()));
    writer.setEntries("gitHosts", there.gitHosts, wanted.gitHosts, tokenOf);
    return rewrite->finish();
}

MergedSettings merged(const Settings &before, const Settings &wanted, Settings there)
{
    const auto take = [&](auto Settings::*member) { return takeOver(member, before, wanted, there); };
    const std::pair<const char *, bool> members[] = {
        {"homes", take(&Settings::homes)},
        {"reminders.signInEnds", take(&Settings::signInEnds)},
        {"rotationReminderDays", take(&Settings::rotationReminderDays)},
        {"care", take(&Settings::care)},
        {"renewAtPercent", take(&Settings::renewAtPercent)},
        {"language", take(&Settings::language)},
        {"startsWithSession", take(&Settings::startsWithSession)},
        {"consent", take(&Settings::consent)},
        {"gitHosts", take(&Settings::gitHosts)},
    };
    const auto clash = std::ranges::find(members, false, &std::pair<const char *, bool>::second);
    return {.settings = std::move(there),
            .clash = clash == std::end(members) ? QString() : QString::fromLatin1(clash->first)};
}

} // namespace keytender::service
