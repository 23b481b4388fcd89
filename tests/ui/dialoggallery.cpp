// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Draws every page of the dialogs with made-up values into the directory given: `dialoggallery DIRECTORY`.
// QT_SCALE_FACTOR=2 draws them twice as large.
#include <cstdio>
#include <functional>

#include <QApplication>
#include <QDir>
#include <QStyle>
#include <QStyleFactory>

#include "base/secret.h"
#include "fakes/fakeclock.h"
#include "samplerows.h"
#include "samplesignins.h"
#include "schemes.h"
#include "translations/language.h"
#include "ui/keydialog.h"
#include "ui/page.h"
#include "ui/secretfield.h"
#include "ui/signindialog.h"
#include "ui/signoutdialog.h"

using namespace keytender;
using provider::SignInWay;
using service::SignInStage;

namespace {

struct Picture {
    QString directory;
    QString suffix; // "light@2x"
};

void save(ui::Dialog &dialog, const char *name, const Picture &picture)
{
    dialog.present();
    for (int i = 0; i < 6; ++i)
        QCoreApplication::processEvents();
    const QString file = QStringLiteral("%1/%2-%3.png").arg(picture.directory, QLatin1String(name), picture.suffix);
    if (!dialog.grab().save(file))
        std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
}

void drawSignIn(const base::Clock &clock, const Picture &picture)
{
    const auto draw = [&](const char *name, const std::function<void(ui::SignInDialog &)> &prepare) {
        ui::SignInDialog dialog(clock);
        dialog.setOffers(samples::offers());
        prepare(dialog);
        save(dialog, name, picture);
    };
    const auto stage = [](SignInStage reached, SignInWay way = SignInWay::Browser) {
        return [reached, way](ui::SignInDialog &dialog) {
            dialog.setFacts(samples::signingIn(reached, way));
            if (reached == SignInStage::ShowingCodes)
                dialog.setCodes(base::Secret::copyOf("WDJB-MJHT"),
                                QUrl(QStringLiteral("https://github.com/login/device")),
                                base::Secret::copyOf("https://github.com/login/device?user_code=WDJB-MJHT"));
        };
    };
    draw("signin-provider", [](ui::SignInDialog &) {});
    draw("signin-server", [](ui::SignInDialog &dialog) {
        QMetaObject::invokeMethod(dialog.page(), "otherServerChosen");
        dialog.setDiscoveryProblem(
            QStringLiteral("login.example.com: not found. It answers, but not as RFC 8414 says."));
    });
    draw("signin-way", [](ui::SignInDialog &dialog) { dialog.preselect(QStringLiteral("anthropic")); });
    draw("signin-way-one", [](ui::SignInDialog &dialog) { dialog.preselect(QStringLiteral("github")); });
    draw("signin-again", [](ui::SignInDialog &dialog) {
        dialog.setWish({.providerId = QStringLiteral("example"),
                        .profileId = QStringLiteral("p"),
                        .way = SignInWay::Paste,
                        .scopes = {}},
                       QStringLiteral("login.example.com · dev@example.com"));
    });
    draw("signin-waiting", stage(SignInStage::WaitingForBrowser));
    draw("signin-paste", [](ui::SignInDialog &dialog) {
        auto facts = samples::signingIn(SignInStage::WaitingForBrowser, SignInWay::Paste);
        facts.hint = QStringLiteral("The browser did not open: copy the link and open it yourself.");
        dialog.setFacts(facts);
        dialog.setPasteProblem(QStringLiteral("This is the address of another sign-in, or an old one."));
        dialog.findChild<ui::SecretField *>()->put(base::Secret::copyOf("http://localhost:1455/"));
    });
    draw("signin-codes", stage(SignInStage::ShowingCodes, SignInWay::Device));
    draw("signin-exchanging", stage(SignInStage::Exchanging));
    draw("signin-done", stage(SignInStage::Done));
    draw("signin-failed", stage(SignInStage::Failed));
    draw("signin-unstored", [](ui::SignInDialog &dialog) {
        auto facts = samples::signingIn(SignInStage::Failed, SignInWay::Browser);
        facts.canRetry = true;
        facts.text = QStringLiteral("~/.local/share/keytender/vault: no space left.");
        facts.cure =
            QStringLiteral("Make room on that disk, then store it again. Until then the login is only in memory.");
        dialog.setFacts(facts);
    });
}

void drawSignOut(const Picture &picture)
{
    using What = service::SignOutScope::What;
    const service::SignOutScope all{.what = What::Everything, .id = {}, .keepsKeys = false};
    const auto draw = [&](const char *name, const std::function<void(ui::SignOutDialog &)> &prepare) {
        ui::SignOutDialog dialog;
        prepare(dialog);
        save(dialog, name, picture);
    };
    draw("signout-all", [&](ui::SignOutDialog &dialog) { dialog.setPreview(samples::signOutOfAll(), all); });
    draw("signout-one", [](ui::SignOutDialog &dialog) {
        service::SignOutPreview one = samples::signOutOfAll();
        one.logins.resize(1);
        one.staysWithTools.removeLast();
        dialog.setPreview(one, {.what = What::Profile, .id = QStringLiteral("a")});
    });
    draw("signout-forget", [&](ui::SignOutDialog &dialog) {
        service::SignOutScope scope = all;
        scope.forgetsOnly = true;
        dialog.setPreview(samples::signOutOfAll(), scope);
    });
    draw("signout-working", [&](ui::SignOutDialog &dialog) {
        dialog.setPreview(samples::signOutOfAll(), all);
        dialog.page()->primary()->click();
    });
    draw("signout-results", [](ui::SignOutDialog &dialog) { dialog.setResults(samples::signedOut()); });
}

void drawKeys(const base::Clock &clock, const Picture &picture)
{
    const auto draw = [&](const char *name, const std::function<void(ui::KeyDialog &)> &prepare) {
        ui::KeyDialog dialog(clock);
        dialog.setProviders(samples::offers());
        dialog.preselect(QStringLiteral("anthropic"));
        prepare(dialog);
        save(dialog, name, picture);
    };
    draw("key-form", [](ui::KeyDialog &) {});
    draw("key-problem", [](ui::KeyDialog &dialog) {
        dialog.setSecret(base::Secret::copyOf("sk-made-up-0123456789"));
        dialog.setProblem(QStringLiteral("This key is kept already, as “CI key”."));
    });
    draw("key-kept", [](ui::KeyDialog &dialog) {
        dialog.setSecret(base::Secret::copyOf("sk-made-up-0123456789"));
        dialog.page()->primary()->click();
        dialog.setKept(QStringLiteral("Anthropic · CI key"));
    });
}

void drawAll(const QString &directory, const QString &suffix)
{
    fakes::FakeClock clock;
    clock.wall = samples::now();
    for (const bool isDark : {false, true}) {
        QApplication::setPalette(samples::scheme(isDark));
        const Picture picture{directory, (isDark ? QStringLiteral("dark") : QStringLiteral("light")) + suffix};
        drawSignIn(clock, picture);
        drawSignOut(picture);
        drawKeys(clock, picture);
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
    const QString directory = QString::fromLocal8Bit(argv[1]);
    QDir(directory).mkpath(QStringLiteral("."));
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
