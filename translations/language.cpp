// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "translations/language.h"

#include <memory>

#include <QCoreApplication>
#include <QDir>
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

QStringList languages()
{
    static const QString prefix = QStringLiteral("keytender_");
    QStringList names{QStringLiteral("en")}; // the one that it is written in
    for (const QString &file : QDir(QStringLiteral(":/i18n")).entryList({prefix + QStringLiteral("*.qm")}))
        names += file.mid(prefix.size()).chopped(3);
    names.sort();
    return names;
}

QLocale localeFor(const QString &language)
{
    const QLocale session;
    const bool isSpoken = session.name().section(u'_', 0, 0) == language;
    return language.isEmpty() || isSpoken ? session : QLocale(language);
}

} // namespace keytender::translations
