// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

class QCoreApplication;
class QLocale;

namespace keytender::translations {

// Makes the program speak the locale's language: Keytender's own words and Qt's. False where there is no translation;
// then it goes on in English.
bool installTranslations(QCoreApplication &application, const QLocale &locale);

// What can be chosen in its place: "de", "en".
[[nodiscard]] QStringList languages();
// The locale of a language that was chosen: the session's where that speaks it already, or nothing was chosen.
[[nodiscard]] QLocale localeFor(const QString &language);

} // namespace keytender::translations
