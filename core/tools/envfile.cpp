// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/envfile.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>

#include "base/jsonspans.h"
#include "tools/refusingwriter.h"

namespace keytender::tools {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t";

constexpr const char *badName = QT_TRANSLATE_NOOP("Neighbours", "is no name of a variable");
constexpr const char *badValue =
    QT_TRANSLATE_NOOP("Neighbours", "the token holds characters that readers of such files take differently");
constexpr const char *badBytes = QT_TRANSLATE_NOOP("Neighbours", "is not the text of an environment file");
constexpr const char *definedTwice = QT_TRANSLATE_NOOP("Neighbours", "%1 is defined in line %2 too: take one away");
constexpr const char *noValue = QT_TRANSLATE_NOOP("Neighbours", "%1 stands there without an equals sign");
constexpr const char *oddQuotes =
    QT_TRANSLATE_NOOP("Neighbours", "the quotes of %1 do not end where its value does: write it without quotes");
constexpr const char *inQuotes = QT_TRANSLATE_NOOP("Neighbours", "%1 stands in the middle of another value's quotes");
constexpr const char *startsAComment = QT_TRANSLATE_NOOP("Neighbours", "what follows %1 may be a value or a comment");

struct Definition {
    base::ByteSpan value; // within its quotes
    std::size_t line = 0; // from 1
};

// The line of a name: `export NAME = value`.
struct Assignment {
    std::string_view name;
    std::size_t separator = 0; // where it is in the line; its size where there is none
};

bool isNameLetter(char letter)
{
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '-' || letter == '.';
}

std::size_t afterBlanks(std::string_view text, std::size_t at)
{
    return std::min(text.find_first_not_of(blanks, at), text.size());
}

Assignment assignmentIn(std::string_view line)
{
    constexpr std::string_view exporting = "export";
    std::size_t at = afterBlanks(line, 0);
    if (line.substr(at).starts_with(exporting)) {
        const std::size_t after = afterBlanks(line, at + exporting.size());
        if (after > at + exporting.size() && after < line.size() && line[after] != '=')
            at = after;
    }
    const std::size_t begin = at;
    while (at < line.size() && isNameLetter(line[at]))
        ++at;
    return {.name = line.substr(begin, at - begin), .separator = afterBlanks(line, at)};
}

bool isQuote(char letter)
{
    return letter == '"' || letter == '\'';
}

// Of the quote that ends what the one before `at` began; npos where there is none.
std::size_t closingQuote(std::string_view text, std::size_t at, char quote)
{
    for (; at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\')
            ++at;
        else if (text[at] == quote)
            return at;
    }
    return std::string_view::npos;
}

class Scan final {
public:
    Scan(std::string_view text, const EnvironmentVariable &variable)
        : m_text(text), m_variable(variable), m_name(variable.name.toUtf8().toStdString())
    {
    }

    // Where the variable is defined, if it is; an error where one cannot tell.
    [[nodiscard]] base::Result<std::optional<Definition>> run();

private:
    [[nodiscard]] base::Result<void> readLine(std::size_t begin, std::string_view line);
    [[nodiscard]] base::Result<void> define(std::size_t begin, std::string_view line, std::size_t separator);
    [[nodiscard]] base::Unexpected<base::Error> refused(const char *text) const
    {
        return base::unexpected({.kind = base::ErrorKind::Misconfigured,
                                 .subject = m_variable.file,
                                 .place = QStringLiteral("line %1").arg(m_line),
                                 .detail = neighbourText(text).replace(QStringLiteral("%1"), m_variable.name)});
    }

    std::string_view m_text;
    const EnvironmentVariable &m_variable;
    std::string m_name;
    std::size_t m_line = 0;
    std::size_t m_quotedUntil = 0; // of another variable's value, over several lines
    std::optional<Definition> m_found;
};

base::Result<std::optional<Definition>> Scan::run()
{
    std::size_t at = m_text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
    while (at < m_text.size()) {
        ++m_line;
        const std::size_t end = std::min(m_text.find('\n', at), m_text.size());
        std::string_view line = m_text.substr(at, end - at);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.find_first_of(std::string_view("\0\r", 2)) != std::string_view::npos)
            return refused(badBytes);
        if (const auto read = readLine(at, line); !read)
            return base::unexpected(read.error());
        at = end + 1;
    }
    return m_found;
}

base::Result<void> Scan::readLine(std::size_t begin, std::string_view line)
{
    const Assignment assignment = assignmentIn(line);
    const bool isOurs = assignment.name == m_name;
    if (begin < m_quotedUntil)
        return isOurs ? refused(inQuotes) : base::Result<void>();
    if (isOurs)
        return define(begin, line, assignment.separator);
    // Another's value is passed over: it may go on in the next lines.
    if (assignment.name.empty() || assignment.separator >= line.size() || line[assignment.separator] != '=')
        return {};
    const std::size_t value = afterBlanks(line, assignment.separator + 1);
    if (value < line.size() && isQuote(line[value])
        && closingQuote(line, value + 1, line[value]) == std::string_view::npos) {
        const std::size_t end = closingQuote(m_text, begin + value + 1, line[value]);
        if (end != std::string_view::npos)
            m_quotedUntil = end;
    }
    return {};
}

