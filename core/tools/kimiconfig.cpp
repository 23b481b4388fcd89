// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/kimiconfig.h"

#include <algorithm>
#include <cctype>

#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace keytender::tools {

namespace {

constexpr std::string_view storagePrefix = "oauth/";

// A string of a TOML text, of whatever kind.
struct TomlString {
    std::size_t begin = 0; // of the delimiter
    std::size_t end = 0;   // after the other one
    std::size_t delimiter = 1;

    [[nodiscard]] std::size_t innerBegin() const { return begin + delimiter; }
    [[nodiscard]] std::size_t innerSize() const { return std::max(end, begin + 2 * delimiter) - begin - 2 * delimiter; }
};

TomlString stringAt(std::string_view text, std::size_t begin)
{
    const char quote = text[begin];
    const std::string_view three = text.substr(begin, 3);
    const bool isLong = three.size() == 3 && three[1] == quote && three[2] == quote;
    TomlString string{.begin = begin, .end = text.size(), .delimiter = isLong ? 3u : 1u};
    for (std::size_t at = string.innerBegin(); at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\') {
            ++at;
        } else if (isLong ? text.substr(at, 3) == three : text[at] == quote || text[at] == '\n') {
            string.end = at + string.delimiter;
            break;
        }
    }
    return string;
}

// In `[table."key"]`, or before an equals sign or a dot.
bool isKey(std::string_view text, const TomlString &string)
{
    const std::size_t lineStart = string.begin == 0 ? 0 : text.rfind('\n', string.begin - 1) + 1; // npos + 1 = 0
    const std::size_t bracket = text.find_first_not_of(" \t", lineStart);
    if (bracket < string.begin && text[bracket] == '[') {
        const std::size_t name = text.find_first_not_of("[ \t", bracket);
        // Else it may be a list in a list.
        if (std::isalnum(static_cast<unsigned char>(text[name])) != 0)
            return true;
    }
    const std::size_t next = text.find_first_not_of(" \t", string.end);
    return next != std::string_view::npos && (text[next] == '=' || text[next] == '.');
}

bool isHarmless(std::string_view inner)
{
    return inner.starts_with(storagePrefix) || inner == "file" || inner == "keyring";
}

bool isPlainName(std::string_view name)
{
    return !name.empty() && name.front() != '.' && name.size() <= 100 && std::ranges::all_of(name, [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '_' || letter == '.';
    });
}

QStringList namesIn(const toml::table &config)
{
    QStringList names;
    const toml::table *providers = config["providers"].as_table();
    if (providers == nullptr)
        return names;
    for (const auto &[id, provider] : *providers) {
        const toml::node_view oauth = toml::node_view<const toml::node>(provider)["oauth"];
        const auto storage = oauth["storage"].value<std::string_view>();
        const auto key = oauth["key"].value<std::string_view>();
        if (!key || storage.value_or("file") != "file" || !key->starts_with(storagePrefix))
            continue;
        const std::string_view name = key->substr(storagePrefix.size());
        if (isPlainName(name))
            names.append(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    names.removeDuplicates();
    return names;
}

} // namespace

base::Secret tomlWithoutSecrets(const base::Secret &toml)
{
    base::Secret masked = toml.clone();
    const std::string_view text = toml.expose();
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '#') {
            at = std::min(text.find('\n', at), text.size());
            continue;
        }
        if (text[at] != '"' && text[at] != '\'')
            continue;
        const TomlString string = stringAt(text, at);
        if (!isKey(text, string) && !isHarmless(text.substr(string.innerBegin(), string.innerSize())))
            std::ranges::replace_if(
                masked.writable().subspan(string.innerBegin(), string.innerSize()),
                [](char letter) { return letter != '\n' && letter != '\r'; }, 'x');
        at = string.end - 1;
    }
    return masked;
}

base::Result<QStringList> kimiCredentialNames(const base::Secret &toml, const QString &subject)
{
    try {
        const base::Secret masked = tomlWithoutSecrets(toml);
        return namesIn(toml::parse(masked.expose()));
    } catch (const toml::parse_error &error) {
        // Not error.description(): it may quote the text.
        return base::unexpected({.kind = base::ErrorKind::Malformed,
                                 .subject = subject,
                                 .place = QStringLiteral("line %1").arg(error.source().begin.line),
                                 .detail = QStringLiteral("is not TOML")});
    }
}

} // namespace keytender::tools
