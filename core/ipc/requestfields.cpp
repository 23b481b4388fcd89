// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/requestfields.h"

#include <algorithm>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace keytender::ipc {

using wire::Outcome;

namespace {

constexpr qsizetype mostShown = 80;

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

// Line and paragraph separators, and what reorders or hides the text around it, among them.
bool isMisleading(QChar character)
{
    switch (character.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Other_NotAssigned:
        return true;
    default:
        return false;
    }
}

bool contains(const std::initializer_list<std::string_view> &keys, std::string_view key)
{
    return std::ranges::find(keys, key) != keys.end();
}

Granted<void> checkField(std::string_view key, std::string_view value, const FieldRule &rule)
{
    const QString name = shown(key);
    if (contains(rule.secrets, key))
        return {};
    if (contains(rule.switches, key) && value != "yes")
        return refuse(Outcome::Usage, say(QT_TRANSLATE_NOOP("Door", "The field “%1” is a switch: its only value is "
                                                                    "“yes”."))
                                          .arg(name));
    if (!contains(rule.required, key) && !contains(rule.optional, key) && !contains(rule.switches, key))
        return refuse(Outcome::Usage,
                      say(QT_TRANSLATE_NOOP("Door", "The field “%1” does not belong to this request.")).arg(name));
    if (!plainText(value))
        return refuse(Outcome::Usage, say(QT_TRANSLATE_NOOP("Door", "The field “%1” holds a character that does not "
                                                                    "belong there."))
                                          .arg(name));
    return {};
}

} // namespace

base::Unexpected<Refusal> refuse(Outcome outcome, const QString &text)
{
    return base::Unexpected<Refusal>({.outcome = outcome, .text = text});
}

void answer(Inquiry &inquiry, const Refusal &refusal)
{
    inquiry.answer(answerOf(refusal.outcome, refusal.text));
}

std::optional<QString> plainText(std::string_view bytes)
{
    static const QRegularExpression encoded(QStringLiteral("%(00|0[aAdD]|[eE]2%80%[aA][89])"));
    const QString text = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
    const QByteArray back = text.toUtf8();
    if (std::string_view(back.constData(), static_cast<std::size_t>(back.size())) != bytes)
        return std::nullopt;
    if (std::ranges::any_of(text, isMisleading) || encoded.match(text).hasMatch())
        return std::nullopt;
    return text;
}

QString shown(std::string_view text)
{
    QString seen = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 1024)));
    for (QChar &character : seen) {
        if (isMisleading(character) || character == QChar::ReplacementCharacter)
            character = u'?';
    }
    return seen.size() > mostShown ? seen.first(mostShown) + u'…' : seen;
}

QByteArray terminalText(const QString &text)
{
    QString seen = text;
    for (QChar &character : seen) {
        if (character != u'\n' && character.category() == QChar::Other_Control)
            character = u'?';
    }
    return seen.toUtf8();
}

Granted<RequestFields> RequestFields::read(const wire::Message &request, const FieldRule &rule)
{
    for (std::size_t at = 0; at < request.fieldCount(); ++at) {
        const std::string &key = request.keyAt(at);
        if (key == "command")
            continue;
        if (const auto checked = checkField(key, request.value(key), rule); !checked)
            return base::Unexpected<Refusal>(checked.error());
    }
    for (const auto &keys : {rule.required, rule.secrets}) {
        for (const std::string_view key : keys) {
            if (request.value(key).empty())
                return refuse(Outcome::Usage,
                              say(QT_TRANSLATE_NOOP("Door", "The field “%1” is missing.")).arg(shown(key)));
        }
    }
    return RequestFields(request);
}

QString RequestFields::text(std::string_view key) const
{
    const std::string_view bytes = m_request->value(key);
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

Granted<qint64> RequestFields::number(std::string_view key, qint64 otherwise) const
{
    if (!has(key))
        return otherwise;
    const QString digits = text(key);
    const bool isNumber = !digits.isEmpty() && digits.size() <= 9
                          && std::ranges::all_of(digits, [](QChar digit) { return digit >= u'0' && digit <= u'9'; });
    if (!isNumber)
        return refuse(Outcome::Usage,
                      say(QT_TRANSLATE_NOOP("Door", "The field “%1” is not a whole number.")).arg(shown(key)));
    return digits.toLongLong();
}

Granted<QString> RequestFields::oneOf(std::string_view key, const QStringList &words) const
{
    if (!has(key))
        return words.front();
    if (!words.contains(text(key)))
        return refuse(Outcome::Usage, say(QT_TRANSLATE_NOOP("Door", "The field “%1” is none of: %2."))
                                          .arg(shown(key), words.join(QStringLiteral(", "))));
    return text(key);
}

} // namespace keytender::ipc
