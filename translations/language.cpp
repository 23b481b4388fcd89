// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "translations/language.h"

#include <memory>

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace keytender::translations {

namespace {

bool install(QCoreApplication &application, const QLocale &locale, const QString &name, const QString &directory)
{
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(locale, name, QStringLiteral("_"), directory))
        return false;
    auto *installed = translator.release();
    installed->setParent(&application);
    return QCoreApplication::installTranslator(installed);
}

} // namespace

bool installTranslations(QCoreApplication &application, const QLocale &locale)
{
    install(application, locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    return install(application, locale, QStringLiteral("keytender"), QStringLiteral(":/i18n"));
}

} // namespace keytender::translations
