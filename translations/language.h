// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QCoreApplication;
class QLocale;

namespace keytender::translations {

// Makes the program speak the locale's language: Keytender's own words and Qt's. False where there is no translation;
// then it goes on in English.
bool installTranslations(QCoreApplication &application, const QLocale &locale);

} // namespace keytender::translations
