// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Draws every page of the dialogs with made-up values into the directory given: `dialoggallery DIRECTORY`.
// QT_SCALE_FACTOR=2 draws them twice as large.
#include <cstdio>

#include <QApplication>
#include <QDir>
#include <QStyleFactory>

#include "base/secret.h"
#include "dialogscreens.h"
#include "fakes/fakeclock.h"
#include "samplerows.h"
#include "schemes.h"
#include "translations/language.h"

using namespace keytender;

namespace {

void draw(const samples::DialogScreen &screen, const base::Clock &clock, const QString &file)
{
    const std::unique_ptr<ui::Dialog> dialog = screen.make(clock);
    dialog->present();
    for (int i = 0; i < 6; ++i)
        QCoreApplication::processEvents();
    if (!dialog->grab().save(file))
        std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
}

void drawAll(const QDir &directory, const QString &suffix)
{
    fakes::FakeClock clock;
    clock.wall = samples::now();
    for (const bool isDark : {false, true}) {
        QApplication::setPalette(samples::scheme(isDark));
        for (const samples::DialogScreen &screen : samples::dialogScreens())
            draw(screen, clock,
                 directory.filePath(QStringLiteral("%1-%2%3.png")
                                        .arg(QLatin1String(screen.name),
                                             isDark ? QStringLiteral("dark") : QStringLiteral("light"), suffix)));
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    if (argc != 2 || !base::initializeCrypto()) {
        std::fputs("usage: dialoggallery DIRECTORY\n", stderr);
        return 2;
    }
    const QDir directory(QString::fromLocal8Bit(argv[1]));
    directory.mkpath(QStringLiteral("."));
    const QString scale = qRound(application.devicePixelRatio()) > 1 ? QStringLiteral("@2x") : QString();
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    drawAll(directory, scale);
    translations::installTranslations(application, QLocale(QLocale::German));
    QLocale::setDefault(QLocale(QLocale::German));
    drawAll(directory, QStringLiteral("-de") + scale);
    QApplication::setLayoutDirection(Qt::RightToLeft);
    drawAll(directory, QStringLiteral("-rtl") + scale);
    return 0;
}
