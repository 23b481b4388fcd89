// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "dialogscreens.h"

#include <algorithm>
#include <iterator>

#include <QPushButton>

#include "base/secret.h"
#include "doctorscreens.h"
#include "sampleconsents.h"
#include "sampleneighbours.h"
#include "samplesettings.h"
#include "samplesignins.h"
#include "ui/accountdialog.h"
#include "ui/caredialog.h"
#include "ui/choice.h"
#include "ui/keydialog.h"
#include "ui/linksdialog.h"
#include "ui/page.h"
#include "ui/pickers.h"
#include "ui/rescuedialog.h"
#include "ui/secretfield.h"
#include "ui/settingsdialog.h"
#include "ui/signindialog.h"
#include "ui/signoutdialog.h"

namespace keytender::samples {

using provider::SignInWay;
using service::SignInStage;
using ui::AccountDialog;
using ui::CareDialog;
using ui::KeyDialog;
using ui::LinksDialog;
using ui::RescueDialog;
using ui::SettingsDialog;
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

template <class D>
using Prepare = std::function<void(D &, fakes::FakeNeighbours &)>;
using Fill = void (*)(fakes::FakeNeighbours &);

// A dialog, and what it speaks of, which outlives it.
template <class D, class... World>
std::unique_ptr<D> among(Fill fillIn, const Prepare<D> &prepare, World &&...world)
{
    const auto neighbours = std::make_shared<fakes::FakeNeighbours>();
    fillIn(*neighbours);
    auto dialog = std::make_unique<D>(*neighbours, std::forward<World>(world)...);
    QObject::connect(dialog.get(), &QObject::destroyed, [neighbours] {});
    prepare(*dialog, *neighbours);
    return dialog;
}

base::Error refusal()
{
    return {.kind = base::ErrorKind::PermissionDenied,
            .subject = QStringLiteral("~/.claude/.credentials.json"),
            .place = {},
            .detail = {}};
}

const QString claude = QStringLiteral("claude-cli");

DialogScreen care(const char *name, Fill fillIn, const Prepare<CareDialog> &prepare)
{
    return {name, [fillIn, prepare](const base::Clock & /*clock*/) { return among<CareDialog>(fillIn, prepare); }};
}

DialogScreen links(const char *name, const Prepare<LinksDialog> &prepare)
{
    return {name, [prepare](const base::Clock &clock) {
                return among<LinksDialog>(
                    fill,
                    [prepare](LinksDialog &dialog, fakes::FakeNeighbours &neighbours) {
                        dialog.open(claude);
                        prepare(dialog, neighbours);
                    },
                    clock);
            }};
}

DialogScreen rescue(const char *name, const Prepare<RescueDialog> &prepare)
{
    return {name, [prepare](const base::Clock & /*clock*/) {
                return among<RescueDialog>(fill, [prepare](RescueDialog &dialog, fakes::FakeNeighbours &neighbours) {
                    dialog.open(QStringLiteral("openclaw:anthropic"));
                    prepare(dialog, neighbours);
                });
            }};
}

DialogScreen account(const char *name, const std::optional<base::Error> &refused)
{
    return {name, [refused](const base::Clock & /*clock*/) {
                return among<AccountDialog>(fill, [refused](AccountDialog &dialog, fakes::FakeNeighbours &neighbours) {
                    neighbours.refusal = refused;
                    dialog.use(QStringLiteral("claude-cli@work"), claude);
                });
            }};
}

// Settings that outlive their dialog.
DialogScreen settings(const char *name, const std::function<void(SettingsDialog &, SettingsInMemory &)> &prepare)
{
    return {name, [prepare](const base::Clock & /*clock*/) {
                const auto memory = std::make_shared<SettingsInMemory>();
                memory->settings = someSettings();
                auto dialog = std::make_unique<SettingsDialog>(memory->access());
                QObject::connect(dialog.get(), &QObject::destroyed, [memory] {});
                dialog->setSubject(settingsSubject());
                prepare(*dialog, *memory);
                return dialog;
            }};
}

DialogScreen settings(const char *name, SettingsDialog::Section section)
{
    return settings(name, [section](SettingsDialog &dialog, SettingsInMemory &) { dialog.open(section); });
}

void refusedSettings(SettingsDialog &dialog, SettingsInMemory &memory)
{
    ui::SettingsSubject subject = settingsSubject();
    subject.start = {.standing = ui::SettingsSubject::Start::Standing::SwitchedOff,
                     .file = QStringLiteral("/home/dev/.config/autostart/org.keytender.keytender.desktop")};
    dialog.setSubject(subject);
    dialog.open(SettingsDialog::Section::General);
    memory.refusal = refusal();
    for (ui::Choice *choice : dialog.findChildren<ui::Choice *>()) {
        if (choice->text() == QStringLiteral("Deutsch"))
            choice->click();
    }
}

void savedSettings(SettingsDialog &dialog, SettingsInMemory & /*memory*/)
{
    dialog.open(SettingsDialog::Section::Renewal);
    dialog.findChild<ui::NumberPicker *>()->stepUp();
}

void askOfThree(CareDialog &dialog, fakes::FakeNeighbours &neighbours)
{
    neighbours.offers.erase(neighbours.offers.begin() + 1);
    dialog.askAll();
}

void refusedCare(CareDialog &dialog, fakes::FakeNeighbours &neighbours)
{
    neighbours.refusal = refusal();
    dialog.ask(claude);
    dialog.page()->primary()->click();
}

void refusedRescue(RescueDialog &dialog, fakes::FakeNeighbours &neighbours)
{
    neighbours.refusal = refusal();
    dialog.page()->primary()->click();
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
    std::vector<DialogScreen> screens{
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
        care("care-onboarding", fill, [](CareDialog &dialog, fakes::FakeNeighbours &) { dialog.askAll(); }),
        care("care-all", fillKept, askOfThree),
        care("care-one", fill, [](CareDialog &dialog, fakes::FakeNeighbours &) { dialog.ask(claude); }),
        care("care-not-offered", fill,
             [](CareDialog &dialog, fakes::FakeNeighbours &) { dialog.ask(QStringLiteral("gemini-cli")); }),
        care("care-refused", fill, refusedCare),
        care("care-preview", fill, [](CareDialog &dialog, fakes::FakeNeighbours &) { dialog.preview(claude); }),
        links("links", [](LinksDialog &, fakes::FakeNeighbours &) {}),
        links("links-variable",
              [](LinksDialog &dialog, fakes::FakeNeighbours &) { dialog.edit(claudeLinks().at(1).id); }),
        links("links-new", [](LinksDialog &dialog, fakes::FakeNeighbours &) { dialog.edit({}); }),
        rescue("rescue", [](RescueDialog &, fakes::FakeNeighbours &) {}),
        rescue("rescue-refused", refusedRescue),
        rescue("rescue-done", [](RescueDialog &dialog, fakes::FakeNeighbours &) { dialog.page()->primary()->click(); }),
        settings("settings", [](SettingsDialog &dialog, SettingsInMemory &) { dialog.addPrograms(); }),
        settings("settings-wrong-file",
                 [](SettingsDialog &dialog, SettingsInMemory &) { dialog.setFileProblem(base::describe(refusal())); }),
        settings("settings-general", SettingsDialog::Section::General),
        settings("settings-refused", refusedSettings),
        settings("settings-renewal", savedSettings),
        settings("settings-places", SettingsDialog::Section::Places),
        settings("settings-logins", SettingsDialog::Section::Logins),
        settings("settings-githosts", SettingsDialog::Section::GitHosts),
        doctorScreen("doctor", CheckUp::Found),
        doctorScreen("doctor-looking", CheckUp::Looking),
        doctorScreen("doctor-unfolded", CheckUp::Unfolded),
        doctorScreen("doctor-refused", CheckUp::Refused),
        doctorScreen("doctor-well", CheckUp::AllWell),
        account("account-used", {}),
        account("account-refused", refusal()),
    };
    std::ranges::move(consentScreens(), std::back_inserter(screens));
    return screens;
}

} // namespace keytender::samples
