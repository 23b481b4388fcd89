// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "dialogscreens.h"

#include <QPushButton>

#include "base/secret.h"
#include "samplesignins.h"
#include "ui/keydialog.h"
#include "ui/page.h"
#include "ui/secretfield.h"
#include "ui/signindialog.h"
#include "ui/signoutdialog.h"

namespace keytender::samples {

using provider::SignInWay;
using service::SignInStage;
using ui::KeyDialog;
using ui::SignInDialog;
using ui::SignOutDialog;

namespace {

DialogScreen signIn(const char *name, const std::function<void(SignInDialog &)> &prepare)
{
    return {name, [prepare](const base::Clock &clock) {
                auto dialog = std::make_unique<SignInDialog>(clock);
                dialog->setOffers(signInOffers());
                prepare(*dialog);
                return dialog;
            }};
}

DialogScreen signOut(const char *name, const std::function<void(SignOutDialog &)> &prepare)
{
    return {name, [prepare](const base::Clock & /*clock*/) {
                auto dialog = std::make_unique<SignOutDialog>();
                prepare(*dialog);
                return dialog;
            }};
}

DialogScreen key(const char *name, const std::function<void(KeyDialog &)> &prepare)
{
    return {name, [prepare](const base::Clock &clock) {
                auto dialog = std::make_unique<KeyDialog>(clock);
                dialog->setProviders(signInOffers());
                dialog->preselect(QStringLiteral("anthropic"));
                prepare(*dialog);
                return dialog;
            }};
}

std::function<void(SignInDialog &)> reached(SignInStage stage, SignInWay way = SignInWay::Browser)
{
    return [stage, way](SignInDialog &dialog) {
        dialog.setFacts(signingIn(stage, way));
        if (stage == SignInStage::ShowingCodes)
            dialog.setCodes(base::Secret::copyOf("WDJB-MJHT"), QUrl(QStringLiteral("https://github.com/login/device")),
                            base::Secret::copyOf("https://github.com/login/device?user_code=WDJB-MJHT"));
    };
}

void otherServer(SignInDialog &dialog)
{
    QMetaObject::invokeMethod(dialog.page(), "otherServerChosen");
    dialog.setDiscoveryProblem(QStringLiteral("login.example.com: not found. It answers, but not as RFC 8414 says."));
}

void again(SignInDialog &dialog)
{
    dialog.setWish({.providerId = QStringLiteral("example"),
                    .profileId = QStringLiteral("p"),
                    .way = SignInWay::Paste,
                    .scopes = {}},
                   QStringLiteral("login.example.com · dev@example.com"));
}

void pasteProblem(SignInDialog &dialog)
{
    auto facts = signingIn(SignInStage::WaitingForBrowser, SignInWay::Paste);
    facts.hint = QStringLiteral("The browser did not open: copy the link and open it yourself.");
    dialog.setFacts(facts);
    dialog.setPasteProblem(QStringLiteral("This is the address of another sign-in, or an old one."));
    dialog.findChild<ui::SecretField *>()->put(base::Secret::copyOf("http://localhost:1455/"));
}

void unstored(SignInDialog &dialog)
{
    auto facts = signingIn(SignInStage::Failed, SignInWay::Browser);
    facts.canRetry = true;
    facts.text = QStringLiteral("~/.local/share/keytender/vault: no space left.");
    facts.cure = QStringLiteral("Make room on that disk, then store it again. Until then the login is only in memory.");
    dialog.setFacts(facts);
}

service::SignOutScope everything(bool forgetsOnly)
{
    return {.what = service::SignOutScope::What::Everything, .id = {}, .keepsKeys = false, .forgetsOnly = forgetsOnly};
}

void oneLogin(SignOutDialog &dialog)
{
    service::SignOutPreview one = signOutOfAll();
    one.logins.resize(1);
    one.staysWithTools.removeLast();
    dialog.setPreview(one, {.what = service::SignOutScope::What::Profile, .id = QStringLiteral("a")});
}

void problematicKey(KeyDialog &dialog)
{
    dialog.setSecret(base::Secret::copyOf("sk-made-up-0123456789"));
    dialog.setProblem(QStringLiteral("This key is kept already, as “CI key”."));
}

void keptKey(KeyDialog &dialog)
{
    dialog.setSecret(base::Secret::copyOf("sk-made-up-0123456789"));
    dialog.page()->primary()->click();
    dialog.setKept(QStringLiteral("Anthropic · CI key"));
}

} // namespace

std::vector<DialogScreen> dialogScreens()
{
    return {
        signIn("signin-provider", [](SignInDialog &) {}),
        signIn("signin-server", otherServer),
        signIn("signin-way", [](SignInDialog &dialog) { dialog.preselect(QStringLiteral("anthropic")); }),
        signIn("signin-way-one", [](SignInDialog &dialog) { dialog.preselect(QStringLiteral("github")); }),
        signIn("signin-again", again),
        signIn("signin-waiting", reached(SignInStage::WaitingForBrowser)),
        signIn("signin-paste", pasteProblem),
        signIn("signin-codes", reached(SignInStage::ShowingCodes, SignInWay::Device)),
        signIn("signin-exchanging", reached(SignInStage::Exchanging)),
        signIn("signin-done", reached(SignInStage::Done)),
        signIn("signin-failed", reached(SignInStage::Failed)),
        signIn("signin-unstored", unstored),
        signOut("signout-all", [](SignOutDialog &dialog) { dialog.setPreview(signOutOfAll(), everything(false)); }),
        signOut("signout-one", oneLogin),
        signOut("signout-forget", [](SignOutDialog &dialog) { dialog.setPreview(signOutOfAll(), everything(true)); }),
        signOut("signout-working",
                [](SignOutDialog &dialog) {
                    dialog.setPreview(signOutOfAll(), everything(false));
                    dialog.page()->primary()->click();
                }),
        signOut("signout-results", [](SignOutDialog &dialog) { dialog.setResults(signedOut()); }),
        key("key-form", [](KeyDialog &) {}),
        key("key-problem", problematicKey),
        key("key-kept", keptKey),
    };
}

} // namespace keytender::samples
