// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/doctorwords.h"

#include <QCoreApplication>

#include "base/redactor.h"

namespace keytender::service::doctor {

using profile::Severity;

namespace {

QString printable(const QString &text)
{
    QString plain;
    plain.reserve(text.size());
    for (const char32_t character : text.toUcs4()) {
        const bool isSafe = QChar::isPrint(character) && QChar::category(character) != QChar::Other_Format;
        plain += isSafe ? QString::fromUcs4(&character, 1) : QStringLiteral("\ufffd");
    }
    return plain;
}

QString clean(const QString &text, const base::KnownSecrets *known)
{
    const QString plain = printable(text);
    return base::redacted(known != nullptr ? known->redacted(plain) : plain);
}

} // namespace

QString say(const char *text)
{
    return QCoreApplication::translate("Doctor", text);
}

QString count(const char *one, const char *many, int number)
{
    return number == 1 ? say(one) : QCoreApplication::translate("Doctor", many, nullptr, number);
}

Finding inOrder(const QString &id, const QString &subject, const QString &text)
{
    return {.id = id, .subject = subject, .text = text, .places = {}, .cure = {}, .severity = Severity::Well};
}

Finding notLookedAt(const QString &id, const QString &subject, const base::Error &why)
{
    return {.id = id,
            .subject = subject,
            .text = say(QT_TRANSLATE_NOOP("Doctor", "This could not be looked at: %1")).arg(base::describe(why)),
            .places = {},
            .cure = {},
            .severity = Severity::Due};
}

Finding cleaned(Finding finding, const base::KnownSecrets *known)
{
    finding.id = clean(finding.id, known);
    finding.subject = clean(finding.subject, known);
    finding.text = clean(finding.text, known);
    for (QString &place : finding.places)
        place = clean(place, known);
    finding.cure = clean(finding.cure, known);
    return finding;
}

} // namespace keytender::service::doctor
