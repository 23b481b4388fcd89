// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/doctortext.h"

#include <algorithm>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace keytender::service {

using profile::Severity;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Doctor", text);
}

// English needs no translator for its plurals; every other language finds its own through %n.
QString count(const char *one, const char *many, int number)
{
    return number == 1 ? say(one) : QCoreApplication::translate("Doctor", many, nullptr, number);
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QString keyOf(Severity severity)
{
    switch (severity) {
    case Severity::ActNow:
        return QStringLiteral("actNow");
    case Severity::Due:
    case Severity::Busy: // nothing of the doctor's is under way
        return QStringLiteral("due");
    case Severity::Well:
        break;
    }
    return QStringLiteral("well");
}

QString markOf(Severity severity)
{
    switch (severity) {
    case Severity::ActNow:
        return QStringLiteral("!! ");
    case Severity::Due:
    case Severity::Busy:
        return QStringLiteral(" ! ");
    case Severity::Well:
        break;
    }
    return QStringLiteral("   ");
}

QString shellWord(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

QString linesOf(const Finding &finding)
{
    const QString indent(3, u' ');
    QString lines = markOf(finding.severity) + finding.subject;
    // One line is enough for what is in order and names no place.
    lines += (finding.severity == Severity::Well ? QStringLiteral(": ") : u'\n' + indent) + finding.text + u'\n';
    for (const QString &place : finding.places)
        lines += indent + QStringLiteral("  · ") + place + u'\n';
    if (!finding.cure.isEmpty())
        lines += indent + QStringLiteral("→ ") + finding.cure + u'\n';
    if (!finding.safeCure.isEmpty())
        lines += indent + QStringLiteral("→ ") + finding.safeCure + QStringLiteral(": keytenderctl doctor --cure ")
                 + shellWord(finding.id) + u'\n';
    return lines;
}

} // namespace

std::vector<Finding> loudestFirst(std::vector<Finding> findings)
{
    std::ranges::stable_sort(findings, std::ranges::greater(), &Finding::severity);
    return findings;
}

QString doctorHeadline(const std::vector<Finding> &findings)
{
    const auto number = [&](Severity severity) {
        return static_cast<int>(std::ranges::count(findings, severity, &Finding::severity));
    };
    const int needYou = number(Severity::ActNow);
    const int well = number(Severity::Well);
    const int due = static_cast<int>(findings.size()) - needYou - well;
    if (needYou + due == 0)
        return say(QT_TRANSLATE_NOOP("Doctor", "Everything that was looked at is in order"));
    QStringList parts;
    if (needYou > 0)
        parts.append(count(QT_TRANSLATE_NOOP("Doctor", "1 finding needs you"),
                           QT_TRANSLATE_N_NOOP("Doctor", "%n findings need you"), needYou));
    if (due > 0)
        parts.append(count(QT_TRANSLATE_NOOP("Doctor", "1 finding deserves a look"),
                           QT_TRANSLATE_N_NOOP("Doctor", "%n findings deserve a look"), due));
    if (well > 0)
        parts.append(count(QT_TRANSLATE_NOOP("Doctor", "1 is in order"),
                           QT_TRANSLATE_N_NOOP("Doctor", "%n are in order"), well));
    return parts.join(QStringLiteral(" · "));
}

QByteArray doctorJson(const std::vector<Finding> &findings)
{
    QJsonArray list;
    for (const Finding &finding : loudestFirst(findings))
        list.append(QJsonObject{{QStringLiteral("id"), finding.id},
                                {QStringLiteral("severity"), keyOf(finding.severity)},
                                {QStringLiteral("subject"), finding.subject},
                                {QStringLiteral("text"), finding.text},
                                {QStringLiteral("places"), QJsonArray::fromStringList(finding.places)},
                                {QStringLiteral("cure"), orNull(finding.cure)},
                                {QStringLiteral("safeCure"), orNull(finding.safeCure)}});
    const QJsonObject report{{QStringLiteral("version"), 1}, {QStringLiteral("findings"), list}};
    return QJsonDocument(report).toJson(QJsonDocument::Compact) + '\n';
}

QString doctorTable(const std::vector<Finding> &findings)
{
    QString text = doctorHeadline(findings) + u'\n';
    for (const Finding &finding : loudestFirst(findings))
        text += linesOf(finding);
    return text;
}

} // namespace keytender::service