base::Result<void> Scan::define(std::size_t begin, std::string_view line, std::size_t separator)
{
    if (separator >= line.size() || line[separator] != '=')
        return refused(noValue);
    if (m_found)
        return base::unexpected({.kind = base::ErrorKind::Misconfigured,
                                 .subject = m_variable.file,
                                 .place = QStringLiteral("line %1").arg(m_line),
                                 .detail = neighbourText(definedTwice).arg(m_variable.name).arg(m_found->line)});
    std::size_t first = afterBlanks(line, separator + 1);
    std::size_t last = line.size();
    if (first < line.size() && isQuote(line[first])) {
        last = closingQuote(line, first + 1, line[first]);
        if (last == std::string_view::npos)
            return refused(oddQuotes);
        const std::size_t rest = afterBlanks(line, last + 1);
        if (rest < line.size() && (line[rest] != '#' || rest == last + 1))
            return refused(oddQuotes);
        ++first;
    } else {
        for (const std::string_view comment : {" #", "\t#"})
            last = std::min(last, line.find(comment, separator + 1));
        while (last > first && blanks.find(line[last - 1]) != std::string_view::npos)
            --last;
        if (first < last && line[first] == '#')
            return refused(startsAComment);
        if (last <= first) // nothing there: right behind the sign, before a comment
            first = last = separator + 1;
    }
    m_found = {.value = {.begin = begin + first, .end = begin + last}, .line = m_line};
    return {};
}

bool isName(const QString &name)
{
    const auto isLetter = [](QChar letter) { return letter.unicode() < 128 && letter.isLetterOrNumber(); };
    return !name.isEmpty() && !name.front().isDigit()
           && std::ranges::all_of(name, [&](QChar letter) { return isLetter(letter) || letter == u'_'; });
}

bool isPlain(std::string_view value)
{
    static constexpr std::string_view others = "._~+/=:@%,-";
    return !value.empty() && std::ranges::all_of(value, [](char letter) {
        return letter > 0
               && (std::isalnum(static_cast<unsigned char>(letter)) != 0
                   || others.find(letter) != std::string_view::npos);
    });
}

base::Secret joined(std::initializer_list<std::string_view> parts)
{
    std::size_t size = 0;
    for (const std::string_view part : parts)
        size += part.size();
    base::Secret whole(size);
    auto at = whole.writable().begin();
    for (const std::string_view part : parts)
        at = std::ranges::copy(part, at).out;
    return whole;
}

base::Result<std::optional<Definition>> definitionIn(const base::Secret &content, const EnvironmentVariable &variable)
{
    if (!isName(variable.name))
        return base::unexpected({.kind = base::ErrorKind::Misconfigured,
                                 .subject = variable.name,
                                 .place = {},
                                 .detail = neighbourText(badName)});
    return Scan(content.expose(), variable).run();
}

} // namespace

base::Result<base::Secret> environmentValue(const base::Secret &content, const EnvironmentVariable &variable)
{
    const auto found = definitionIn(content, variable);
    if (!found)
        return base::unexpected(found.error());
    if (!*found)
        return base::unexpected(
            {.kind = base::ErrorKind::NotFound, .subject = variable.file, .place = variable.name, .detail = {}});
    const base::ByteSpan span = (*found)->value;
    return base::Secret::copyOf(content.expose().substr(span.begin, span.end - span.begin));
}

base::Result<base::Secret> rewrittenEnvironment(const base::Secret &content, const EnvironmentVariable &variable,
                                                const base::Secret &value)
{
    const auto found = definitionIn(content, variable);
    if (!found)
        return base::unexpected(found.error());
    if (!isPlain(value.expose()))
        return base::unexpected({.kind = base::ErrorKind::Malformed,
                                 .subject = variable.file,
                                 .place = variable.name,
                                 .detail = neighbourText(badValue)});
    const std::string_view text = content.expose();
    if (*found)
        return joined({text.substr(0, (*found)->value.begin), value.expose(), text.substr((*found)->value.end)});
    const std::string name = variable.name.toStdString();
    const std::string_view lineEnd = text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
    const bool isBlank = text.empty() || text == byteOrderMark;
    if (isBlank || text.ends_with('\n'))
        return joined({text, name, "=", value.expose(), lineEnd});
    return joined({text, lineEnd, name, "=", value.expose()}); // no line end at its end, as before
}

} // namespace keytender::tools
