// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/errorresponse.h"

#include <algorithm>

#include "base/redactor.h"

namespace keytender::oauth {

namespace {

constexpr qsizetype longestCode = 64;
constexpr qsizetype longestText = 300;

bool isShown(QChar character)
{
    switch (character.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format: // turns the direction of what follows, or hides
    case QChar::Other_NotAssigned:
    case QChar::Other_PrivateUse:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return true;
    }
}

bool isPartOfSecret(QChar c)
{
    return (c.unicode() < 0x80 && c.isLetterOrNumber()) || QStringView(u"_-~+%").contains(c);
}

// Servers repeat in their refusals what they were sent, and a code or a token need have no shape that anybody knows.
// Nothing that people read is as long and has letters and digits; an identifier that they could do without may be.
bool mayHoldSecret(QStringView word)
{
    constexpr int shortestSecret = 16;
    int length = 0;
    int digits = 0;
    for (const QChar c : word) {
        const bool isPart = isPartOfSecret(c);
        length = isPart ? length + 1 : 0;
        digits = isPart ? digits + int(c.isDigit()) : 0;
        if (length >= shortestSecret && digits >= 2 && digits < length)
            return true;
    }
    return false;
}

QString withoutSecrets(const QString &text)
{
    QStringList words = base::redacted(text).split(u' ');
    for (QString &word : words) {
        if (mayHoldSecret(word))
            word = QStringLiteral("(redacted)");
    }
    return words.join(u' ');
}

QString textAt(const base::JsonValue &value)
{
    const base::Result<QString> text = value.string();
    return text ? *text : QString();
}

QString firstTextOf(const base::JsonValue &object, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        if (const QString text = textAt(object.member(name)); !text.isEmpty())
            return text;
    }
    return {};
}

bool saysNothing(const base::JsonValue &error)
{
    if (error.isMissing() || error.isNull())
        return true;
    if (const base::Result<bool> flag = error.boolean())
        return !*flag;
    const base::Result<QString> text = error.string();
    return text && text->isEmpty();
}

} // namespace

QString plainText(const QString &text)
{
    QString plain;
    for (const QChar character : text.left(16 * longestText))
        plain += isShown(character) ? character : QChar(u' ');
    plain = withoutSecrets(plain.simplified());
    return plain.size() <= longestText ? plain : plain.left(longestText - 1) + QChar(u'\u2026');
}

bool isErrorCode(const QString &text)
{
    return !text.isEmpty() && text.size() <= longestCode
           && std::ranges::all_of(text, [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; })
           && !mayHoldSecret(text) && base::redacted(text) == text;
}

std::optional<ErrorResponse> readErrorResponse(const base::JsonValue &root)
{
    const base::JsonValue error = root.member("error");
    if (saysNothing(error))
        return std::nullopt;
    const QString code = error.isObject() ? firstTextOf(error, {"code", "type", "error"}) : textAt(error);
    QString text = firstTextOf(root, {"error_description", "message"});
    if (text.isEmpty() && error.isObject())
        text = firstTextOf(error, {"message", "error_description"});
    if (text.isEmpty() && !isErrorCode(code))
        text = code;
    return ErrorResponse{.code = isErrorCode(code) ? code : QString(), .text = plainText(text)};
}

std::optional<ErrorResponse> readBareErrorCode(const base::JsonValue &root)
{
    const QString code = textAt(root.member("code"));
    const QString text = firstTextOf(root, {"message", "error_description"});
    if (!isErrorCode(code))
        return std::nullopt;
    return ErrorResponse{.code = code, .text = plainText(text)};
}

} // namespace keytender::oauth
