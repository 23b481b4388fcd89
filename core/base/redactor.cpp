// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/redactor.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <QByteArray>
#include <QRegularExpression>

namespace keytender::base {

namespace {

// Nothing shorter holds a key with a value or a token.
constexpr qsizetype shortestSuspect = 8;
constexpr qsizetype longestInnocentRun = 39;

QString mask()
{
    return QStringLiteral("(redacted)");
}

// What stands between a key and its value, JSON in a string and percent-encoded forms included.
QString separator()
{
    return QStringLiteral(R"re((?:\\?["'])?\s*(?:=|:|%3D)\s*(?:\\?["'])?)re");
}

QString value()
{
    return QStringLiteral(R"re([^"'\\\s&,;)}\]]+)re");
}

// The expressions are never destroyed: Qt still has something to say while a program exits, and then it is redacted
// too.

// key=value, key: value, "key": "value"; group 1 is what stays.
const QRegularExpression &byKey()
{
    static const auto &expression = *new QRegularExpression(
        QStringLiteral(R"re(((?:(?:access|refresh|id|auth|oauth|session|bearer|api|subject|actor)[_-]?(?:token|key))re"
                       R"re(|code[_-]?verifier|device[_-]?code|user[_-]?code|client[_-]?secret|client[_-]?assertion)re"
                       R"re(|assertion|password|passwd|[A-Z0-9]+_(?:token|key|secret)|(?<![\w-])(?:token|secret)))re")
            + separator() + u')' + value(),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

// "code" and "state" are everyday words too: only with a value that no word looks like.
const QRegularExpression &byWeakKey()
{
    static const auto &expression =
        *new QRegularExpression(QStringLiteral(R"re(((?:(?<![\w-])|(?<=%26|%3F))(?:code|state))re") + separator()
                                + QStringLiteral(R"re()(?=[\w~.+/%-]*\d)(?=[\w~.+/%-]{10}))re") + value());
    return expression;
}

// Header lines hold their secret to the end of the line.
const QRegularExpression &byHeader()
{
    static const auto &expression = *new QRegularExpression(
        QStringLiteral(
            R"re(((?<![\w-])(?:(?:proxy-)?authorization|set-cookie|cookie|x-api-key)(?:\\?["'])?\s*[:=]\s*)[^\r\n]+)re"
            R"re(|(\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,})re"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

const QRegularExpression &byShape()
{
    static const auto &expression = *new QRegularExpression(
        QStringLiteral(R"re((?<![A-Za-z0-9])(?:sk-[\w-]{12,}|eyJ[\w-]{6,}(?:\.[\w-]*)+|gh[opsur]_\w{12,})re"
                       R"re(|github_pat_\w{12,}|AIza[\w-]{20,}|ya29\.[\w-]{12,}|1//0[\w-]{12,}|GOCSPX-[\w-]{12,})re"
                       R"re(|xox[a-z](?:\.xox[a-z])?-[\w-]{8,}))re"));
    return expression;
}

const QRegularExpression &longRun()
{
    static const auto &expression = *new QRegularExpression(QStringLiteral(R"re([A-Za-z0-9+/_-]{40,}={0,2})re"));
    return expression;
}

bool isHexadecimal(QChar letter)
{
    return (letter >= u'0' && letter <= u'9') || (letter >= u'a' && letter <= u'f')
           || (letter >= u'A' && letter <= u'F');
}

// Random enough to be a token rather than a name made of words.
bool isRandomLooking(QStringView run)
{
    const auto has = [run](auto claim) { return std::ranges::any_of(run, claim); };
    const bool digits = std::ranges::count_if(run, [](QChar letter) { return letter.isDigit(); }) >= 2;
    const bool upper = has([](QChar letter) { return letter.isUpper(); });
    const bool lower = has([](QChar letter) { return letter.isLower(); });
    const bool joined = has([](QChar letter) { return letter == u'-' || letter == u'_'; });
    if (!digits || (!upper && !lower))
        return false;
    return (upper && lower) || !joined || std::ranges::all_of(run, isHexadecimal);
}

// A slash is part of base64, and of every path. In a path no single name looks random.
bool isToken(QStringView run)
{
    if (!run.contains(u'/'))
        return isRandomLooking(run);
    constexpr qsizetype longestName = 20;
    const auto names = run.split(u'/');
    return std::ranges::any_of(names,
                               [](QStringView name) { return name.size() >= longestName && isRandomLooking(name); });
}

bool holdsLongRun(QStringView text)
{
    qsizetype length = 0;
    for (const QChar letter : text) {
        const bool belongs = (letter < QChar(0x80) && letter.isLetterOrNumber()) || letter == u'-' || letter == u'_'
                             || letter == u'+' || letter == u'/';
        length = belongs ? length + 1 : 0;
        if (length > longestInnocentRun)
            return true;
    }
    return false;
}

void maskLongRuns(QString &text)
{
    qsizetype from = 0;
    for (QRegularExpressionMatch run = longRun().match(text); run.hasMatch(); run = longRun().match(text, from)) {
        from = run.capturedEnd();
        if (!isToken(run.capturedView()))
            continue;
        text.replace(run.capturedStart(), run.capturedLength(), mask());
        from = run.capturedStart() + mask().size();
    }
}

} // namespace

QString redacted(const QString &text)
{
    if (text.size() < shortestSuspect)
        return text;
    QString clean = text;
    clean.remove(QChar(0)); // UTF-16 that somebody took for Latin-1
    clean.replace(byHeader(), QStringLiteral("\\1\\2") + mask());
    clean.replace(byKey(), QStringLiteral("\\1") + mask());
    clean.replace(byWeakKey(), QStringLiteral("\\1") + mask());
    clean.replace(byShape(), mask());
    if (holdsLongRun(clean))
        maskLongRuns(clean);
    return clean;
}

} // namespace keytender::base
